"""Queries with the records that they want, and whether an answer is right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

LOCALES = ("zh-TW", "en")


@dataclass(frozen=True)
class Query:
    """What is asked, and what must come first: the head of queries.yml explains the fields."""

    kind: str
    text: str
    want: tuple[str, ...]
    any: bool = False
    ordered: bool = False
    locales: tuple[str, ...] = LOCALES

    def is_right(self, found: Sequence[str]) -> bool:
        """Whether what is wanted comes first."""
        if not self.want:
            return not found
        if self.any:
            return bool(found) and found[0] in self.want
        top = tuple(found[: len(self.want)])
        return top == self.want if self.ordered else sorted(top) == sorted(self.want)

    def is_near(self, found: Sequence[str]) -> bool:
        """Whether what is wanted is among the first, with at most two others before its last."""
        if not self.want:
            return not found
        if self.any:
            return any(record in self.want for record in found[:3])
        return set(self.want) <= set(found[: len(self.want) + 2])


def read_queries(path: Path) -> list[Query]:
    """Read a file; raises AssertionError for a field that its grammar does not know."""
    queries = []
    for kind, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for entry in entries:
            assert entry.keys() <= {"q", "want", "mode", "ordered", "locales"}, entry
            queries.append(
                Query(
                    kind,
                    entry["q"],
                    tuple(entry["want"]),
                    any=entry.get("mode") == "any",
                    ordered=entry.get("ordered", False),
                    locales=tuple(entry.get("locales", LOCALES)),
                )
            )
    return queries
