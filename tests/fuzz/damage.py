"""Ways to damage a file: bytes, characters, lines, and the values of a YAML file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from hypothesis import strategies as st

from support import as_yaml

Damage = Callable[[bytes], bytes]
KeyPath = tuple[str | int, ...]

PIECES: list[str] = yaml.safe_load(Path(__file__).with_name("pieces.yml").read_text("utf-8"))

_ENCODINGS = (
    "utf-8-sig",
    "utf-16",
    "utf-16-le",
    "utf-16-be",
    "utf-32",
    "gb18030",
    "utf-7",
    "cp037",
)
_RAW = (b"\xff", b"\xed\xa0\x80", b"\xc0\xaf", b"\xf4\x90\x80\x80", b"\x80", b"\0", b"\xe4\xbb")
_TEXT = st.one_of(st.sampled_from(PIECES), st.text(max_size=6))


# A place in a file, whatever its length turns out to be.
_PLACES = st.floats(0, 1)


@dataclass(frozen=True)
class InCharacters:
    """Some characters, or none, become others."""

    at: float
    span: int
    piece: str

    def __call__(self, content: bytes) -> bytes:
        text = content.decode("utf-8", "surrogateescape")
        start = int(self.at * len(text))
        changed = text[:start] + self.piece + text[start + self.span :]
        return changed.encode("utf-8", "surrogateescape")


@dataclass(frozen=True)
class InLines:
    """Some lines go, come again, move, or have another end, indentation or value."""

    kind: str
    at: float
    to: float
    count: int
    piece: str

    def __call__(self, content: bytes) -> bytes:
        lines = content.splitlines(keepends=True) or [b""]
        start, target = int(self.at * (len(lines) - 1)), int(self.to * (len(lines) - 1))
        before, block = lines[:start], lines[start : start + self.count]
        after = lines[start + self.count :]
        rest = before + after
        changed = {
            "delete": rest,
            "repeat": before + block * 3 + after,
            "move": rest[:target] + block + rest[target:],
            "cut": before,
            "indent": before + [b"  " + line for line in block] + after,
            "end": [line.rstrip(b"\r\n") + b"\r\n" for line in lines],
            "replace": before + [self._replaced(line) for line in block] + after,
        }[self.kind]
        return b"".join(changed)

    def _replaced(self, line: bytes) -> bytes:
        key, colon, _ = line.partition(b": ")
        return key + colon + self.piece.encode() + b"\n"


@dataclass(frozen=True)
class InBytes:
    """Bytes that are no text come in, or the whole file is in another encoding."""

    at: float
    raw: bytes
    encoding: str | None

    def __call__(self, content: bytes) -> bytes:
        if self.encoding:
            return content.decode("utf-8", "replace").encode(self.encoding, "replace")
        start = int(self.at * len(content))
        return content[:start] + self.raw + content[start:]


# Values

_SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.just(10**400),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=3),
    st.text(max_size=9),
    st.sampled_from(PIECES),
    st.sampled_from([date.min, date.max, "", " ", "x" * 500, "en", "payment/4454", "4454"]),
)
VALUES: st.SearchStrategy[Any] = st.recursive(
    _SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=4) | st.just("en"), inner)
    ),
    max_leaves=6,
)


@dataclass(frozen=True)
class InValues:
    """One value of a YAML file becomes another, in kind or in content."""

    kind: str
    at: float
    key: Any
    value: Any
    as_json: bool

    def __call__(self, content: bytes) -> bytes:
        try:
            data = yaml.safe_load(content)
        except (yaml.YAMLError, ValueError, OverflowError, TypeError, AttributeError):
            return content
        paths = list(_paths(data)) if isinstance(data, dict | list) else []
        if not paths:
            return content
        self._change(data, paths[int(self.at * (len(paths) - 1))])
        if self.as_json:
            return json.dumps(data, default=str, skipkeys=True).encode()
        return as_yaml(data).encode()

    def _change(self, data: Any, path: KeyPath) -> None:
        around, last = data, path[-1]
        for step in path[:-1]:
            around = around[step]
        if self.kind == "delete":
            del around[last]
        elif self.kind == "rename" and isinstance(around, dict):
            around[self.key] = around.pop(last)
        elif self.kind == "add" and isinstance(around, dict):
            around[self.key] = self.value
        elif self.kind == "add":
            around.insert(last, self.value)
        else:
            around[last] = [around[last], self.value] if self.kind == "wrap" else self.value


def _paths(data: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for key, value in items:
        yield (*path, key)
        if isinstance(value, dict | list):
            yield from _paths(value, (*path, key))


def _several(*kinds: st.SearchStrategy[Damage]) -> st.SearchStrategy[list[Damage]]:
    return st.lists(st.one_of(*kinds), min_size=1, max_size=3)


_CHARACTERS = st.builds(InCharacters, at=_PLACES, span=st.integers(0, 9), piece=_TEXT)
_LINES = st.builds(
    InLines,
    kind=st.sampled_from(["delete", "repeat", "move", "cut", "indent", "end", "replace"]),
    at=_PLACES,
    to=_PLACES,
    count=st.integers(1, 4),
    piece=_TEXT,
)
_BYTES = st.builds(
    InBytes,
    at=_PLACES,
    raw=st.sampled_from(_RAW) | st.binary(max_size=4),
    encoding=st.none() | st.sampled_from(_ENCODINGS),
)
_VALUES = st.builds(
    InValues,
    kind=st.sampled_from(["replace", "delete", "rename", "add", "wrap"]),
    at=_PLACES,
    key=_SCALARS,
    value=VALUES,
    as_json=st.booleans(),
)

# What is done to a file, one after another.
YAML_DAMAGE = _several(_CHARACTERS, _LINES, _BYTES, _VALUES)
TEXT_DAMAGE = _several(_CHARACTERS, _LINES, _BYTES)


def damaged(content: bytes, damages: list[Damage]) -> bytes:
    """A file's content after all that is done to it."""
    for damage in damages:
        content = damage(content)
    return content
