"""Pages as text: a code as Markdown, and the site for language models (https://llmstxt.org)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.markdown_text import Written
from errorcatalog.model import Catalog, Scenario
from errorcatalog.views.code_page import CodeView
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.parts import CodeLink, heading_of


@dataclass(frozen=True)
class MarkdownView:
    """A code's page as Markdown."""

    page: CodeView
    site_url: str

    @property
    def locale(self) -> Locale:
        return self.page.locale

    @property
    def address(self) -> str:
        return addresses.markdown(self.page.address)

    def link(self, href: str) -> Written:
        """A link of the page as it holds where the Markdown is pasted."""
        return Written(addresses.on_site(self.site_url, self.page.address, href))


@dataclass(frozen=True)
class IndexedScenario:
    """A scenario in one language, with the Markdown of its codes."""

    locale: Locale
    title: str
    summary: str
    codes: tuple[CodeLink, ...]


@dataclass(frozen=True)
class LlmsIndexView:
    """What there is, and where its Markdown is."""

    site_url: str
    locales: tuple[Locale, ...]
    scenarios: tuple[IndexedScenario, ...]
    data: tuple[tuple[str, str], ...]
    """Names and addresses of the files of data."""

    def link(self, address: str) -> Written:
        """An address of the site as a link in this file."""
        return Written(addresses.absolute(self.site_url, address) or address)


@dataclass(frozen=True)
class LlmsFullView:
    """Every code's Markdown in one file."""

    locales: tuple[Locale, ...]
    pages: tuple[Written, ...]


def llms_index_view(lookup: Lookup, *, site_url: str) -> LlmsIndexView:
    """The index, the default language first."""
    catalog = lookup.catalog
    return LlmsIndexView(
        site_url=site_url,
        locales=catalog.locales,
        scenarios=tuple(
            _indexed(locale, scenario)
            for locale in catalog.locales
            for scenario in catalog.scenarios
        ),
        data=tuple((name, name) for name in (addresses.CATALOG_JSON, addresses.LLMS_FULL)),
    )


def llms_full_view(catalog: Catalog, pages: Iterable[str]) -> LlmsFullView:
    """All of it; `pages` are Markdown."""
    return LlmsFullView(catalog.locales, tuple(map(Written, pages)))


def _indexed(locale: Locale, scenario: Scenario) -> IndexedScenario:
    codes = tuple(
        CodeLink(
            code=code.code,
            heading=heading_of(code, locale),
            scenario=scenario.title[locale.id],
            href=addresses.markdown(addresses.code(locale.id, scenario.id, code.code)),
        )
        for code in scenario.codes
    )
    return IndexedScenario(locale, scenario.title[locale.id], scenario.summary[locale.id], codes)
