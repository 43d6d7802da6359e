"""A project's folders, loaded, checked and rendered whole before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from errorcatalog import addresses
from errorcatalog.checks import check_documents
from errorcatalog.diagnostics import CatalogError, Diagnostic
from errorcatalog.load import load_catalog
from errorcatalog.locales import is_locale_id
from errorcatalog.model import Catalog
from errorcatalog.phrases import Phrase, phrases_of
from errorcatalog.render import RenderedPage, Renderer, missing_templates
from errorcatalog.views import VIEW_PHRASES, PageView, Views


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

    def load(self, *, site_url: str = "") -> Reference:
        """Load, check and render everything.

        `site_url` is the site's own address, "" where it is not known. Raises CatalogError
        with every problem found; nothing has been written then.
        """
        problems = list(check_documents(self.documents, self._locale_ids()))
        phrases, faults = self._phrases()
        problems += faults
        try:
            catalog = load_catalog(self.catalog, phrases=phrases)
        except CatalogError as error:
            raise CatalogError([*problems, *error.diagnostics]) from error
        if problems:
            raise CatalogError(problems)
        return _render(catalog, Renderer(self.templates), site_url)

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
    """A page before and after rendering."""

    view: PageView
    page: RenderedPage


@dataclass(frozen=True)
class Reference:
    """A whole reference, ready to be written out."""

    catalog: Catalog
    site_url: str
    pages: tuple[RenderedView, ...] = field(repr=False)
    chooser: str = field(repr=False)
    """The page at the site's root."""
    not_found: str = field(repr=False)
    """The content of the page for wrong addresses."""
    renderer: Renderer = field(repr=False)

    def in_locale(self, locale_id: str) -> Iterator[RenderedView]:
        """The pages of one locale, in reading order."""
        return (item for item in self.pages if item.page.locale == locale_id)

    def files(self, written: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Every file that is no page of a locale, as (address, text).

        `written` are the addresses of the hand-written pages. A sitemap needs full addresses,
        so there is none where the site's own is not known.
        """
        yield addresses.output_file(addresses.CHOOSER), self.chooser
        if not self.site_url:
            return
        documents = tuple(written)
        views = Views.of(self.catalog)
        for locale in self.catalog.locales:
            pages = [item.page.address for item in self.in_locale(locale.id)]
            pages += [page for page in documents if addresses.is_in(page, locale.id)]
            view = views.sitemap(locale, pages, site_url=self.site_url)
            yield addresses.sitemap(locale.id), self.renderer.file(view)

    def sitemaps(self) -> list[str]:
        """The full address of each locale's sitemap."""
        if not self.site_url:
            return []
        ids = (locale.id for locale in self.catalog.locales)
        return [addresses.absolute(self.site_url, addresses.sitemap(item)) for item in ids]


def _render(catalog: Catalog, renderer: Renderer, site_url: str) -> Reference:
    views = Views.of(catalog)
    pages = tuple(
        RenderedView(view, renderer.page(view))
        for locale in catalog.locales
        for view in views.pages(locale)
    )
    base = addresses.root_path(site_url)
    chooser = renderer.file(views.chooser())
    not_found = renderer.file(views.not_found(base))
    return Reference(catalog, site_url, pages, chooser, not_found, renderer)
