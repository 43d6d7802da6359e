"""A catalogue file brought into its canonical form, without a change of what it says."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import StringIO
from operator import itemgetter
from typing import Any, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import CommentMark
from ruamel.yaml.events import (
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)
from ruamel.yaml.tag import Tag
from ruamel.yaml.tokens import CommentToken

from errorcatalog.diagnostics import CatalogError, Diagnostic
from errorcatalog.editing.files import Files, label_of_file
from errorcatalog.editing.form import INDENT, NULL, Shape, stands_in_line, unified
from errorcatalog.editing.judge import has_form, judge
from errorcatalog.editing.scalars import field_name, hidden_in, is_quoted
from errorcatalog.editing.tree import Block, Entry, Scalar, comments_of, read_tree
from errorcatalog.load import Parts
from errorcatalog.yaml_source import Document, KeyPath, name_character, parse_yaml

_KINDS: Mapping[bool, tuple[type[CollectionStartEvent], type[CollectionEndEvent]]] = {
    True: (SequenceStartEvent, SequenceEndEvent),
    False: (MappingStartEvent, MappingEndEvent),
}

# The emitter asks an empty scalar for its tag, and writes none that is implied.
_TEXT = Tag(suffix="tag:yaml.org,2002:str")


def format_file(files: Files, parts: Parts) -> bool:
    """Bring one of a catalogue's files into canonical form; returns whether it was not.

    Raises CatalogError, with the file as it was, where it cannot be formatted or written.
    """
    document, shape, label = files.documents[parts], files.shape(parts), label_of_file(parts)
    if has_form(document) and not judge(document, shape, label=label):
        return False
    text = formatted(document, shape, label=label)
    if text == document.text:
        return False
    files.write(parts, text)
    return True


def formatted(document: Document, shape: Shape, *, label: str) -> str:
    """The text of a document in canonical form.

    `document` was read without a problem; `shape` and `label` are as for `judge`. Raises
    CatalogError where the text would not say the same.
    """
    if hidden := hidden_in(document.written.values()):
        found = f"holds the hidden character {name_character(hidden[0])}"
        raise CatalogError([_cannot(document, found, "remove it first")])
    if not has_form(document):
        return document.text
    text = written(read_tree(unified(document.text)), shape)
    after, problems = parse_yaml(text, document.file)
    if (
        after is None
        or problems
        or not says_the_same(document.data, after.data)
        or not has_the_same_comments(document.text, text)
    ):
        raise CatalogError([_cannot(document, "formatting it would change what it says")])
    if judge(after, shape, label=label):
        raise CatalogError([_cannot(document, "it has no canonical form")])
    return text


def written(root: Block, shape: Shape) -> str:
    """The text of a tree in canonical form, into which the tree is brought."""
    yaml = YAML()
    yaml.width = sys.maxsize
    yaml.indent(mapping=INDENT, sequence=2 * INDENT, offset=INDENT)
    stream = StringIO()
    _arrange(root, shape)
    yaml.emit(_events(root, shape), stream)
    return stream.getvalue()


def _cannot(document: Document, found: str, remedy: str = "format it by hand") -> Diagnostic:
    return Diagnostic(document.start, "the file", found, remedy, "form")


def says_the_same(one: Any, other: Any) -> bool:
    """Whether two files' data are equal, whatever the order of fields; a text equals no number."""
    return dict(_values(one, ())) == dict(_values(other, ()))


def has_the_same_comments(one: str, other: str) -> bool:
    """Whether two files' texts have equal comments, whatever their order."""
    return Counter(comments_of(unified(one))) == Counter(comments_of(unified(other)))


