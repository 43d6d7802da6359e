"""Rules over a whole catalogue, and how their findings are shown: what the cases do not show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from errorcatalog.checks import (
    check_documents,
    full_width_punctuation,
    hidden_characters,
    no_space_around,
    placeholders_agree,
    strings_are_text,
)
from errorcatalog.diagnostics import CatalogError, Diagnostic, Place, did_you_mean
from errorcatalog.model import Catalog, ErrorCode
from errorcatalog.phrases import Phrase


@pytest.fixture
def record(catalog: Catalog) -> ErrorCode:
    """Any record: these rules ask it only for its name and place."""
    return catalog.scenarios[0].codes[0]


def problems(found: Iterator[Diagnostic]) -> list[str]:
    return [diagnostic.problem for diagnostic in found]


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("餘額不足,請換卡", ","),
        ("付款失敗:逾時", ":"),
        ("付款失敗!", "!"),
        ("(失敗)", "()"),
        ("失敗/逾時", ""),
        ("APPID不存在", ""),
        ("餘額不足，請換卡（其他）。", ""),
        ("Token (API, key): expired!", ""),
        ("token, 逾期", ""),
        ("不在最低,最高限額之間,請重試", ","),
    ],
)
def test_punctuation_beside_chinese_is_full_width(text: str, marks: str, record: ErrorCode) -> None:
    found = problems(full_width_punctuation(record, ("title", "zh-TW"), text))
    assert found == [f"half-width `{mark}` beside Chinese text" for mark in marks]


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("plain text, 中文，émigré", False),
        ("नमस्\u200dते", False),  # a joiner inside a word of a script that needs it
        ("left\u200eright", True),
        ("soft\u00adhyphen", True),
        ("line\nbreak", True),
        ("tab\tstop", True),
        ("\U000e0041 tag", True),
    ],
)
def test_characters_that_nobody_sees_are_found(text: str, hidden: bool, record: ErrorCode) -> None:
    assert bool(problems(hidden_characters(record, ("message",), text))) is hidden


def test_each_hidden_character_is_told_once(record: ErrorCode) -> None:
    found = problems(hidden_characters(record, ("message",), "a\u200bb\u200bc\u202e"))
    assert len(found) == 2


@pytest.mark.parametrize(
    ("text", "around"),
    [("text", False), (" text", True), ("text\u3000", True), ("text\u00a0", True), ("a b", False)],
)
def test_spaces_stand_only_inside_a_text(text: str, around: bool, record: ErrorCode) -> None:
    assert bool(problems(no_space_around(record, ("title", "en"), text))) is around


def test_a_string_may_have_no_text_in_a_plural_form(catalog: Catalog) -> None:
    strings = {"home": {"count": {"one": "", "other": "{count} codes"}}}
    record = catalog.default_locale.record.model_copy(update={"strings": strings})
    locale = replace(catalog.default_locale, record=record)
    assert len(problems(strings_are_text(locale))) == 1


def test_a_string_asked_for_twice_is_told_once(catalog: Catalog) -> None:
    locale = replace(catalog.default_locale, strings={"home.title": "Home"})
    lines = [Place("templates/home.html", line) for line in (9, 3)]
    phrases = [Phrase("home.title", frozenset({"name"}), place) for place in lines]
    (found,) = placeholders_agree(locale, phrases)
    assert "templates/home.html:3:1" in found.remedy


def test_two_templates_that_disagree_on_placeholders_are_both_told(catalog: Catalog) -> None:
    locale = replace(catalog.default_locale, strings={"home.title": "{a} {b}"})
    place = Place("templates/home.html")
    phrases = [Phrase("home.title", frozenset(name), place) for name in ("a", "b")]
    assert len(problems(placeholders_agree(locale, phrases))) == 2


def test_only_pages_in_markdown_are_to_be_translated(tmp_path: Path) -> None:
    for name in ("en/guide.md", "zh-TW/guide.md", "en/picture.svg", "assets/reference.css"):
        path = tmp_path / "docs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert not list(check_documents(tmp_path / "docs", ["en", "zh-TW"]))


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("mesage", "did you mean `message`?"),
        ("Source", "did you mean `source`?"),
        ("zh-tw", "did you mean `zh-TW`?"),
        ("http", ""),
    ],
)
def test_a_near_miss_gets_a_hint(word: str, hint: str) -> None:
    assert did_you_mean(word, ["message", "source", "zh-TW"]) == hint


def diagnostic(file: str, line: int, problem: str = "missing") -> Diagnostic:
    return Diagnostic(Place(file, line), "the file", problem, "write it", "file")


def test_problems_are_listed_once_in_the_order_of_the_files() -> None:
    listed = [diagnostic("b.yml", 2), diagnostic("b.yml", 10), diagnostic("a.yml", 30)]
    error = CatalogError([*listed, *listed])
    assert [line.partition(" ")[0] for line in error.report().splitlines()] == [
        "a.yml:30:1:",
        "b.yml:2:1:",
        "b.yml:10:1:",
    ]
    assert error.count() == "3 problems in 2 files."


def test_one_problem_is_counted_in_the_singular() -> None:
    assert CatalogError([diagnostic("a.yml", 1)]).count() == "1 problem in 1 file."


def test_a_problem_takes_one_line_and_shows_what_a_terminal_would_hide() -> None:
    shown = str(diagnostic("a.yml", 1, "`4\u202e54\n\x1b[2J付款`"))
    assert shown == "a.yml:1:1: the file: `4\\u202e54\\u000a\\u001b[2J付款`; write it [file]"
