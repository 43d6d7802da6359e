"""YAML read with positions: plain values, and for each value its file, line and column."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from yaml.constructor import SafeConstructor
from yaml.resolver import Resolver

from errorcatalog.diagnostics import Diagnostic, Place, foremost

Key = str | int
KeyPath = tuple[Key, ...]

# libyaml's parser is about eight times faster; the fallback gives the same events.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

BYTE_ORDER_MARK = "\ufeff"

_STANDARD_TAG = "tag:yaml.org,2002:"
_TEXT_TAG = f"{_STANDARD_TAG}str"

_MAX_DEPTH = 20

# A scenario of ten thousand codes has fewer. A broken file of a few megabytes can have millions:
# each costs time and memory.
_MOST_VALUES = 250_000

# A number or a date is shorter; what is longer is text. Python takes hours for some long numbers.
_LONGEST_NUMBER = 100

# What YAML 1.2 (5.1, c-printable) forbids outright, and what YAML takes for a line break or a
# byte order mark and editors do not; everything subtler is a check on values.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")

# Unicode gives control characters no names.
_CONTROL_NAMES = {"\t": "TAB", "\n": "LINE FEED", "\r": "CARRIAGE RETURN", "\x85": "NEXT LINE"}


@dataclass(frozen=True)
class Document:
    """One YAML file: its data, where each value stands, and scalars as they were written.

    `text` is the file's, with its byte order mark if it has one. `plain` are the scalars without
    quotes, which YAML may take for something else than text.
    """

    file: str
    text: str = field(repr=False)
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
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        return None, [_not_utf8(file, error)]
    except OSError as error:
        remedy = "make the file readable"
        return None, [_diagnostic(Place(file), f"cannot be read ({error.strerror})", remedy)]
    return parse_yaml(text, file)


def parse_yaml(written: str, file: str) -> tuple[Document | None, list[Diagnostic]]:
    """As `read_yaml`, of a text that has been read."""
    text = written.removeprefix(BYTE_ORDER_MARK)
    if unprintable := list(foremost(_unprintable(text, file))):
        return None, unprintable
    try:
        reader = _Reader(text, file)
        data = reader.document()
    except yaml.YAMLError as error:
        return None, [_not_yaml(text, file, error)]
    except _RefusedError as error:
        return None, [*foremost(reader.refused), error.diagnostic]
    if reader.refused:
        return None, list(foremost(reader.refused))
    document = Document(file, written, data, reader.marks, reader.written, reader.plain)
    return document, list(foremost(reader.diagnostics))


class _RefusedError(Exception):
    """Reading on would tell an editor nothing more; carries why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic
        super().__init__(str(diagnostic))


