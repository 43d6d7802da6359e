"""When a text is plain in canonical form, and how it is written in double quotes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

import yaml
from yaml.resolver import Resolver

from errorcatalog.checks import is_hidden

# What a plain text cannot have anywhere, and, within brackets, what it cannot have either.
_SYNTAX = re.compile(
    r"""^[?:,\[\]{}#&*!|>'"%@`] | ^-(?:[ ]|$) | ^(?:---|\.\.\.) | :(?:[ ]|$) | [ ]\# | ^\s | \s$"""
    "|[^ -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]",
    re.VERBOSE,
)
_FLOW_SYNTAX = re.compile(r"[,?\[\]{}]")

# What readers may take for something else than text: to ours, of YAML 1.1, the resolver knows it;
# to others, it is what the core schema of YAML 1.2 (10.3.2) says, and two words that our reader
# leaves out.
_WORDS_ELSEWHERE = frozenset({"", "~", "null", "true", "false", "y", "n"})
_WORDS = _WORDS_ELSEWHERE | {"yes", "no", "on", "off", "<<", "="}
_NUMBER = re.compile(
    r"[-+]?(?:0o[0-7]+|0x[0-9a-fA-F]+|(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?)"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_NUMBER_STARTS = frozenset("-+.0123456789")
_TEXT_TAG = "tag:yaml.org,2002:str"
_RESOLVER = Resolver()

_ESCAPED = re.compile(
    '["\\\\\ufeff\u2028\u2029]|[^ -~\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]'
)
_ESCAPES = {
    "\0": "\\0",
    "\x07": "\\a",
    "\x08": "\\b",
    "\t": "\\t",
    "\n": "\\n",
    "\x0b": "\\v",
    "\x0c": "\\f",
    "\r": "\\r",
    "\x1b": "\\e",
    '"': '\\"',
    "\\": "\\\\",
    "\x85": "\\N",
    "\u2028": "\\L",
    "\u2029": "\\P",
}


def is_quoted(written: str, *, plain: bool, flow: bool, is_code: bool) -> bool:
    """Whether a scalar is in double quotes in canonical form; else it is plain.

    `written` is its text without quotes, `plain` whether it stands without them now, `flow`
    whether it is within brackets.
    """
    suspect = written[:1] in _NUMBER_STARTS or written.lower() in _WORDS
    if suspect and plain and not _is_text(written):
        return False
    if is_code or not _may_be_plain(written, flow=flow):
        return True
    return suspect and not (_is_text(written) and _is_text_elsewhere(written))


@lru_cache(maxsize=4096)
def field_name(name: str, *, flow: bool) -> str:
    """A field's name as it is written. Our own reader takes it for a word always, also `on`."""
    plain = _may_be_plain(name, flow=flow) and _is_text_elsewhere(name)
    return name if plain else quoted(name)


def hidden_in(texts: Iterable[str]) -> str:
    """The characters that nobody would see in canonical form, though they may be escaped now."""
    return "".join(
        character
        for character in sorted(set().union(*texts))
        if is_hidden(character) and not _ESCAPED.match(character)
    )


def quoted(text: str) -> str:
    """A text in double quotes."""
    return f'"{_ESCAPED.sub(_escape, text)}"'


def _may_be_plain(text: str, *, flow: bool) -> bool:
    return not _SYNTAX.search(text) and not (flow and _FLOW_SYNTAX.search(text))


def _is_text(plain: str) -> bool:
    """Whether our own reader, so YAML 1.1, takes a plain scalar for text."""
    resolve: Callable[[type, str, tuple[bool, bool]], str] = _RESOLVER.resolve
    return resolve(yaml.ScalarNode, plain, (True, False)) == _TEXT_TAG


def _is_text_elsewhere(plain: str) -> bool:
    return not _NUMBER.fullmatch(plain) and plain.lower() not in _WORDS_ELSEWHERE


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    number = ord(character)
    if character in _ESCAPES:
        return _ESCAPES[character]
    return f"\\x{number:02X}" if number <= 0xFF else f"\\u{number:04X}"  # noqa: PLR2004
