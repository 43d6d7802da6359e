"""What a template sees, in one locale, with nothing left to decide."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from errorcatalog import addresses
from errorcatalog.diagnostics import Place
from errorcatalog.guidance import PARTIES, RETRIES
from errorcatalog.locales import Locale
from errorcatalog.model import Catalog, ErrorCode, Group, Scenario
from errorcatalog.phrases import Phrase
from errorcatalog.record import LocalizedText

# The anchor of a page's heading. No code begins with "_", so no row can have it.
TITLE_ANCHOR = "_title"

_HOME_TITLE = "home.title"
_ALL_CODES_TITLE = "codes.title"
_RETIRED = "code.retired"
_MEANING = "_meaning"
_SECTIONS = {
    "action": "guidance.action_heading",
    "payer-text": "guidance.payer_text_heading",
    "message": "code.message_heading",
    "other-scenarios": "code.other_scenarios_heading",
    "same-message": "code.same_message_heading",
}

# The strings that views ask for themselves, because they stand in the navigation too.
VIEW_PHRASES = (
    *(
        Phrase(key, frozenset(), Place("hooks/errorcatalog/views.py"))
        for key in (
            _HOME_TITLE,
            _ALL_CODES_TITLE,
            *_SECTIONS.values(),
            *(f"party.{value}" for value in PARTIES),
            *(f"retry.{value}" for value in RETRIES),
            *(f"party{_MEANING}.{value}" for value in PARTIES),
            *(f"retry{_MEANING}.{value}" for value in RETRIES),
        )
    ),
    Phrase(_RETIRED, frozenset({"date", "reason"}), Place("hooks/errorcatalog/views.py")),
)


@dataclass(frozen=True)
class Link:
    """A text that leads somewhere; `href` is relative to the page that shows it."""

    text: str
    href: str


@dataclass(frozen=True)
class CodeLink:
    """A code with its heading, leading to its page."""

    code: str
    heading: str
    scenario: str
    href: str


@dataclass(frozen=True)
class Section:
    """A headed part of a page."""

    id: str
    title: str


@dataclass(frozen=True)
class PageView:
    """What every page has."""

    locale: Locale
    address: str
    title: str
    breadcrumbs: tuple[Link, ...]
    source_file: str
    """The file an editor edits, relative to the project's folder."""

    @property
    def share_title(self) -> str:
        """What the page is called where its address is pasted."""
        return self.title


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


@dataclass(frozen=True)
class Label:
    """A state of a code in a word, with its explanation."""

    kind: str
    value: str
    text: str
    meaning: str
    href: str


@dataclass(frozen=True)
class PayerText:
    """A sentence for the payer, in one language."""

    locale: Locale
    text: str


@dataclass(frozen=True)
class Guidance:
    """Who acts, whether to try again, what to do, and what to tell the payer."""

    party: Label
    retry: Label
    action: str
    payer_texts: tuple[PayerText, ...]


@dataclass(frozen=True)
class Row:
    """A code in a table."""

    anchor: str
    scenario_id: str
    scenario: Link
    labels: tuple[Label, ...]
    code: str
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


@dataclass(frozen=True)
class OtherScenario:
    """The same code in another scenario; a text is None where it does not differ."""

    title: str
    href: str
    heading: str
    description: str | None
    message: str | None

    @property
    def differs(self) -> bool:
        return self.description is not None or self.message is not None


@dataclass(frozen=True)
class CodeView(PageView):
    """Everything known about one code in one scenario."""

    code: str
    heading: str
    description: str
    meaning: str | None
    """The description again, where the heading does not already say it."""
    guidance: Guidance | None
    message: str
    message_language: str | None
    permalink: str
    permalink_path: str
    """The permalink as it is read, from the site's root."""
    added: str | None
    retired: str | None
    """Since when and why it is not returned, where it is not."""
    successor: CodeLink | None
    published: str | None
    published_language: str
    scenario: Link
    group: str
    row_href: str
    action_section: Section
    payer_text_section: Section
    message_section: Section
    other_scenarios_section: Section
    other_scenarios: tuple[OtherScenario, ...]
    same_message_section: Section
    same_message: tuple[CodeLink, ...]
    previous: CodeLink | None
    next: CodeLink | None

    @property
    def sections(self) -> tuple[Section, ...]:
        """The sections that this page has, in order."""
        guidance = self.guidance
        return (
            *([self.action_section] if guidance else []),
            *([self.payer_text_section] if guidance and guidance.payer_texts else []),
            self.message_section,
            *([self.other_scenarios_section] if self.other_scenarios else []),
            *([self.same_message_section] if self.same_message else []),
        )


