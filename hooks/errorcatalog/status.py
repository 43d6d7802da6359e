"""How far a catalogue is: what is written of it, what is not, and what an editor may look at.

Nothing here is a problem: the checks say what is. So it is told of a catalogue in the making too.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from errorcatalog.diagnostics import Diagnostic, Place
from errorcatalog.guidance import missing_fields
from errorcatalog.load import Records
from errorcatalog.locales import flatten, is_wording
from errorcatalog.model import CatalogRecord, ErrorCode, ScenarioRecord
from errorcatalog.record import LocalizedText
from errorcatalog.views.parts import headings_of

# How long a heading may be: in characters of a script as wide as Chinese, and in others. Among
# wide characters another one takes as much room as it would in a heading without them.
_MOST_WIDE = 14
_MOST_NARROW = 50


@dataclass(frozen=True)
class TextCount:
    """How many texts of one kind there are in each locale, of how many."""

    kind: str
    expected: int
    written: Mapping[str, int]

    def missing(self, locale: str) -> int:
        return self.expected - self.written[locale]


@dataclass(frozen=True)
class ScenarioCount:
    """The codes of one scenario, retired ones included."""

    id: str
    codes: int
    guided: int
    """How many have `party`, `retry` and `action`."""
    payer_texts: int
    retired: tuple[str, ...]


@dataclass(frozen=True)
class LongHeading:
    """A heading in one locale that is longer than the most it may be."""

    record: str
    place: Place
    locale: str
    text: str
    length: int
    most: int


@dataclass(frozen=True)
class Unguided:
    """A record that lacks guidance, and which fields of it."""

    record: str
    place: Place
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Correction:
    """A published wording, and the one of the default locale that stands in its place."""

    record: str
    place: Place
    published: str
    text: str
    """Empty where it is not written."""


@dataclass(frozen=True)
class Status:
    """All of it, in reading order; scenarios that no group lists come last.

    `locales` begins with the default one. `unread` is what could not be read, and so is not
    counted.
    """

    locales: tuple[str, ...]
    texts: tuple[TextCount, ...]
    scenarios: tuple[ScenarioCount, ...]
    long_headings: tuple[LongHeading, ...]
    unguided: tuple[Unguided, ...]
    corrections: tuple[Correction, ...]
    unread: tuple[Diagnostic, ...]


def status_of(
    records: Records,
    *,
    strings: Collection[str] | None,
    documents: Mapping[str, Collection[str]],
    unread: Iterable[Diagnostic] = (),
) -> Status:
    """How far the catalogue is of which `records` were read.

    `strings` are the keys that templates and views ask for, None where they are not known: then
    those that any locale has are expected of all. `documents` are the hand-written pages of each
    locale. `unread` is what could not be read beside the records.
    """
    locales = _locales(records)
    scenarios = dict(_in_reading_order(records))
    codes = [code for record in scenarios.values() for code in record.codes]
    texts = [
        *_texts(records.head, scenarios.values(), codes, locales),
        *_locale_texts(records, strings, locales),
        _count("Pages", documents, locales),
    ]
    return Status(
        locales=locales,
        texts=tuple(count for count in texts if count.expected),
        scenarios=tuple(_scenario(name, record) for name, record in scenarios.items()),
        long_headings=tuple(_long_headings(codes, locales)),
        unguided=tuple(
            Unguided(code.origin.label, code.origin.place, missing)
            for code in codes
            if (missing := missing_fields(code))
        ),
        corrections=tuple(_corrections(scenarios.values(), locales[0] if locales else "")),
        unread=tuple(sorted({*records.diagnostics, *unread})),
    )


def _locales(records: Records) -> tuple[str, ...]:
    default = [locale.id for locale in records.locales if locale.record.default]
    return tuple(dict.fromkeys([*default, *records.locale_ids]))


def _in_reading_order(records: Records) -> Iterator[tuple[str, ScenarioRecord]]:
    groups = records.head.groups if records.head else []
    listed = [name for group in groups for name in group.scenarios]
    for name in dict.fromkeys([*listed, *records.scenarios]):
        if name in records.scenarios:
            yield name, records.scenarios[name]


# Texts


def _texts(
    head: CatalogRecord | None,
    scenarios: Collection[ScenarioRecord],
    codes: Collection[ErrorCode],
    locales: Iterable[str],
) -> Iterator[TextCount]:
    """The texts that stand in every locale side by side."""
    undisclosed = head.undisclosed if head else None
    kinds: Mapping[str, Iterable[LocalizedText | None]] = {
        "Descriptions": (code.description for code in codes),
        "Titles": (code.title for code in codes),
        "Actions": (code.action for code in codes),
        "Payer texts": [
            *(code.payer_text for code in codes),
            undisclosed.payer_text if undisclosed else None,
        ],
        "Reasons of retirement": (code.retired.reason for code in codes if code.retired),
        "Scenario titles": (record.title for record in scenarios),
        "Scenario summaries": (record.summary for record in scenarios),
        "Group titles": (group.title for group in (head.groups if head else [])),
    }
    for kind, texts in kinds.items():
        present = [text for text in texts if text is not None]
        written = {locale: sum(locale in text for text in present) for locale in locales}
        yield TextCount(kind, len(present), written)


def _locale_texts(
    records: Records, strings: Collection[str] | None, locales: Iterable[str]
) -> Iterator[TextCount]:
    """The texts that stand in a locale's own file."""
    own = {
        name: dict(_wordings(file.data, "strings")) for name, file in records.locale_files.items()
    }
    yield _count("Strings of templates", own, locales, expected=strings)
    theme = {
        name: dict(_wordings(file.data, "theme")) for name, file in records.locale_files.items()
    }
    yield _count("Texts of the theme", theme, locales)


