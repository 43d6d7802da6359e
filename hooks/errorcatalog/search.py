"""The search index of one locale, in the theme's format."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import escape

from errorcatalog.views import CodeView, PageView, ScenarioView

# Splits at punctuation and around every Han character, so that a Chinese word is found inside
# a sentence without a dictionary; the look-around never matches an empty string alone, which
# the theme's worker would turn into "everything".
_SEPARATOR = (
    r"[\s\u200b\u3000\-\u3001\u3002\uff0c\uff0e\uff1f\uff01\uff1b\uff1a\u300c\u300d\u300e\u300f"
    r'\uff08\uff09()\[\]",:]+'
    r"|(?<=[\u3400-\u9fff])(?=[\u3400-\u9fff\w])|(?<=\w)(?=[\u3400-\u9fff])"
)

# `pipeline` is empty: the index would be stemmed and the query would not.
_CONFIG: Mapping[str, Any] = {
    "lang": ["en"],
    "separator": _SEPARATOR,
    "pipeline": [],
    "fields": {"title": {"boost": 1000.0}, "text": {"boost": 1.0}, "tags": {"boost": 1000000.0}},
}


def search_index(
    views: Iterable[PageView], written: Iterable[Mapping[str, Any]], *, base: str
) -> str:
    """The index of one locale as JSON.

    `views` are the locale's pages, `written` the entries of its hand-written pages. Locations
    are relative to `base`, where the pages that use this index have the base of their search.
    """
    docs = [entry for view in views for entry in _entries(view, base)]
    data = {"config": _CONFIG, "docs": [*docs, *written]}
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _entries(view: PageView, base: str) -> list[dict[str, str]]:
    """The theme shows entries as HTML, so every text is escaped."""
    location = view.address.removeprefix(base)
    if isinstance(view, ScenarioView):
        return [_entry(location, view.title, [view.summary])]
    if isinstance(view, CodeView):
        return [_entry(location, view.title, [view.scenario.text, view.message, view.description])]
    return []


def _entry(location: str, title: str, texts: Iterable[str]) -> dict[str, str]:
    text = " · ".join(str(escape(text)) for text in texts)
    return {"location": location, "title": str(escape(title)), "text": text}
