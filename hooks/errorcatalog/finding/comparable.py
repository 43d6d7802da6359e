"""Texts made comparable: what is the same to a reader is written in one way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from errorcatalog.variants import folding

# Scripts without spaces between words, in which pairs of characters stand for words.
UNSPACED = (
    "\u3005\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_BEGINS_UNSPACED = re.compile(f"[{UNSPACED}]")
_LETTER = f"[^\\W_{UNSPACED}]"
# A short ending after an apostrophe belongs to its word: "payer's" is what others type as
# "payers". A longer one is a word of its own, as in "d'utilisateur".
_RUN = re.compile(f"[{UNSPACED}]+|{_LETTER}+(?:['’]{_LETTER}{{1,2}}(?!{_LETTER}))?")
_APOSTROPHES = str.maketrans("", "", "'’")

# What JSON, HTML and a form make of a text, in the order in which it is undone.
_ESCAPES = (
    (re.compile(r"\\u([0-9a-fA-F]{4})"), lambda match: chr(int(match[1], 16))),
    (re.compile(r"\\[nrt]"), lambda _: " "),
    (re.compile(r"\\([\"'/\\])"), lambda match: match[1]),
    (re.compile(r"&(?:quot|#34|#39);"), lambda _: '"'),
    (re.compile(r"&amp;"), lambda _: "&"),
)


@dataclass(frozen=True)
class Folding:
    """Folds letter case, width, and the forms of Chinese characters."""

    characters: dict[int, str]

    @classmethod
    def of(cls, texts: Iterable[str], *, same: Iterable[str]) -> Folding:
        """For a catalogue's `texts`; each of `same` has characters written for one another."""
        return cls(str.maketrans(folding(texts, same=same)))

    def __call__(self, text: str) -> str:
        return unicodedata.normalize("NFKC", text).lower().translate(self.characters)


def unescaped(text: str) -> str:
    """A pasted text as its writer saw it: escapes of JSON and HTML undone.

    >>> unescaped('{\\\\"msg\\\\": \\\\"Not\\\\u0020found\\\\"}')
    '{"msg": "Not found"}'
    """
    for pattern, meaning in _ESCAPES:
        text = pattern.sub(meaning, text)
    return text


def is_unspaced(text: str) -> bool:
    """Whether a text begins with a character of a script without spaces."""
    return bool(_BEGINS_UNSPACED.match(text))


def plain(folded: str) -> str:
    """Only the words of a folded text: punctuation and spaces make no difference.

    >>> plain("payment (token): 付款 token")
    'payment token付款token'
    """
    parts = []
    touches = True
    for run in _runs(folded):
        unspaced = is_unspaced(run)
        parts.append(run if touches or unspaced else f" {run}")
        touches = unspaced
    return "".join(parts)


def tokens(folded: str) -> Iterator[str]:
    """What is looked up: words, and pairs of neighbouring characters of an unspaced script.

    >>> list(tokens("token 已過期"))
    ['token', '已過', '過期']
    """
    for run in _runs(folded):
        if is_unspaced(run) and len(run) > 1:
            yield from (first + second for first, second in pairwise(run))
        else:
            yield run


def _runs(folded: str) -> Iterator[str]:
    for match in _RUN.finditer(folded):
        yield match[0].translate(_APOSTROPHES)
