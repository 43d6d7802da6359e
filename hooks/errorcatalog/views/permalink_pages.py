"""What the templates of pages without the theme's frame see: every language at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.model import Catalog, ErrorCode, Scenario
from errorcatalog.permalinks import Permalink
from errorcatalog.views.parts import heading_of, retirement_of

# Between the same thing in two languages, and between parts of a title.
_AND = " · "


@dataclass(frozen=True)
class PermalinkText:
    """One thing in one language, with its page there."""

    locale: Locale
    href: str
    scenario: str
    heading: str
    description: str
    retired: str | None


@dataclass(frozen=True)
class PermalinkEntry:
    """One thing in every language."""

    texts: tuple[PermalinkText, ...]
    message: str | None
    message_language: str | None


@dataclass(frozen=True)
class PermalinkView:
    """A page that leads on: by itself where there is one entry, else by the reader's choice."""

    name: str
    """What it is the address of; "" for a scenario."""
    other_names: tuple[str, ...]
    entries: tuple[PermalinkEntry, ...]
    title: str
    description: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    locales: tuple[Locale, ...]
    assets: str

    @property
    def forwards(self) -> bool:
        return len(self.entries) == 1

    @property
    def default(self) -> Locale:
        return self.locales[0]


@dataclass(frozen=True)
class MovedView:
    """A page that has another address now, in the same language."""

    locale: Locale
    title: str
    href: str
    canonical: str


@dataclass(frozen=True)
class OpenSearchView:
    """How a browser searches a locale from its address bar."""

    locale: Locale
    search_url: str


@dataclass(frozen=True)
class PermalinkViews:
    """Makes the views of one catalogue; `site_url` is "" where it is not known."""

    catalog: Catalog
    site_url: str

    def of_code(self, link: Permalink) -> PermalinkView:
        """A code's permalink; all its spellings show the same."""
        return self._view(link.code, link.address, link.records)

    def of_record(self, scenario: Scenario, code: ErrorCode) -> PermalinkView:
        """One scenario's record of a code."""
        address = addresses.record_permalink(scenario.id, code.code)
        return self._view(code.code, address, ((scenario, code),))

    def of_scenario(self, scenario: Scenario) -> PermalinkView:
        """A scenario's page, without a language."""
        address = addresses.scenario_permalink(scenario.id)
        texts = tuple(
            PermalinkText(
                locale=locale,
                href=addresses.relative(addresses.scenario(locale.id, scenario.id), address),
                scenario=scenario.group.title[locale.id],
                heading=scenario.title[locale.id],
                description=scenario.summary[locale.id],
                retired=None,
            )
            for locale in self.catalog.locales
        )
        pages = [
            (locale.id, addresses.scenario(locale.id, scenario.id))
            for locale in self.catalog.locales
        ]
        return PermalinkView(
            name="",
            other_names=(),
            entries=(PermalinkEntry(texts, None, None),),
            title=_AND.join(dict.fromkeys(text.heading for text in texts)),
            description=_AND.join(text.description for text in texts),
            canonical=addresses.absolute(self.site_url, address),
            alternates=self._absolute(pages),
            locales=self.catalog.locales,
            assets=addresses.relative(addresses.ASSETS, address),
        )

    def moved(self) -> Iterator[tuple[str, MovedView]]:
        """Every address that a renamed scenario had, with what it leads to now."""
        for scenario in self.catalog.scenarios:
            for former in scenario.former_ids:
                for locale in self.catalog.locales:
                    old = addresses.scenario(locale.id, former)
                    new = addresses.scenario(locale.id, scenario.id)
                    yield old, self._moved(locale, scenario.title[locale.id], old, new)
                    for code in scenario.codes:
                        old = addresses.code(locale.id, former, code.code)
                        new = addresses.code(locale.id, scenario.id, code.code)
                        title = f"{code.code} {heading_of(code, locale)}"
                        yield old, self._moved(locale, title, old, new)

    def opensearch(self, locale: Locale) -> OpenSearchView:
        home = addresses.absolute(self.site_url, addresses.home(locale.id))
        return OpenSearchView(locale, f"{home}?q={{searchTerms}}")

    def _view(
        self, code: str, address: str, records: tuple[tuple[Scenario, ErrorCode], ...]
    ) -> PermalinkView:
        entries = tuple(self._entry(scenario, record, address) for scenario, record in records)
        texts = [text for entry in entries for text in entry.texts]
        headings = dict.fromkeys(text.heading for text in texts)
        descriptions = dict.fromkeys(text.description for text in texts)
        messages = dict.fromkeys(record.message for _, record in records)
        pages = [
            (locale.id, addresses.code(locale.id, scenario.id, record.code))
            for scenario, record in records
            for locale in self.catalog.locales
        ]
        return PermalinkView(
            name=code,
            other_names=tuple(dict.fromkeys(name for _, one in records for name in one.names)),
            entries=entries,
            title=f"{code} {_AND.join(headings)}",
            description=_AND.join([*descriptions, *messages]),
            canonical=addresses.absolute(self.site_url, address),
            alternates=self._absolute(pages) if len(records) == 1 else (),
            locales=self.catalog.locales,
            assets=addresses.relative(addresses.ASSETS, address),
        )

    def _entry(self, scenario: Scenario, code: ErrorCode, address: str) -> PermalinkEntry:
        texts = tuple(
            PermalinkText(
                locale=locale,
                href=addresses.relative(addresses.code(locale.id, scenario.id, code.code), address),
                scenario=scenario.title[locale.id],
                heading=heading_of(code, locale),
                description=code.description[locale.id],
                retired=retirement_of(code, locale),
            )
            for locale in self.catalog.locales
        )
        return PermalinkEntry(texts, code.message, self.catalog.message_language)

    def _moved(self, locale: Locale, title: str, old: str, new: str) -> MovedView:
        canonical = addresses.absolute(self.site_url, new)
        return MovedView(locale, title, addresses.relative(new, old), canonical)

    def _absolute(self, pages: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        if not self.site_url:
            return ()
        return tuple((locale, addresses.absolute(self.site_url, page)) for locale, page in pages)
