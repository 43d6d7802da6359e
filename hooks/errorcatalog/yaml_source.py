"""YAML read with positions: plain values, and for each value its file, line and column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

import yaml
from yaml.constructor import SafeConstructor

from errorcatalog.diagnostics import Diagnostic, Place

Key = str | int
KeyPath = tuple[Key, ...]

# libyaml's parser is about eight times faster; the fallback gives the same nodes.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_STANDARD_TAG = "tag:yaml.org,2002:"
_MAX_DEPTH = 20

# What YAML 1.2 (5.1, c-printable) forbids outright; everything subtler is a check on values.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")


@dataclass(frozen=True)
class Document:
    """One YAML file: its data, where each value stands, and scalars as they were written."""

    file: str
    data: Any
    marks: Mapping[KeyPath, Place] = field(repr=False)
    written: Mapping[KeyPath, str] = field(repr=False)

    def at(self, *path: Key) -> Place:
        """The place of the value at `path`, or of the nearest value around it that exists."""
        for length in range(len(path), 0, -1):
            if path[:length] in self.marks:
                return self.marks[path[:length]]
        return self.marks.get((), Place(self.file))


@dataclass(frozen=True)
class Origin:
    """Where a record came from: its document, its path inside it, and its name for people."""

    document: Document
    path: KeyPath
    label: str

    def problem(self, *path: Key, found: str, remedy: str, check: str) -> Diagnostic:
        """A problem with the record, or with the field of it at `path`."""
        place = self.document.at(*self.path, *path)
        subject = f"{self.label} {dotted(path)}".rstrip()
        return Diagnostic(place, subject, found, remedy, check)


def read_yaml(path: Path, file: str) -> tuple[Document | None, list[Diagnostic]]:
    """Read one YAML file.

    `file` is the name that diagnostics show. Returns the document, or None where it cannot be
    parsed, and what was wrong. Never raises for what the file holds.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(path, file, error)]
    except OSError as error:
        remedy = "make the file readable"
        return None, [_diagnostic(Place(file), f"cannot be read ({error.strerror})", remedy)]
    if unprintable := list(_unprintable(text, file)):
        return None, unprintable
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return None, [_not_yaml(file, error)]
    except RecursionError:
        return None, [_too_deep(Place(file))]
    if node is None:
        remedy = "write its fields, as the neighbouring files have them"
        return None, [_diagnostic(Place(file), "the file is empty", remedy)]
    reader = _Reader(file)
    data = reader.value(node, ())
    return Document(file, data, reader.marks, reader.written), reader.diagnostics


class _Reader:
    """Turns composed nodes into plain values, noting positions and what YAML would hide."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.marks: dict[KeyPath, Place] = {}
        self.written: dict[KeyPath, str] = {}
        self.diagnostics: list[Diagnostic] = []
        self._scalars = SafeConstructor()
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, path: KeyPath) -> Any:
        place = self._place(node)
        self.marks.setdefault(path, place)
        if id(node) in self._seen:
            self._report(place, path, "a YAML alias (`*name`)", "write the value out in full")
            return None
        self._seen.add(id(node))
        if len(path) > _MAX_DEPTH:
            self.diagnostics.append(_too_deep(place))
            return None
        if not node.tag.startswith(_STANDARD_TAG):
            self._report(place, path, f"a YAML tag (`{node.tag}`)", "remove the tag")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(cast("yaml.ScalarNode", node), path)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self._place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(place, path, "a key that is not a word", "write a plain field name")
                continue
            key = key_node.value
            if key in data:
                first = self.marks[(*path, key)].line
                remedy = f"the first is in line {first}; keep one of them"
                self._report(place, (*path, key), "given twice", remedy, check="duplicate-key")
                continue
            self.marks[(*path, key)] = place
            data[key] = self.value(value_node, (*path, key))
        return data

    def _scalar(self, node: yaml.ScalarNode, path: KeyPath) -> Any:
        self.written[path] = node.value
        try:
            return self._scalars.construct_object(node)
        except (ValueError, OverflowError, yaml.YAMLError):
            return node.value  # such as 2026-13-45: not a date after all, so text

    def _place(self, node: yaml.Node) -> Place:
        return Place(self.file, node.start_mark.line + 1, node.start_mark.column + 1)

    def _report(
        self, place: Place, path: KeyPath, problem: str, remedy: str, *, check: str = "yaml"
    ) -> None:
        subject = dotted(path) or "the file"
        self.diagnostics.append(Diagnostic(place, subject, problem, remedy, check))


def dotted(path: KeyPath) -> str:
    """A path for people: ("codes", 3, "description", "en") is "codes[3].description.en"."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def _diagnostic(place: Place, problem: str, remedy: str) -> Diagnostic:
    return Diagnostic(place, "the file", problem, remedy, "yaml")


def _too_deep(place: Place) -> Diagnostic:
    return _diagnostic(place, f"nested more than {_MAX_DEPTH} deep", "write plain records")


def _not_utf8(path: Path, file: str, error: UnicodeDecodeError) -> Diagnostic:
    before = path.read_bytes()[: error.start]
    line = before.count(b"\n") + 1
    column = len(before.rpartition(b"\n")[2]) + 1
    problem = f"not UTF-8 (byte 0x{error.object[error.start]:02X})"
    return _diagnostic(Place(file, line, column), problem, "save the file as UTF-8")


def _not_yaml(file: str, error: yaml.YAMLError) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    place = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    remedy = "look here and in the line above for a missing quote, colon or indentation"
    return _diagnostic(place, f"not valid YAML ({problem})", remedy)


def _unprintable(text: str, file: str) -> Iterator[Diagnostic]:
    for match in _UNPRINTABLE.finditer(text):
        before = text[: match.start()]
        place = Place(file, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)
        problem = f"holds the control character {name_character(match.group())}"
        yield Diagnostic(place, "the file", problem, "remove it", "hidden-character")


def name_character(character: str) -> str:
    """A character for people: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
