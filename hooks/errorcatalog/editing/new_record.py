"""A new code's record: its place among the others, and what an editor has to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from errorcatalog.diagnostics import CatalogError, Diagnostic
from errorcatalog.editing.form import Shape, unified
from errorcatalog.editing.rewrite import has_the_same_comments, says_the_same, written
from errorcatalog.editing.scalars import field_name, hidden_in, quoted
from errorcatalog.editing.tree import Block, Entry, read_tree
from errorcatalog.yaml_source import Document, name_character, parse_yaml

# The fields that every code is to have. They are left without a value, and not as empty texts in
# quotes: what is typed behind the colon is in canonical form then.
_TO_FILL_IN = ("message", "description", "party", "retry", "action")


@dataclass(frozen=True)
class NewRecord:
    """A scenario's file with the new record in it, and the line where that begins."""

    text: str
    line: int


def with_record(
    document: Document, code: str, shape: Shape, *, locales: Sequence[str], today: date
) -> NewRecord:
    """The text of a scenario's file with a record for a code, in canonical form.

    `document` was read without a problem and has no such code; `shape` says how its fields are
    ordered, and `locales` are those of a text, in order. Raises CatalogError where there is no
    place for a record.
    """
    data = document.data
    codes = data.get("codes") or [] if isinstance(data, dict) else None
    if not isinstance(codes, list):
        raise CatalogError([_cannot(document, "not a list", "mend that first", check="type")])
    if hidden := hidden_in(document.written.values()):
        found = f"holds the hidden character {name_character(hidden[0])}"
        raise CatalogError([_cannot(document, found, "remove it first")])
    index = place_of(code, [_code_of(record) for record in codes])
    root = read_tree(unified(document.text))
    _insert(root, index, _skeleton(code, shape.of("codes"), locales, today))
    text = written(root, shape)
    after, problems = parse_yaml(text, document.file)
    if after is None or problems or not _is_kept(document, after, index):
        found = "with another record, the file would say something else"
        raise CatalogError([_cannot(document, found, "add the record by hand")])
    return NewRecord(text, after.at("codes", index).line)


def _cannot(document: Document, found: str, remedy: str, *, check: str = "form") -> Diagnostic:
    return Diagnostic(document.at("codes"), "codes", found, remedy, check)


def _code_of(record: Any) -> str:
    return str(record.get("code")) if isinstance(record, dict) else ""


def _insert(root: Block, index: int, skeleton: Entry) -> None:
    """Put a `codes` of one record into those of a scenario."""
    codes = next((entry for entry in root.entries if entry.name == skeleton.name), None)
    if codes is None:
        root.entries.append(skeleton)
    elif isinstance(codes.value, Block) and isinstance(skeleton.value, Block):
        codes.value.entries[index:index] = skeleton.value.entries
    else:
        codes.value = skeleton.value


def _is_kept(before: Document, after: Document, index: int) -> bool:
    """Whether all but the new record is as it was."""
    codes = [record for at, record in enumerate(after.data["codes"]) if at != index]
    data = {**before.data, "codes": before.data.get("codes") or []}
    return says_the_same(data, {**after.data, "codes": codes}) and has_the_same_comments(
        before.text, after.text
    )


def _skeleton(code: str, shape: Shape, locales: Sequence[str], today: date) -> Entry:
    """`codes` with one record in which only the code and the day are filled in."""
    lines = ["codes:", f"  - code: {quoted(code)}"]
    for name in _TO_FILL_IN:
        lines.append(f"    {name}:")
        if name in shape.inner:
            lines += [f"      {field_name(locale, flow=False)}:" for locale in locales]
    lines.append(f"    added: {today.isoformat()}")
    return read_tree("\n".join([*lines, ""])).entries[0]


def place_of(code: str, others: Sequence[str]) -> int:
    """Where a code belongs among those of a list, which stay in their order.

    Behind the greatest one that is smaller, else before the smallest that is greater, numbers
    among numbers and words among words; at the end where there is none of its kind.

    >>> place_of("4452", ["3000", "3001", "1012", "4451", "4453", "OTHER"])
    4
    >>> place_of("1000", ["3000", "3001", "1012", "4451"])
    2
    >>> place_of("NOT_FOUND", ["4451", "ACCESS", "SERVER"])
    2
    """
    own = _order_of(code)
    kin = [(_order_of(other), index) for index, other in enumerate(others)]
    kin = [item for item in kin if item[0][0] == own[0]]
    smaller = [item for item in kin if item[0] < own]
    if smaller:
        return max(smaller)[1] + 1
    return min(kin)[1] if kin else len(others)


def _order_of(code: str) -> tuple[bool, int, str]:
    """Numbers before words; the longer number is the greater."""
    if code.isascii() and code.isdigit():
        digits = code.lstrip("0")
        return (False, len(digits), digits)
    return (True, 0, code.casefold())
