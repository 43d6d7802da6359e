r"""How messages mark their parameters, as a regular expression for Python and for JavaScript."""

from __future__ import annotations

import re
import warnings
from collections.abc import Mapping

STYLES: Mapping[str, str] = {
    # {0}, {name}, {}, {0,number}, {price:.2f}; not { type: "json" }, which is code.
    "braces": r"\{[^{}\s,:!]*(?:[,:!][^{}]*)?\}",
    # %s, %-.192s, %1$s, %(name)s, and %1 or %1!s! of Windows. A "%" right after a single other one
    # is the second half of a percent sign, and a space is no flag: "100% sure" has no parameter.
    "printf": (
        r"(?<!(?<!%)%)%(?:"
        r"(?:[1-9][0-9]*\$|\(\w+\))?[-+#0']*(?:[0-9]+|\*)?(?:\.(?:[0-9]+|\*)?)?"
        r"(?:hh?|ll?|I64|I32|[jztLw])?[diouxXeEfFgGaAcspmMvqwr@]"
        r"|[1-9][0-9]?(?:![^!\s]+!)?)"
    ),
    # [amount], [payment method]
    "brackets": r"\[[^\[\]]+\]",
    # <name>, <customer id>; not the signs of "a < b", "<=", "<-", or the end of an element.
    "angles": r"<[^<>\s=/-][^<>]*>",
}
"""The expression for each style that has a name."""

# What Python and JavaScript, with its flag `u`, both read. JavaScript alone needs a backslash
# before a brace, and knows no flags, names, or comments in parentheses.
_ESCAPE = r"\\(?:[dDsSwWbBtnrfv^$\\.*+?()\[\]{}|/]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})"
_IN_BOTH = re.compile(
    rf"(?:{_ESCAPE}|\\[1-9]"
    rf"|\[\^?(?:{_ESCAPE}|\\-|[^\\\[\]])+\]"
    r"|\((?:\?(?:[:=!]|<[=!])|(?!\?))"
    r"|(?:[*+?]|\{[0-9]+(?:,[0-9]*)?\})\??(?![*+?{])"
    r"|[^\\\[\](){}*+?]|\))*"
)

# An expression that matches nothing in one of these would be found between any two characters.
_SHORTEST_TEXTS = ("", *map(chr, range(ord(" "), 127)))


def placeholder_pattern(placeholders: str) -> str:
    r"""The source of the regular expression that matches one placeholder of a message.

    `placeholders` is as in `catalog.yml`: the name of a style, or an expression between slashes.
    The source is valid in Python's `re` and in JavaScript with the flag `u`. Raises ValueError,
    with what is wrong, for an expression that is not, or that matches the empty string.

    >>> re.findall(placeholder_pattern("braces"), "Cannot find name '{0}'.")
    ['{0}']
    >>> re.findall(placeholder_pattern("printf"), "Access denied for user '%-.48s'@'%s'")
    ['%-.48s', '%s']
    >>> re.findall(placeholder_pattern("printf"), "%1 is not a valid application")
    ['%1']
    >>> re.findall(placeholder_pattern("brackets"), "the actual amount [xxx幣種] paid")
    ['[xxx幣種]']
    >>> re.findall(placeholder_pattern(r"/\$[A-Z]+/"), "No route to $HOST.")
    ['$HOST']
    """
    return STYLES.get(placeholders) or _own(placeholders.removeprefix("/").removesuffix("/"))


def _own(source: str) -> str:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of what a later Python may read otherwise.
            pattern = re.compile(source)
    except (re.error, OverflowError, RecursionError) as error:
        message = f"not a regular expression ({error})"
        raise ValueError(message) from error
    shared = _IN_BOTH.match(source)
    if rest := source[shared.end() if shared else 0 :]:
        message = f"JavaScript cannot read it from `{rest}` on"
        raise ValueError(message)
    if any(not found.group() for text in _SHORTEST_TEXTS for found in pattern.finditer(text)):
        message = "it matches the empty string"
        raise ValueError(message)
    return source
