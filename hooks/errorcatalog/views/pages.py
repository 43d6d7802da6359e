"""Every page of a locale, in reading order."""

from __future__ import annotations

from collections.abc import Iterator

from errorcatalog.locales import Locale
from errorcatalog.views.changes_page import changes_view
from errorcatalog.views.code_page import code_view
from errorcatalog.views.home_page import home_view
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.parts import PageView
from errorcatalog.views.table_pages import all_codes_view, scenario_view


def pages(lookup: Lookup, locale: Locale) -> Iterator[PageView]:
    """Every page of a locale, a scenario before its codes."""
    yield home_view(lookup.catalog, locale)
    yield all_codes_view(lookup, locale)
    if lookup.catalog.changes:
        yield changes_view(lookup, locale)
    for scenario in lookup.catalog.scenarios:
        yield scenario_view(lookup, locale, scenario)
        for code in scenario.codes:
            yield code_view(lookup, locale, scenario, code)
