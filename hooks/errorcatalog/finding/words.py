"""What a few words are about: texts that say the same, or nearly, by the words they share."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from itertools import takewhile
from math import log

from errorcatalog.finding.comparable import is_unspaced, plain, tokens

# How near another word is to one that was asked for.
_SAME, _FORM, _MISSPELT = 1.0, 0.8, 0.7
# Two forms of a word share so many letters, at least, and differ in so many, at most.
_STEM, _ENDING = 4, 3
# How alike a misspelt word is to the right one, at least.
_ALIKE = 0.75
# How much a number or a short word says, of what others do, that stands in no text: a pair of
# characters is mostly the seam between two words.
_LITTLE, _SHORT = 0.25, 3
# What counts, beside shared words, where a text is what was asked for, begins with it, or has it.
_IS, _BEGINS, _HAS = 2.0, 0.8, 0.4
# How much of what was asked for a subject must have.
_LEAST = 0.42


@dataclass(frozen=True)
class Text:
    """A folded text of a subject."""

    plain: str
    tokens: frozenset[str]

    @classmethod
    def of(cls, folded: str) -> Text:
        return cls(plain(folded), frozenset(tokens(folded)))


Near = Mapping[str, float]
"""Words that one may mean, each with how near it is."""


@dataclass(frozen=True)
class Words:
    """Subjects, each known by its texts."""

    subjects: Sequence[Sequence[Text]]

    @classmethod
    def of(cls, subjects: Iterable[Iterable[str]]) -> Words:
        """`subjects` are the folded texts of each."""
        return cls([[Text.of(text) for text in texts] for texts in subjects])

    def about(self, folded: str) -> list[int]:
        """The subjects that a text may be about, by number, best first."""
        asked = list(dict.fromkeys(tokens(folded)))
        if not asked:
            return []
        near = {word: self._near(word, last=word == asked[-1]) for word in asked}
        weights = {word: self._weight(word, near[word]) for word in asked}
        scores = []
        for number, texts in enumerate(self.subjects):
            every = frozenset().union(*(text.tokens for text in texts))
            covered = _overlap(near, weights, every) / sum(weights.values())
            if covered >= _LEAST:
                likest = max(self._likeness(near, weights, text) for text in texts)
                phrase = max(_phrase(plain(folded), text.plain) for text in texts)
                scores.append((covered + likest + phrase, number))
        return [number for _, number in sorted(scores, key=lambda item: -item[0])]

    def _likeness(
        self, near: Mapping[str, Near], weights: Mapping[str, float], text: Text
    ) -> float:
        """How much two texts share of what both say, from 0 to 1."""
        shared = _overlap(near, weights, text.tokens)
        said = sum(weights.values()) + sum(map(self._rarity, text.tokens))
        return 2 * shared / said if shared else 0.0

    @cached_property
    def _having(self) -> Counter[str]:
        """In how many subjects each word is."""
        sets = (frozenset().union(*(text.tokens for text in texts)) for texts in self.subjects)
        return Counter(word for words in sets for word in words)

    def _rarity(self, word: str) -> float:
        having = self._having[word]
        return log(1 + (len(self.subjects) - having + 0.5) / (having + 0.5))

    def _weight(self, word: str, near: Near) -> float:
        """How much a word says: rare ones say more."""
        if near:
            return max(map(self._rarity, near))
        says_little = word.isdecimal() or len(word) <= _SHORT
        return self._rarity(word) * (_LITTLE if says_little else 1)

    def _near(self, word: str, *, last: bool) -> Near:
        """The words that one may mean; the last one asked for may not be whole."""
        near = {word: _SAME} if word in self._having else {}
        if is_unspaced(word) or word.isdecimal():
            return near
        for other in self._spaced:
            if other != word and (_same_stem(word, other) or (last and _begins(other, word))):
                near[other] = _FORM
        if not near:
            near |= dict.fromkeys(get_close_matches(word, self._spaced, cutoff=_ALIKE), _MISSPELT)
        return near

    @cached_property
    def _spaced(self) -> list[str]:
        """The words of scripts that put spaces between them."""
        return [word for word in self._having if not is_unspaced(word) and not word.isdecimal()]


def _overlap(
    near: Mapping[str, Near], weights: Mapping[str, float], words: frozenset[str]
) -> float:
    """How much of what was asked for is among some words."""
    return sum(
        weights[asked]
        * max((nearness for word, nearness in others.items() if word in words), default=0)
        for asked, others in near.items()
    )


def _same_stem(one: str, other: str) -> bool:
    """Whether two words are forms of one: expire, expired, expires."""
    pairs = zip(one, other, strict=False)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
    return shared >= _STEM and max(len(one), len(other)) - shared <= _ENDING


def _begins(word: str, start: str) -> bool:
    return len(start) > 1 and word.startswith(start)


def _phrase(asked: str, text: str) -> float:
    """What it counts for that a text has the words asked for side by side, or they have it."""
    if asked == text:
        return _IS
    if text.startswith(asked):
        return _BEGINS
    return _HAS if asked in text else 0.0
