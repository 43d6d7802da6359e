"""Named rules over a whole catalogue; each yields what it finds and stops at nothing."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from errorcatalog.diagnostics import Diagnostic, Place, did_you_mean
from errorcatalog.locales import COUNT, Locale, flatten, is_plural, is_wording, placeholders
from errorcatalog.model import Catalog, CatalogRecord, CodesRecord, ErrorCode, ScenarioRecord
from errorcatalog.phrases import Phrase
from errorcatalog.placeholders import placeholder_pattern
from errorcatalog.record import Record
from errorcatalog.yaml_source import KeyPath, name_character

# Joiners that some scripts need inside words; every other format character is invisible noise
# or, as the bidirectional overrides, shows a reader another text than the one that is there.
_ALLOWED_FORMAT_CHARACTERS = frozenset("\u200c\u200d")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})

# What ends a text or an attribute of HTML, or begins something in one.
_MARKUP = '<>&"'

# What looks like a space; line breaks are hidden characters.
_SPACES = " \u00a0\u3000"

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\u3001\u3002\u300c-\u300f\uff00-\uff60"
_HALF_WIDTH = re.compile(f"(?<=[{_HAN}])[,;:?!()]|[,;:?!()](?=[{_HAN}])")
_FULL_WIDTH = str.maketrans(",;:?!()", "\uff0c\uff1b\uff1a\uff1f\uff01\uff08\uff09")


# Locales


def check_locales(
    locales: Collection[Locale], phrases: Collection[Phrase] | None
) -> Iterator[Diagnostic]:
    """All rules about locale files.

    `phrases` is what templates and views ask for, None where that is not known.
    """
    for locale in locales:
        yield from strings_are_text(locale)
        if phrases is not None:
            yield from strings_are_asked_for(locale, phrases)
            yield from placeholders_agree(locale, phrases)
        yield from theme_texts_agree(locale, locales)
        yield from theme_texts_are_plain(locale)
        for path, text in _leaves(locale.record):
            yield from hidden_characters(locale.record, path, text)


def strings_are_text(locale: Locale) -> Iterator[Diagnostic]:
    """A string is text that is not empty, or its plural forms with `other` among them."""
    for key, value in flatten(locale.record.strings):
        if is_wording(value):
            continue
        remedy = "expected text in quotes, or plural forms with `other` among them"
        if is_plural(value) and "other" not in value:
            found, remedy = "plural forms without `other`", "add `other`: every language has it"
        else:
            found = "empty" if value in (None, "") else f"not text ({value!r})"
        yield _string_problem(locale, key, found, remedy, "string")


def strings_are_asked_for(locale: Locale, phrases: Collection[Phrase]) -> Iterator[Diagnostic]:
    """A locale has just the strings that templates and views ask for."""
    present = {key for key, _ in flatten(locale.record.strings)}
    asked = {phrase.key: phrase for phrase in sorted(phrases, reverse=True)}
    for key in sorted(asked.keys() - present):
        remedy = f"{asked[key].place} asks for it; add it in this locale's language"
        yield _string_problem(locale, key, "missing", remedy, "missing-string")
    for key in sorted(present - asked.keys()):
        remedy = did_you_mean(key, asked.keys() - present) or "remove it"
        found = "no template asks for it"
        yield _string_problem(locale, key, found, remedy, "unknown-string")


def placeholders_agree(locale: Locale, phrases: Collection[Phrase]) -> Iterator[Diagnostic]:
    """A string uses the placeholders that it is given: so all locales have the same."""
    asked = {(phrase.key, phrase.placeholders): phrase for phrase in sorted(phrases, reverse=True)}
    for phrase in asked.values():
        if phrase.key not in locale.strings:
            continue
        wording, given = locale.strings[phrase.key], phrase.placeholders
        expected = f"expected {_braced(given)}, which is what {phrase.place} fills in"
        try:
            names = placeholders(wording)
        except ValueError as error:
            found = f"braces that cannot be read ({error})"
            yield _string_problem(locale, phrase.key, found, expected, "placeholders")
            continue
        if names != given:
            found = f"its placeholders are {_braced(names)}" if names else "it has no placeholders"
            yield _string_problem(locale, phrase.key, found, expected, "placeholders")
        elif is_plural(wording) and COUNT not in given:
            found = f"plural forms, but {phrase.place} gives no {{{COUNT}}}"
            remedy = "write one text"
            yield _string_problem(locale, phrase.key, found, remedy, "placeholders")


def theme_texts_agree(locale: Locale, locales: Collection[Locale]) -> Iterator[Diagnostic]:
    """A text of the theme that one locale words itself is worded in all."""
    everywhere = {key for other in locales for key in other.record.theme}
    for key in sorted(everywhere - locale.record.theme.keys()):
        other = next(other.id for other in locales if key in other.record.theme)
        remedy = f"`{other}` has it, so add it in this locale's language"
        yield locale.record.origin.problem(
            "theme", key, found="missing", remedy=remedy, check="missing-string"
        )


def theme_texts_are_plain(locale: Locale) -> Iterator[Diagnostic]:
    """The theme puts its texts into HTML and into a script as they are: none may be markup."""
    for key, text in locale.record.theme.items():
        for mark in sorted(set(text) & set(_MARKUP)):
            remedy = "leave it out: the theme would take it for markup"
            yield locale.record.origin.problem(
                "theme", key, found=f"holds `{mark}`", remedy=remedy, check="theme-text"
            )


def one_default(locales: Collection[Locale]) -> Iterator[Diagnostic]:
    """Exactly one locale is shown to readers of whom nothing is known."""
    defaults = [locale for locale in locales if locale.record.default]
    for locale in defaults[1:] if defaults else list(locales)[:1]:
        found = f"`{defaults[0].id}` has `default: true` too" if defaults else "missing"
        remedy = "expected `default: true` in one locale, the one that most readers read"
        yield locale.record.origin.problem(
            "default", found=found, remedy=remedy, check="one-default"
        )


def _braced(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names)) or "none"


def _string_problem(locale: Locale, key: str, found: str, remedy: str, check: str) -> Diagnostic:
    path = ("strings", *key.split("."))
    return locale.record.origin.problem(*path, found=found, remedy=remedy, check=check)


def _leaves(value: Any, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Every text in a record or mapping, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, Mapping | Record):
        items = value.items() if isinstance(value, Mapping) else value
        for key, inner in items:
            yield from _leaves(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _leaves(inner, (*path, index))


# Texts of the catalogue


def check_texts(
    heads: Iterable[Record | None],
    records: Mapping[str, ScenarioRecord],
    locales: Collection[str],
) -> Iterator[Diagnostic]:
    """All rules about single texts, over every record.

    `heads` are the files of which there is one, None where one has nothing to check.
    """
    for record in _all_records([*filter(None, heads), *records.values()]):
        for name in type(record).model_fields:
            value = getattr(record, name)
            if isinstance(value, Mapping):
                yield from translations_are_complete(record, name, value, locales)
                for locale, text in value.items():
                    yield from hidden_characters(record, (name, locale), text)
                    yield from full_width_punctuation(record, (name, locale), text)
                    yield from no_space_around(record, (name, locale), text)
            else:
                for path, text in _own_texts(name, value):
                    yield from hidden_characters(record, path, text)
        if isinstance(record, ErrorCode):
            yield from source_is_not_stale(record)


def translations_are_complete(
    record: Record, name: str, texts: Mapping[str, str], locales: Collection[str]
) -> Iterator[Diagnostic]:
    """A text stands in every locale and in no other: a gap is an error where it is made."""
    for locale in locales:
        if locale not in texts:
            remedy = f"expected the text in every locale; add `{locale}:` here"
            yield record.origin.problem(
                name, locale, found="missing", remedy=remedy, check="missing-translation"
            )
    for locale in texts:
        if locale not in locales:
            listed = ", ".join(f"`{known}`" for known in locales)
            remedy = did_you_mean(locale, locales) or f"known are {listed}"
            yield record.origin.problem(
                name, locale, found="unknown locale", remedy=remedy, check="unknown-locale"
            )


def hidden_characters(record: Record, path: KeyPath, text: str) -> Iterator[Diagnostic]:
    """No control, bidirectional or invisible characters, in particular no line breaks."""
    if text.isprintable():
        return  # Nearly every text; what is hidden is never printable.
    for character in sorted(filter(is_hidden, set(text))):
        found = f"holds the hidden character {name_character(character)}"
        remedy = "remove it" if character != "\n" else "write the text in one line"
        yield record.origin.problem(*path, found=found, remedy=remedy, check="hidden-character")


def is_hidden(character: str) -> bool:
    """Whether a reader does not see a character, and no script needs it."""
    point, category = ord(character), unicodedata.category(character)
    # What Unicode keeps from ever being a character; XML forbids two of them outright.
    if point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF:  # noqa: PLR2004
        return True
    return category in _HIDDEN_CATEGORIES and character not in _ALLOWED_FORMAT_CHARACTERS


def full_width_punctuation(record: Record, path: KeyPath, text: str) -> Iterator[Diagnostic]:
    """Beside a Chinese character, punctuation is full-width."""
    for mark in sorted(set(_HALF_WIDTH.findall(text))):
        found = f"half-width `{mark}` beside Chinese text"
        remedy = f"write `{mark.translate(_FULL_WIDTH)}`"
        yield record.origin.problem(
            *path, found=found, remedy=remedy, check="full-width-punctuation"
        )


def no_space_around(record: Record, path: KeyPath, text: str) -> Iterator[Diagnostic]:
    """No space before or after a text."""
    if text != text.strip(_SPACES):
        found = "begins or ends with a space"
        yield record.origin.problem(*path, found=found, remedy="remove it", check="space-around")


def source_is_not_stale(code: ErrorCode) -> Iterator[Diagnostic]:
    """`source` is there only where the description says it otherwise."""
    if code.source is not None and code.source in code.description.values():
        remedy = "remove it: it is for wording that the description corrects"
        yield code.origin.problem(
            "source", found="equal to the description", remedy=remedy, check="stale-source"
        )


def _own_texts(name: str, value: Any) -> Iterator[tuple[KeyPath, str]]:
    """The texts of a field that is a text or a list of texts; records speak for themselves."""
    if isinstance(value, str):
        yield (name,), value
    elif isinstance(value, list):
        yield from (
            ((name, index), text) for index, text in enumerate(value) if isinstance(text, str)
        )


def _all_records(records: Iterable[Record]) -> Iterator[Record]:
    """Each record and every record inside it."""
    for record in records:
        yield record
        for name in type(record).model_fields:
            value = getattr(record, name)
            inner = value if isinstance(value, list) else [value]
            yield from _all_records(item for item in inner if isinstance(item, Record))


# Scenarios and codes


def placeholders_can_be_found(codes: CodesRecord) -> Iterator[Diagnostic]:
    """How messages mark their parameters is an expression that finds one, also in a browser."""
    if codes.placeholders is None:
        return
    try:
        placeholder_pattern(codes.placeholders)
    except ValueError as error:
        remedy = (
            "expected an expression that matches one parameter, such as `/\\$[A-Z]+/`; Python and"
            " JavaScript must both read it, so a literal brace is `\\{` or `\\}`"
        )
        yield codes.origin.problem("placeholders", found=str(error), remedy=remedy, check="pattern")


def check_scenarios(records: Mapping[str, ScenarioRecord]) -> Iterator[Diagnostic]:
    """All rules about a scenario's codes."""
    for record in records.values():
        yield from codes_are_quoted(record)
        yield from codes_are_unique(record)
        yield from names_are_unique(record)


