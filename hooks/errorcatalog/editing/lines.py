"""The lines that canonical form asks for, as they follow from a file's data."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from errorcatalog.editing.form import INDENT, NULL, SPACES, Shape, stands_in_line
from errorcatalog.editing.scalars import field_name, is_quoted, quoted
from errorcatalog.yaml_source import Document, KeyPath

_COMMENT = re.compile(" +#.*")


class Line(NamedTuple):
    """A line that the form asks for.

    `number` is the line in which its field stands now. `column` is that of the field or of its
    dash, `around` those of the blocks that it is in. `opens` says whether its own block follows,
    `apart` whether an empty line stands before it.
    """

    path: KeyPath
    number: int
    text: str
    column: int
    around: tuple[int, ...]
    opens: bool = False
    apart: bool = False

    def is_in(self, written: str) -> bool:
        """Whether a line is this one, with a comment behind it or without."""
        return written == self.text or is_then_comment(written, self.text)


def lines_of(document: Document, written: Sequence[str], shape: Shape) -> list[Line]:
    """The lines of a document that has a form, in the order in which its fields stand now.

    `written` are the lines as they are: where a list has comments is told by them.
    """
    lines = _Lines(document, written)
    lines.add_fields(document.data, (), shape, around=(0,))
    return lines.lines


class _Lines:
    """The lines so far. All that is called for a single field or text is kept quick."""

    def __init__(self, document: Document, written: Sequence[str]) -> None:
        self.document = document
        self.written = written
        self.lines: list[Line] = []

    def add_fields(
        self,
        value: Mapping[str, Any],
        path: KeyPath,
        shape: Shape,
        *,
        around: tuple[int, ...],
        dash: int | None = None,
        apart: bool = False,
    ) -> None:
        """A block of fields; `dash` is the column of its dash, where it is an entry."""
        indent = " " * around[-1]
        head, column = indent, around[-1]
        if dash is not None:
            head, column = f"{' ' * dash}- ", dash
        for name, inner in value.items():
            here = (*path, name)
            self._add(
                f"{head}{field_name(name, flow=False)}:",
                inner,
                here,
                shape.of(name),
                column=column,
                around=around,
                is_code=name in shape.codes,
                apart=apart,
            )
            head, column, apart = indent, around[-1], False

    def _add_entries(
        self,
        value: Sequence[Any],
        path: KeyPath,
        shape: Shape,
        *,
        around: tuple[int, ...],
        is_code: bool,
    ) -> None:
        dash = around[-1]
        for index, entry in enumerate(value):
            here = (*path, index)
            if isinstance(entry, dict) and entry:
                inner = (*around, dash + INDENT)
                self.add_fields(entry, here, shape, around=inner, dash=dash, apart=index > 0)
            else:
                head = f"{' ' * dash}-"
                self._add(head, entry, here, shape, column=dash, around=around, is_code=is_code)

    def _add(
        self,
        head: str,
        value: Any,
        path: KeyPath,
        shape: Shape,
        *,
        column: int,
        around: tuple[int, ...],
        is_code: bool = False,
        apart: bool = False,
    ) -> None:
        """A field or an entry whose line begins with `head`, and the block that it opens.

        `is_code` says whether it is a code or a list of codes.
        """
        number = self.document.marks[path].line
        inner = (*around, around[-1] + INDENT)
        if not isinstance(value, dict | list) or self._stands_in_line(
            value, path, inner[-1], is_code=is_code
        ):
            text = self._in_line(value, path, shape, flow=False, is_code=is_code)
            line = f"{head} {text}" if text else head
            self.lines.append(Line(path, number, line, column, around, apart=apart))
            return
        self.lines.append(Line(path, number, head, column, around, opens=True, apart=apart))
        if isinstance(value, dict):
            self.add_fields(value, path, shape, around=inner)
        else:
            self._add_entries(value, path, shape, around=inner, is_code=is_code)

    def _in_line(
        self, value: Any, path: KeyPath, shape: Shape, *, flow: bool, is_code: bool = False
    ) -> str:
        if isinstance(value, dict):
            fields = (
                f"{field_name(name, flow=True)}: {self._field(inner, (*path, name), shape)}"
                for name, inner in value.items()
            )
            return f"{{{', '.join(fields)}}}"
        if isinstance(value, list):
            entries = (
                self._in_line(entry, (*path, index), shape, flow=True, is_code=is_code)
                for index, entry in enumerate(value)
            )
            return f"[{', '.join(entries)}]"
        written, plain = self.document.written[path], path in self.document.plain
        if is_quoted(written, plain=plain, flow=flow, is_code=is_code):
            return quoted(written)
        return written or (NULL if flow or isinstance(path[-1], int) else "")

    def _field(self, value: Any, path: KeyPath, shape: Shape) -> str:
        """The value of a field in braces."""
        name = str(path[-1])
        return self._in_line(value, path, shape.of(name), flow=True, is_code=name in shape.codes)

    def _stands_in_line(self, value: Any, path: KeyPath, column: int, *, is_code: bool) -> bool:
        """Whether fields or a list stand in the line of what is at `path`."""
        if not value:
            return True
        is_list, marks = isinstance(value, list), self.document.marks
        inner, first = (value, 0) if is_list else (value.values(), next(iter(value)))
        begins = marks[*path, first].line == marks[path].line
        nested = any(isinstance(one, dict | list) for one in inner)
        may_have = is_list and not begins and not nested
        return stands_in_line(
            is_list=is_list,
            in_list=isinstance(path[-1], int),
            nested=nested,
            in_braces=begins,
            commented=may_have and self._has_comments(value, path, column, is_code=is_code),
        )

    def _has_comments(
        self, value: Sequence[Any], path: KeyPath, dash: int, *, is_code: bool
    ) -> bool:
        """Whether there are comments inside a list that is written as a block."""
        start = self.document.marks[path].line
        places = [self.document.marks[*path, index].line for index in range(len(value))]
        end = places[-1]
        inside = self.written[start : end - 1]
        after = next((line for line in self.written[end:] if not is_empty(line)), "")
        return (
            any(map(is_comment, inside))
            or (is_comment(after) and indent_of(after) >= dash)
            or any(
                self._ends_in_comment(place, entry, (*path, index), is_code=is_code)
                for index, (place, entry) in enumerate(zip(places, value, strict=True))
            )
        )

    def _ends_in_comment(self, number: int, entry: Any, path: KeyPath, *, is_code: bool) -> bool:
        start = f"- {self._in_line(entry, path, Shape(), flow=False, is_code=is_code)}"
        return is_then_comment(self.written[number - 1].lstrip(SPACES), start)


def is_empty(line: str) -> bool:
    """Whether a line has nothing but spaces."""
    return not line.strip(SPACES)


def is_comment(line: str) -> bool:
    """Whether a line between two fields is a comment."""
    return line.lstrip(SPACES).startswith("#")


def is_then_comment(line: str, start: str) -> bool:
    """Whether a line begins so, and nothing but a comment follows."""
    return line.startswith(start) and bool(_COMMENT.fullmatch(line, len(start)))


def indent_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(SPACES))
