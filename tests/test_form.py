"""The canonical form: what the check asks is what the formatter writes, and nothing is lost."""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from ruamel.yaml import YAML

from errorcatalog.diagnostics import CatalogError
from errorcatalog.editing.files import Files
from errorcatalog.editing.form import shape_of
from errorcatalog.editing.judge import judge
from errorcatalog.editing.rewrite import formatted
from errorcatalog.editing.scalars import field_name, is_quoted, quoted
from errorcatalog.model import ScenarioRecord
from errorcatalog.yaml_source import Document, parse_yaml
from support import ROOT

SHAPE = shape_of(ScenarioRecord, ("zh-TW", "en"))

CATALOGUES = (
    ROOT / "catalog",
    ROOT / "tests" / "cases" / "good" / "catalog",
    ROOT / "tests" / "fixtures" / "other-team" / "catalog",
)

CANONICAL = """\
# Head.

# About the title.
title: {zh-TW: 付款, en: Payment}   # beside
former_ids: []
summary:
  zh-TW: 付款過程中的錯誤。
  # English.
  en: "Errors: payment."
codes:
  # The first.
  - code: "4450"    # often
    message: The payment failed.

    # Why.
    description:
      zh-TW: 未完成
      en: Not done
    names: ["16", "NOT_DONE"]
    added: 2026-01-01
    aliases: [a b, "1", "x, y", it's]
    # The end of 4450.

  - code: "TIMEOUT"
    message: "# of"
    names:
      - "T1" # beside
      # Above.
      - "T2"
    retired: # why
      on: 2027-01-31
      replaced_by: "4450"
    aliases:
      - one # 1
      # Two.
      - two
      # Three.
# The end.
"""


def document(text: str) -> Document | None:
    """A text that is read without a problem."""
    found, problems = parse_yaml(text, "payment.yml")
    return None if problems else found


def is_canonical(text: str) -> bool:
    found = document(text)
    assert found is not None
    return not judge(found, SHAPE, label="payment")


def format_text(text: str) -> str:
    """The text in canonical form; `formatted` makes sure that its data and comments are kept."""
    found = document(text)
    assert found is not None
    return formatted(found, SHAPE, label="payment")


def hold(texts: Iterator[str]) -> Counter[bool]:
    """Judge and formatter agree on all texts that can be read; counts the canonical ones."""
    seen: Counter[bool] = Counter()
    for text in texts:
        if document(text) is None:
            continue
        result = format_text(text)
        assert is_canonical(text) == (text == result), text
        assert is_canonical(result), text
        assert format_text(result) == result, text
        seen[text == result] += 1
    return seen


# Both agree


@pytest.mark.parametrize("folder", CATALOGUES, ids=lambda folder: folder.parent.name)
def test_the_catalogues_of_the_project_are_in_canonical_form(folder: Path) -> None:
    files = Files.read(folder)
    assert not files.problems
    assert list(files.judge()) == []
    for parts, found in files.documents.items():
        assert formatted(found, files.shape(parts), label="x") == found.text


def test_a_comment_or_an_empty_line_may_be_anywhere() -> None:
    lines = CANONICAL.splitlines(keepends=True)
    added = [*(f"{' ' * indent}# New.\n" for indent in range(0, 9, 2)), " # Odd.\n", "\n", "  \n"]
    texts = (
        "".join([*lines[:at], line, *lines[at:]]) for at in range(len(lines) + 1) for line in added
    )
    assert min(hold(texts).values()) > 20


def test_a_comment_may_end_any_line() -> None:
    lines = CANONICAL.splitlines()
    texts = (
        "\n".join([*lines[:at], lines[at] + end, *lines[at + 1 :], ""])
        for at in range(len(lines))
        for end in (" # new", "\t# new", " ")
    )
    assert hold(texts)[False] > 20