@dataclass(frozen=True)
class LocaleHome:
    """A locale to choose, worded by itself."""

    locale: Locale
    href: str


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
    prefix: str
    report_url: str
    """Where a missing code is reported; `{code}` in it stands for the code. "" for nowhere."""
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


@dataclass(frozen=True)
class Views:
    """Makes the views of a catalogue; what needs the whole of it is looked up once."""

    catalog: Catalog
    by_code: Mapping[str, Sequence[tuple[Scenario, ErrorCode]]] = field(repr=False)
    by_message: Mapping[str, Sequence[tuple[Scenario, ErrorCode]]] = field(repr=False)

    @classmethod
    def of(cls, catalog: Catalog) -> Views:
        by_code = defaultdict(list)
        by_message = defaultdict(list)
        for scenario, code in catalog.records():
            by_code[code.code].append((scenario, code))
            by_message[code.message].append((scenario, code))
        return cls(catalog, by_code, by_message)

    def pages(self, locale: Locale) -> Iterator[PageView]:
        """Every page of a locale, in reading order, a scenario before its codes."""
        yield self.home(locale)
        yield self.all_codes(locale)
        for scenario in self.catalog.scenarios:
            yield self.scenario(locale, scenario)
            for code in scenario.codes:
                yield self.code(locale, scenario, code)

    def home(self, locale: Locale) -> HomeView:
        groups = tuple(
            self._group(locale, group, scenarios)
            for group, scenarios in self.catalog.scenarios_by_group()
        )
        return HomeView(
            locale=locale,
            address=addresses.home(locale.id),
            title=locale.text(_HOME_TITLE),
            breadcrumbs=(),
            source_file=self.catalog.groups[0].origin.document.file,
            journey=self._journey(locale),
            site_name=locale.site_name,
            groups=groups,
            count=sum(scenario.count for group in groups for scenario in group.scenarios),
        )

    def scenario(self, locale: Locale, scenario: Scenario) -> ScenarioView:
        address = addresses.scenario(locale.id, scenario.id)
        return ScenarioView(
            locale=locale,
            address=address,
            title=scenario.title[locale.id],
            breadcrumbs=(_home_link(locale, address),),
            source_file=scenario.source_file,
            group=scenario.group.title[locale.id],
            summary=scenario.summary[locale.id],
            count=len(scenario.codes),
            rows=self._rows(locale, scenario, retired=False),
            retired_rows=self._rows(locale, scenario, retired=True),
            message_language=self.catalog.message_language,
        )

    def all_codes(self, locale: Locale) -> AllCodesView:
        address = addresses.all_codes(locale.id)
        guided = any(code.party for _, code in self.catalog.records())
        return AllCodesView(
            locale=locale,
            address=address,
            title=locale.text(_ALL_CODES_TITLE),
            breadcrumbs=(_home_link(locale, address),),
            source_file=self.catalog.groups[0].origin.document.file,
            rows=tuple(
                self._row(locale, scenario, code, address)
                for scenario, code in self.catalog.records()
            ),
            message_language=self.catalog.message_language,
            scenarios=tuple(
                Choice(scenario.id, scenario.title[locale.id])
                for scenario in self.catalog.scenarios
            ),
            parties=_labels(locale, "party", PARTIES, address) if guided else (),
            retries=_labels(locale, "retry", RETRIES, address) if guided else (),
        )

    def _rows(self, locale: Locale, scenario: Scenario, *, retired: bool) -> tuple[Row, ...]:
        page = addresses.scenario(locale.id, scenario.id)
        return tuple(
            self._row(locale, scenario, code, page)
            for code in scenario.codes
            if bool(code.retired) is retired
        )

    def _row(self, locale: Locale, scenario: Scenario, code: ErrorCode, page: str) -> Row:
        """A code's row in a table on `page`; only its scenario's page has its anchor."""
        home = addresses.scenario(locale.id, scenario.id)
        return Row(
            anchor=code.code if page == home else f"{scenario.id}_{code.code}",
            scenario_id=scenario.id,
            scenario=Link(scenario.title[locale.id], addresses.relative(home, page)),
            labels=_labels_of(code, locale, page),
            code=code.code,
            href=addresses.relative(addresses.code(locale.id, scenario.id, code.code), page),
            heading=heading_of(code, locale),
            description=code.description[locale.id],
            message=code.message,
            permalink=addresses.relative(self._permalink(scenario, code), page),
        )

    def _guidance(self, locale: Locale, code: ErrorCode, address: str) -> Guidance | None:
        labels = _labels_of(code, locale, address)
        if not labels or code.action is None:
            return None
        party, retry = labels
        mine_first = sorted(self.catalog.locales, key=lambda other: other is not locale)
        payer = code.payer_text
        texts = [PayerText(other, payer[other.id]) for other in mine_first] if payer else []
        return Guidance(party, retry, code.action[locale.id], tuple(texts))

    def _permalink(self, scenario: Scenario, code: ErrorCode) -> str:
        """The shortest address that leads to this record and to no other."""
        if len(self.by_code[code.code]) > 1:
            return addresses.record_permalink(scenario.id, code.code)
        return addresses.permalink(code.code)

    def _successor(
        self, locale: Locale, scenario: Scenario, code: ErrorCode, address: str
    ) -> CodeLink | None:
        successor = code.retired and code.retired.replaced_by
        if not successor:
            return None
        # One that is returned, in the same scenario before others.
        current = [item for item in self.by_code[successor] if not item[1].retired]
        place, record = min(current, key=lambda item: item[0] is not scenario)
        return _code_link(locale, place, record, address)

    def code(self, locale: Locale, scenario: Scenario, code: ErrorCode) -> CodeView:
        address = addresses.code(locale.id, scenario.id, code.code)
        heading = heading_of(code, locale)
        scenario_page = addresses.scenario(locale.id, scenario.id)
        scenario_link = Link(scenario.title[locale.id], addresses.relative(scenario_page, address))
        before, after = _neighbours(scenario, code)
        return CodeView(
            locale=locale,
            address=address,
            title=f"{code.code} {heading}",
            breadcrumbs=(_home_link(locale, address), scenario_link),
            source_file=scenario.source_file,
            code=code.code,
            heading=heading,
            description=code.description[locale.id],
            meaning=code.description[locale.id] if code.title else None,
            guidance=self._guidance(locale, code, address),
            message=code.message,
            message_language=self.catalog.message_language,
            permalink=addresses.relative(self._permalink(scenario, code), address),
            permalink_path=self._permalink(scenario, code),
            added=locale.date(code.added) if code.added else None,
            retired=retirement_of(code, locale),
            successor=self._successor(locale, scenario, code, address),
            published=code.source,
            published_language=self.catalog.default_locale.id,
            scenario=scenario_link,
            group=scenario.group.title[locale.id],
            row_href=addresses.relative(addresses.row(locale.id, scenario.id, code.code), address),
            action_section=_section(locale, "action"),
            payer_text_section=_section(locale, "payer-text"),
            message_section=_section(locale, "message"),
            other_scenarios_section=_section(locale, "other-scenarios"),
            other_scenarios=tuple(self._other_scenarios(locale, scenario, code, address)),
            same_message_section=_section(locale, "same-message"),
            same_message=tuple(self._same_message(locale, code, address)),
            previous=_code_link(locale, scenario, before, address) if before else None,
            next=_code_link(locale, scenario, after, address) if after else None,
        )

    def chooser(self) -> ChooserView:
        page = addresses.CHOOSER
        return ChooserView(self._homes(page), addresses.relative(addresses.ASSETS, page))

    def not_found(self, *, base: str, report_url: str) -> NotFoundView:
        """`base` is the path of the site's root: this page is shown at any depth."""
        homes = (LocaleHome(item, base + addresses.home(item.id)) for item in self.catalog.locales)
        return NotFoundView(tuple(homes), base, self.catalog.prefix or "", report_url)

    def sitemap(self, locale: Locale, pages: Iterable[str], *, site_url: str) -> SitemapView:
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
                        for other in self.catalog.locales
                    ),
                )
                for page in pages
            )
        )

    def _homes(self, address: str) -> tuple[LocaleHome, ...]:
        return tuple(
            LocaleHome(locale, addresses.relative(addresses.home(locale.id), address))
            for locale in self.catalog.locales
        )

    def _group(self, locale: Locale, group: Group, members: Iterable[Scenario]) -> GroupSummary:
        scenarios = tuple(_summary(locale, scenario) for scenario in members)
        return GroupSummary(group.id, group.title[locale.id], scenarios)

    def _journey(self, locale: Locale) -> JourneyView | None:
        journey = self.catalog.journey
        if journey is None:
            return None
        known = {scenario.id: _summary(locale, scenario) for scenario in self.catalog.scenarios}
        return JourneyView(
            stages=tuple(tuple(known[name] for name in stage) for stage in journey.stages),
            beside=tuple(known[name] for name in journey.beside),
        )

    def _other_scenarios(
        self, locale: Locale, scenario: Scenario, code: ErrorCode, address: str
    ) -> Iterator[OtherScenario]:
        description = code.description[locale.id]
        for other, twin in self.by_code[code.code]:
            if other is scenario:
                continue
            page = addresses.code(locale.id, other.id, twin.code)
            described = twin.description[locale.id]
            yield OtherScenario(
                title=other.title[locale.id],
                href=addresses.relative(page, address),
                heading=heading_of(twin, locale),
                description=described if described != description else None,
                message=twin.message if twin.message != code.message else None,
            )

    def _same_message(self, locale: Locale, code: ErrorCode, address: str) -> Iterator[CodeLink]:
        for scenario, other in self.by_message[code.message]:
            if other.code != code.code:
                yield _code_link(locale, scenario, other, address)


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


