"""Placeholders: what is one in a message, to Python and to JavaScript."""

from __future__ import annotations

import json
import re
import subprocess

import pytest
from playwright._impl._driver import compute_driver_executable

from errorcatalog.model import Catalog
from errorcatalog.placeholders import placeholder_pattern

NODE = compute_driver_executable()[0]

FIND = """
const [source, text] = JSON.parse(process.argv[1]);
const found = [...text.matchAll(new RegExp(source, "gu"))];
console.log(JSON.stringify(found.map(([match]) => match)));
"""

# By style: messages, most of them published, with the placeholders in them.
MESSAGES = [
    # TypeScript
    ("braces", "Cannot find name '{0}'.", ["{0}"]),
    ("braces", "Type '{0}' is not assignable to type '{1}'.", ["{0}", "{1}"]),
    ("braces", "'{' or ';' expected.", []),
    ("braces", "Did you mean to use 'import { type T }' here?", []),
    # Java, Python, and Rust
    ("braces", "{0,number,integer} of {1} files in {dir}", ["{0,number,integer}", "{1}", "{dir}"]),
    ("braces", "{price:.2f} {user!r} {cart[0].id}", ["{price:.2f}", "{user!r}", "{cart[0].id}"]),
    ("braces", "{} of {金額}", ["{}", "{金額}"]),
    # MySQL
    ("printf", "Access denied for user '%-.48s'@'%s'", ["%-.48s", "%s"]),
    ("printf", "Table '%-.192s.%-.192s' doesn't exist", ["%-.192s", "%-.192s"]),
    ("printf", "Got error %d - '%-.192s' from storage engine", ["%d", "%-.192s"]),
    ("printf", "Row size too large (> %lu)", ["%lu"]),
    ("printf", "%lld %zu %.*s %5.2f %#x", ["%lld", "%zu", "%.*s", "%5.2f", "%#x"]),
    ("printf", "(errno: %M): could not open: %m", ["%M", "%m"]),
    # Windows
    ("printf", "%1 is not a valid Win32 application.", ["%1"]),
    ("printf", "The instruction at 0x%p referenced memory at 0x%p.", ["%p", "%p"]),
    ("printf", "%hs is missing. %1!s! and %2!08lx!.", ["%hs", "%1!s!", "%2!08lx!"]),
    # Others
    ("printf", "%1$s comes before %2$-10d", ["%1$s", "%2$-10d"]),
    ("printf", "%(name)s: %+v, %q, %w, %@", ["%(name)s", "%+v", "%q", "%w", "%@"]),
    # Percent signs
    ("printf", "100%% of %d", ["%d"]),
    ("printf", "100%%s", []),
    ("printf", "%d%%, %%%s", ["%d", "%s"]),
    ("printf", "100% sure, 50% discount, %", []),
    # This reference
    ("brackets", "the actual amount [xxx幣種] paid by the payer", ["[xxx幣種]"]),
    ("brackets", "[] and [a b] and [c", ["[a b]"]),
    ("angles", "expected <name>-<customer id>", ["<name>", "<customer id>"]),
    ("angles", "a < b > c, <= d >, <- e>, </p>, <>", []),
    # One's own
    (r"/\$[A-Z]+/", "No route from $HOST to $OTHER.", ["$HOST", "$OTHER"]),
    (r"/\{\{[a-z]+\}\}/", "Hello {{name}}", ["{{name}}"]),
    (r"/:(?=[a-z])\w+(?!:)/", "no :user here", [":user"]),
    ("/a/b/", "a/b", ["a/b"]),
]


def ask_javascript(source: str, text: str) -> subprocess.CompletedProcess[str]:
    command = [NODE, "--eval", FIND, json.dumps([source, text])]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=30)


@pytest.mark.parametrize(("placeholders", "message", "expected"), MESSAGES)
def test_python_and_javascript_find_the_placeholders_of_a_message(
    placeholders: str, message: str, expected: list[str]
) -> None:
    source = placeholder_pattern(placeholders)
    assert [match.group() for match in re.finditer(source, message)] == expected
    done = ask_javascript(source, message)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == expected


@pytest.mark.parametrize(
    ("placeholders", "problem"),
    [
        ("/(/", "not a regular expression (missing ), unterminated subpattern at position 0)"),
        ("/[a/", "not a regular expression (unterminated character set at position 0)"),
        ("/a{99999999999}/", "not a regular expression (the repetition number is too large)"),
        ("/x{{name}}/", "JavaScript cannot read it from `{{name}}` on"),
        ("/a]/", "JavaScript cannot read it from `]` on"),
        ("/[]a]/", "JavaScript cannot read it from `[]a]` on"),
        ("/(?P<name>a)/", "JavaScript cannot read it from `(?P<name>a)` on"),
        ("/(?i)a/", "JavaScript cannot read it from `(?i)a` on"),
        (r"/\Aa/", r"JavaScript cannot read it from `\Aa` on"),
        (r"/a\-b/", r"JavaScript cannot read it from `\-b` on"),
        ("/a*+b/", "JavaScript cannot read it from `*+b` on"),
        ("/a{,2}b/", "JavaScript cannot read it from `{,2}b` on"),
        ("/a*/", "it matches the empty string"),
        (r"/\b/", "it matches the empty string"),
        ("/(?=<)|a/", "it matches the empty string"),
    ],
)
def test_an_expression_that_finds_no_placeholders_is_refused(
    placeholders: str, problem: str
) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(problem)}$"):
        placeholder_pattern(placeholders)
    if problem.startswith("JavaScript"):
        assert "Invalid regular expression" in ask_javascript(placeholders[1:-1], "").stderr


def test_our_own_messages_have_a_placeholder(catalog: Catalog) -> None:
    assert catalog.placeholders is not None
    source = placeholder_pattern(catalog.placeholders)
    found = [match for _, code in catalog.records() for match in re.findall(source, code.message)]
    assert found == ["[xxx幣種]"]
