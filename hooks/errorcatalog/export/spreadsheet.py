"""The catalogue as one table for spreadsheets: `catalog.csv`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from errorcatalog.export.published import PublishedCatalog, PublishedCode

# Without it, spreadsheets take UTF-8 for an old code page and show no Chinese.
_BYTE_ORDER_MARK = "\ufeff"

# What makes a spreadsheet run a cell, in both widths (OWASP, CSV injection), also behind spaces.
_FORMULA = tuple("=+-@\uff1d\uff0b\uff0d\uff20\t\r\n\0")


def spreadsheet(catalog: PublishedCatalog) -> str:
    """The table as CSV (RFC 4180), a row for each code in each scenario, in reading order.

    A text in every language has a column for each, named like `description.en`. A cell that a
    spreadsheet would run is defused by an apostrophe before it.
    """
    locales = [locale.id for locale in catalog.locales]
    rows = [dict(_cells(code, locales)) for code in catalog.codes]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(rows[0])
    for row in rows:
        writer.writerow(_defused(cell) for cell in row.values())
    return _BYTE_ORDER_MARK + out.getvalue()


def _cells(code: PublishedCode, locales: list[str]) -> Iterator[tuple[str, str]]:
    yield "scenario", code.scenario
    yield "group", code.group
    yield "code", code.code
    yield "message", code.message
    for field in ("title", "description"):
        yield from ((f"{field}.{locale}", getattr(code, field)[locale]) for locale in locales)
    yield "source", code.source or ""
    yield "party", code.party or ""
    yield "retry", code.retry or ""
    for field in ("action", "payer_text"):
        texts = getattr(code, field) or {}
        yield from ((f"{field}.{locale}", texts.get(locale, "")) for locale in locales)
    yield "added", str(code.added or "")
    yield "retired.on", str(code.retired.on) if code.retired else ""
    for locale in locales:
        yield f"retired.reason.{locale}", code.retired.reason[locale] if code.retired else ""
    yield "retired.replaced_by", (code.retired and code.retired.replaced_by) or ""
    yield "permalink", code.permalink
    yield from ((f"page.{locale}", code.pages[locale]) for locale in locales)
    # Columns keep their place once published, so what is new comes last. No name has a space.
    yield "names", " ".join(code.names)


def _defused(cell: str) -> str:
    return f"'{cell}" if cell.lstrip(" \u3000").startswith(_FORMULA) else cell
