"""YAML with positions: plain values, and for each value where it stands."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from errorcatalog import yaml_source
from errorcatalog.diagnostics import MOST_TOLD, Place
from errorcatalog.yaml_source import Document, dotted, name_character, read_yaml
from support import ROOT

RECORDS = """\
title: {zh-TW: 付款, en: Payment}
codes:
  - code: "4454"
    message: No funds.
  - code: 0012
"""


def read(folder: Path, text: str | bytes) -> Document:
    """A document without problems."""
    path = folder / "payment.yml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    document, problems = read_yaml(path, "payment.yml")
    assert not problems
    assert document is not None
    return document


def refused(folder: Path, text: str) -> list[str]:
    """The problems of a file of which nothing can be used."""
    path = folder / "payment.yml"
    path.write_bytes(text.encode())
    document, problems = read_yaml(path, "payment.yml")
    assert document is None
    return [str(problem) for problem in problems]


def problem(folder: Path, text: str) -> str:
    """The only problem of such a file."""
    (only,) = refused(folder, text)
    return only


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ((), 1, 1),
        (("title",), 1, 1),
        (("title", "en"), 1, 20),
        (("codes", 0), 3, 5),
        (("codes", 0, "message"), 4, 5),
        (("codes", 1, "code"), 5, 5),
    ],
)
def test_a_value_is_where_its_key_or_entry_begins(
    path: tuple[str | int, ...], line: int, column: int, tmp_path: Path
) -> None:
    assert read(tmp_path, RECORDS).at(*path) == Place("payment.yml", line, column)


def test_a_missing_value_is_where_the_nearest_value_around_it_is(tmp_path: Path) -> None:
    document = read(tmp_path, RECORDS)
    assert document.at("codes", 0, "description", "en") == document.at("codes", 0)
    assert document.at("summary", "en") == document.at()


def test_scalars_are_also_kept_as_written(tmp_path: Path) -> None:
    document = read(tmp_path, RECORDS)
    assert document.data["codes"][1]["code"] == 10
    assert document.written["codes", 1, "code"] == "0012"


def test_scalars_without_quotes_are_known(tmp_path: Path) -> None:
    document = read(tmp_path, "a: word\nb: \"word\"\nc: 'word'\nd: |\n  word\n")
    assert set(document.plain) == {("a",)}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("4454", 4454),
        ("1e3", "1e3"),
        ("NO", False),
        ("2026-11-05", date(2026, 11, 5)),
        ("2026-13-45", "2026-13-45"),  # no date after all
        ("0x" + "f" * 6000, "0x" + "f" * 6000),  # a number that Python refuses to print
        ("1" + ":59" * 100_000, "1" + ":59" * 100_000),  # one that it takes hours to read
        ("=", "="),
        ("<<", "<<"),
        ("~", None),
        ("", None),
        ("[a, {b: c}]", ["a", {"b": "c"}]),
    ],
)
def test_values_are_what_yaml_makes_of_them(written: str, value: Any, tmp_path: Path) -> None:
    assert read(tmp_path, f"value: {written}\n").data == {"value": value}


def test_keys_stay_words(tmp_path: Path) -> None:
    assert read(tmp_path, "no: Norsk\n1: one\n~: nothing\n<<: {a: b}\n").data == {
        "no": "Norsk",
        "1": "one",
        "~": "nothing",
        "<<": {"a": "b"},
    }


def test_of_two_equal_keys_the_first_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "payment.yml"
    path.write_text("message: first\nmessage: second\n", encoding="utf-8")
    document, problems = read_yaml(path, "payment.yml")
    assert document is not None
    assert document.data == {"message": "first"}
    assert [problem.place.line for problem in problems] == [2]


@pytest.mark.parametrize("text", [b"\xef\xbb\xbfa: b\n", b"a: b\r\n", b"---\na: b\n...\n"])
def test_files_of_other_systems_are_read(text: bytes, tmp_path: Path) -> None:
    assert read(tmp_path, text).data == {"a": "b"}


@pytest.mark.parametrize("key", ["[a, b]", "{a: {b: c}}", "? - a\n  - [b]\n"])
def test_a_key_that_is_no_word_is_left_out_with_its_value(key: str, tmp_path: Path) -> None:
    path = tmp_path / "payment.yml"
    path.write_text(f"{key}: {{a: [b], a: c}}\nmessage: x\n", encoding="utf-8")
    document, problems = read_yaml(path, "payment.yml")
    assert document is not None
    assert document.data == {"message": "x"}
    assert [problem.problem for problem in problems] == ["a key that is not a word"]


def test_what_is_left_out_has_no_place(tmp_path: Path) -> None:
    path = tmp_path / "payment.yml"
    path.write_text("title: {en: a}\ntitle: {en: b, fr: c}\n", encoding="utf-8")
    document, _ = read_yaml(path, "payment.yml")
    assert document is not None
    assert set(document.marks) == {(), ("title",), ("title", "en")}
    assert document.written == {("title", "en"): "a"}


@pytest.mark.parametrize("text", ["", "# a comment\n", "\n\n", "\ufeff"])
def test_a_file_without_a_value_is_empty(text: str, tmp_path: Path) -> None:
    assert "the file: empty;" in problem(tmp_path, text)


@pytest.mark.parametrize("text", ["---\n", "---\n...\n", "~\n"])
def test_a_file_may_say_nothing(text: str, tmp_path: Path) -> None:
    assert read(tmp_path, text).data is None


@pytest.mark.parametrize("text", ["a: b\n---\nc: d\n", "---\na: b\n---\n", "a: b\n...\n---\n- ["])
def test_a_file_is_one_document(text: str, tmp_path: Path) -> None:
    assert "a second YAML document" in problem(tmp_path, text)


def test_all_anchors_and_tags_are_told(tmp_path: Path) -> None:
    found = refused(tmp_path, "a: &b !c d\n&e f: *b\ng: [!!str h, *e]\n<<: *b\n")
    assert [line.split("; ")[0].removeprefix("payment.yml:") for line in found] == [
        "1:4: the file: a YAML anchor (`&b`)",
        "1:4: the file: a YAML tag (`!c`)",
        "2:1: the file: a YAML anchor (`&e`)",
        "3:5: the file: a YAML tag (`!!str`)",
    ]


def test_anchors_in_what_is_left_out_are_told(tmp_path: Path) -> None:
    assert "a YAML anchor (`&b`)" in problem(tmp_path, "[a]: &b c\n")


def test_an_alias_of_nothing_is_a_text_without_quotes(tmp_path: Path) -> None:
    assert problem(tmp_path, "message: *funds\n") == (
        "payment.yml:1:10: the file: a YAML alias (`*funds`); quote the text [yaml]"
    )


@pytest.mark.parametrize("written", ["x" * 5_000_000, f'"{"付" * 1_500_000}"', "9" * 5_000_000])
def test_a_scalar_of_megabytes_is_text(written: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"message: {written}\n").data == {"message": written.strip('"')}


def test_each_nul_byte_is_told(tmp_path: Path) -> None:
    found = refused(tmp_path, "".join(f"{letter}\0" for letter in "a: b\nc: d\n"))
    assert [line.split(": ")[0] for line in found] == [
        *(f"payment.yml:1:{column}" for column in (2, 4, 6, 8)),
        *(f"payment.yml:2:{column}" for column in (1, 3, 5, 7, 9)),
        "payment.yml:3:1",
    ]
    assert all("holds the hidden character U+0000" in line for line in found)


def test_a_file_that_is_not_there_is_a_problem(tmp_path: Path) -> None:
    document, problems = read_yaml(tmp_path / "none.yml", "none.yml")
    assert document is None
    assert str(problems[0]).startswith("none.yml:1:1: the file: cannot be read (")


def test_columns_count_characters_before_a_byte_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "payment.yml"
    path.write_bytes(b"\xef\xbb\xbf" + "a: b\n付款: ".encode() + b"\xff\n")
    _, problems = read_yaml(path, "payment.yml")
    assert problems[0].place == Place("payment.yml", 2, 5)


def test_columns_count_characters_before_a_hidden_one(tmp_path: Path) -> None:
    assert problem(tmp_path, "a: b\n付款: \x85\n").startswith("payment.yml:2:5:")


@pytest.mark.parametrize(
    "nested",
    ["[" * 100_000, "- " * 100_000, "{a: " * 100_000, "? " * 100_000, "a: b\na: " + "[" * 99],
)
def test_nesting_without_end_ends(nested: str, tmp_path: Path) -> None:
    assert "nested more than 20 deep" in problem(tmp_path, nested)


@pytest.mark.parametrize("text", ["[" + "a," * 250_000, "[]: [a, a]\n" * 62_500])
def test_values_without_end_end(text: str, tmp_path: Path) -> None:
    assert "more than 250000 words and values" in problem(tmp_path, text)


def test_of_a_million_problems_the_first_thousand_are_told(tmp_path: Path) -> None:
    for text in ("\0" * 1_000_000, "- &a b\n" * 10_000):
        *told, last = refused(tmp_path, text)
        assert len(told) == MOST_TOLD
        assert "more than 1000 problems; mend the others first" in last


def test_twenty_levels_are_read(tmp_path: Path) -> None:
    assert read(tmp_path, "[" * 20 + "]" * 20)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('message: "Insufficient funds.\n', 2),
        ("codes:\n - code\n  message: x\n", 3),
        ("codes: [a, b\nnext: c\n", 2),
        ("message: `funds`\n", 1),
        ("a: b\n\rc: 'd\n", 4),  # a carriage return alone ends a line, too
    ],
)
def test_a_file_that_does_not_parse_names_a_line(text: str, line: int, tmp_path: Path) -> None:
    found = problem(tmp_path, text)
    assert found.startswith(f"payment.yml:{line}:")
    assert "not valid YAML" in found


def test_both_parsers_read_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    paths = sorted((ROOT / "catalog").rglob("*.yml"))
    fast = [read_yaml(path, path.name) for path in paths]
    monkeypatch.setattr(yaml_source, "_Loader", yaml.SafeLoader)
    assert [read_yaml(path, path.name) for path in paths] == fast


def test_a_path_is_written_with_dots_and_indices() -> None:
    assert dotted(("codes", 3, "description", "en")) == "codes[3].description.en"
    assert dotted(()) == ""


@pytest.mark.parametrize(
    ("character", "name"),
    [
        ("\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("\n", "U+000A LINE FEED"),
        ("\x07", "U+0007"),
    ],
)
def test_a_character_is_named_for_people(character: str, name: str) -> None:
    assert name_character(character) == name
