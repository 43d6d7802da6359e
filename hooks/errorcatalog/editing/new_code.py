"""Whether a code can be added to a scenario: the catalogue's own rules, asked beforehand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from errorcatalog.checks import codes_are_unique
from errorcatalog.diagnostics import CatalogError, Diagnostic, Place, did_you_mean
from errorcatalog.editing.files import Files, shown
from errorcatalog.load import CATALOG_FILE, LOCALES, SCENARIOS
from errorcatalog.locales import Locale, LocaleRecord
from errorcatalog.model import Catalog, CatalogRecord, Scenario, ScenarioRecord
from errorcatalog.permalinks import check_names
from errorcatalog.validate import validate
from errorcatalog.yaml_source import Document

# Stands for every text: only names matter here, so that an unfinished record is no obstacle.
_TEXT = "-"

# Gives the names of each locale's hand-written pages.
PageNames = Callable[[Iterable[Locale]], Mapping[str, Iterable[str]]]


def check_new_code(files: Files, scenario: str, code: str, names: PageNames) -> None:
    """Make sure that a scenario can have a code.

    Raises CatalogError where the scenario is unknown or cannot be read, the code is there
    already or is none, or its address belongs to something else.
    """
    document = _document(files, scenario)
    for index, record in enumerate(_codes(document.data)):
        if isinstance(record, dict) and document.written.get(("codes", index, "code")) == code:
            found, remedy = "is there already", "edit that record, or add another code"
            place = document.at("codes", index, "code")
            problem = Diagnostic(place, f"{scenario}/{code}", found, remedy, "duplicate-code")
            raise CatalogError([problem])
    head, locales = _head(files), _locales(files)
    pages = names(locales)
    before = set(_problems(files, scenario, [], head=head, locales=locales, pages=pages))
    after = set(_problems(files, scenario, [code], head=head, locales=locales, pages=pages))
    if after - before:
        raise CatalogError(after - before)


def _document(files: Files, scenario: str) -> Document:
    """A scenario's file."""
    known = files.of(SCENARIOS)
    if scenario in known:
        return known[scenario]
    place = Place(shown(files.directory, (SCENARIOS, f"{scenario}.yml")))
    if broken := [problem for problem in files.problems if problem.place.file == place.file]:
        raise CatalogError(broken)
    listed = ", ".join(f"`{name}`" for name in known)
    remedy = did_you_mean(scenario, known) or f"known are {listed}"
    raise CatalogError([Diagnostic(place, scenario, "no such scenario", remedy, "scenario-listed")])


def _head(files: Files) -> CatalogRecord:
    document = files.documents.get((CATALOG_FILE,))
    if document is None:
        raise CatalogError(files.problems or [_no_head(files)])
    record, problems = validate(CatalogRecord, document, label="catalog")
    if record is None:
        raise CatalogError(problems)
    return record


def _no_head(files: Files) -> Diagnostic:
    place = Place(shown(files.directory, (CATALOG_FILE,)))
    return Diagnostic(place, "the file", "missing", "write it: it lists the groups", "file")


def _locales(files: Files) -> tuple[Locale, ...]:
    """The locales. Raises CatalogError where one cannot be read: a record has texts in all."""
    folder = shown(files.directory, (LOCALES, ""))
    if broken := [one for one in files.problems if one.place.file.startswith(folder)]:
        raise CatalogError(broken)
    records = {
        name: validate(LocaleRecord, document, label=name)[0]
        for name, document in files.of(LOCALES).items()
    }
    return tuple(Locale(name, record, {}) for name, record in records.items() if record)


def _problems(
    files: Files,
    scenario: str,
    added: list[str],
    *,
    head: CatalogRecord,
    locales: tuple[Locale, ...],
    pages: Mapping[str, Iterable[str]],
) -> Iterator[Diagnostic]:
    """What is wrong with names where codes are added.

    They come last, so they are to blame; only to another name of a code that has their address
    already is it said that it has to give way.
    """
    documents, locale_ids = files.of(SCENARIOS), list(files.of(LOCALES))
    scenarios = []
    for name in sorted(documents, key=lambda name: name == scenario):
        data = _bare(documents[name].data, added if name == scenario else [], locale_ids)
        document = replace(documents[name], data=data)
        record, problems = validate(ScenarioRecord, document, label=name)
        yield from problems
        if record:
            yield from codes_are_unique(record)
            scenarios.append(Scenario(name, head.groups[0], record))
    catalog = Catalog(
        message_language=None,
        prefix=head.codes.prefix if head.codes else None,
        placeholders=None,
        undisclosed=None,
        journey=None,
        groups=tuple(head.groups),
        scenarios=tuple(scenarios),
        locales=locales,
    )
    yield from check_names(catalog, pages)


def _bare(data: Any, added: list[str], locales: list[str]) -> dict[str, Any]:
    """A scenario's names alone, with codes added to it."""
    texts = dict.fromkeys(locales, _TEXT)
    records = [record if isinstance(record, dict) else {} for record in _codes(data)]
    names = [(record.get("code"), _texts(record.get("names"))) for record in records]
    codes = [
        {"code": code, "names": others, "message": _TEXT, "description": texts}
        for code, others in [*names, *((code, []) for code in added)]
    ]
    former = data.get("former_ids") if isinstance(data, dict) else None
    return {"title": texts, "summary": texts, "former_ids": former or [], "codes": codes}


def _texts(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _codes(data: Any) -> list[Any]:
    codes = data.get("codes") if isinstance(data, dict) else None
    return codes if isinstance(codes, list) else []
