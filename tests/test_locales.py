"""A locale and its strings."""

from __future__ import annotations

from typing import Any

import pytest

from errorcatalog.locales import Locale, Wording, flatten, is_locale_id, is_wording, placeholders
from errorcatalog.model import Catalog


@pytest.fixture
def locale(catalog: Catalog) -> Locale:
    """A locale in which only the strings matter."""
    return Locale(
        "en",
        catalog.default_locale.record,
        {
            "home.title": "Home",
            "code.title": "{code}: {heading}",
            "code.braces": "{{code}}",
            "home.count": {"one": "{count} code", "other": "{count} codes"},
        },
    )


def test_a_string_is_given_as_it_is(locale: Locale) -> None:
    assert locale.text("home.title") == "Home"


def test_placeholders_are_filled_in(locale: Locale) -> None:
    assert locale.text("code.title", code="4454", heading="No funds") == "4454: No funds"


def test_braces_in_a_value_stay_as_they_are(locale: Locale) -> None:
    assert locale.text("code.title", code="{heading}", heading="{}") == "{heading}: {}"


def test_doubled_braces_are_braces(locale: Locale) -> None:
    assert locale.text("code.braces") == "{code}"


def test_an_unknown_key_or_a_missing_value_is_an_error_and_never_a_gap(locale: Locale) -> None:
    with pytest.raises(KeyError, match=r"home\.subtitle"):
        locale.text("home.subtitle")
    with pytest.raises(KeyError, match="heading"):
        locale.text("code.title", code="4454")


@pytest.mark.parametrize(
    ("language", "count", "text"),
    [
        ("en", 0, "other 0"),
        ("en", 1, "one 1"),
        ("en", 2, "other 2"),
        ("zh-TW", 1, "other 1"),
        ("fr", 0, "one 0"),
        ("pl", 1, "one 1"),
        ("pl", 3, "few 3"),
        ("pl", 5, "many 5"),
        ("ar", 0, "zero 0"),
        ("ar", 2, "two 2"),
    ],
)
def test_plural_forms_are_chosen_by_the_rules_of_the_language(
    language: str, count: int, text: str, locale: Locale
) -> None:
    categories = ("zero", "one", "two", "few", "many", "other")
    forms = {category: f"{category} {{count}}" for category in categories}
    assert Locale(language, locale.record, {"n": forms}).text("n", count=count) == text


def test_a_form_that_is_not_given_is_that_of_other(locale: Locale) -> None:
    polish = Locale("pl", locale.record, {"n": {"one": "jeden", "other": "{count}"}})
    assert polish.text("n", count=3) == "3"


def test_sections_are_flattened_and_plural_forms_kept_together() -> None:
    forms = {"one": "{count} code", "other": "{count} codes"}
    nested = {"home": {"title": "Home", "count": forms, "deep": {"er": "x"}}, "empty": {}}
    assert list(flatten(nested)) == [
        ("home.title", "Home"),
        ("home.count", forms),
        ("home.deep.er", "x"),
    ]


@pytest.mark.parametrize(
    ("value", "usable"),
    [
        ("text", True),
        ({"other": "text"}, True),
        ({"one": "text", "other": "texts"}, True),
        ({"one": "text"}, False),
        ({"one": "", "other": "texts"}, False),
        (" ", False),
        (None, False),
        (404, False),
        (["text"], False),
    ],
)
def test_a_wording_is_text_or_plural_forms_with_other(value: Any, usable: bool) -> None:
    assert is_wording(value) is usable


@pytest.mark.parametrize(
    ("wording", "names"),
    [
        ("Home", set()),
        ("{code}: {heading} ({code})", {"code", "heading"}),
        ("{{code}}", set()),
        ({"one": "one code", "other": "{count} codes"}, {"count"}),
    ],
)
def test_placeholders_are_the_names_in_braces(wording: Wording, names: set[str]) -> None:
    assert placeholders(wording) == names


@pytest.mark.parametrize(
    "wording",
    ["{code", "code}", "{}", "{0}", "{code.title}", "{code!r}", "{n:>3}", "{a b}", "{a[0]}"],
)
def test_braces_that_hold_no_plain_name_are_an_error(wording: str) -> None:
    with pytest.raises(ValueError, match=r"[{}]"):
        placeholders(wording)


def test_a_placeholder_that_is_not_plain_is_named_as_written() -> None:
    with pytest.raises(ValueError, match=r"`\{count!r:>3\}` is not a plain placeholder"):
        placeholders("{count!r:>3} codes")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("en", True),
        ("zh-TW", True),
        ("zh-Hant-TW", True),
        ("es-419", True),
        ("fil", True),
        ("zh-tw", False),
        ("zh_TW", False),
        ("english", False),
        ("xx", False),
        ("en\n", False),
        ("", False),
    ],
)
def test_a_locale_is_named_by_a_known_language_tag(name: str, known: bool) -> None:
    assert is_locale_id(name) is known
