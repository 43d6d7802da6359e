"""Plain text laid out for a terminal."""

from __future__ import annotations

import pytest

from errorcatalog.terminal import MOST_COLUMNS, Line, laid_out

MESSAGE = "The refund failed (issues with customer's account):  code [4702]."


def lines(text: str, columns: int = 40) -> list[str]:
    return [line.text for line in laid_out(text, columns)]


def test_a_line_is_wrapped_at_spaces_and_keeps_its_indentation() -> None:
    assert lines("  one two three four five six seven eight") == [
        "  one two three four five six seven",
        "  eight",
    ]


def test_a_line_is_never_longer_than_is_good_to_read() -> None:
    assert max(map(len, lines("word " * 100, 300))) <= MOST_COLUMNS


def test_a_chinese_character_is_two_columns_and_is_broken_after() -> None:
    assert lines("卡片的可用餘額不足以完成這筆付款", 24) == ["卡片的可用餘額不足以完成", "這筆付款"]


@pytest.mark.parametrize("start", range(12))
def test_no_line_begins_with_a_mark_that_closes_or_ends_with_one_that_opens(start: int) -> None:
    text = "字" * start + "付款失敗，請稍後再試。（詳見 API 文件）「逾時」、「餘額不足」；結束！"
    for line in lines(text, 24):
        assert line[0] not in "，。）」、；！"
        assert line[-1] not in "（「"


@pytest.mark.parametrize("columns", range(24, 90, 7))
def test_a_message_loses_nothing_but_the_spaces_where_it_is_broken(columns: int) -> None:
    shown = lines(f"  {MESSAGE}", columns)
    assert " ".join(line.strip() for line in shown).split() == MESSAGE.split()


def test_a_word_longer_than_a_line_stays_whole() -> None:
    word = "https://docs.example/" + "a" * 60
    assert lines(f"  see {word} there", 30) == ["  see", f"  {word}", "  there"]


def test_labels_stand_in_a_column_of_their_own() -> None:
    assert lines("  Who\tthe payer of this payment\n  能否\tnever\n  \tat all\n  after") == [
        "  Who   the payer of this payment",
        "  能否  never",
        "        at all",
        "  after",
    ]


def test_a_value_is_wrapped_beside_its_label() -> None:
    assert lines("Retry\tonly after what is named has been changed") == [
        "Retry  only after what is named has been",
        "       changed",
    ]


def test_headings_are_bold_and_nothing_else_is() -> None:
    assert list(laid_out("\f4454 A heading\n  # \\f [bold]text[/bold]", 40)) == [
        Line("4454 A heading", bold=True),
        Line("  # \\f [bold]text[/bold]", bold=False),
    ]


def test_blank_lines_part_and_do_not_pile_up() -> None:
    assert lines("\n\none\n\n \n\ntwo\n\n") == ["one", "", "two"]


def test_nothing_is_nothing() -> None:
    assert lines("") == [""]
