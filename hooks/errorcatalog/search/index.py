"""The search index of one locale, in the theme's format with what our own engine needs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from markupsafe import Markup, escape

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.model import Catalog, ErrorCode, Scenario
from errorcatalog.placeholders import placeholder_pattern
from errorcatalog.search.characters import folding, homophones
from errorcatalog.views.parts import heading_of, retirement_of

# For the theme's own worker, which takes over where ours cannot run: splits at punctuation and
# around every Han character, so that a Chinese word is found inside a sentence without a
# dictionary. The look-around never matches an empty string alone, which the theme's worker
# would turn into "everything".
_SEPARATOR = (
    r"[\s\u200b\u3000\-\u3001\u3002\uff0c\uff0e\uff1f\uff01\uff1b\uff1a\u300c\u300d\u300e\u300f"
    r'\uff08\uff09()\[\]",:]+'
    r"|(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff\w])|(?<=\w)(?=[\u3400-\u9fff])"
)

# `pipeline` is empty: the index would be stemmed and the query would not.
_STOCK: Mapping[str, Any] = {
    "lang": ["en"],
    "separator": _SEPARATOR,
    "pipeline": [],
    "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}},
}

Entry = Mapping[str, Any]

# How much of a section of a hand-written page is searched, in characters.
_BRIEF = 240


@dataclass(frozen=True)
class SearchIndex:
    """The index of one locale: `config` of search, and its entries."""

    config: Mapping[str, Any] = field(repr=False)
    entries: tuple[Entry, ...] = field(repr=False)

    def as_json(self, *, base: str) -> str:
        """In the theme's format, for pages that have the base of their search at `base`.

        `base` is "" or the locale's home; locations are relative to it.
        """
        docs = [
            {**entry, "location": entry["location"].removeprefix(base)} for entry in self.entries
        ]
        data = {"config": self.config, "docs": docs}
        return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def search_index(catalog: Catalog, locale: Locale, written: Iterable[Entry]) -> SearchIndex:
    """The index of a locale; `written` are the entries of its hand-written pages."""
    entries = (*_entries(catalog, locale), *map(_brief, written))
    config = {**_STOCK, "understanding": _understanding(catalog, entries)}
    return SearchIndex(config, entries)


def _entries(catalog: Catalog, locale: Locale) -> Iterator[Entry]:
    """The theme's worker shows `title` and `text` as HTML, so these two are escaped."""
    others = [other for other in catalog.locales if other is not locale]
    for scenario in catalog.scenarios:
        yield {
            "location": addresses.scenario(locale.id, scenario.id),
            "title": str(escape(scenario.title[locale.id])),
            "text": str(escape(scenario.summary[locale.id])),
            **({"formerly": scenario.former_ids} if scenario.former_ids else {}),
        }
        for code in scenario.codes:
            yield _code(locale, others, scenario, code)


def _code(locale: Locale, others: Sequence[Locale], scenario: Scenario, code: ErrorCode) -> Entry:
    title, heading = scenario.title[locale.id], heading_of(code, locale)
    texts = (title, code.message, code.description[locale.id])
    entry: dict[str, Any] = {
        "location": addresses.code(locale.id, scenario.id, code.code),
        "title": str(escape(f"{code.code} {heading}")),
        "text": " · ".join(str(escape(text)) for text in texts),
        "code": code.code,
        "scenario": title,
        "heading": heading,
        "message": code.message,
        "description": code.description[locale.id],
        "also": list(_also(others, scenario, code)),
        "aliases": list(code.aliases),
    }
    if code.names:
        entry["names"] = list(code.names)
    if retired := retirement_of(code, locale):
        entry["retired"] = retired
    return entry


def _also(others: Sequence[Locale], scenario: Scenario, code: ErrorCode) -> Iterator[str]:
    """What the record says in other locales, first the scenario, and as published."""
    yield from (scenario.title[other.id] for other in others)
    texts = [code.description[other.id] for other in others]
    texts += [heading_of(code, other) for other in others if code.title]
    yield from texts
    if code.source:
        yield code.source


def _understanding(catalog: Catalog, entries: Iterable[Entry]) -> Mapping[str, Any]:
    """What the engine needs to know of characters, codes, numbers, and words."""
    texts = [json.dumps(entry, ensure_ascii=False) for entry in entries]
    records = [locale.record for locale in catalog.locales]
    same = [word for record in records for word in record.same_characters]
    return {
        "folding": "".join(chain.from_iterable(folding(texts, same=same).items())),
        "words": {
            "prefix": catalog.prefix or "",
            "code": [word for record in records for word in record.code_words],
            "amount": [word for record in records for word in record.amount_words],
            "family": [word for record in records for word in record.family_words],
        },
        "placeholder": placeholder_pattern(catalog.placeholders) if catalog.placeholders else "",
        "concepts": [concept for record in records for concept in record.concepts],
        "common": [word for record in records for word in record.common_words],
        "sounds": homophones(_typed(entries)) if any(item.homophones for item in records) else [],
    }


def _typed(entries: Iterable[Entry]) -> Iterator[str]:
    """The texts whose words people type; a table of all that sounds like others is large."""
    for entry in entries:
        texts = {key: entry[key] for key in ("heading", "description", "aliases") if key in entry}
        yield json.dumps(texts, ensure_ascii=False)


def _brief(entry: Entry) -> Entry:
    """An entry of a hand-written page, cut to its beginning."""
    text = Markup(entry["text"]).striptags()  # noqa: S704 - it is the theme's own HTML
    return {**entry, "text": str(escape(text[:_BRIEF]))}
