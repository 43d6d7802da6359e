"""Plain text laid out for a terminal: wrapped, in columns, its headings bold.

A text marks its parts by two characters that no text of a catalogue may have: a form feed begins
a heading, a tab parts a label from its value. Both stand after the indentation of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len

# Longer lines are hard to read, and shorter ones are worse than those that a terminal breaks.
MOST_COLUMNS, LEAST_COLUMNS = 88, 24

_HEADING, _TAB = "\f", "\t"
_GAP = "  "
_BLANK_LINES = re.compile(r"\n\s*\n")

# Characters of scripts without spaces between words: Chinese and Japanese.
_UNSPACED = (
    "\u3005\u3007\u3041-\u30fa\u30fc-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
# What is never parted: a word, or one character of a script without spaces, with the brackets
# that open before it and the marks that close after it.
_OPENING, _CLOSING = "（「『【《〈", "，。、；：？！）」』】》〉"
_PIECE = re.compile(
    rf"[{_OPENING}(\[\"']*"
    rf"(?:[{_UNSPACED}]|[^\s{_UNSPACED}{_OPENING}{_CLOSING}]+)?"
    rf"[{_CLOSING})\]\"',.;:?!]*\s*"
)


@dataclass(frozen=True)
class Line:
    """A line as it is shown."""

    text: str
    bold: bool


def laid_out(text: str, columns: int) -> Iterator[Line]:
    """The lines of a marked text for a terminal of so many columns.

    Only spaces where a line is broken are lost. A word longer than a line stays whole.
    """
    columns = min(max(columns, LEAST_COLUMNS), MOST_COLUMNS)
    lines = _BLANK_LINES.sub("\n\n", text.strip("\n")).split("\n")
    for is_table, group in groupby(lines, key=lambda line: _TAB in line):
        rows = [_Row.of(line) for line in group]
        width = max(cell_len(row.label) for row in rows) if is_table else 0
        for row in rows:
            yield from row.lines(width, columns)


@dataclass(frozen=True)
class _Row:
    """A line before it is wrapped."""

    indent: str
    label: str
    value: str
    is_heading: bool

    @classmethod
    def of(cls, line: str) -> _Row:
        body = line.lstrip(" ")
        label, tab, value = body.rpartition(_TAB)
        text = value.removeprefix(_HEADING)
        return cls(line.removesuffix(body), label if tab else "", text, text != value)

    def lines(self, label_width: int, columns: int) -> Iterator[Line]:
        padding = " " * (label_width - cell_len(self.label))
        start = self.indent + (f"{self.label}{padding}{_GAP}" if label_width else "")
        width = cell_len(start)
        for part in _wrapped(self.value, columns - width):
            yield Line(f"{start}{part}".rstrip(), self.is_heading)
            start = " " * width


def _wrapped(text: str, columns: int) -> Iterator[str]:
    """A text in lines of so many columns, broken only between words."""
    line = ""
    for piece in _PIECE.findall(text):
        if line and cell_len(f"{line}{piece}".rstrip()) > columns:
            yield line.rstrip()
            line = ""
        line += piece
    yield line
