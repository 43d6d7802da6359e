"""YAML read with positions: plain values, and for each value its file, line and column."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
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

# What YAML 1.2 (5.1, c-printable) forbids outright, and what YAML takes for a line break or a
# byte order mark and editors do not; everything subtler is a check on values.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

# Unicode gives control characters no names.
_CONTROL_NAMES = {"\t": "TAB", "\n": "LINE FEED", "\r": "CARRIAGE RETURN", "\x85": "NEXT LINE"}


@dataclass(frozen=True)
class Document:
    """One YAML file: its data, where each value stands, and scalars as they were written.

    `plain` are the scalars without quotes, which YAML may take for something else than text.
    """

    file: str
    data: Any
    marks: Mapping[KeyPath, Place] = field(repr=False)
    written: Mapping[KeyPath, str] = field(repr=False)
    plain: Collection[KeyPath] = field(repr=False)

    @property
    def start(self) -> Place:
        """The beginning of the file."""
        return Place(self.file)

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

    @property
    def place(self) -> Place:
        """Where the record begins."""
        return self.document.at(*self.path)

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
        return None, [_not_utf8(file, error)]
    except OSError as error:
        remedy = "make the file readable"
        return None, [_diagnostic(Place(file), f"cannot be read ({error.strerror})", remedy)]
    if unprintable := list(_unprintable(text, file)):
        return None, unprintable
    try:
        # First: composing calls itself for each level, without a limit.
        if unsupported := list(_unsupported(text, file)):
            return None, unsupported
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        return None, [_not_yaml(text, file, error)]
    if node is None:
        remedy = "write its fields, as the neighbouring files have them"
        return None, [_diagnostic(Place(file), "empty", remedy)]
    reader = _Reader(file)
    data = reader.value(node, ())
    document = Document(file, data, reader.marks, reader.written, reader.plain)
    return document, reader.diagnostics


class _Reader:
    """Turns composed nodes into plain values, noting positions and what YAML would hide."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.marks: dict[KeyPath, Place] = {}
        self.written: dict[KeyPath, str] = {}
        self.plain: set[KeyPath] = set()
        self.diagnostics: list[Diagnostic] = []
        self._scalars = SafeConstructor()

    def value(self, node: yaml.Node, path: KeyPath) -> Any:
        self.marks.setdefault(path, _place(self.file, node.start_mark))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(cast("yaml.ScalarNode", node), path)

    def _mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = _place(self.file, key_node.start_mark)
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
        if not node.style:
            self.plain.add(path)
        try:
            value = self._scalars.construct_object(node)
            str(value)  # a number can have too many digits to be shown
        except (ValueError, OverflowError, yaml.YAMLError):
            return node.value  # such as 2026-13-45: not a date after all, so text
        return value

    def _report(
        self, place: Place, path: KeyPath, problem: str, remedy: str, *, check: str = "yaml"
    ) -> None:
        subject = dotted(path) or "the file"
        self.diagnostics.append(Diagnostic(place, subject, problem, remedy, check))


def as_yaml(value: Any) -> str:
    """A value in one line, as an editor would write it.

    >>> as_yaml("4454"), as_yaml(["insufficient funds", "4454"])
    ('"4454"', '[insufficient funds, "4454"]')
    """
    text = yaml.dump(
        value, Dumper=_Dumper, allow_unicode=True, default_flow_style=True, width=math.inf
    )
    return text.removesuffix("\n").removesuffix("\n...")


class _Dumper(yaml.SafeDumper):
    """Writes what needs quotes in double ones, as the catalogue does."""

    def choose_scalar_style(self) -> Any:
        style = super().choose_scalar_style()
        return '"' if style == "'" else style


def dotted(path: KeyPath) -> str:
    """A path for people: ("codes", 3, "description", "en") is "codes[3].description.en"."""
    text = ""
    for key in path:
        text += f"[{key}]" if isinstance(key, int) else f".{key}" if text else key
    return text


def _diagnostic(place: Place, problem: str, remedy: str) -> Diagnostic:
    return Diagnostic(place, "the file", problem, remedy, "yaml")


def _place(file: str, mark: Any) -> Place:
    return Place(file, mark.line + 1, mark.column + 1)


def _place_after(before: str, file: str) -> Place:
    return Place(file, before.count("\n") + 1, len(before.rpartition("\n")[2]) + 1)


def _not_utf8(file: str, error: UnicodeDecodeError) -> Diagnostic:
    place = _place_after(error.object[: error.start].decode("utf-8"), file)
    problem = f"not UTF-8 (byte 0x{error.object[error.start]:02X})"
    return _diagnostic(place, problem, "save the file as UTF-8")


def _unprintable(text: str, file: str) -> Iterator[Diagnostic]:
    for match in _UNPRINTABLE.finditer(text):
        place = _place_after(text[: match.start()], file)
        problem = f"holds the hidden character {name_character(match.group())}"
        yield Diagnostic(place, "the file", problem, "remove it", "hidden-character")


def _unsupported(text: str, file: str) -> Iterator[Diagnostic]:
    """What YAML offers and a record does not need, found without building any value."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        place = _place(file, event.start_mark)
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            yield from _properties(event, place)
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        if depth > _MAX_DEPTH:
            yield _diagnostic(place, f"nested more than {_MAX_DEPTH} deep", "write plain records")
            return
        if documents > 1:
            yield _diagnostic(place, "a second YAML document (`---`)", "remove this line")
            return


def _properties(
    event: yaml.ScalarEvent | yaml.CollectionStartEvent, place: Place
) -> Iterator[Diagnostic]:
    if event.anchor:
        remedy = f"write the value out wherever `*{event.anchor}` stands, or quote the text"
        yield _diagnostic(place, f"a YAML anchor (`&{event.anchor}`)", remedy)
    if event.tag:
        tag = event.tag.replace(_STANDARD_TAG, "!!")
        yield _diagnostic(place, f"a YAML tag (`{tag}`)", "remove it, or quote the text")


def _not_yaml(text: str, file: str, error: yaml.YAMLError) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    place = _place(file, mark) if mark else Place(file)
    line = "".join(text.splitlines()[place.line - 1 : place.line])
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return _diagnostic(place, "a tab in the indentation", "indent with spaces")
    problem = getattr(error, "problem", None) or str(error).splitlines()[0]
    start = getattr(error, "context_mark", None)
    if problem.startswith("mapping values"):
        remedy = "put a text that holds `: ` in quotes, or mend the indentation"
    elif start and start.line + 1 < place.line:
        remedy = f"look from line {start.line + 1} to here for a missing quote, colon or bracket"
    else:
        remedy = "look here and in the line above for a missing quote, colon or indentation"
    return _diagnostic(place, f"not valid YAML ({problem})", remedy)


def name_character(character: str) -> str:
    """A character for people: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    name = _CONTROL_NAMES.get(character) or unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
