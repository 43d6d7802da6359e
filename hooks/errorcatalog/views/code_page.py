"""A code's own page: everything known about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.model import ErrorCode, Scenario
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.parts import (
    CodeLink,
    Format,
    Label,
    Link,
    PageView,
    Section,
    Subject,
    code_link,
    heading_of,
    home_link,
    labels_of,
    retirement_of,
    section,
)


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
    names: tuple[str, ...]
    """Other names of the code."""
    permalink: str
    permalink_path: str
    """The permalink as it is read, from the site's root."""
    added: str | None
    retired: str | None
    """Since when and why it is not returned, where it is not."""
    successor: CodeLink | None
    published: str | None
    published_language: str
    markdown: Format
    data: Format
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
    def formats(self) -> tuple[Format, ...]:
        return (self.markdown, self.data)

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


def code_view(lookup: Lookup, locale: Locale, scenario: Scenario, code: ErrorCode) -> CodeView:
    """The page of one code in one scenario."""
    address = addresses.code(locale.id, scenario.id, code.code)
    heading = heading_of(code, locale)
    scenario_page = addresses.scenario(locale.id, scenario.id)
    scenario_link = Link(scenario.title[locale.id], addresses.relative(scenario_page, address))
    before, after = _neighbours(scenario, code)
    return CodeView(
        locale=locale,
        address=address,
        title=f"{code.code} {heading}",
        breadcrumbs=(home_link(locale, address), scenario_link),
        subject=Subject(scenario.id, code.code),
        source=code.origin.place,
        code=code.code,
        heading=heading,
        description=code.description[locale.id],
        meaning=code.description[locale.id] if code.title else None,
        guidance=_guidance(lookup, locale, code, address),
        message=code.message,
        message_language=lookup.catalog.message_language,
        names=tuple(code.names),
        permalink=addresses.relative(lookup.permalink(scenario, code), address),
        permalink_path=lookup.permalink(scenario, code),
        added=locale.date(code.added) if code.added else None,
        retired=retirement_of(code, locale),
        successor=_successor(lookup, locale, scenario, code, address),
        published=code.source,
        published_language=lookup.catalog.default_locale.id,
        markdown=Format("text/markdown", addresses.relative(addresses.markdown(address), address)),
        data=Format(
            "application/json", addresses.relative(addresses.code_json(code.code), address)
        ),
        scenario=scenario_link,
        group=scenario.group.title[locale.id],
        row_href=addresses.relative(addresses.row(locale.id, scenario.id, code.code), address),
        action_section=section(locale, "action"),
        payer_text_section=section(locale, "payer-text"),
        message_section=section(locale, "message"),
        other_scenarios_section=section(locale, "other-scenarios"),
        other_scenarios=tuple(_other_scenarios(lookup, locale, scenario, code, address)),
        same_message_section=section(locale, "same-message"),
        same_message=tuple(_same_message(lookup, locale, code, address)),
        previous=code_link(locale, scenario, before, address) if before else None,
        next=code_link(locale, scenario, after, address) if after else None,
    )


def _guidance(lookup: Lookup, locale: Locale, code: ErrorCode, address: str) -> Guidance | None:
    labels = labels_of(code, locale, address)
    if not labels or code.action is None:
        return None
    party, retry = labels
    mine_first = sorted(lookup.catalog.locales, key=lambda other: other is not locale)
    payer = code.payer_text
    texts = [PayerText(other, payer[other.id]) for other in mine_first] if payer else []
    return Guidance(party, retry, code.action[locale.id], tuple(texts))


def _successor(
    lookup: Lookup, locale: Locale, scenario: Scenario, code: ErrorCode, address: str
) -> CodeLink | None:
    successor = lookup.successor(scenario, code)
    return code_link(locale, *successor, address) if successor else None


def _other_scenarios(
    lookup: Lookup, locale: Locale, scenario: Scenario, code: ErrorCode, address: str
) -> Iterator[OtherScenario]:
    description = code.description[locale.id]
    for other, twin in lookup.by_code[code.code]:
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


def _same_message(
    lookup: Lookup, locale: Locale, code: ErrorCode, address: str
) -> Iterator[CodeLink]:
    for scenario, other in lookup.by_message[code.message]:
        if other.code != code.code:
            yield code_link(locale, scenario, other, address)


def _neighbours(scenario: Scenario, code: ErrorCode) -> tuple[ErrorCode | None, ErrorCode | None]:
    codes = scenario.codes
    # By identity: to compare records is to compare all that they hold.
    index = next(place for place, item in enumerate(codes) if item is code)
    before = codes[index - 1] if index else None
    after = codes[index + 1] if index + 1 < len(codes) else None
    return before, after
