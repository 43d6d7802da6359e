"""A whole reference, ready to be written; its pages are rendered as they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from errorcatalog import addresses
from errorcatalog.export.as_data import Publisher
from errorcatalog.export.spreadsheet import spreadsheet
from errorcatalog.model import Catalog
from errorcatalog.permalinks import permalinks
from errorcatalog.render import RenderedPage, Renderer
from errorcatalog.repository import Repository
from errorcatalog.views.changes_page import changes_view, feed_view
from errorcatalog.views.code_page import CodeView
from errorcatalog.views.explanation import sample_explanations
from errorcatalog.views.hosting import headers_view, nginx_view, redirects_view
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.page_foot import foot_view
from errorcatalog.views.pages import pages
from errorcatalog.views.parts import PageView
from errorcatalog.views.permalink_pages import PermalinkViews
from errorcatalog.views.sample import sample, sample_of_changes
from errorcatalog.views.site_files import chooser_view, not_found_view, sitemap_view
from errorcatalog.views.text_pages import MarkdownView, llms_full_view, llms_index_view

# Shows what a page has only where the site is told of its repository.
_EVERYTHING = Repository(files="-", report="-")

# Show what the templates for hosts can do.
_SOME_HEADERS = {"X-Content-Type-Options": "nosniff"}
_SOME_FILES = ("assets/main.0123abcd.min.css",)


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
        """What stands below a page, "" where there is nothing to say. Raises CatalogError."""
        foot = foot_view(view, self.repository, site_url=self.site_url)
        return self.renderer.file(foot) if foot.edit or foot.report else ""

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

    def host_files(
        self, headers: Mapping[str, str], files: Iterable[str]
    ) -> Iterator[tuple[str, str]]:
        """What a host reads, as (address, text).

        `headers` are those of every answer, `files` the addresses of the site's files.
        """
        site_url, catalog, write = self.site_url, self.catalog, self.renderer.for_host
        headers_file = headers_view(site_url=site_url, headers=headers, files=files)
        yield addresses.HOST_HEADERS, write(headers_file)
        yield addresses.HOST_REDIRECTS, write(redirects_view(catalog, site_url=site_url))
        yield addresses.HOST_NGINX, write(nginx_view(catalog, site_url=site_url, headers=headers))

    def sitemaps(self) -> list[str]:
        """The full address of each locale's sitemap."""
        if not self.site_url:
            return []
        ids = (locale.id for locale in self.catalog.locales)
        return [addresses.absolute(self.site_url, addresses.sitemap(item)) for item in ids]


def render_reference(
    catalog: Catalog, renderer: Renderer, site_url: str, repository: Repository
) -> Reference:
    """Render everything but what pages show; `site_url` is "" where it is not known.

    Raises CatalogError.
    """
    lookup = Lookup.of(catalog)
    rendered = tuple(
        RenderedView(view, renderer.page(view))
        for locale in catalog.locales
        for view in pages(lookup, locale)
    )
    base = addresses.root_path(site_url)
    reference = Reference(
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
    # They are written last; a mistake in their templates is told before anything is.
    tuple(reference.host_files(_SOME_HEADERS, _SOME_FILES))
    return reference


def render_samples(catalog: Catalog, renderer: Renderer) -> None:
    """Render as little as shows all that templates can do. Raises CatalogError."""
    reference = render_reference(sample(catalog), renderer, "", _EVERYTHING)
    _render_pages(reference)
    _render_answers(reference)
    _render_changes(sample_of_changes(catalog), renderer)


def _render_pages(reference: Reference) -> None:
    """Render what pages show, which is not kept."""
    for item in reference.pages:
        item.page.html()
        reference.foot(item.view)


def _render_changes(catalog: Catalog, renderer: Renderer) -> None:
    lookup = Lookup.of(catalog)
    if catalog.changes:
        renderer.file(feed_view(lookup, site_url=""))
        for locale in catalog.locales:
            renderer.page(changes_view(lookup, locale)).html()


def _render_answers(reference: Reference) -> None:
    """Render what the terminal shows of a reference's codes."""
    for locale in reference.catalog.locales:
        views = (item.view for item in reference.in_locale(locale.id))
        codes = tuple(view for view in views if isinstance(view, CodeView))
        for explanation in sample_explanations(locale, codes):
            reference.renderer.text(explanation)


def _exports(
    lookup: Lookup, rendered: Iterable[RenderedView], renderer: Renderer, site_url: str
) -> Iterator[tuple[str, str]]:
    publisher = Publisher(lookup, site_url)
    published = publisher.catalog()
    yield from publisher.files(published)
    yield addresses.CATALOG_CSV, spreadsheet(published)
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
