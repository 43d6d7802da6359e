"""The canonical form of a catalogue file: what the check asks and the formatter writes.

- Fields stand in the order of the model, texts per locale in the order of the locales, the default
  one first. What the model does not order, such as a locale's strings, keeps its order; a field
  that the model does not know stays behind the field that it follows.
- A field has a line of its own, and so has each entry of a list. A list of texts stands in one
  line, `[a, b]`, unless it has comments inside, and so does a list in a list. Texts per locale,
  and other fields that are texts alone, may stand in the line of their field, `{a: b, c: d}`:
  that is the editor's choice.
- A block is indented by two spaces more than its field; so is the `-` of an entry.
- Codes and their other names are in double quotes. Every other text is plain where YAML 1.1 and
  1.2 both read it as the same text, and in double quotes where not; a text has one line. What is no
  text, such as a date, stays as it is written.
- An empty line stands between two records of a list. Elsewhere there may be one, but not where a
  block or the file begins or ends.
- A comment stands alone in its line, indented as what follows it, or at the end of a block as that
  block is; or it ends a line. Its text is the editor's.
- A file that holds hidden characters has no canonical form until they are removed: their escapes
  would be lost, and with them all that shows them.
- Lines end with a line feed and without spaces; there is no byte order mark and no `---`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from errorcatalog.model import ErrorCode, Retired
from errorcatalog.record import Record, is_localized, record_type, written_fields
from errorcatalog.yaml_source import BYTE_ORDER_MARK

INDENT = 2
NULL = "null"

_LINE_END = re.compile(r"\r\n?")

# What may be around a line's text; other spaces are text to YAML.
SPACES = " \t"

# The fields that hold a code or a list of codes: in quotes also where YAML needs none, as other
# readers take 1e3 for 1000, and people copy what they see.
_CODES: Mapping[type[Record], frozenset[str]] = {
    ErrorCode: frozenset({"code", "names"}),
    Retired: frozenset({"replaced_by"}),
}

# Text


def unified(text: str) -> str:
    """A text without byte order mark and carriage returns."""
    return _LINE_END.sub("\n", text.removeprefix(BYTE_ORDER_MARK))


# Blocks


def stands_in_line(
    *, is_list: bool, in_list: bool, nested: bool, in_braces: bool, commented: bool
) -> bool:
    """Whether fields or a list stand in the line of their field or entry; empty ones always do.

    `in_list` says whether they are an entry, `nested` whether there are others inside,
    `in_braces` whether fields begin in that line now, `commented` whether comments are inside.
    """
    if in_list:
        return is_list
    return (is_list or in_braces) and not nested and not commented


def comment_column(column: int, *, following: int, around: Iterable[int]) -> int:
    """The column to which a comment belongs that stands alone in its line at `column`.

    `following` is the column of the field or entry that it stands above, `around` those of the
    blocks that are open before it. Deeper than what follows, it ends the block that it is in.
    """
    return max((block for block in around if following < block <= column), default=following)


# Order


@dataclass(frozen=True)
class Shape:
    """In which order the fields of a record or text stand; lists have that of their entries.

    `codes` are those of the fields that hold a code or a list of codes, `inner` the shapes of
    those that have one.
    """

    fields: tuple[str, ...] = ()
    codes: frozenset[str] = frozenset()
    inner: Mapping[str, Shape] = field(default_factory=dict)

    def of(self, name: str) -> Shape:
        """The shape of a field's value."""
        return self.inner.get(name, FREE)

    def ranks(self, names: Iterable[str]) -> list[int]:
        """Where each of a record's fields belongs; a rising list is in order."""
        places = {name: rank for rank, name in enumerate(self.fields)}
        ranks, last = [], -1
        for name in names:
            last = places.get(name, last)
            ranks.append(last)
        return ranks


FREE = Shape()


@cache
def shape_of(record: type[Record], locales: Sequence[str]) -> Shape:
    """The shape of a file of a kind of record, where `locales` is the order of the locales.

    With no locales, their order is not known, and texts keep theirs.
    """
    inner = {}
    fields = written_fields(record)
    for name, info in fields.items():
        nested = record_type(info)
        if nested:
            inner[name] = shape_of(nested, locales)
        elif is_localized(info):
            inner[name] = Shape(tuple(locales))
    return Shape(tuple(fields), _CODES.get(record, frozenset()), inner)


def locale_order(locales: Mapping[str, Any]) -> tuple[str, ...]:
    """The locales as texts have them, the default one first.

    `locales` gives the data of each locale's file. Empty where not just one is the default.
    """
    defaults = [
        name
        for name, data in locales.items()
        if isinstance(data, dict) and data.get("default") is True
    ]
    return (*defaults, *sorted(locales.keys() - defaults)) if len(defaults) == 1 else ()
