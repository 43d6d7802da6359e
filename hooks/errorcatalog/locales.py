"""A locale and its strings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from string import Formatter
from typing import Annotated, Any

from annotated_types import MinLen
from babel import Locale as CldrLocale
from babel.core import UnknownLocaleError
from babel.dates import format_date
from pydantic import Field, StringConstraints

from errorcatalog.record import Record, Text

# A BCP 47 language tag as a folder name: "en", "zh-TW", "pt-BR".
LOCALE_ID_PATTERN = r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?$"

# CLDR's plural categories; a string that differs by number is a mapping of these.
PLURAL_CATEGORIES = frozenset({"zero", "one", "two", "few", "many", "other"})

# The value that chooses among them.
COUNT = "count"

# A string, or its forms by plural category.
Wording = str | Mapping[str, str]


class ColorSchemes(Record):
    """The names of the theme's colour schemes."""

    automatic: Text = Field(
        description="the name of the scheme that follows the system",
        examples=["As the system. Switch to light"],
    )
    light: Text = Field(
        description="the name of the light scheme", examples=["Light. Switch to dark"]
    )
    dark: Text = Field(
        description="the name of the dark scheme",
        examples=["Dark. Switch to system"],
    )


class LocaleRecord(Record):
    """One file under `locales/`; its name is the locale's id."""

    name: Text = Field(description="the language as its readers call it", examples=["Deutsch"])
    theme_language: Annotated[str, StringConstraints(pattern=r"^[A-Za-z-]+$")] = Field(
        description="the name of the theme's own translation", examples=["de"]
    )
    default: bool = Field(
        default=False,
        description="`true` in the one locale that is shown to unknown readers",
        examples=[True],
    )
    site_name: Text = Field(description="the site's name", examples=["ACME error codes"])
    site_description: Text = Field(
        description="one sentence about the site, for web search",
        examples=["What each error of the ACME API means and what to do about it."],
    )
    color_schemes: ColorSchemes = Field(description="`automatic`, `light` and `dark`, each named")
    code_words: list[Text] = Field(
        default=[],
        description="words that announce a code in a sentence",
        examples=[["code", "error"]],
    )
    amount_words: list[Text] = Field(
        default=[],
        description="words beside which a number is an amount, a time or a date and no code",
        examples=[["seconds", "USD", "port"]],
    )
    family_words: list[Text] = Field(
        default=[],
        description="words by which digits or letters are the beginning of several codes",
        examples=[["starting with", "series"]],
    )
    concepts: list[Annotated[list[Text], MinLen(2)]] = Field(
        default=[],
        description="groups of words and phrases of one meaning, of which one finds all others",
        examples=[[["signature", "hmac"]]],
    )
    common_words: list[Text] = Field(
        default=[],
        description="words that say little about what is wrong, so that others decide",
        examples=[["error", "failed", "please"]],
    )
    homophones: bool = Field(
        default=False,
        description="whether people type by the sounds of Mandarin, so that a wrong character of"
        " the right sound is found too",
        examples=[True],
    )
    same_characters: list[Text] = Field(
        default=[],
        description="characters that people write for one another, each set as one text",
        examples=[["帳賬账"]],
    )
    glossary: Mapping[str, Text] = Field(
        default={},
        description="words that guidance does not use, each with the one that it uses instead",
        examples=[{"cancelled": "canceled"}],
    )
    trade_words: list[Text] = Field(
        default=[],
        description="words that payers do not know, which no text for them may have",
        examples=[["API", "issuer"]],
    )
    theme: Mapping[str, Text] = Field(
        description="texts of the theme's frame that we word ourselves, by the theme's keys",
        examples=[{"search.placeholder": "Code or message"}],
    )
    strings: Mapping[str, Any] = Field(
        description="every text that the templates print, in sections",
        examples=[{"code": {"message_heading": "API message"}}],
    )


@dataclass(frozen=True)
class Locale:
    """A locale, ready to word things."""

    id: str
    record: LocaleRecord
    strings: Mapping[str, Wording] = field(repr=False)

    @property
    def name(self) -> str:
        return self.record.name

    @property
    def site_name(self) -> str:
        return self.record.site_name

    def date(self, day: date) -> str:
        """A day as this language writes it."""
        return str(format_date(day, format="long", locale=_cldr(self.id)))

    def text(self, key: str, **values: Any) -> str:
        """The string `key` with its placeholders filled in.

        A string with plural forms is chosen by the value of `count`. Raises KeyError for an
        unknown key or a missing value: the checks make sure that neither happens.
        """
        wording = self.strings[key]
        if not isinstance(wording, str):
            category = _cldr(self.id).plural_form(values[COUNT])
            wording = wording.get(category, wording["other"])
        return wording.format_map(values)


def flatten(strings: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Nested sections as ("section.key", value) pairs; a mapping of plural forms is one value."""
    for key, value in strings.items():
        if isinstance(value, Mapping) and not is_plural(value):
            yield from flatten(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def is_plural(value: Any) -> bool:
    """Whether a value is a mapping of plural forms."""
    return isinstance(value, Mapping) and bool(value) and value.keys() <= PLURAL_CATEGORIES


def is_wording(value: Any) -> bool:
    """Whether a value is a string or all plural forms that are needed, with text in them."""
    forms = [*value.values(), value.get("other")] if is_plural(value) else [value]
    return all(isinstance(form, str) and form.strip() for form in forms)


def placeholders(wording: Wording) -> frozenset[str]:
    """The names in braces, over all plural forms. Raises ValueError where braces do not match."""
    forms = wording.values() if isinstance(wording, Mapping) else [wording]
    names = set[str]()
    for form in forms:
        for _, name, specification, conversion in Formatter().parse(form):
            if name is None:
                continue
            if specification or conversion or not name.isidentifier():
                whole = name + (f"!{conversion}" if conversion else "")
                whole += f":{specification}" if specification else ""
                raise ValueError(f"`{{{whole}}}` is not a plain placeholder")
            names.add(name)
    return frozenset(names)


def is_locale_id(name: str) -> bool:
    """Whether a name is a language tag, and CLDR knows the language, so has its plural rules."""
    if not re.fullmatch(LOCALE_ID_PATTERN, name):
        return False
    try:
        _cldr(name)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@cache
def _cldr(locale_id: str) -> CldrLocale:
    return CldrLocale.parse(locale_id, sep="-")