def _values(value: Any, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if not isinstance(value, dict | list) or not value:
        yield path, repr(value)
        return
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield from _values(inner, (*path, key))


# A tree put in order


def _arrange(block: Block, shape: Shape) -> None:
    """Put fields in their order, and comments where the form has a place for them."""
    if not block.is_list:
        ranks = shape.ranks(entry.name or "" for entry in block.entries)
        pairs = sorted(zip(ranks, block.entries, strict=True), key=itemgetter(0))
        block.entries = [entry for _, entry in pairs]
    for index, entry in enumerate(block.entries):
        if isinstance(entry.value, Block):
            _arrange(entry.value, shape if block.is_list else shape.of(entry.name or ""))
            _lift(entry, entry.value)
        is_record = block.is_list and not _stands_in_line(entry)
        entry.above = _tidied(entry.above, first=index == 0, apart=index > 0 and is_record)
    block.above = _tidied(block.above, first=True)
    block.below = _tidied(block.below)


def _lift(entry: Entry, value: Block) -> None:
    """Put above an entry the comments that have no line of their own inside it."""
    if _stands_in_line(entry):
        entry.above += _comments_in(value)
        _clear(value)
    elif entry.name is None:
        entry.above += [*([entry.beside[0]] if entry.beside else []), *value.entries[0].above]
        entry.beside, value.entries[0].above = None, []


def _stands_in_line(entry: Entry) -> bool:
    value = entry.value
    if isinstance(value, Scalar) or not value.entries:
        return True
    return stands_in_line(
        is_list=value.is_list,
        in_list=entry.name is None,
        nested=any(isinstance(inner.value, Block) for inner in value.entries),
        in_braces=value.in_braces,
        commented=bool(_comments_in(value)),
    )


def _comments_in(value: Block) -> list[str]:
    found = []
    for entry in value.entries:
        found += [*entry.above, *([entry.beside[0]] if entry.beside else [])]
        found += _comments_in(entry.value) if isinstance(entry.value, Block) else []
    return [text for text in [*found, *value.below] if text]


def _clear(value: Block) -> None:
    value.below = []
    for entry in value.entries:
        entry.above, entry.beside = [], None
        if isinstance(entry.value, Block):
            _clear(entry.value)


def _tidied(lines: Iterable[str], *, first: bool = False, apart: bool = False) -> list[str]:
    """Comments and empty lines, with no two of these together."""
    kept: list[str] = []
    for line in lines:
        if line or (kept[-1] if kept else not first):
            kept.append(line)
    return ["", *kept] if apart and "" not in kept else kept


# The events that make a text


def _events(root: Block, shape: Shape) -> Iterator[Event]:
    yield StreamStartEvent()
    yield DocumentStartEvent(explicit=False)
    yield from _block(root, shape, column=0, comment=[None, _above(root.above, 0)])
    yield DocumentEndEvent(explicit=False)
    yield StreamEndEvent()


def _block(
    block: Block, shape: Shape, *, column: int, comment: list[Any], is_code: bool = False
) -> Iterator[Event]:
    """A block at a column; `comment` is what ruamel.yaml writes beside its start and above it.

    `is_code` says whether it is a list of codes.
    """
    opening, closing = _KINDS[block.is_list]
    yield opening(None, None, implicit=True, flow_style=False, comment=comment)
    for entry in block.entries:
        yield from _entry(entry, shape, column=column, is_code=is_code)
    yield closing(comment=[None, _above(block.below, column)])


def _entry(entry: Entry, shape: Shape, *, column: int, is_code: bool) -> Iterator[Event]:
    above: list[CommentToken] | None = _above(entry.above, column)
    beside = None
    if entry.beside:
        beside = CommentToken(f"{entry.beside[0]}\n", CommentMark(entry.beside[1]))
    inner = shape
    if entry.name is not None:
        yield _name(entry.name, flow=False, comment=[None, above])
        inner, is_code, above = shape.of(entry.name), entry.name in shape.codes, None
    if not _stands_in_line(entry):
        block = cast("Block", entry.value)
        start = [beside, above]
        yield from _block(block, inner, column=column + INDENT, comment=start, is_code=is_code)
        return
    in_list = entry.name is None
    events = list(_in_line(entry.value, inner, in_list=in_list, flow=False, is_code=is_code))
    events[0].comment = [None, above]
    events[-1].comment = [beside, above if len(events) == 1 else None]
    yield from events


def _in_line(
    value: Scalar | Block, shape: Shape, *, in_list: bool, flow: bool, is_code: bool = False
) -> Iterator[Event]:
    if isinstance(value, Scalar):
        text = value.written or (NULL if value.plain and (flow or in_list) else "")
        quotes = is_quoted(value.written, plain=value.plain, flow=flow, is_code=is_code)
        yield _scalar(text, quotes=quotes)
        return
    opening, closing = _KINDS[value.is_list]
    yield opening(None, None, implicit=True, flow_style=True)
    for entry in value.entries:
        inner, codes = shape, is_code
        if entry.name is not None:
            yield _name(entry.name, flow=True)
            inner, codes = shape.of(entry.name), entry.name in shape.codes
        in_list = entry.name is None
        yield from _in_line(entry.value, inner, in_list=in_list, flow=True, is_code=codes)
    yield closing()


def _name(name: str, *, flow: bool, comment: list[Any] | None = None) -> Event:
    return _scalar(name, quotes=field_name(name, flow=flow) != name, comment=comment)


def _scalar(text: str, *, quotes: bool, comment: list[Any] | None = None) -> Event:
    style, implicit = '"' if quotes else None, (True, True, True)
    return ScalarEvent(None, _TEXT, implicit, text, style=style, comment=comment)


def _above(lines: Iterable[str], column: int) -> list[CommentToken]:
    return [CommentToken(f"{line}\n", CommentMark(column if line else 0)) for line in lines]
