"""Simplified and Traditional Chinese as one, for search: characters, and words where they differ.

The conversions are OpenCC's. A page's script only looks characters up in the table made here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from opencc import OpenCC

# Han characters in common use (CJK Unified Ideographs).
_HAN = tuple(map(chr, range(0x4E00, 0xA000)))


def folding(texts: Iterable[str], *, same: Iterable[str] = ()) -> dict[str, str]:
    """Which characters stand for one that occurs in `texts`, each with its canonical form.

    Traditional, Simplified and regional forms of a character have one canonical form, and so
    have the characters of each text in `same`: folding both a text and a query by this table
    makes them comparable.
    """
    canonical = dict(_canonical_forms())
    for characters in same:
        canonical |= dict.fromkeys(characters, canonical.get(characters[0], characters[0]))
    present = {canonical.get(character, character) for character in set().union(*texts)}
    return {
        character: form
        for character, form in canonical.items()
        if form != character and form in present
    }


def mainland_wording(text: str) -> str | None:
    """A text in the words of mainland China, or None where only its characters would differ."""
    canonical = _canonical_forms()
    worded = _converter("tw2sp").convert(text)
    return worded if _folded(worded, canonical) != _folded(text, canonical) else None


@cache
def _canonical_forms() -> Mapping[str, str]:
    """Simplified, then Taiwan's form of that, then Simplified again.

    The way round joins forms that one conversion leaves apart.
    """
    forms = "\n".join(_HAN)
    for step in ("t2s", "s2tw", "t2s"):
        forms = _converter(step).convert(forms)
    return dict(zip(_HAN, forms.split("\n"), strict=True))


@cache
def _converter(name: str) -> OpenCC:
    return OpenCC(name)


def _folded(text: str, canonical: Mapping[str, str]) -> str:
    return "".join(canonical.get(character, character) for character in text)