def codes_are_quoted(record: ScenarioRecord) -> Iterator[Diagnostic]:
    """A code stands in quotes, also where YAML needs none: other readers take 1e3 for 1000."""
    for code in record.codes:
        written: list[tuple[KeyPath, str]] = [
            (("code",), code.code),
            *_own_texts("names", code.names),
        ]
        for path, text in written:
            if (*code.origin.path, *path) in code.origin.document.plain:
                remedy = f'write "{text}", as every code: some would be read as numbers'
                yield code.origin.problem(
                    *path, found="not quoted", remedy=remedy, check="not-quoted"
                )


def codes_are_unique(record: ScenarioRecord) -> Iterator[Diagnostic]:
    """A code stands once in a scenario; case does not tell codes apart, in addresses it cannot."""
    first: dict[str, ErrorCode] = {}
    for code in record.codes:
        earlier = first.setdefault(code.code.casefold(), code)
        if earlier is code:
            continue
        line = earlier.origin.document.at(*earlier.origin.path).line
        same = earlier.code == code.code
        found = (
            "given twice in this scenario"
            if same
            else f"differs from `{earlier.code}` only in case"
        )
        remedy = f"the first is in line {line}; keep one of them"
        yield code.origin.problem("code", found=found, remedy=remedy, check="duplicate-code")


