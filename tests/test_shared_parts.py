"""Parts of the theme's frame: rendered once for each key."""

from __future__ import annotations

from itertools import count

from shared_parts import SharedParts


def test_a_part_is_rendered_once_for_each_key() -> None:
    parts, number = SharedParts(), count()
    asked = [("search", "en"), ("search", "en"), ("search", "zh-TW"), ("palette", "en")]
    told = [parts.once(part, key, caller=lambda: str(next(number))) for part, key in asked]
    assert told == ["0", "0", "1", "2"]


def test_a_part_of_one_page_alone_is_rendered_for_it() -> None:
    parts, number = SharedParts(), count()
    told = [parts.once("navigation", "", caller=lambda: str(next(number))) for _ in range(2)]
    assert told == ["0", "1"]
