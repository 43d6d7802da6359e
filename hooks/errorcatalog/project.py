"""A project's folders, loaded, checked and rendered whole before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from errorcatalog import addresses
from errorcatalog.base import read_base
from errorcatalog.changes import check_changes
from errorcatalog.checks import check_documents, check_journey, documents_of
from errorcatalog.diagnostics import CatalogError, Diagnostic, foremost
from errorcatalog.export.as_data import Publisher
from errorcatalog.export.spreadsheet import spreadsheet
from errorcatalog.guidance import check_guidance
from errorcatalog.ledger import Ledger
from errorcatalog.load import load_catalog, locale_ids, read_catalog
from errorcatalog.locales import is_locale_id
from errorcatalog.model import Catalog
from errorcatalog.permalinks import check_names, check_successors, permalinks
from errorcatalog.phrases import Phrase, phrases_of
from errorcatalog.render import RenderedPage, Renderer, missing_templates
from errorcatalog.repository import Repository
from errorcatalog.schema import SchemaFile
from errorcatalog.since import Unlisted, check_changes_since, unlisted
from errorcatalog.status import Status, status_of
from errorcatalog.theme import check_theme_languages, theme_languages
from errorcatalog.views.changes_page import changes_view, feed_view
from errorcatalog.views.code_page import CodeView
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.page_foot import foot_view
from errorcatalog.views.pages import pages
from errorcatalog.views.parts import PageView
from errorcatalog.views.permalink_pages import PermalinkViews
from errorcatalog.views.sample import sample
from errorcatalog.views.site_files import chooser_view, not_found_view, sitemap_view
from errorcatalog.views.text_pages import MarkdownView, llms_full_view, llms_index_view
from errorcatalog.views.wording import VIEW_PHRASES

LEDGER_FILE = "permalinks.txt"
SCHEMA_FILE = "schema.json"

# Shows what a page has only where the site is told of its repository.
_EVERYTHING = Repository(files="-", report="-")


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

    def load(self, *, site_url: str = "", repository: Repository | None = None) -> Reference:
        """Load, check and render everything.

        `site_url` is the site's own address, "" where it is not known; `repository` is where
        readers edit and report. Raises CatalogError with every problem found; nothing has been
        written then.
        """
        catalog = self._checked()
        renderer = Renderer(self.templates)
        return _render(catalog, renderer, site_url, repository or Repository())

    def check(self, *, base: str = "", first: bool = False) -> Catalog:
        """Load and check everything, and render a sample of it, which shows what templates can do.

        `base` names what was published (see `read_base`): the list of changes is held against
        it; `first` says that nothing may have been. Raises CatalogError with every problem
        found.
        """
        catalog = self._checked(schema=True)
        renderer = Renderer(self.templates)
        _render(sample(catalog), renderer, "", _EVERYTHING)
        _render_changes(catalog, renderer)
        if base:
            before = read_base(base, self.catalog, first=first)
            published = Publisher(Lookup.of(catalog), "").records()
            problems = list(foremost(check_changes_since(before, catalog, published)))
            if problems:
                raise CatalogError(problems)
        return catalog

    def status(self) -> Status:
        """How far the catalogue is, whole or in the making.

        Raises CatalogError where no scenario can be read.
        """
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

    def unlisted_changes(self, base: str) -> list[Unlisted]:
        """What has changed since `base`, and no change lists.

        Where `base` is "", what records themselves say of their addition and retirement.
        Raises CatalogError where the catalogue, or what `base` names, cannot be read.
        """
        catalog = load_catalog(self.catalog, phrases=None)
        before = read_base(base, self.catalog) if base else None
        return unlisted(catalog, Publisher(Lookup.of(catalog), "").records(), before)

    def _checked(self, *, schema: bool = False) -> Catalog:
        """The whole catalogue; `schema` is checked too where asked: no page depends on it."""
        problems = list(check_documents(self.documents, self._locale_ids()))
        phrases, faults = self._phrases()
        problems += faults
        try:
            catalog = load_catalog(self.catalog, phrases=phrases)
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
        yield from check_names(catalog, self._page_names(catalog))
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
        problems = [*check_names(catalog, self._page_names(catalog)), *ledger.problems]
        if problems:
            raise CatalogError(foremost(problems))
        return ledger.add_new(catalog)

    def _page_names(self, catalog: Catalog) -> dict[str, list[str]]:
        """The first names of each locale's hand-written pages."""
        return {
            locale.id: [
                page.relative_to(self.documents / locale.id).parts[0].removesuffix(".md")
                for page in sorted((self.documents / locale.id).rglob("*.md"))
            ]
            for locale in catalog.locales
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


@dataclass(frozen=True)
class RenderedView:
    """A page before and after rendering, and what stands below it."""

    view: PageView
    page: RenderedPage
    foot: str


@dataclass(frozen=True)
class Reference:
    """A whole reference, ready to be written out."""

    catalog: Catalog
    site_url: str
    repository: Repository
    pages: tuple[RenderedView, ...] = field(repr=False)
    chooser: str = field(repr=False)
    """The page at the site's root."""
    not_found: str = field(repr=False)
    """The content of the page for wrong addresses."""
    permalinks: tuple[tuple[str, str], ...] = field(repr=False)
    """Every address without a language or of a renamed scenario, as (file, text)."""
    exports: tuple[tuple[str, str], ...] = field(repr=False)
    """The catalogue as data and as Markdown, as (file, text)."""
    renderer: Renderer = field(repr=False)

    def in_locale(self, locale_id: str) -> Iterator[RenderedView]:
        """The pages of one locale, in reading order."""
        return (item for item in self.pages if item.page.locale == locale_id)

    def foot(self, view: PageView) -> str:
        """What stands below a page that is not made of the catalogue."""
        return _foot(view, self.renderer, self.site_url, self.repository)

    def files(self, written: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Every file that is no page of a locale, as (address, text).

        `written` are the addresses of the hand-written pages. A sitemap needs full addresses,
        so there is none where the site's own is not known.
        """
        yield addresses.output_file(addresses.CHOOSER), self.chooser
        yield from self.permalinks
        yield from self.exports
        if not self.site_url:
            return
        documents = tuple(written)
        short = PermalinkViews(self.catalog, self.site_url)
        for locale in self.catalog.locales:
            listed = [item.page.address for item in self.in_locale(locale.id)]
            listed += [page for page in documents if addresses.is_in(page, locale.id)]
            view = sitemap_view(self.catalog, locale, listed, site_url=self.site_url)
            yield addresses.sitemap(locale.id), self.renderer.file(view)
            browser = self.renderer.file(short.opensearch(locale))
            yield addresses.opensearch(locale.id), browser

    def sitemaps(self) -> list[str]:
        """The full address of each locale's sitemap."""
        if not self.site_url:
            return []
        ids = (locale.id for locale in self.catalog.locales)
        return [addresses.absolute(self.site_url, addresses.sitemap(item)) for item in ids]


def _render(
    catalog: Catalog, renderer: Renderer, site_url: str, repository: Repository
) -> Reference:
    lookup = Lookup.of(catalog)
    rendered = tuple(
        RenderedView(view, renderer.page(view), _foot(view, renderer, site_url, repository))
        for locale in catalog.locales
        for view in pages(lookup, locale)
    )
    base = addresses.root_path(site_url)
    return Reference(
        catalog=catalog,
        site_url=site_url,
        repository=repository,
        pages=rendered,
        chooser=renderer.file(chooser_view(catalog)),
        not_found=renderer.file(not_found_view(catalog, base=base, report_url=repository.report)),
        permalinks=tuple(_permalinks(catalog, renderer, site_url)),
        exports=tuple(_exports(lookup, rendered, renderer, site_url)),
        renderer=renderer,
    )


def _foot(view: PageView, renderer: Renderer, site_url: str, repository: Repository) -> str:
    """What stands below a page, "" where there is nothing to say."""
    foot = foot_view(view, repository, site_url=site_url)
    return renderer.file(foot) if foot.edit or foot.report else ""


def _render_changes(catalog: Catalog, renderer: Renderer) -> None:
    lookup = Lookup.of(catalog)
    if catalog.changes:
        renderer.file(feed_view(lookup, site_url=""))
        for locale in catalog.locales:
            renderer.page(changes_view(lookup, locale))


def _exports(
    lookup: Lookup, rendered: Iterable[RenderedView], renderer: Renderer, site_url: str
) -> Iterator[tuple[str, str]]:
    publisher = Publisher(lookup, site_url)
    yield from publisher.files()
    yield addresses.CATALOG_CSV, spreadsheet(publisher.catalog())
    if lookup.catalog.changes:
        yield addresses.CHANGES_FEED, renderer.file(feed_view(lookup, site_url=site_url))
    texts = []
    for item in rendered:
        if isinstance(item.view, CodeView):
            view = MarkdownView(item.view, site_url)
            texts.append(renderer.markdown(view))
            yield view.address, texts[-1]
    index = llms_index_view(lookup, site_url=site_url)
    yield addresses.LLMS, renderer.markdown(index)
    yield addresses.LLMS_FULL, renderer.markdown(llms_full_view(lookup.catalog, texts))


def _permalinks(catalog: Catalog, renderer: Renderer, site_url: str) -> Iterator[tuple[str, str]]:
    views = PermalinkViews(catalog, site_url)
    for link in permalinks(catalog):
        text = renderer.file(views.of_code(link))
        for address in (link.address, *link.spellings):
            yield addresses.output_file(address), text
    for scenario in catalog.scenarios:
        for name in (scenario.id, *scenario.former_ids):
            text = renderer.file(views.of_scenario(scenario))
            yield addresses.output_file(addresses.scenario_permalink(name)), text
            for code in scenario.codes:
                text = renderer.file(views.of_record(scenario, code))
                yield addresses.output_file(addresses.record_permalink(name, code.code)), text
    for address, moved in views.moved():
        yield addresses.output_file(address), renderer.file(moved)
