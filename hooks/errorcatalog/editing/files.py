"""The files of a catalogue, each read, judged and written by itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from errorcatalog.diagnostics import CatalogError, Diagnostic, Place
from errorcatalog.editing.form import Shape, locale_order, shape_of
from errorcatalog.editing.judge import judge
from errorcatalog.load import CATALOG_FILE, CHANGES_FILE, LOCALES, SCENARIOS, Parts
from errorcatalog.locales import LocaleRecord
from errorcatalog.model import CatalogRecord, ChangesRecord, ScenarioRecord
from errorcatalog.record import Record
from errorcatalog.writing import replace
from errorcatalog.yaml_source import Document, read_yaml

_KINDS: Mapping[str, type[Record]] = {
    SCENARIOS: ScenarioRecord,
    LOCALES: LocaleRecord,
    CHANGES_FILE: ChangesRecord,
}


@dataclass(frozen=True)
class Files:
    """The files that can be read, by their paths inside the folder, and why others cannot."""

    directory: Path
    documents: Mapping[Parts, Document]
    problems: tuple[Diagnostic, ...] = ()

    @classmethod
    def read(cls, directory: Path) -> Files:
        """Read all files of a catalogue; what they hold is no error here."""
        documents: dict[Parts, Document] = {}
        problems: list[Diagnostic] = []
        for parts in _parts(directory):
            document, found = read_yaml(directory.joinpath(*parts), shown(directory, parts))
            problems += found
            if document and not found:
                documents[parts] = document
        return cls(directory, documents, tuple(problems))

    def of(self, folder: str) -> dict[str, Document]:
        """Those of a folder, by their ids."""
        return {
            label_of_file(parts): document
            for parts, document in self.documents.items()
            if parts[0] == folder
        }

    def shape(self, parts: Parts) -> Shape:
        """How the fields of a file are ordered."""
        return shape_of(_KINDS.get(parts[0], CatalogRecord), self.locale_order)

    def judge(self, chosen: Iterable[Parts] | None = None) -> Iterator[Diagnostic]:
        """What is not in canonical form in the files that were read, or in the chosen of them."""
        for parts in self.documents if chosen is None else chosen:
            document = self.documents.get(parts)
            if document:
                yield from judge(document, self.shape(parts), label=label_of_file(parts))

    def write(self, parts: Parts, text: str) -> None:
        """Replace a file. Raises CatalogError where it may not be written."""
        try:
            replace(self.directory.joinpath(*parts), text)
        except OSError as error:
            place = Place(shown(self.directory, parts))
            found = f"cannot be written ({error.strerror})"
            remedy = "make the file and its folder writable"
            raise CatalogError([Diagnostic(place, "the file", found, remedy, "file")]) from error

    @cached_property
    def locale_order(self) -> tuple[str, ...]:
        """As `locale_order` of the locales' files."""
        return locale_order({name: file.data for name, file in self.of(LOCALES).items()})


def label_of_file(parts: Parts) -> str:
    """A file's record for people, which is its id."""
    return Path(parts[-1]).stem


def shown(directory: Path, parts: Parts) -> str:
    """A file's name as diagnostics show it."""
    return "/".join([directory.name, *parts])


def _parts(directory: Path) -> Iterator[Parts]:
    folders = (directory / LOCALES, directory / SCENARIOS)
    found = [path for folder in folders for path in sorted(folder.glob("*.yml"))]
    for path in [directory / CATALOG_FILE, directory / CHANGES_FILE, *found]:
        if path.is_file() and not path.name.startswith("."):
            yield path.relative_to(directory).parts
