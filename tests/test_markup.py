"""The HTML of every kind of page, by the parser that the standard describes.

`make audit` shows it to the Nu checker too, which knows what may stand in what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import html5lib
import pytest
from lxml import html

from support import Site

# Attributes that name elements of the page by their ids.
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list")

# The theme labels a list of contents by an element that it has on some pages only.
OF_THE_THEME = {"for=__toc"}


def kinds(site: Site) -> Iterator[str]:
    """Every page in a locale, and one permalink of each kind."""
    yield from (page for page in site.pages if page.startswith(("zh-TW/", "en/")))
    yield from ("", "404.html", "4454/", "URL_NOT_FOUND/", "slp-4454/", "order/1004/", "payment/")


def references(page: html.HtmlElement) -> Iterator[tuple[str, str]]:
    for name in REFERENCES:
        for element in page.cssselect(f"[{name}]"):
            yield from ((name, target) for target in element.get(name).split())


def parse_errors(text: str) -> list[str]:
    parser = html5lib.HTMLParser()
    parser.parse(text)
    return [f"line {line}: {name} {values}" for (line, _), name, values in parser.errors]


def test_every_page_is_read_without_a_parse_error(site: Site) -> None:
    for address in kinds(site):
        path = site.folder / address
        text = (path / "index.html" if path.is_dir() else path).read_text(encoding="utf-8")
        assert parse_errors(text) == [], address


@pytest.mark.parametrize(
    "wrong",
    ["<p id=a id=b>", "<div><p></div></p>", "<table><p></table>", "<a><a></a></a>", "&amp <b>"],
)
def test_the_parser_finds_what_is_wrong(wrong: str) -> None:
    assert parse_errors(f"<!doctype html><title>Wrong</title>{wrong}")


def test_ids_are_unique_and_what_names_one_finds_it(site: Site) -> None:
    dangling: Counter[str] = Counter()
    for address in kinds(site):
        page = site.page(address)
        ids = [element.get("id") for element in page.cssselect("[id]")]
        assert len(ids) == len(set(ids)), address
        for name, target in references(page):
            if target not in ids:
                dangling[f"{name}={target}"] += 1
    # Strike from the list what the theme has mended.
    assert dangling.keys() == OF_THE_THEME
