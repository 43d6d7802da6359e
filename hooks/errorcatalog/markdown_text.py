"""Catalogue text inside Markdown (CommonMark): shown as it is, whatever it holds."""

from __future__ import annotations

import re
from itertools import chain
from typing import Any

# What begins markup anywhere in a line. "_" does so only at the edge of a word, "&" only in an
# entity; elsewhere both stay as people write them.
_INLINE = re.compile(r"[\\`*\[\]<>|~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?[A-Za-z0-9]+;)")

# What begins a block where a line begins.
_BLOCK = re.compile(r"^(\s*(?:[0-9]+(?=[.)](?:\s|$)))?)([-+#=.)])")

# What ends a heading without being a part of it.
_CLOSING = re.compile(r"(?<=\s)#+(?=\s*$)")


class Written(str):
    """Text that is Markdown already."""

    __slots__ = ()


def escaped(value: Any) -> Written:
    """A value as Markdown that shows it: Jinja's `finalize` for templates of Markdown.

    >>> escaped("a[0] is *not* ACCESS_DENIED")
    'a\\\\[0\\\\] is \\\\*not\\\\* ACCESS_DENIED'
    >>> escaped("1. # no list")
    '1\\\\. # no list'
    >>> escaped("what is #")
    'what is \\\\#'
    """
    if isinstance(value, Written):
        return value
    text = _INLINE.sub(r"\\\g<0>", str(value))
    return Written(_CLOSING.sub(r"\\\g<0>", _BLOCK.sub(r"\1\\\2", text)))


def code_span(text: str) -> Written:
    """A text as code within a line.

    >>> code_span("4454"), code_span("a`b")
    ('`4454`', '``a`b``')
    """
    fence = "`" * (_longest_run(text) + 1)
    inside = f" {text} " if text.startswith("`") or text.endswith("`") else text
    return Written(f"{fence}{inside}{fence}")


def code_block(text: str) -> Written:
    """A text as a block of its own, byte for byte."""
    fence = "`" * max(3, _longest_run(text) + 1)
    return Written(f"{fence}text\n{text}\n{fence}")


def _longest_run(text: str) -> int:
    """How many backticks stand together in a text at the most."""
    return max(chain([0], map(len, re.findall("`+", text))))
