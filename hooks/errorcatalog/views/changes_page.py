"""What has changed in the catalogue: a page in one language, and a feed in all of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from errorcatalog import addresses
from errorcatalog.changes import KINDS, Kind, current_names, name_of
from errorcatalog.locales import Locale
from errorcatalog.model import Change, ErrorCode, Scenario
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.parts import CodeLink, Format, PageView, Subject, code_link, home_link
from errorcatalog.views.wording import CHANGE_KINDS, CHANGES_TITLE

# As many codes of one kind stand with their headings; more of them stand as numbers alone.
FEW = 12

Record = tuple[Scenario, ErrorCode]


@dataclass(frozen=True)
class ChangedScenario:
    """The codes of one scenario that changed in one way."""

    title: str
    codes: tuple[CodeLink, ...]


@dataclass(frozen=True)
class ChangeKindView:
    """What changed in one way."""

    kind: str
    title: str
    count: int
    in_full: bool
    """Whether the codes' headings are shown."""
    scenarios: tuple[ChangedScenario, ...]


@dataclass(frozen=True)
class DayView:
    """What changed on one day."""

    anchor: str
    """The day, as in 2026-11-22."""
    day: str
    """The day as the language writes it."""
    summary: str | None
    kinds: tuple[ChangeKindView, ...]


@dataclass(frozen=True)
class ChangesView(PageView):
    """Every change, the latest first."""

    days: tuple[DayView, ...]
    feed: Format

    @property
    def formats(self) -> tuple[Format, ...]:
        return (self.feed,)


@dataclass(frozen=True)
class FeedText:
    """A day's changes in one language, with its place on that language's page."""

    locale: Locale
    day: DayView
    href: str


@dataclass(frozen=True)
class FeedEntry:
    """A day's changes in every language."""

    id: str
    day: str
    texts: tuple[FeedText, ...]


@dataclass(frozen=True)
class FeedView:
    """The feed of changes (Atom, RFC 4287)."""

    id: str
    address: str
    home: str
    updated: str
    locales: tuple[Locale, ...]
    entries: tuple[FeedEntry, ...]
    site_url: str

    def link(self, href: str) -> str:
        """A code's link as a full address: a feed is read elsewhere."""
        return addresses.on_site(self.site_url, addresses.CHANGES_FEED, href)


def changes_view(lookup: Lookup, locale: Locale) -> ChangesView:
    """The page of changes of one locale."""
    address = addresses.changes(locale.id)
    return ChangesView(
        locale=locale,
        address=address,
        title=locale.text(CHANGES_TITLE),
        breadcrumbs=(home_link(locale, address),),
        subject=Subject(),
        source=lookup.catalog.changes[0].origin.document.start,
        days=_days(lookup, locale, address),
        feed=Format("application/atom+xml", addresses.relative(addresses.CHANGES_FEED, address)),
    )


def feed_view(lookup: Lookup, *, site_url: str) -> FeedView:
    """The feed; `site_url` is the site's own address, "" where it is not known."""
    catalog = lookup.catalog
    feed = addresses.CHANGES_FEED
    days = {locale.id: _days(lookup, locale, feed) for locale in catalog.locales}
    entries = tuple(
        FeedEntry(
            id=addresses.identifier(site_url, _page(catalog.default_locale, change)),
            day=change.on.isoformat(),
            texts=tuple(
                FeedText(
                    locale,
                    days[locale.id][index],
                    addresses.on_site(site_url, feed, _page(locale, change)),
                )
                for locale in catalog.locales
            ),
        )
        for index, change in enumerate(catalog.changes)
    )
    return FeedView(
        id=addresses.identifier(site_url, feed),
        address=addresses.on_site(site_url, feed, feed),
        home=addresses.on_site(site_url, feed, addresses.relative(addresses.CHOOSER, feed)),
        updated=entries[0].day,
        locales=catalog.locales,
        entries=entries,
        site_url=site_url,
    )


def _page(locale: Locale, change: Change) -> str:
    return addresses.change(locale.id, change.on.isoformat())


def _days(lookup: Lookup, locale: Locale, address: str) -> tuple[DayView, ...]:
    names = current_names(lookup.catalog)
    records = {name_of(*record): record for record in lookup.catalog.records()}
    return tuple(
        DayView(
            anchor=change.on.isoformat(),
            day=locale.date(change.on),
            summary=change.summary[locale.id] if change.summary else None,
            kinds=tuple(
                _kind(locale, kind, [records[names[name]] for name in listed], address)
                for kind in KINDS
                if (listed := getattr(change, kind))
            ),
        )
        for change in lookup.catalog.changes
    )


def _kind(locale: Locale, kind: Kind, records: list[Record], address: str) -> ChangeKindView:
    return ChangeKindView(
        kind=kind,
        title=locale.text(CHANGE_KINDS[kind]),
        count=len(records),
        in_full=len(records) <= FEW,
        scenarios=tuple(_by_scenario(locale, records, address)),
    )


def _by_scenario(locale: Locale, records: list[Record], address: str) -> Iterable[ChangedScenario]:
    for _, members in groupby(records, key=lambda record: record[0].id):
        run = list(members)
        codes = tuple(code_link(locale, scenario, code, address) for scenario, code in run)
        yield ChangedScenario(run[0][0].title[locale.id], codes)
