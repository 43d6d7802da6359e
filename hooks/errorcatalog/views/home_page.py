"""A locale's home: the scenarios by group, and the life of a payment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.model import Catalog, Group, Scenario
from errorcatalog.views.parts import PageView, Subject
from errorcatalog.views.wording import HOME_TITLE


@dataclass(frozen=True)
class ScenarioSummary:
    """A scenario on the home page."""

    title: str
    summary: str
    href: str
    count: int
    ranges: tuple[str, ...]


@dataclass(frozen=True)
class GroupSummary:
    """A group of scenarios on the home page."""

    id: str
    title: str
    scenarios: tuple[ScenarioSummary, ...]


@dataclass(frozen=True)
class JourneyView:
    """The life of a payment: stages in order, each with its stations, and what is beside."""

    stages: tuple[tuple[ScenarioSummary, ...], ...]
    beside: tuple[ScenarioSummary, ...]


@dataclass(frozen=True)
class HomeView(PageView):
    """A locale's home."""

    journey: JourneyView | None

    site_name: str
    groups: tuple[GroupSummary, ...]
    count: int

    @property
    def share_title(self) -> str:
        return self.site_name


def home_view(catalog: Catalog, locale: Locale) -> HomeView:
    """The home of one locale."""
    groups = tuple(
        _group(locale, group, scenarios) for group, scenarios in catalog.scenarios_by_group()
    )
    return HomeView(
        locale=locale,
        address=addresses.home(locale.id),
        title=locale.text(HOME_TITLE),
        breadcrumbs=(),
        subject=Subject(),
        source=catalog.groups[0].origin.document.start,
        journey=_journey(catalog, locale),
        site_name=locale.site_name,
        groups=groups,
        count=sum(scenario.count for group in groups for scenario in group.scenarios),
    )


def _group(locale: Locale, group: Group, members: Iterable[Scenario]) -> GroupSummary:
    scenarios = tuple(_summary(locale, scenario) for scenario in members)
    return GroupSummary(group.id, group.title[locale.id], scenarios)


def _journey(catalog: Catalog, locale: Locale) -> JourneyView | None:
    journey = catalog.journey
    if journey is None:
        return None
    known = {scenario.id: _summary(locale, scenario) for scenario in catalog.scenarios}
    return JourneyView(
        stages=tuple(tuple(known[name] for name in stage) for stage in journey.stages),
        beside=tuple(known[name] for name in journey.beside),
    )


def _summary(locale: Locale, scenario: Scenario) -> ScenarioSummary:
    """A scenario as the home page shows it."""
    page = addresses.scenario(locale.id, scenario.id)
    return ScenarioSummary(
        title=scenario.title[locale.id],
        summary=scenario.summary[locale.id],
        href=addresses.relative(page, addresses.home(locale.id)),
        count=len(scenario.codes),
        ranges=code_ranges(code.code for code in scenario.codes),
    )


def code_ranges(codes: Iterable[str]) -> tuple[str, ...]:
    """What codes a scenario has, short enough to scan.

    Numbers are grouped by hundreds, words stand as they are.

    >>> code_ranges(["4450", "4451", "1012", "4468", "URL_NOT_FOUND"])
    ('1012', '4450–4468', 'URL_NOT_FOUND')
    """
    numbers: list[str] = []
    words: list[str] = []
    for code in codes:
        (numbers if re.fullmatch("[0-9]+", code) else words).append(code)
    ranges = []
    in_order = sorted(numbers, key=lambda number: (len(number), number))
    for _, members in groupby(in_order, key=lambda number: (len(number), number[:-2])):
        run = list(members)
        ranges.append(run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}")
    return (*ranges, *words)
