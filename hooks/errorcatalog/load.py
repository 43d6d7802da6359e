"""YAML files to records, and records to a checked catalogue, every problem collected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from errorcatalog import checks
from errorcatalog.diagnostics import CatalogError, Diagnostic, Place, foremost
from errorcatalog.locales import (
    Locale,
    LocaleRecord,
    flatten,
    is_locale_id,
    is_wording,
)
from errorcatalog.model import (
    Catalog,
    CatalogRecord,
    ChangesRecord,
    Group,
    Scenario,
    ScenarioRecord,
)
from errorcatalog.phrases import Phrase
from errorcatalog.record import Record
from errorcatalog.validate import validate
from errorcatalog.yaml_source import Document, read_yaml

CATALOG_FILE = "catalog.yml"
SCENARIOS = "scenarios"
LOCALES = "locales"
CHANGES_FILE = "changes.yml"

Parts = tuple[str, ...]

R = TypeVar("R", bound=Record)


@dataclass
class Loading:
    """What has been read so far, and every problem met."""

    directory: Path
    shown_as: str
    earlier: bool = False
    """Whether it is a catalogue of an earlier time: a field that has moved since is left out."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    documents: dict[Parts, Document] = field(default_factory=dict)
    """The files without a problem in their YAML, by their paths inside the folder."""

    def file(self, *parts: str) -> str:
        """A file's name as diagnostics show it."""
        return "/".join([self.shown_as, *parts])

    def record(self, model: type[R], *parts: str, label: str) -> R | None:
        """One file as a record; None where nothing of it can be used."""
        document = self.document(*parts)
        return self.validated(model, document, label=label) if document else None

    def validated(self, model: type[R], document: Document, *, label: str) -> R | None:
        """A document as a record; None where nothing of it can be used."""
        if self.earlier and isinstance(document.data, dict):
            kept = {key: value for key, value in document.data.items() if key not in model.moved}
            document = replace(document, data=kept)
        record, problems = validate(model, document, label=label)
        self.diagnostics += problems
        return record

    def document(self, *parts: str) -> Document | None:
        path = self.directory.joinpath(*parts)
        document, problems = read_yaml(path, self.file(*parts))
        self.diagnostics += problems
        if document and not problems:
            self.documents[parts] = document
        return document

    def names(self, folder: str) -> list[str]:
        """The names of a folder's YAML files, sorted; anything else there is a problem."""
        names = []
        for path in sorted(self.directory.joinpath(folder).glob("*")):
            if path.name.startswith("."):
                continue
            if path.suffix == ".yml":
                names.append(path.stem)
            else:
                remedy = "name it *.yml, or move it elsewhere"
                self.report(folder, path.name, problem="not a catalogue file", remedy=remedy)
        return names

    def problems_in(self, *parts: str) -> bool:
        """Whether a problem was met in a file."""
        return any(problem.place.file == self.file(*parts) for problem in self.diagnostics)

    def report(self, *parts: str, problem: str, remedy: str) -> None:
        place = Place(self.file(*parts))
        self.diagnostics.append(Diagnostic(place, "the file", problem, remedy, "file"))


@dataclass(frozen=True)
class Records:
    """A catalogue as it was read: what can be used of each file, and every problem met.

    No rule over more than one value has been applied: texts may be missing, ids unknown.
    """

    head: CatalogRecord | None
    head_is_whole: bool
    """Whether nothing of `catalog.yml` had to be left out."""
    locale_ids: tuple[str, ...]
    """The locales that have a file, readable or not."""
    locale_files: Mapping[str, Document]
    """Each locale's file that is YAML, also where no locale can be made of it."""
    locales: tuple[Locale, ...]
    """The locales that could be made, the default one first."""
    scenarios: Mapping[str, ScenarioRecord]
    scenario_files: Mapping[str, str]
    """The file, as diagnostics show it, of each scenario that has one."""
    changes: ChangesRecord | None
    documents: Mapping[Parts, Document]
    """The files without a problem in their YAML, by their paths inside the folder."""
    diagnostics: tuple[Diagnostic, ...]


def read_catalog(directory: Path, *, earlier: bool = False) -> Records:
    """Read the catalogue in `directory`, each file once. Never raises for what the files hold.

    `earlier` is as in `Loading`.
    """
    loading = Loading(directory, directory.name, earlier)
    head = None
    if directory.joinpath(CATALOG_FILE).is_file():
        head = loading.record(CatalogRecord, CATALOG_FILE, label="catalog")
    else:
        loading.report(CATALOG_FILE, problem="missing", remedy="write it: it lists the groups")
    head_is_whole = head is not None and not loading.problems_in(CATALOG_FILE)
    locale_ids = _locale_ids(loading)
    locale_files = _locale_files(loading, locale_ids)
    return Records(
        head=head,
        head_is_whole=head_is_whole,
        locale_ids=locale_ids,
        locale_files=locale_files,
        locales=_locales(loading, locale_files),
        scenarios=_scenario_records(loading),
        scenario_files=_scenario_files(loading),
        changes=_changes(loading),
        documents=loading.documents,
        diagnostics=tuple(loading.diagnostics),
    )


