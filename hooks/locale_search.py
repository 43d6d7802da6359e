"""One search index for each locale, in place of the theme's one for all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from errorcatalog import addresses
from errorcatalog.model import Catalog
from errorcatalog.search.index import Entry, search_index

# Where the theme's plugin writes its index, and where a page without a locale looks for one.
_WHOLE = "search/search_index.json"


def split_index(catalog: Catalog, site: Path) -> None:
    """Write each locale's index below `site`, the folder of the built site.

    Hand-written pages come from the index that the theme's plugin has written; the page for
    wrong addresses keeps one in its place, of the default locale.
    """
    entries = json.loads((site / _WHOLE).read_text(encoding="utf-8"))["docs"]
    for locale in catalog.locales:
        home = addresses.home(locale.id)
        index = search_index(catalog, locale, _below(home, entries))
        _write(site / addresses.search_index(locale.id), index.as_json(base=home))
        if locale is catalog.default_locale:
            _write(site / _WHOLE, index.as_json(base=""))


def _below(home: str, entries: Iterable[Entry]) -> Iterator[Entry]:
    return (entry for entry in entries if entry["location"].startswith(home))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