def _wordings(data: Any, section: str) -> Iterator[tuple[str, Any]]:
    """The texts of a section of a locale's file, whatever else is wrong with the file."""
    texts = data.get(section) if isinstance(data, Mapping) else None
    if isinstance(texts, Mapping):
        yield from ((key, text) for key, text in flatten(texts) if is_wording(text))


def _count(
    kind: str,
    present: Mapping[str, Iterable[str]],
    locales: Iterable[str],
    *,
    expected: Collection[str] | None = None,
) -> TextCount:
    """How many of the names expected each locale has; of those that any has, where None are."""
    if expected is None:
        expected = {name for names in present.values() for name in names}
    wanted = set(expected)
    written = {locale: len(wanted.intersection(present.get(locale, ()))) for locale in locales}
    return TextCount(kind, len(wanted), written)


# Records


def _scenario(name: str, record: ScenarioRecord) -> ScenarioCount:
    return ScenarioCount(
        id=name,
        codes=len(record.codes),
        guided=sum(not missing_fields(code) for code in record.codes),
        payer_texts=sum(code.payer_text is not None for code in record.codes),
        retired=tuple(code.code for code in record.codes if code.retired),
    )


def _long_headings(codes: Iterable[ErrorCode], locales: Collection[str]) -> Iterator[LongHeading]:
    for code in codes:
        headings = headings_of(code)
        for locale in locales:
            text = headings.get(locale, "")
            length, most = heading_length(text)
            if length > most:
                place = code.origin.document.at(
                    *code.origin.path, "title" if code.title else "description", locale
                )
                yield LongHeading(code.origin.label, place, locale, text, length, most)


def heading_length(text: str) -> tuple[int, int]:
    """The length of a heading, and the most that it may have.

    >>> heading_length("3DS verification failed")
    (23, 50)
    >>> heading_length("3DS 校驗不通過")
    (7, 14)
    """
    wide = sum(unicodedata.east_asian_width(character) in "WF" for character in text)
    narrow = len(text) - wide
    if not wide:
        return narrow, _MOST_NARROW
    return wide + math.ceil(narrow * _MOST_WIDE / _MOST_NARROW), _MOST_WIDE


def _corrections(scenarios: Iterable[ScenarioRecord], locale: str) -> Iterator[Correction]:
    for scenario in scenarios:
        texts: list[tuple[ScenarioRecord | ErrorCode, LocalizedText]] = [
            (scenario, scenario.title),
            *((code, code.description) for code in scenario.codes),
        ]
        for record, localized in texts:
            published, text = record.source, localized.get(locale, "")
            if published is not None and published != text:
                origin = record.origin
                place = origin.document.at(*origin.path, "source")
                yield Correction(origin.label, place, published, text)