def load_catalog(
    directory: Path, *, phrases: Collection[Phrase] | None, earlier: bool = False
) -> Catalog:
    """Load and check the catalogue in `directory`.

    `phrases` are the strings that templates and views ask for: every locale must have just
    these. None where they are not known: then that alone is not checked. `earlier` is as in
    `Loading`. Raises CatalogError with every problem found, in files that parse and in those that
    do not.
    """
    return check_records(read_catalog(directory, earlier=earlier), phrases=phrases)


def check_records(records: Records, *, phrases: Collection[Phrase] | None) -> Catalog:
    """The catalogue of what was read; `phrases` and what is raised are as in `load_catalog`."""
    problems = [*records.diagnostics, *foremost(_check(records, phrases))]
    if problems or records.head is None:
        raise CatalogError(problems)
    return _assemble(records, records.head)


def _check(records: Records, phrases: Collection[Phrase] | None) -> Iterator[Diagnostic]:
    """The rules over what was read; none about what follows from a file or entry that was not."""
    if not records.locale_ids:
        return
    yield from checks.check_locales(records.locales, phrases)
    yield from checks.check_texts(
        [records.head, records.changes], records.scenarios, records.locale_ids
    )
    if records.head is not None and records.head.codes is not None:
        yield from checks.placeholders_can_be_found(records.head.codes)
    yield from checks.check_scenarios(records.scenarios)
    if len(records.locales) == len(records.locale_ids):
        yield from checks.one_default(records.locales)
    if records.head is not None and records.head_is_whole:
        yield from checks.check_listing(records.head, records.scenario_files)


def _assemble(records: Records, head: CatalogRecord) -> Catalog:
    return Catalog(
        message_language=head.message_language,
        prefix=head.codes.prefix if head.codes else None,
        placeholders=head.codes.placeholders if head.codes else None,
        undisclosed=head.undisclosed,
        journey=head.journey,
        groups=tuple(head.groups),
        scenarios=_in_order(head.groups, records.scenarios),
        locales=records.locales,
        changes=tuple(records.changes.changes) if records.changes else (),
    )


def locale_ids(directory: Path) -> tuple[str, ...]:
    """The ids of the locales in `directory`, in a loaded catalogue's order.

    A locale whose file cannot be read is among them. Raises CatalogError where there is none.
    """
    loading = Loading(directory, directory.name)
    ids = _locale_ids(loading)
    if not ids:
        raise CatalogError(loading.diagnostics)
    readable = (locale.id for locale in _locales(loading, _locale_files(loading, ids)))
    return tuple(dict.fromkeys([*readable, *ids]))


def _locale_ids(loading: Loading) -> tuple[str, ...]:
    ids = []
    for name in loading.names(LOCALES):
        if not is_locale_id(name):
            problem = f"`{name}` is not a known language tag"
            remedy = "name the file by a BCP 47 tag, such as en.yml or zh-TW.yml"
            loading.report(LOCALES, f"{name}.yml", problem=problem, remedy=remedy)
        else:
            ids.append(name)
    if not ids:
        remedy = "add at least one, such as en.yml"
        loading.report(LOCALES, problem="no locale file", remedy=remedy)
    return tuple(ids)


def _locale_files(loading: Loading, ids: Iterable[str]) -> dict[str, Document]:
    documents = ((name, loading.document(LOCALES, f"{name}.yml")) for name in ids)
    return {name: document for name, document in documents if document}


def _locales(loading: Loading, files: Mapping[str, Document]) -> tuple[Locale, ...]:
    locales = []
    for locale_id, document in files.items():
        record = loading.validated(LocaleRecord, document, label=locale_id)
        if record is not None:
            strings = {key: text for key, text in flatten(record.strings) if is_wording(text)}
            locales.append(Locale(locale_id, record, strings))
    return tuple(sorted(locales, key=lambda locale: not locale.record.default))


def _scenario_files(loading: Loading) -> Mapping[str, str]:
    folder = loading.directory / SCENARIOS
    return {path.stem: loading.file(SCENARIOS, path.name) for path in sorted(folder.glob("*.yml"))}


def _scenario_records(loading: Loading) -> dict[str, ScenarioRecord]:
    records = {}
    for name in loading.names(SCENARIOS):
        record = loading.record(ScenarioRecord, SCENARIOS, f"{name}.yml", label=name)
        if record is not None:
            records[name] = record
    return records


def _changes(loading: Loading) -> ChangesRecord | None:
    """The list of changes; a catalogue without one has told its readers of none."""
    if not loading.directory.joinpath(CHANGES_FILE).exists():
        return None
    return loading.record(ChangesRecord, CHANGES_FILE, label="changes")


def _in_order(
    groups: Iterable[Group], records: Mapping[str, ScenarioRecord]
) -> tuple[Scenario, ...]:
    return tuple(
        Scenario(scenario_id, group, records[scenario_id])
        for group in groups
        for scenario_id in group.scenarios
    )
