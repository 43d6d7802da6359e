"""What belongs to the site and to no single language: its root, wrong addresses, sitemaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.model import Catalog
from errorcatalog.views.parts import TITLE_ANCHOR, LocaleHome


@dataclass(frozen=True)
class ChooserView:
    """The site's root: a choice of languages."""

    locales: tuple[LocaleHome, ...]
    assets: str

    @property
    def default(self) -> LocaleHome:
        return self.locales[0]


@dataclass(frozen=True)
class NotFoundView:
    """The one page for a wrong address, in every language at once."""

    locales: tuple[LocaleHome, ...]
    base: str
    """The path of the site's root."""
    report_url: str
    """Where a missing code is reported, its placeholders not filled in; "" for nowhere."""
    title_anchor: str = TITLE_ANCHOR


@dataclass(frozen=True)
class SitemapEntry:
    """A page for web search, with the same page in every locale."""

    location: str
    alternates: tuple[tuple[str, str], ...]
    """Pairs of a locale's id and an absolute address."""


@dataclass(frozen=True)
class SitemapView:
    """The sitemap of one locale."""

    entries: tuple[SitemapEntry, ...]


def chooser_view(catalog: Catalog) -> ChooserView:
    """The root, where a reader chooses a language."""
    page = addresses.CHOOSER
    return ChooserView(_homes(catalog, page), addresses.relative(addresses.ASSETS, page))


def not_found_view(catalog: Catalog, *, base: str, report_url: str) -> NotFoundView:
    """`base` is the path of the site's root: this page is shown at any depth."""
    homes = (LocaleHome(item, base + addresses.home(item.id)) for item in catalog.locales)
    return NotFoundView(tuple(homes), base, report_url)


def sitemap_view(
    catalog: Catalog, locale: Locale, pages: Iterable[str], *, site_url: str
) -> SitemapView:
    """`pages` are the addresses of a locale's pages, `site_url` the site's own address."""
    return SitemapView(
        tuple(
            SitemapEntry(
                addresses.absolute(site_url, page),
                tuple(
                    (
                        other.id,
                        addresses.absolute(
                            site_url, addresses.in_locale(page, locale.id, other.id)
                        ),
                    )
                    for other in catalog.locales
                ),
            )
            for page in pages
        )
    )


def _homes(catalog: Catalog, address: str) -> tuple[LocaleHome, ...]:
    return tuple(
        LocaleHome(locale, addresses.relative(addresses.home(locale.id), address))
        for locale in catalog.locales
    )