def names_are_unique(record: ScenarioRecord) -> Iterator[Diagnostic]:
    """A code's other names differ from it and from each other, as codes differ."""
    for code in record.codes:
        seen = {_compared(code.code): "the code"}
        for index, name in enumerate(code.names):
            if earlier := seen.get(_compared(name)):
                yield code.origin.problem(
                    "names",
                    index,
                    found=f"`{name}` is the same as {earlier}",
                    remedy="remove it: letter case, `_`, and `-` make no other name",
                    check="duplicate-code",
                )
            seen.setdefault(_compared(name), f"`{name}` before it")


def _compared(name: str) -> str:
    """A code or name as addresses tell it apart from others."""
    return name.casefold().replace("_", "-")


def check_listing(head: CatalogRecord, files: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Every scenario is listed in one group once, and every listed one has its file.

    `files` gives the file, as diagnostics show it, of each scenario that has one.
    """
    listed: dict[str, str] = {}
    groups: set[str] = set()
    for group in head.groups:
        if group.id in groups:
            yield group.origin.problem(
                "id", found="given twice", remedy="give each group its own id", check="groups"
            )
        groups.add(group.id)
        for index, scenario in enumerate(group.scenarios):
            path = ("scenarios", index)
            if scenario in listed:
                found = f"`{scenario}` is listed twice, first in `{listed[scenario]}`"
                yield group.origin.problem(
                    *path, found=found, remedy="list it once", check="scenario-listed"
                )
            elif scenario not in files:
                found = f"`{scenario}` has no file"
                hint = did_you_mean(scenario, files) or f"add scenarios/{scenario}.yml"
                yield group.origin.problem(*path, found=found, remedy=hint, check="scenario-listed")
            listed.setdefault(scenario, group.id)
    for scenario in sorted(files.keys() - listed.keys()):
        remedy = "add it to a group's `scenarios` in catalog.yml"
        yield Diagnostic(Place(files[scenario]), scenario, "not listed", remedy, "scenario-listed")


def check_journey(catalog: Catalog) -> Iterator[Diagnostic]:
    """A station of the journey is a scenario."""
    if catalog.journey is None:
        return
    known = [scenario.id for scenario in catalog.scenarios]
    stages = catalog.journey.stages
    stations: list[tuple[KeyPath, str]] = [
        (("stages", stage, index), name)
        for stage, names in enumerate(stages)
        for index, name in enumerate(names)
    ]
    stations += [(("beside", index), name) for index, name in enumerate(catalog.journey.beside)]
    for path, name in stations:
        if name not in known:
            yield catalog.journey.origin.problem(
                *path,
                found=f"`{name}` is not a scenario",
                remedy=did_you_mean(name, known) or "name a scenario's id",
                check="journey",
            )


# Hand-written pages


def check_documents(folder: Path, locales: Collection[str]) -> Iterator[Diagnostic]:
    """A hand-written page that one locale has stands in all of them."""
    pages = documents_of(folder, locales)
    everywhere = {page for found in pages.values() for page in found}
    for locale in locales:
        for page in sorted(everywhere - pages[locale]):
            others = [other for other in locales if page in pages[other]]
            place = Place(f"{folder.name}/{locale}/{page}")
            remedy = f"translate {folder.name}/{others[0]}/{page}"
            yield Diagnostic(place, "the page", "missing", remedy, "missing-translation")


def documents_of(folder: Path, locales: Iterable[str]) -> dict[str, frozenset[str]]:
    """The hand-written pages of each locale, as paths in its folder."""
    return {
        locale: frozenset(
            path.relative_to(folder / locale).as_posix() for path in (folder / locale).rglob("*.md")
        )
        for locale in locales
    }