def test_lines_may_change_places_or_be_left_out() -> None:
    lines = CANONICAL.splitlines(keepends=True)
    swapped = []
    for one, other in combinations(range(len(lines)), 2):
        if other - one < 8:
            text = list(lines)
            text[one], text[other] = text[other], text[one]
            swapped.append("".join(text))
    missing = ["".join([*lines[:at], *lines[at + 1 :]]) for at in range(len(lines))]
    indented = [
        "".join([*lines[:at], f" {lines[at]}", *lines[at + 1 :]]) for at in range(len(lines))
    ]
    assert hold(iter([*swapped, *missing, *indented]))[False] > 50


@pytest.mark.parametrize("flow", [True, False, None])
@pytest.mark.parametrize("style", [None, "'", '"', "|", ">"])
def test_another_program_may_have_written_it(flow: bool | None, style: str | None) -> None:
    data = yaml.load(CANONICAL, Loader=yaml.BaseLoader)  # noqa: S506 - texts alone
    for indent in (2, 4, 7):
        for width in (20, 1000):
            text = yaml.safe_dump(
                data, default_flow_style=flow, default_style=style, indent=indent, width=width
            )
            assert hold(iter([text]))[False] == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: text.removesuffix("\n"),
        lambda text: text + "\n\n",
        lambda text: f"--- # start\n{text}",
        lambda text: f"{text}...\n",
        lambda text: f"%YAML 1.1\n---\n{text}",
        lambda text: text.replace(
            "      zh-TW: 未完成\n      en: Not done", "      {zh-TW: 未完成, en: Not done}"
        ),
        lambda text: text.replace("it's]", "it's, # last\n      ]"),
        lambda text: text.replace("- two", "-\n        two"),
        lambda text: text.replace('- code: "TIMEOUT"', '- # The second.\n    code: "TIMEOUT"'),
        lambda text: text.replace(
            "message: The payment failed.",
            "message:\n      # Why.\n      The payment\n      failed.",
        ),
        lambda text: text.replace(
            "message: The payment failed.", "? message # Key.\n    : 'The payment failed.'"
        ),
        lambda text: text.replace(
            "message: The payment failed.",
            "message: >- # Folded.\n      The payment\n      failed.",
        ),
    ],
)
def test_what_yaml_allows_besides_becomes_canonical(change: object) -> None:
    assert callable(change)
    text = change(CANONICAL)
    assert text != CANONICAL
    assert hold(iter([text]))[False] == 1


def test_fields_come_into_their_order_with_their_comments() -> None:
    text = """\
# The file's.
codes:
  # The record's.
  - message: Failed. # the API's
    # The code's.
    code: "1"

    # Unknown fields stay behind the one before.
    note: x
    # The English
    # comes last.
    description:
      en: Failed
      # Chinese
      zh-TW: 失敗
    # The end.
title: {en: Payment, zh-TW: 付款}
"""
    assert (
        format_text(text)
        == """\
# The file's.
title: {zh-TW: 付款, en: Payment}
codes:
  # The record's.
  # The code's.
  - code: "1"

    # Unknown fields stay behind the one before.
    note: x
    message: Failed. # the API's
    # The English
    # comes last.
    description:
      # Chinese
      zh-TW: 失敗
      en: Failed
    # The end.
"""
    )


def test_comments_may_be_in_many_places_at_once() -> None:
    chance = random.Random(4454)  # noqa: S311 - the same texts each time
    texts = []
    for _ in range(100):
        lines = CANONICAL.splitlines()
        for number in range(chance.randint(3, 9)):
            at = chance.randrange(len(lines))
            comment = f"# {number}"
            if number % 3:
                lines.insert(at, chance.choice(["", f"{' ' * chance.randint(0, 9)}{comment}"]))
            else:
                lines[at] = f"{lines[at]} {comment}"
        texts.append("\n".join([*lines, ""]))
    assert hold(iter(texts))[False] > 50


# Texts

