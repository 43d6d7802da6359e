"""One search index for each locale, in place of the theme's one for all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from errorcatalog import addresses
from errorcatalog.project import Reference
from errorcatalog.search import search_index

# Where the theme's plugin writes its index, and where a page without a locale looks for one.
_WHOLE = "search/search_index.json"


def split_index(reference: Reference, site: Path) -> None:
    """Write each locale's index below `site`, the folder of the built site.

    Hand-written pages come from the index that the theme's plugin has written; the page for
    wrong addresses keeps one in its place, of the default locale.
    """
    whole = json.loads((site / _WHOLE).read_text(encoding="utf-8"))
    for locale in reference.catalog.locales:
        views = [item.view for item in reference.in_locale(locale.id)]
        written = list(_entries_below(addresses.home(locale.id), whole["docs"]))
        index = search_index(views, written, base=addresses.home(locale.id))
        path = site / addresses.search_index(locale.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(index, encoding="utf-8")
        if locale is reference.catalog.default_locale:
            rooted = search_index(views, _rooted(written, locale.id), base="")
            (site / _WHOLE).write_text(rooted, encoding="utf-8")


def _entries_below(home: str, docs: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    for entry in docs:
        if entry["location"].startswith(home):
            yield {**entry, "location": entry["location"].removeprefix(home)}


def _rooted(docs: Iterable[Mapping[str, Any]], locale_id: str) -> Iterable[Mapping[str, Any]]:
    home = addresses.home(locale_id)
    return ({**entry, "location": home + entry["location"]} for entry in docs)
