"""Pages that list codes in a table: one scenario, and all of them."""

from __future__ import annotations

from dataclasses import dataclass

from errorcatalog import addresses
from errorcatalog.guidance import PARTIES, RETRIES
from errorcatalog.locales import Locale
from errorcatalog.model import ErrorCode, Scenario
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.parts import (
    Format,
    Label,
    Link,
    PageView,
    Subject,
    heading_of,
    home_link,
    labels,
    labels_of,
)
from errorcatalog.views.wording import ALL_CODES_TITLE


@dataclass(frozen=True)
class Row:
    """A code in a table."""

    anchor: str
    scenario_id: str
    scenario: Link
    labels: tuple[Label, ...]
    code: str
    names: tuple[str, ...]
    """Other names of the code."""
    href: str
    heading: str
    description: str
    message: str
    permalink: str


@dataclass(frozen=True)
class ScenarioView(PageView):
    """A scenario with all its codes."""

    group: str
    summary: str
    count: int
    rows: tuple[Row, ...]
    retired_rows: tuple[Row, ...]
    """Codes that are no longer returned."""
    message_language: str | None


@dataclass(frozen=True)
class Choice:
    """A value that a list can be filtered by."""

    value: str
    text: str


@dataclass(frozen=True)
class AllCodesView(PageView):
    """Every code in one table, with what it can be filtered by and what its labels mean."""

    rows: tuple[Row, ...]
    message_language: str | None
    scenarios: tuple[Choice, ...]
    parties: tuple[Label, ...]
    retries: tuple[Label, ...]
    data: Format
    index: str
    """Where the search index is, by which the table is filtered."""

    @property
    def formats(self) -> tuple[Format, ...]:
        return (self.data,)


def scenario_view(lookup: Lookup, locale: Locale, scenario: Scenario) -> ScenarioView:
    """The page of one scenario."""
    address = addresses.scenario(locale.id, scenario.id)
    return ScenarioView(
        locale=locale,
        address=address,
        title=scenario.title[locale.id],
        breadcrumbs=(home_link(locale, address),),
        subject=Subject(scenario.id),
        source=scenario.record.origin.document.start,
        group=scenario.group.title[locale.id],
        summary=scenario.summary[locale.id],
        count=len(scenario.codes),
        rows=_rows(lookup, locale, scenario, retired=False),
        retired_rows=_rows(lookup, locale, scenario, retired=True),
        message_language=lookup.catalog.message_language,
    )


def all_codes_view(lookup: Lookup, locale: Locale) -> AllCodesView:
    """The page of all codes."""
    address = addresses.all_codes(locale.id)
    guided = any(code.party for _, code in lookup.catalog.records())
    return AllCodesView(
        locale=locale,
        address=address,
        title=locale.text(ALL_CODES_TITLE),
        breadcrumbs=(home_link(locale, address),),
        subject=Subject(),
        source=lookup.catalog.groups[0].origin.document.start,
        rows=tuple(
            _row(lookup, locale, scenario, code, address)
            for scenario, code in lookup.catalog.records()
        ),
        message_language=lookup.catalog.message_language,
        scenarios=tuple(
            Choice(scenario.id, scenario.title[locale.id]) for scenario in lookup.catalog.scenarios
        ),
        parties=labels(locale, "party", PARTIES, address) if guided else (),
        retries=labels(locale, "retry", RETRIES, address) if guided else (),
        data=Format("application/json", addresses.relative(addresses.CATALOG_JSON, address)),
        index=addresses.relative(addresses.search_index(locale.id), address),
    )


def _rows(lookup: Lookup, locale: Locale, scenario: Scenario, *, retired: bool) -> tuple[Row, ...]:
    page = addresses.scenario(locale.id, scenario.id)
    return tuple(
        _row(lookup, locale, scenario, code, page)
        for code in scenario.codes
        if bool(code.retired) is retired
    )


def _row(lookup: Lookup, locale: Locale, scenario: Scenario, code: ErrorCode, page: str) -> Row:
    """A code's row in a table on `page`; only its scenario's page has its anchor."""
    home = addresses.scenario(locale.id, scenario.id)
    return Row(
        anchor=code.code if page == home else f"{scenario.id}_{code.code}",
        scenario_id=scenario.id,
        scenario=Link(scenario.title[locale.id], addresses.relative(home, page)),
        labels=labels_of(code, locale, page),
        code=code.code,
        names=tuple(code.names),
        href=addresses.relative(addresses.code(locale.id, scenario.id, code.code), page),
        heading=heading_of(code, locale),
        description=code.description[locale.id],
        message=code.message,
        permalink=addresses.relative(lookup.permalink(scenario, code), page),
    )
