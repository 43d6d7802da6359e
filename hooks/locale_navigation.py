"""The theme's navigation of one locale: home, scenarios by group, hand-written pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from markupsafe import Markup
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.model import Scenario
from errorcatalog.reference import Reference


class LocaleNavigation(Navigation):
    """Codes are not listed (a scenario's page lists them), but they know their way up."""

    @classmethod
    def of(
        cls, reference: Reference, locale: Locale, pages: Mapping[str, Page]
    ) -> LocaleNavigation:
        """Build it from `pages`, every page of the site by its address."""
        home = pages[addresses.home(locale.id)]
        generated = {item.page.address for item in reference.pages}
        written = [
            page
            for address, page in pages.items()
            if addresses.is_in(address, locale.id) and address not in generated
        ]
        sections = [
            _section(group.title[locale.id], locale, scenarios, pages)
            for group, scenarios in reference.catalog.scenarios_by_group()
        ]
        listed = [home, *(page for _, children in sections for page in children), *written]
        for page in written:
            page.parent = None
        codes = pages[addresses.all_codes(locale.id)]
        changes = [pages[address] for address in [addresses.changes(locale.id)] if address in pages]
        items = [home, codes, *(section for section, _ in sections), *changes, *written]
        navigation = cls(items, [codes, *changes, *listed])
        navigation.homepage = home
        return navigation


def whole(navigations: Iterable[LocaleNavigation]) -> Navigation:
    """The navigation of the whole site, which no page shows."""
    parts = list(navigations)
    items = [item for part in parts for item in part.items]
    return Navigation(items, [page for part in parts for page in part.pages])


def _section(
    title: str, locale: Locale, scenarios: Iterable[Scenario], pages: Mapping[str, Page]
) -> tuple[Section, list[Page]]:
    children = [_scenario(locale, scenario, pages) for scenario in scenarios]
    section = Section(Markup.escape(title), list(children))
    for page in children:
        page.parent = section
    return section, children


def _scenario(locale: Locale, scenario: Scenario, pages: Mapping[str, Page]) -> Page:
    """The scenario's page, its codes hung under it in their order."""
    page = pages[addresses.scenario(locale.id, scenario.id)]
    codes = [pages[addresses.code(locale.id, scenario.id, code.code)] for code in scenario.codes]
    for code in codes:
        # MkDocs knows only sections as parents; what it does with one, be active, a page can too.
        code.parent = page  # type: ignore[assignment]
    for before, after in pairwise(codes):
        before.next_page, after.previous_page = after, before
    return page