_ODD = """\
a :a ?a -a a: a:b a?b a#b - -- --- ...a #a [a a] &a *a !a |a >a 'a "a a'b a"b a\\b %a @a `a yes No
on y N null ~ true = << 1 1.5 1e3 1.2.3 0o17 0x1F 017 1_000 12:30:45 2026-01-01 2026-13-45 3-4 5%
.5 +1 .inf é 😀 http://x"""
TEXTS = (
    *_ODD.split(),
    *(
        "",
        " ",
        " a",
        "a ",
        "a: b",
        "a :b",
        "? a",
        "- a",
        "--- a",
        "a #b",
        "a, b",
        "a  b",
        "x" * 300,
    ),
    *("a\nb", "a\n\nb\n", "\n", "a\tb", "\x07", "\u00a0a", "\u3000a", "a\u3000", "\u2028x"),
)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:12]))
def test_any_text_reads_the_same_in_every_version_of_yaml(text: str) -> None:
    for flow in (True, False):
        is_plain = not is_quoted(text, plain=False, flow=flow, is_code=False)
        raw = text if is_plain else quoted(text)
        whole = f"[{raw}, {raw}]\n" if flow else f"- {raw}\n- {raw}\n"
        for loader in (yaml.SafeLoader, yaml.CSafeLoader):
            assert yaml.load(whole, Loader=loader) == [text, text]  # noqa: S506 - both are safe
        assert YAML(typ="safe", pure=True).load(whole) == [text, text]


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: ascii(text[:12]))
def test_any_text_is_written_as_it_is_judged(text: str) -> None:
    raw = quoted(text)
    codes = f"[{{code: {raw}, aliases: [{raw}]}}]"
    source = f"title: {{zh-TW: {raw}, en: x}}\nsource: {raw}\ncodes: {codes}\n"
    assert hold(iter([source]))[False] == 1


def test_only_what_no_reader_could_see_is_refused() -> None:
    text = 'source: "a\\u202eb"\n'
    assert is_canonical(text)
    with pytest.raises(
        CatalogError, match=r"holds the hidden character U\+202E .*; remove it first"
    ):
        format_text(text)


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("source: 'yes'", 'source: "yes"'),
        ("source: yes", "source: yes"),
        ("source: 1e3", 'source: "1e3"'),
        ("source: 0012", "source: 0012"),
        ("source: ~", "source: ~"),
        ('source: "Café: no"', 'source: "Café: no"'),
        ("source: 'it''s'", "source: it's"),
        ("source: |\n  one\n  two", 'source: "one\\ntwo\\n"'),
        ('"source" : a', "source: a"),
        ("codes: [{code: OK}]", 'codes:\n  - code: "OK"'),
        ("codes: [{code: 4454}]", "codes:\n  - code: 4454"),
        ("codes: [{names: [A, '3', 4]}]", 'codes:\n  - names: ["A", "3", 4]'),
        (
            "codes:\n- names:\n  - A # 1\n  - 'B'",
            'codes:\n  - names:\n      - "A" # 1\n      - "B"',
        ),
        (
            "codes: [{retired: {replaced_by: OK, on: 2026-01-01}}]",
            'codes:\n  - retired: {on: 2026-01-01, replaced_by: "OK"}',
        ),
        ("former_ids:\n- a\n-\n- ~", "former_ids: [a, null, ~]"),
        ("former_ids: [ ] # none", "former_ids: []  # none"),
        ("no: a\nnull: b\non: c", 'no: a\n"null": b\non: c'),
    ],
)
def test_meaning_is_kept(written: str, canonical: str) -> None:
    assert format_text(f"{written}\n") == f"{canonical}\n"


def test_a_field_of_ours_is_never_in_quotes() -> None:
    names = set(re.findall(r"[a-z_]+", " ".join([*SHAPE.fields, *SHAPE.of("codes").fields, "on"])))
    assert {field_name(name, flow=flow) for name in names for flow in (True, False)} == names


def test_what_would_say_something_else_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("errorcatalog.editing.rewrite.written", lambda *_: "source: b\n")
    with pytest.raises(CatalogError, match="formatting it would change what it says"):
        format_text("source:   a\n")


def test_what_has_no_form_is_neither_judged_nor_changed() -> None:
    for text in ("- a\n-   b\n", "{ }\n", "a\n"):
        assert is_canonical(text)
        assert format_text(text) == text
