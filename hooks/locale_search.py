"""One search index for each locale, in place of the theme's one for all."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from errorcatalog import addresses
from errorcatalog.model import Catalog
from errorcatalog.search import Entry, SearchIndex

# Where the theme's plugin writes its index, and where a page without a locale looks for one.
_WHOLE = "search/search_index.json"


def split_index(catalog: Catalog, site: Path) -> None:
    """Write each locale's index below `site`, the folder of the built site.

    Hand-written pages come from the index that the theme's plugin has written; the page for
    wrong addresses keeps one in its place, of the default locale.
    """
    index = SearchIndex(catalog)
    entries = json.loads((site / _WHOLE).read_text(encoding="utf-8"))["docs"]
    for locale in catalog.locales:
        home = addresses.home(locale.id)
        path = site / addresses.search_index(locale.id)
        path.parent.mkdir(parents=True, exist_ok=True)
        written = _below(home, entries, base=home)
        path.write_text(index.of(locale, written, base=home), encoding="utf-8")
    home = addresses.home(catalog.default_locale.id)
    written = _below(home, entries, base="")
    rooted = index.of(catalog.default_locale, written, base="")
    (site / _WHOLE).write_text(rooted, encoding="utf-8")


def _below(home: str, entries: Iterable[Entry], *, base: str) -> Iterator[Entry]:
    """The entries of one locale, as seen from `base`."""
    for entry in entries:
        if entry["location"].startswith(home):
            yield {**entry, "location": entry["location"].removeprefix(base)}
