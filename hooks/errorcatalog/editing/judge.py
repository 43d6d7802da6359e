"""Whether a catalogue file is in its canonical form, told from what has been read of it already.

Each line that the form asks for is held against the line in which its field stands; what is
between two of them can only be comments and empty lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any

from errorcatalog.diagnostics import Diagnostic, Place
from errorcatalog.editing.form import SPACES, Shape, comment_column, unified
from errorcatalog.editing.lines import Line, indent_of, is_comment, is_empty, lines_of
from errorcatalog.editing.scalars import hidden_in
from errorcatalog.validate import label_of
from errorcatalog.yaml_source import BYTE_ORDER_MARK, Document, KeyPath, Origin

_REMEDY = "run `make format`"

# A file that is written otherwise altogether needs a hint, not thousands.
_SHOWN = 10

# How much of a line is told, about the first character that should be another.
_SHOWN_BEFORE = 30
_SHOWN_AFTER = 20


def judge(document: Document, shape: Shape, *, label: str) -> list[Diagnostic]:
    """What is not in canonical form, the first places of it.

    `document` was read without a problem; `shape` says how its fields are ordered, and `label`
    names the file's record. A file without a form is not judged.
    """
    if not has_form(document):
        return []
    judgement = _Judgement(document, label)
    found = sorted({*judgement.of_characters(), *judgement.of_lines(shape)})
    if len(found) <= _SHOWN:
        return found
    more = f"{len(found) - _SHOWN + 1} more places that are not in canonical form"
    place = found[_SHOWN - 1].place
    return [*found[: _SHOWN - 1], Diagnostic(place, "the file", more, _REMEDY, "form")]


def has_form(document: Document) -> bool:
    """Whether a file has a canonical form: it is a record, and nothing in it is hidden."""
    is_record = isinstance(document.data, dict) and bool(document.data)
    return is_record and not hidden_in(document.written.values())


class _Judgement:
    """One document's, as a set of findings; each method yields those of its subject."""

    def __init__(self, document: Document, label: str) -> None:
        self.document = document
        self.label = label
        self.written = unified(document.text).removesuffix("\n").split("\n")

    def of_characters(self) -> Iterator[Diagnostic]:
        text, lines = self.document.text, self.written
        if text.startswith(BYTE_ORDER_MARK):
            yield self._at(1, "begins with a byte order mark")
        if "\r" in text:
            yield self._at(1, "its lines end with a carriage return")
        if not text.endswith(("\n", "\r")):
            yield self._at(len(lines), "does not end with a line feed")
        if is_empty(lines[-1]):
            yield self._at(len(lines), "ends with an empty line")
        for number, line in enumerate(lines, start=1):
            if line.endswith((" ", "\t")):
                yield self._at(number, "the line ends with a space")

    def of_lines(self, shape: Shape) -> Iterator[Diagnostic]:
        yield from self._order(self.document.data, (), shape)
        lines = lines_of(self.document, self.written, shape)
        faults = list(self._faults(lines))
        yield from faults
        if not faults:
            # Only now is each of them a line of its own, and all others are between them.
            start = Line((), 0, "", column=0, around=(), opens=True)
            end = Line((), len(self.written) + 1, "", column=0, around=())
            for before, line in pairwise([start, *lines, end]):
                yield from self._between(before, line)

    # Held against those that are there

    def _faults(self, lines: Iterable[Line]) -> Iterator[Diagnostic]:
        """Lines that are not as the form has them, each once."""
        seen = set()
        for line in lines:
            written = self.written[line.number - 1]
            if not line.is_in(written) and line.number not in seen:
                seen.add(line.number)
                yield self._fault(line, written)

    def _fault(self, line: Line, written: str) -> Diagnostic:
        if written.strip(SPACES) == line.text.strip(SPACES):
            found = f"indented by {indent_of(written)}"
            return self._of(line.path, found, f"expected {indent_of(line.text)} spaces")
        found, expected = written.strip(SPACES), line.text.strip(SPACES)
        pairs = enumerate(zip(found, expected, strict=False))
        same = next((at for at, (one, other) in pairs if one != other), len(expected))
        remedy = f"expected `{_around(expected, same)}`"
        return self._of(line.path, f"written `{_around(found, same)}`", remedy)

    def _between(self, before: Line, line: Line) -> Iterator[Diagnostic]:
        """The comments and empty lines between two lines."""
        column, empty, apart = len(self.written), before.opens, False
        for number in range(before.number + 1, line.number):
            written = self.written[number - 1]
            if is_empty(written):
                if empty:
                    where = "before the first field" if before.opens else "after another"
                    yield self._at(number, f"an empty line {where}")
                empty = apart = True
            elif not is_comment(written):
                yield self._at(number, "a line that belongs to no field")
            else:
                column = min(column, indent_of(written))
                expected = comment_column(column, following=line.column, around=before.around)
                if not written.startswith(" " * expected + "#"):
                    found = f"a comment indented by {indent_of(written)}"
                    yield self._at(number, found, f"expected {expected} spaces")
                # Only what stands above the next line parts it from the one before.
                empty, apart = False, apart and expected == line.column
        if line.apart and not apart:
            yield self._of(line.path[:-1], "no empty line before it", "expected one")

    def _order(self, value: Any, path: KeyPath, shape: Shape) -> Iterator[Diagnostic]:
        """Fields that stand after one which the form has behind them, here and inside."""
        is_list = isinstance(value, list)
        if not is_list:
            yield from self._misplaced(value, path, shape)
        for key, inner in enumerate(value) if is_list else value.items():
            if isinstance(inner, dict | list):
                yield from self._order(
                    inner, (*path, key), shape if is_list else shape.of(str(key))
                )

    def _misplaced(
        self, fields: Iterable[str], path: KeyPath, shape: Shape
    ) -> Iterator[Diagnostic]:
        ranks = shape.ranks(fields)
        if ranks == sorted(ranks):
            return
        names = list(fields)
        for index, name in enumerate(names):
            later = [other for other in range(index) if ranks[other] > ranks[index]]
            if later:
                found = f"stands after `{names[later[0]]}`"
                yield self._of((*path, name), found, "expected before it")

    # Told

    def _of(self, path: KeyPath, problem: str, remedy: str) -> Diagnostic:
        """A problem of a field, named by its record."""
        origin, value = Origin(self.document, (), self.label), self.document.data
        for length, key in enumerate(path, start=1):
            value = value[key]
            if isinstance(key, int) and isinstance(value, dict):
                label = label_of(origin, value, path[:length])
                origin = Origin(self.document, path[:length], label)
        rest = path[len(origin.path) :]
        return origin.problem(*rest, found=problem, remedy=f"{remedy}; {_REMEDY}", check="form")

    def _at(self, number: int, problem: str, expected: str = "") -> Diagnostic:
        """A problem of a line."""
        place = Place(self.document.file, number)
        remedy = f"{expected}; {_REMEDY}" if expected else _REMEDY
        return Diagnostic(place, "the file", problem, remedy, "form")


def _around(text: str, at: int) -> str:
    """What is about a place in a text, and short enough to be read."""
    start = max(0, at - _SHOWN_BEFORE)
    end = at + _SHOWN_AFTER
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
