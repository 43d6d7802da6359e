"""The answer to a question from the terminal: whole records, and what else may be meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from errorcatalog import addresses
from errorcatalog.diagnostics import visible
from errorcatalog.locales import Locale
from errorcatalog.search.engine import Answer, Entry
from errorcatalog.views.code_page import CodeView, code_view
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.parts import CodeLink, code_link

# How many codes are named that may be meant as well.
_MOST_OTHERS = 9

# How much of what was asked is repeated, in characters.
_EXCERPT = 60


@dataclass(frozen=True)
class Explanation:
    """What is answered in one locale. Without `codes`, nothing was found."""

    locale: Locale
    query: str
    """What was asked, on one line; its beginning, where it is long."""
    by_words: bool
    codes: tuple[CodeView, ...]
    family: tuple[CodeLink, ...]
    """The codes of a family, such as 44xx, which are not shown in full."""
    others: tuple[CodeLink, ...]
    unknown: tuple[str, ...]
    """Codes that were asked for, and that there are not."""
    nearest: tuple[CodeLink, ...]

    @property
    def has_guidance(self) -> bool:
        return any(code.guidance for code in self.codes)


def explanation(lookup: Lookup, locale: Locale, query: str, answer: Answer) -> Explanation:
    """An answer in the words of a locale."""
    is_family = answer.by == "family" and len(answer.meant) > 1
    shown, family = ((), answer.meant) if is_family else (answer.meant, ())
    return Explanation(
        locale=locale,
        query=_excerpt(query),
        by_words=answer.by == "words",
        codes=tuple(code_view(lookup, locale, *entry) for entry in shown),
        family=_links(locale, family),
        others=_links(locale, islice(_not_shown(answer), _MOST_OTHERS)),
        unknown=answer.unknown,
        nearest=_links(locale, answer.nearest),
    )


def sample_explanations(locale: Locale, codes: tuple[CodeView, ...]) -> Iterator[Explanation]:
    """Explanations that together have everything an explanation can have."""
    link = CodeLink(code="", heading="", scenario="", href="")
    whole = Explanation(
        locale=locale,
        query="",
        by_words=True,
        codes=codes,
        family=(link,),
        others=(link,),
        unknown=(),
        nearest=(),
    )
    yield whole
    for unknown in ((), ("",)):
        yield replace(whole, codes=(), family=(), others=(), unknown=unknown, nearest=(link,))


def _not_shown(answer: Answer) -> Iterator[Entry]:
    """What else may be meant, except what a record shows itself: its own code and message."""
    codes = {code.code for _, code in answer.meant}
    messages = {code.message for _, code in answer.meant}
    for scenario, code in answer.others:
        if code.code not in codes and code.message not in messages:
            yield scenario, code


def _links(locale: Locale, entries: Iterable[Entry]) -> tuple[CodeLink, ...]:
    home = addresses.home(locale.id)
    return tuple(code_link(locale, *entry, home) for entry in entries)


def _excerpt(query: str) -> str:
    line = " ".join(query.split())
    return visible(line if len(line) <= _EXCERPT else f"{line[:_EXCERPT].rstrip()}…")
