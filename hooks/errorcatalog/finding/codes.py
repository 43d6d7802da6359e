"""Which codes a text names, and which of its numbers are amounts, times, or parts of something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from math import inf
from operator import itemgetter
from typing import NamedTuple

from errorcatalog.finding.comparable import is_unspaced

# What may be a code: letters and digits with what ties them together.
_CANDIDATE = re.compile(r"[a-z0-9]+(?:[._-][a-z0-9]+)*")
# Its parts, where the whole is no code: a full stop may end a sentence without a space after it.
_PART = re.compile(r"[^.]+")
_DECIMAL = re.compile(r"[0-9]\.[0-9]")
# A whole text that is meant for a code, whether there is one or not.
_WHOLE = re.compile(r"[0-9]+|[a-z0-9.-]*_[a-z0-9._-]*")

# How much of a text before and after a number is looked at.
_BEFORE, _AFTER = 40, 20
# What may stand between a number and the word that says what it is.
_TIES = " \t\r\n\"':=#.「([>"

# Times, dates, ports, paths, sums of money; a process in a log, as in "web[1234]:"; an identifier
# of something else, as in `"tradeId": "1234"`.
_BEFORE_A_NUMBER = re.compile(r"(?:[$€£¥]\s?|[a-z0-9\])][:/]|[0-9],|[/@+])$")
_AFTER_A_NUMBER = re.compile(r"[:/][a-z0-9]|,[0-9]{3}(?![0-9])|\s?[%‰°]|[@\\]")
_PROCESS = re.compile(r"(?:[a-z][\w.-]*\[|[a-z]/[\w.]+ ?\(\s*)$")
_IDENTIFIER = re.compile(
    r"(?:[a-z_]*(?<!pa)id|[a-z]*(?:no|num|number)|seq|uuid)[\"'\s]*[:=][\"'\s]*$"
)
# Numbers side by side, as in "1234/2345".
_NUMBER_BEFORE = re.compile(r"([0-9]+)[/,]$")
_NUMBER_AFTER = re.compile(r"[/,]([0-9]+)")

# Codes are listed where only marks, short words such as "and", and other numbers part them.
_LISTING_WORD = re.compile(r"[^\W\d_]{1,3}|[0-9]{3,6}")
_LIST_GAP = 40

# A text longer than this is more than a code with a few words around it.
_BRIEF = 200

# How alike two codes are at least, from 0 to 1, that may be meant for one another; and as numbers
# how far apart two are, at most, of which one may be a slip for the other.
_ALIKE = 0.6
_SLIP_ALIKE, _SLIP = 0.75, 10

_NOTHING = "(?!)"


class Named(NamedTuple):
    """A code that a text names, and where."""

    position: int
    code: str


class Reading(NamedTuple):
    """What a text says of codes."""

    named: Sequence[Named]
    """The codes that it names, each once, in its order."""
    unknown: Sequence[str]
    """What it gives out for a code, and the catalogue does not have: the whole text, where it is
    a number or has `_` in it; else what is announced and looks like one of the codes."""


class _Mention(NamedTuple):
    """A place that is written as a code is; `code` is None where the catalogue has none such."""

    position: int
    text: str
    code: str | None
    announced: bool


@dataclass(frozen=True)
class Codes:
    """The codes of one catalogue, and how its languages speak of codes and of amounts."""

    by_spelling: Mapping[str, str]
    prefix: re.Pattern[str]
    code_words: tuple[str, ...]
    amount_before: re.Pattern[str]
    amount_after: re.Pattern[str]
    edges: re.Pattern[str]

    @classmethod
    def of(
        cls,
        codes: Iterable[str],
        *,
        prefix: str,
        code_words: Iterable[str],
        amount_words: Iterable[str],
    ) -> Codes:
        """`codes` are as the catalogue writes them; the prefix and all words are folded."""
        announcing, amounts = tuple(code_words), list(amount_words)
        # A unit of one character stands after its number: before one it ends another word.
        labels = [word for word in amounts if len(word) > 1 or not is_unspaced(word)]
        words = _one_of(announcing)
        return cls(
            by_spelling={spelling(code): code for code in codes},
            prefix=re.compile(f"{re.escape(prefix)}[-_ ]?" if prefix else _NOTHING),
            code_words=announcing,
            amount_before=re.compile(f"(?<![a-z])(?:{_one_of(labels)})[{re.escape(_TIES)}]*$"),
            amount_after=re.compile(rf"\s?(?:{_one_of(amounts)})(?![a-z])"),
            edges=re.compile(rf"^(?:{words})(?![a-z])|(?<![a-z])(?:{words})$|^\W+|\W+$"),
        )

    def exactly(self, folded: str) -> str | None:
        """The code that a text is, in whatever spelling: `SLP-4454`, `error code: 4454`."""
        if len(folded) > _BRIEF:
            return None
        forms = (folded, self._bare(folded))
        return next((code for form in forms if (code := self._known(form))), None)

    def read(self, folded: str) -> Reading:
        """What a text says of codes."""
        bare = self._bare(folded) if len(folded) <= _BRIEF else ""
        if _WHOLE.fullmatch(bare) and not self._known(bare):
            return Reading([], [bare])
        mentions = list(self._mentions(folded))
        unknown = (self._unprefixed(item.text) for item in mentions if not item.code)
        return Reading(list(_named(folded, mentions)), list(dict.fromkeys(unknown)))

    def near(self, code: str) -> list[str]:
        """What may have been meant by a code that there is not, nearest first.

        That is what begins with it; or else numbers by their distance, words by their likeness.
        """
        asked = spelling(code)
        if not asked or len(asked) > _BRIEF:
            return []
        if begun := [known for form, known in self.by_spelling.items() if form.startswith(asked)]:
            return begun
        known = ((_distance(asked, form), code) for form, code in self.by_spelling.items())
        near = sorted((item for item in known if item[0] < inf), key=itemgetter(0))
        return [code for _, code in near]

    def _known(self, text: str) -> str | None:
        return self.by_spelling.get(spelling(text))

    def _bare(self, folded: str) -> str:
        """A text without marks around it, words that announce a code, and the prefix."""
        rest = folded.strip()
        while (shorter := self.edges.sub("", rest, count=1).strip()) not in {"", rest}:
            rest = shorter
        return self._unprefixed(rest)

    def _unprefixed(self, text: str) -> str:
        return self.prefix.sub("", text, count=1) if self.prefix.match(text) else text

    def _mentions(self, folded: str) -> Iterator[_Mention]:
        """Every place that is written as a code is, unless it is an amount or the like."""
        for position, text in self._candidates(folded):
            bare = self._unprefixed(text)
            code = self._known(bare)
            if not code and not self._looks_like_one(bare):
                continue
            before, after = _beside(folded, position, text)
            announced = before.rstrip(_TIES).endswith(self.code_words)
            announced = announced or (bare != text and (code is not None or bare.isdecimal()))
            # "timeout" is a word; `"code": "TIMEOUT"` is a code.
            unsure = code is None or text.isalpha()
            if announced or not (unsure or self._is_amount(before, after)):
                yield _Mention(position, text, code, announced)

    def _candidates(self, folded: str) -> Iterator[tuple[int, str]]:
        for match in _CANDIDATE.finditer(folded):
            if self._known(self._unprefixed(match[0])):
                yield match.start(), match[0]
            elif not _DECIMAL.search(match[0]):
                for part in _PART.finditer(match[0]):
                    yield match.start() + part.start(), part[0]

    def _looks_like_one(self, text: str) -> bool:
        """Whether a text is as long as the catalogue's numbers, or joined as its words are."""
        return len(text) in self._lengths if text.isdecimal() else "_" in text

    @cached_property
    def _lengths(self) -> frozenset[int]:
        return frozenset(len(form) for form in self.by_spelling if form.isdecimal())

    def _is_amount(self, before: str, after: str) -> bool:
        labels = (_PROCESS, _IDENTIFIER, self.amount_before)
        if any(label.search(before) for label in labels) or self.amount_after.match(after):
            return True
        beside = (_NUMBER_BEFORE.search(before), _NUMBER_AFTER.match(after))
        numbers = [number[1] for number in beside if number]
        if numbers and all(map(self._known, numbers)):
            return False
        return bool(_BEFORE_A_NUMBER.search(before) or _AFTER_A_NUMBER.match(after))


