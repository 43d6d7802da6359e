"""A catalogue file as a tree in which each comment and empty line belongs to a field or an entry.

ruamel.yaml keeps a comment with what stands before it, and loses some within braces, so it cannot
be asked to put fields into another order. Here, a comment goes with what it stands above.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple, cast

import yaml

from errorcatalog.editing.form import SPACES, comment_column

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Position(NamedTuple):
    """A point in the text; both count from 0."""

    line: int
    column: int


@dataclass(eq=False)
class Scalar:
    """A text, a number or the like, without its quotes."""

    written: str
    plain: bool


@dataclass(eq=False)
class Block:
    """Fields or a list, `in_brackets` or indented.

    `in_braces` are fields that begin in the line of what they belong to. `below` are the comments
    after the last entry, `above` those at the head of a file.
    """

    entries: list[Entry]
    is_list: bool
    in_brackets: bool
    column: int
    end: Position
    in_braces: bool = False
    above: list[str] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


@dataclass(eq=False)
class Entry:
    """A field, or an entry of a list, which has no name.

    `above` are the comments above it, with "" for an empty line, and `beside` is the comment that
    ends its line, with its column. `end` is where its line ends, None for an entry whose fields
    begin beside its dash. `around` are the blocks that it is in, its own last.
    """

    name: str | None
    value: Scalar | Block
    start: Position
    end: Position | None
    around: tuple[Block, ...]
    above: list[str] = field(default_factory=list)
    beside: tuple[str, int] | None = None


def read_tree(text: str) -> Block:
    """The tree of a text that is a record and has nothing but what records need.

    Its lines end with line feeds, and it has no byte order mark.
    """
    node = _composed(text)
    root = _block(node, ())
    _Attachment(root, text.split("\n"), list(_spans(node))).attach()
    return root


def comments_of(text: str) -> list[str]:
    """The comments of such a text, in order."""
    spans = list(_spans(_composed(text)))
    return [note.text for note in _notes(text.split("\n"), spans) if note.text]


def entries_of(block: Block) -> Iterator[Entry]:
    """Every entry in a block, each before those inside it."""
    for entry in block.entries:
        yield entry
        if isinstance(entry.value, Block):
            yield from entries_of(entry.value)


def _composed(text: str) -> yaml.CollectionNode:
    return cast("yaml.CollectionNode", yaml.compose(text, Loader=_Loader))


def _block(node: yaml.CollectionNode, around: tuple[Block, ...]) -> Block:
    block = Block(
        entries=[],
        is_list=isinstance(node, yaml.SequenceNode),
        in_brackets=bool(node.flow_style),
        column=node.start_mark.column,
        end=_position(node.end_mark),
    )
    for item in node.value:
        key, value = (None, item) if block.is_list else item
        block.entries.append(_entry(key, value, (*around, block)))
    return block


def _entry(key: yaml.ScalarNode | None, value: yaml.Node, around: tuple[Block, ...]) -> Entry:
    start = _position((key or value).start_mark)
    name: str | None = key.value if key else None
    if isinstance(value, yaml.ScalarNode):
        scalar = Scalar(value.value, plain=not value.style)
        return Entry(name, scalar, start, _position(value.end_mark), around)
    block = _block(cast("yaml.CollectionNode", value), around)
    if block.entries and not block.is_list:
        block.in_braces = block.entries[0].start.line == start.line and key is not None
    end = block.end if block.in_brackets else _position(key.end_mark) if key else None
    return Entry(name, block, start, end, around)


def _position(mark: Any) -> Position:
    return Position(mark.line, mark.column)


# Comments


class _Span(NamedTuple):
    """Where a scalar stands; `indented` are those whose text begins in the next line, as in `|`."""

    start: Position
    end: Position
    indented: bool


class _Note(NamedTuple):
    """A comment, or an empty line with the text ""."""

    place: Position
    text: str
    alone: bool


def _spans(node: yaml.Node) -> Iterator[_Span]:
    if isinstance(node, yaml.ScalarNode):
        indented = node.style in {"|", ">"}
        yield _Span(_position(node.start_mark), _position(node.end_mark), indented)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _spans(item)
    else:
        for pair in node.value:
            for item in pair:
                yield from _spans(item)


def _notes(lines: list[str], spans: list[_Span]) -> Iterator[_Note]:
    """Comments and empty lines: outside of scalars, a `#` can only begin a comment."""
    reach: dict[int, int] = defaultdict(int)
    for span in spans:
        if span.start.line < span.end.line:
            first = span.start.column + 1 if span.indented else len(lines[span.start.line])
            reach[span.start.line] = first
            for number in range(span.start.line + 1, span.end.line):
                reach[number] = max(1, len(lines[number]))
        reach[span.end.line] = max(reach[span.end.line], span.end.column)
    for number, line in enumerate(lines):
        begin = reach[number]
        at = line.find("#", begin)
        if at >= 0:
            alone = not line[:at].strip(SPACES)
            yield _Note(Position(number, at), line[at:].rstrip(SPACES), alone)
        elif not begin and not line.strip(SPACES):
            yield _Note(Position(number, 0), "", alone=True)


class _Attachment:
    """Gives each note of a text to an entry or a block of its tree."""

    def __init__(self, root: Block, lines: list[str], spans: list[_Span]) -> None:
        self.root = root
        self.notes = list(_notes(lines, spans))
        self.entries = list(entries_of(root))
        self.starts = [entry.start for entry in self.entries]
        self.ends: dict[int, list[tuple[Position, Entry]]] = defaultdict(list)
        for entry in self.entries:
            if entry.end:
                self.ends[entry.end.line].append((entry.end, entry))

    def attach(self) -> None:
        rest = [note for note in self.notes if note.alone or not self._beside(note)]
        for index, notes in groupby(rest, key=lambda note: bisect_left(self.starts, note.place)):
            self._between(list(notes), index)

    def _beside(self, note: _Note) -> bool:
        """Give a comment to the entry whose line it ends, the outermost that ends before it."""
        ends = [(end, entry) for end, entry in self.ends[note.place.line] if end <= note.place]
        if not ends:
            return False
        _, entry = max(ends, key=itemgetter(0))
        if entry.beside:
            return False
        entry.beside = note.text, note.place.column
        return True

    def _between(self, notes: list[_Note], index: int) -> None:
        """Give away what is between two entries, the second of which has the index."""
        column, empty = sys.maxsize, False
        for note in notes:
            if not note.text:
                empty = True
                continue
            # What follows a comment of an outer block is outside of the inner one too.
            column = min(column, note.place.column if note.alone else 0)
            self._home(note.place, column, index).extend(["", note.text] if empty else [note.text])
            empty = False
        if not empty or index == len(self.entries):
            return
        if index == 0:
            self.root.above.append("")
        elif self._inside(notes[-1].place, index) is None:
            self.entries[index].above.append("")

    def _home(self, place: Position, column: int, index: int) -> list[str]:
        """Where a comment belongs that is in no entry's line."""
        following = self.entries[index] if index < len(self.entries) else None
        if index == 0:
            return self.root.above
        inside = self._inside(place, index)
        if inside is not None:
            return inside
        before = self.entries[index - 1]
        blocks = {block.column: block for block in before.around if not block.in_brackets}
        last = following.around[-1].column if following else self.root.column
        found = comment_column(column, following=last, around=blocks)
        if found == last:
            return following.above if following else self.root.below
        return blocks[found].below

    def _inside(self, place: Position, index: int) -> list[str] | None:
        """Where a comment belongs that is within brackets or between a field and its text."""
        before = self.entries[index - 1]
        around = (
            (*before.around, before.value) if isinstance(before.value, Block) else before.around
        )
        for block in reversed(around):
            if block.in_brackets and place < block.end:
                more = index < len(self.entries) and self.entries[index].start < block.end
                return self.entries[index].above if more else block.below
        return before.above if before.end and place < before.end else None
