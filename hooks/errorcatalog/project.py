"""A project's folders, loaded and checked whole before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from errorcatalog.changes import check_changes
from errorcatalog.checks import check_documents, check_journey, documents_of
from errorcatalog.diagnostics import CatalogError, Diagnostic, foremost
from errorcatalog.guidance import check_guidance
from errorcatalog.ledger import Ledger
from errorcatalog.load import Records, check_records, load_catalog, locale_ids, read_catalog
from errorcatalog.locales import Locale, is_locale_id
from errorcatalog.model import Catalog
from errorcatalog.permalinks import check_names, check_successors
from errorcatalog.phrases import Phrase, phrases_of
from errorcatalog.render import Renderer, missing_templates
from errorcatalog.repository import Repository
from errorcatalog.schema import SchemaFile
from errorcatalog.theme import check_theme_languages, theme_languages
from errorcatalog.views.wording import VIEW_PHRASES

if TYPE_CHECKING:
    from errorcatalog.reference import Reference
    from errorcatalog.status import Status

LEDGER_FILE = "permalinks.txt"
SCHEMA_FILE = "schema.json"


@dataclass(frozen=True)
class Project:
    """Where things are, from the folder that holds `mkdocs.yml`."""

    root: Path

    @property
    def catalog(self) -> Path:
        return self.root / "catalog"

    @property
    def templates(self) -> Path:
        return self.root / "templates"

    @property
    def documents(self) -> Path:
        return self.root / "docs"

    @property
    def scripts(self) -> Path:
        """The modules of the search engine."""
        return self.documents / "assets" / "javascripts" / "search"

    def load(self, *, site_url: str = "", repository: Repository | None = None) -> Reference:
        """Load and check everything, and render all but what pages show.

        Of that, a sample is rendered, so that what a template does wrong is told now. `site_url`
        is the site's own address, "" where it is not known; `repository` is where readers edit
        and report. Raises CatalogError with every problem found; nothing has been written then.
        """
        # Only a build needs all views; a question from the terminal should not wait for them.
        from errorcatalog.reference import render_reference, render_samples  # noqa: PLC0415

        catalog = self.checked()
        renderer = Renderer(self.templates)
        render_samples(catalog, renderer)
        return render_reference(catalog, renderer, site_url, repository or Repository())

    def status(self) -> Status:
        """How far the catalogue is, whole or in the making.

        Raises CatalogError where no scenario can be read.
        """
        from errorcatalog.status import status_of  # noqa: PLC0415 - as above

        records = read_catalog(self.catalog)
        phrases, faults = self._phrases()
        if not records.scenarios and records.diagnostics:
            raise CatalogError([*records.diagnostics, *faults])
        return status_of(
            records,
            strings=None if phrases is None else {phrase.key for phrase in phrases},
            documents=documents_of(self.documents, records.locale_ids),
            unread=faults,
        )

    def readable(self) -> Catalog:
        """The catalog whose files can be read, with no rule of the whole checked, nor templates.

        Raises CatalogError.
        """
        return load_catalog(self.catalog, phrases=None)

    def checked(self) -> Catalog:
        """Load and check everything; render nothing. Raises CatalogError with every problem."""
        return self.checked_records(read_catalog(self.catalog))

    def checked_records(self, records: Records, *, schema: bool = False) -> Catalog:
        """The same of records that were read; `schema` is checked too if asked for.

        No page depends on the schema.
        """
        problems = list(check_documents(self.documents, self._locale_ids()))
        phrases, faults = self._phrases()
        problems += faults
        try:
            catalog = check_records(records, phrases=phrases)
        except CatalogError as error:
            raise CatalogError([*problems, *error.diagnostics]) from error
        # Only a whole catalogue can be held against what was published.
        problems += foremost(self._rules(catalog))
        if schema:
            problems += self._schema([locale.id for locale in catalog.locales]).check()
        if problems:
            raise CatalogError(problems)
        return catalog

    def _rules(self, catalog: Catalog) -> Iterator[Diagnostic]:
        """The rules over a whole catalogue."""
        yield from check_theme_languages(catalog.locales, theme_languages())
        yield from check_names(catalog, self.page_names(catalog.locales))
        yield from check_successors(catalog)
        yield from check_guidance(catalog)
        yield from check_journey(catalog)
        yield from check_changes(catalog)
        yield from self.ledger().check(catalog)

    def ledger(self) -> Ledger:
        """The addresses that were published."""
        return Ledger.read(self.catalog / LEDGER_FILE, f"{self.catalog.name}/{LEDGER_FILE}")

    def schema(self) -> SchemaFile:
        """What editors check the catalogue's files by. Raises CatalogError without a locale."""
        return self._schema(locale_ids(self.catalog))

    def _schema(self, locales: Sequence[str]) -> SchemaFile:
        file = f"{self.catalog.name}/{SCHEMA_FILE}"
        return SchemaFile(self.catalog / SCHEMA_FILE, file, locales)

    def add_to_ledger(self) -> list[str]:
        """Publish what is new; returns the lines added. Raises CatalogError as `load` does."""
        catalog = load_catalog(self.catalog, phrases=self._phrases()[0])
        ledger = self.ledger()
        # A promise once made is kept: none for an address that cannot be given.
        problems = [*check_names(catalog, self.page_names(catalog.locales)), *ledger.problems]
        if problems:
            raise CatalogError(foremost(problems))
        return ledger.add_new(catalog)

    def page_names(self, locales: Iterable[Locale]) -> dict[str, list[str]]:
        """The first names of each locale's hand-written pages."""
        return {
            locale.id: [
                page.relative_to(self.documents / locale.id).parts[0].removesuffix(".md")
                for page in sorted((self.documents / locale.id).rglob("*.md"))
            ]
            for locale in locales
        }

    def _phrases(self) -> tuple[list[Phrase] | None, list[Diagnostic]]:
        """What templates and views ask for, None where a template cannot be read, and why."""
        faults = list(missing_templates(self.templates))
        try:
            phrases = [*VIEW_PHRASES, *phrases_of(self.templates)]
        except CatalogError as error:
            return None, [*faults, *error.diagnostics]
        return None if faults else phrases, faults

    def _locale_ids(self) -> list[str]:
        names = (path.stem for path in (self.catalog / "locales").glob("*.yml"))
        return sorted(name for name in names if is_locale_id(name))
