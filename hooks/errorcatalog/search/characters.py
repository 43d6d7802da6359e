"""Chinese characters that are one to a reader who searches: by form, and by sound.

Traditional, Simplified and regional forms of a character have one canonical form. Characters of
one sound are found for each other, because people type by sound and pick the wrong one.

Both tables are in characters.json, which `make characters` writes from OpenCC and pypinyin.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_suffix(".json")


def folding(texts: Iterable[str], *, same: Iterable[str] = ()) -> dict[str, str]:
    """Which characters stand for one that occurs in `texts`, each with its canonical form.

    The characters of each text in `same` have one canonical form, too. Folding both a text and a
    query by this table makes them comparable.
    """
    canonical = dict(_forms())
    for characters in same:
        canonical |= dict.fromkeys(characters, canonical.get(characters[0], characters[0]))
    present = {canonical.get(character, character) for character in set().union(*texts)}
    return {
        character: form
        for character, form in canonical.items()
        if form != character and form in present
    }


def homophones(texts: Iterable[str]) -> list[str]:
    """Groups of characters of one sound, each with at least one that occurs in `texts`.

    A group has what occurs in its canonical form, and other characters as people type them.
    """
    forms = _forms()
    present = {forms.get(character, character) for character in set().union(*texts)}
    return list(_groups(present))


def _groups(present: AbstractSet[str]) -> Iterator[str]:
    forms = _forms()
    for group in _tables()["sounds"]:
        known = (forms.get(character, character) for character in group)
        members = {
            form if form in present else character
            for character, form in zip(group, known, strict=True)
        }
        if len(members) > 1 and not present.isdisjoint(members):
            yield "".join(sorted(members))


@cache
def _forms() -> Mapping[str, str]:
    return {pair[0]: pair[1] for pair in _tables()["forms"]}


@cache
def _tables() -> Mapping[str, list[str]]:
    """`forms` are pairs of a character and its canonical form, `sounds` groups of one sound."""
    tables: Mapping[str, list[str]] = json.loads(DATA.read_text(encoding="utf-8"))
    return tables