class _Events:
    """The parser's events, one by one.

    `refused` collects what YAML offers and a record does not need; where there is any, the
    values are of no use.
    """

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.refused: list[Diagnostic] = []
        self._parser = _Loader(text)
        self._anchors: set[str] = set()
        self._depth = 0
        self._values = 0

    def next(self) -> Any:
        """The next event. Raises YAMLError, and _RefusedError for too many values or too deep."""
        event: Any = self._parser.get_event()
        if isinstance(event, yaml.ScalarEvent):
            self._count(event)
            self._check_properties(event)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._count(event)
            self._check_properties(event)
            self._check_depth(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._depth -= 1
        elif isinstance(event, yaml.AliasEvent) and event.anchor not in self._anchors:
            self._refuse(event, f"a YAML alias (`*{event.anchor}`)", "quote the text")
        return event

    def skip(self, event: yaml.Event) -> None:
        """Go to the end of the value or key that `event`, the last one, begins."""
        around = self._depth - isinstance(event, yaml.CollectionStartEvent)
        while self._depth > around:
            self.next()

    def _count(self, event: yaml.Event) -> None:
        self._values += 1
        if self._values > _MOST_VALUES:
            place = _place(self.file, event.start_mark)
            problem = f"more than {_MOST_VALUES} words and values"
            remedy = "divide the file, or remove what is repeated"
            raise _RefusedError(_diagnostic(place, problem, remedy))

    def _check_properties(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
        if event.anchor:
            self._anchors.add(event.anchor)
            remedy = f"write the value out wherever `*{event.anchor}` stands, or quote the text"
            self._refuse(event, f"a YAML anchor (`&{event.anchor}`)", remedy)
        if event.tag:
            tag = event.tag.replace(_STANDARD_TAG, "!!")
            self._refuse(event, f"a YAML tag (`{tag}`)", "remove it, or quote the text")

    def _check_depth(self, event: yaml.Event) -> None:
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            place = _place(self.file, event.start_mark)
            problem = f"nested more than {_MAX_DEPTH} deep"
            raise _RefusedError(_diagnostic(place, problem, "write plain records"))

    def _refuse(self, event: yaml.Event, problem: str, remedy: str) -> None:
        place = _place(self.file, event.start_mark)
        self.refused.append(_diagnostic(place, problem, remedy))


class _Reader:
    """Turns events into plain values in one pass, noting positions and what YAML would hide."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.marks: dict[KeyPath, Place] = {}
        self.written: dict[KeyPath, str] = {}
        self.plain: set[KeyPath] = set()
        self.diagnostics: list[Diagnostic] = []
        self._events = _Events(text, file)
        self._resolver: Any = Resolver()
        self._constructor = SafeConstructor()

    @property
    def refused(self) -> list[Diagnostic]:
        return self._events.refused

    def document(self) -> Any:
        """The value of the only document. Raises YAMLError and _RefusedError."""
        self._events.next()  # the beginning of the stream
        if isinstance(self._events.next(), yaml.StreamEndEvent):
            remedy = "write its fields, as the neighbouring files have them"
            raise _RefusedError(_diagnostic(Place(self.file), "empty", remedy))
        data = self._value(self._events.next(), ())
        self._events.next()  # the end of the document
        after = self._events.next()
        if isinstance(after, yaml.DocumentStartEvent):
            place, problem = _place(self.file, after.start_mark), "a second YAML document (`---`)"
            raise _RefusedError(_diagnostic(place, problem, "remove this line"))
        return data

    def _value(self, event: Any, path: KeyPath) -> Any:
        if path not in self.marks:
            self.marks[path] = _place(self.file, event.start_mark)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event, path)
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return None  # an alias, which is refused

    def _mapping(self, path: KeyPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        while not isinstance(event := self._events.next(), yaml.MappingEndEvent):
            place = _place(self.file, event.start_mark)
            if not isinstance(event, yaml.ScalarEvent):
                self._report(place, path, "a key that is not a word", "write a plain field name")
                self._events.skip(event)
                self._events.skip(self._events.next())
                continue
            key = event.value
            inner = (*path, key)
            if key in data:
                remedy = f"the first is in line {self.marks[inner].line}; keep one of them"
                self._report(place, inner, "given twice", remedy, check="duplicate-key")
                self._events.skip(self._events.next())
                continue
            self.marks[inner] = place
            data[key] = self._value(self._events.next(), inner)
        return data

    def _sequence(self, path: KeyPath) -> list[Any]:
        data: list[Any] = []
        while not isinstance(event := self._events.next(), yaml.SequenceEndEvent):
            data.append(self._value(event, (*path, len(data))))
        return data

    def _scalar(self, event: yaml.ScalarEvent, path: KeyPath) -> Any:
        text: str = event.value
        self.written[path] = text
        if event.style:
            return text
        self.plain.add(path)
        if len(text) > _LONGEST_NUMBER:
            return text
        tag = self._resolver.resolve(yaml.ScalarNode, text, (True, False))
        if tag == _TEXT_TAG:
            return text
        try:
            return self._constructor.construct_object(yaml.ScalarNode(tag, text))
        except (ValueError, OverflowError, yaml.YAMLError):
            return text  # such as 2026-13-45: not a date after all

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
    if not _UNPRINTABLE.search(text):
        return
    for number, line in enumerate(text.split("\n"), start=1):
        for match in _UNPRINTABLE.finditer(line):
            place = Place(file, number, match.start() + 1)
            problem = f"holds the hidden character {name_character(match.group())}"
            yield Diagnostic(place, "the file", problem, "remove it", "hidden-character")


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