def spelling(code: str) -> str:
    """A code in the one spelling for all that its permalinks allow.

    >>> spelling(" Url-Not found")
    'url_not_found'
    """
    return re.sub(r"[\s_-]+", "_", code.strip().lower())


def _named(folded: str, mentions: Sequence[_Mention]) -> Iterator[Named]:
    """The codes that are meant, each where it is first.

    A number is a code where something announces it. Where nothing does, it is one unless what
    stands beside it makes it something else. A code that is no number always is one.
    """
    any_announced = any(mention.announced for mention in mentions)
    seen: set[str] = set()
    list_end: int | None = None
    for position, text, code, announced in mentions:
        listed = list_end is not None and _is_listed(folded[list_end:position])
        if announced or listed:
            list_end = position + len(text)
        elif any_announced and text.isdecimal():
            continue
        if code and code not in seen:
            seen.add(code)
            yield Named(position, code)


def _one_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, words)) or _NOTHING


def _beside(folded: str, position: int, text: str) -> tuple[str, str]:
    end = position + len(text)
    return folded[max(0, position - _BEFORE) : position], folded[end : end + _AFTER]


def _is_listed(between: str) -> bool:
    words = re.findall(r"\w+", between) if len(between) <= _LIST_GAP else [between]
    return all(map(_LISTING_WORD.fullmatch, words))


def _distance(asked: str, code: str) -> float:
    alike = SequenceMatcher(None, asked, code).ratio()
    if asked.isdecimal() and code.isdecimal() and len(asked) == len(code):
        return min(abs(int(asked) - int(code)), _SLIP if alike >= _SLIP_ALIKE else inf)
    return (1 - alike) if alike >= _ALIKE else inf