def heading_of(code: ErrorCode, locale: Locale) -> str:
    """The title, or else the description, without the full stop that ends a sentence."""
    texts: LocalizedText = code.title or code.description
    return texts[locale.id].rstrip("。.")


def retirement_of(code: ErrorCode, locale: Locale) -> str | None:
    """Since when and why a code is not returned, in a sentence; None for one that is."""
    if not code.retired:
        return None
    on, reason = locale.date(code.retired.on), code.retired.reason[locale.id]
    return locale.text(_RETIRED, date=on, reason=reason)


def _labels_of(code: ErrorCode, locale: Locale, address: str) -> tuple[Label, ...]:
    """Who acts and whether to try again, or nothing where the record does not say."""
    if code.party is None or code.retry is None:
        return ()
    return (
        *_labels(locale, "party", [code.party], address),
        *_labels(locale, "retry", [code.retry], address),
    )


def _labels(locale: Locale, kind: str, values: Iterable[str], address: str) -> tuple[Label, ...]:
    return tuple(
        Label(
            kind=kind,
            value=value,
            text=locale.text(f"{kind}.{value}"),
            meaning=locale.text(f"{kind}{_MEANING}.{value}"),
            href=addresses.relative(addresses.legend(locale.id, f"_{kind}-{value}"), address),
        )
        for value in values
    )


def _code_link(locale: Locale, scenario: Scenario, code: ErrorCode, address: str) -> CodeLink:
    page = addresses.code(locale.id, scenario.id, code.code)
    return CodeLink(
        code=code.code,
        heading=heading_of(code, locale),
        scenario=scenario.title[locale.id],
        href=addresses.relative(page, address),
    )


def _home_link(locale: Locale, address: str) -> Link:
    return Link(locale.text(_HOME_TITLE), addresses.relative(addresses.home(locale.id), address))


def _section(locale: Locale, section: str) -> Section:
    return Section(section, locale.text(_SECTIONS[section]))


def _neighbours(scenario: Scenario, code: ErrorCode) -> tuple[ErrorCode | None, ErrorCode | None]:
    codes = scenario.codes
    index = codes.index(code)
    before = codes[index - 1] if index else None
    after = codes[index + 1] if index + 1 < len(codes) else None
    return before, after
