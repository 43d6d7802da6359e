"""What views of several kinds are made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from errorcatalog import addresses
from errorcatalog.diagnostics import Place
from errorcatalog.locales import Locale
from errorcatalog.model import ErrorCode, Scenario
from errorcatalog.record import LocalizedText
from errorcatalog.views.wording import HOME_TITLE, MEANING, RETIRED, SECTIONS

# The anchor of a page's heading. No code begins with "_", so no row can have it.
TITLE_ANCHOR = "_title"

# The end of a sentence; an ellipsis, or a text of nothing else, is none.
_FULL_STOPS = (".", "。")


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
class Format:
    """The same as a page says, for programs; `href` is relative to the page."""

    media_type: str
    href: str


@dataclass(frozen=True)
class Subject:
    """What a page is about: a scenario, or a code of one; "" for no single one."""

    scenario: str = ""
    code: str = ""


@dataclass(frozen=True)
class PageView:
    """What every page has."""

    locale: Locale
    address: str
    title: str
    breadcrumbs: tuple[Link, ...]
    subject: Subject
    source: Place
    """What an editor edits: a file, relative to the project's folder, and a line."""

    @property
    def formats(self) -> tuple[Format, ...]:
        """What else says the same as this page."""
        return ()

    @property
    def share_title(self) -> str:
        """What the page is called where its address is pasted."""
        return self.title


@dataclass(frozen=True)
class Label:
    """A state of a code in a word, with its explanation."""

    kind: str
    value: str
    text: str
    meaning: str
    href: str


@dataclass(frozen=True)
class LocaleHome:
    """A locale to choose, worded by itself."""

    locale: Locale
    href: str


def headings_of(code: ErrorCode) -> LocalizedText:
    """The title, or else the description, without the full stop that ends a sentence."""
    texts = code.title or code.description
    return {locale: _heading(text) for locale, text in texts.items()}


def heading_of(code: ErrorCode, locale: Locale) -> str:
    """A code's heading in one locale."""
    return _heading((code.title or code.description)[locale.id])


def _heading(text: str) -> str:
    rest = text[:-1]
    ends = text.endswith(_FULL_STOPS) and rest and not rest.endswith(_FULL_STOPS)
    return rest if ends else text


def retirement_of(code: ErrorCode, locale: Locale) -> str | None:
    """Since when and why a code is not returned, in a sentence; None for one that is."""
    if not code.retired:
        return None
    on, reason = locale.date(code.retired.on), code.retired.reason[locale.id]
    return locale.text(RETIRED, date=on, reason=reason)


def labels_of(code: ErrorCode, locale: Locale, address: str) -> tuple[Label, ...]:
    """Who acts and whether to try again, or nothing where the record does not say."""
    if code.party is None or code.retry is None:
        return ()
    return (
        *labels(locale, "party", [code.party], address),
        *labels(locale, "retry", [code.retry], address),
    )


def labels(locale: Locale, kind: str, values: Iterable[str], address: str) -> tuple[Label, ...]:
    """Labels of one kind, `party` or `retry`, as the page at `address` links them."""
    return tuple(
        Label(
            kind=kind,
            value=value,
            text=label_text(locale, kind, value),
            meaning=label_meaning(locale, kind, value),
            href=addresses.relative(addresses.legend(locale.id, f"_{kind}-{value}"), address),
        )
        for value in values
    )


def label_text(locale: Locale, kind: str, value: str) -> str:
    """The word for a `party` or `retry`."""
    return locale.text(f"{kind}.{value}")


def label_meaning(locale: Locale, kind: str, value: str) -> str:
    """The explanation of a `party` or `retry`."""
    return locale.text(f"{kind}{MEANING}.{value}")


def code_link(locale: Locale, scenario: Scenario, code: ErrorCode, address: str) -> CodeLink:
    """A link to a code from the page at `address`."""
    page = addresses.code(locale.id, scenario.id, code.code)
    return CodeLink(
        code=code.code,
        heading=heading_of(code, locale),
        scenario=scenario.title[locale.id],
        href=addresses.relative(page, address),
    )


def home_link(locale: Locale, address: str) -> Link:
    """A link to the locale's home from the page at `address`."""
    return Link(locale.text(HOME_TITLE), addresses.relative(addresses.home(locale.id), address))


def section(locale: Locale, section: str) -> Section:
    """A section by its anchor, headed in the words of its locale."""
    return Section(section, locale.text(SECTIONS[section]))
