"""Ask the built site every query of queries.yml, in a real browser, and print what came first.

Run it by `make bench-search`. Each query is typed into the theme's own search box of each
locale, once over our index and engine, and once over the stock configuration: the theme's own
worker and its own index of the same pages.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from lxml import html
from material.plugins.search.plugin import SearchIndex as StockIndex
from mkdocs.structure.toc import AnchorLink
from playwright.sync_api import Page, Route, sync_playwright

from browser.launch import launch
from support import ROOT, Site, build, serve

HERE = Path(__file__).resolve().parent
LOCALES = ("zh-TW", "en")

# Puts a text into the box as a paste does, and waits until the results for it stand.
ASK = r"""
async (query) => {
  const box = document.querySelector("[data-md-component=search-query]");
  const list = document.querySelector(".md-search-result__list");
  const meta = document.querySelector(".md-search-result__meta");
  const settled = () => new Promise((done) => {
    let timer = 0;
    let last = performance.now();
    const observer = new MutationObserver(() => {
      last = performance.now();
      clearTimeout(timer);
      timer = setTimeout(finish, 40);
    });
    const finish = () => { observer.disconnect(); done(last); };
    observer.observe(list, { childList: true });
    observer.observe(meta, { childList: true, characterData: true, subtree: true });
    timer = setTimeout(finish, 400);
  });
  // A browser makes spaces of the line ends in what is pasted into a box of one line.
  box.value = query.replace(/\s*\n\s*/g, " ");
  const begun = performance.now();
  const ended = settled();
  box.dispatchEvent(new InputEvent("input"));
  box.dispatchEvent(new KeyboardEvent("keyup"));
  const milliseconds = (await ended) - begun;
  const links = [...list.querySelectorAll("a:not([data-ways-on])")];
  const best = links
    .map((link) => [link, Number(link.firstElementChild.dataset.mdScore)])
    .sort((one, other) => other[1] - one[1])[0];
  return {
    links: links.map((link) => link.href),
    enter: best ? best[0].href : null,
    milliseconds,
  };
}
"""


@dataclass(frozen=True)
class Query:
    """One line of queries.yml."""

    kind: str
    text: str
    want: tuple[str, ...]
    any: bool
    ordered: bool
    locales: tuple[str, ...]


@dataclass
class Tally:
    """What became of the queries of one kind in one locale."""

    asked: int = 0
    first: int = 0
    enter: int = 0
    three: int = 0
    nothing: int = 0
    elsewhere: int = 0
    times: list[float] = field(default_factory=list)

    def row(self) -> list[str]:
        def part(count: int) -> str:
            return f"{100 * count / self.asked:.0f}"

        counts = (self.first, self.enter, self.three, self.nothing, self.elsewhere)
        times = (statistics.median(self.times), max(self.times))
        return [str(self.asked), *map(part, counts), *(f"{time:.0f}" for time in times)]


def read_queries(path: Path) -> list[Query]:
    """Read the file; raises AssertionError for a field that its grammar does not know."""
    queries = []
    for kind, entries in yaml.safe_load(path.read_text(encoding="utf-8")).items():
        for entry in entries:
            assert entry.keys() <= {"q", "want", "mode", "ordered", "locales"}, entry
            locales = tuple(entry.get("locales", LOCALES))
            any_ = entry.get("mode") == "any"
            ordered = entry.get("ordered", False)
            query = Query(kind, entry["q"], tuple(entry["want"]), any_, ordered, locales)
            queries.append(query)
    return queries


def is_right(query: Query, found: Sequence[str]) -> bool:
    """Whether what is wanted comes first."""
    if not query.want:
        return not found
    if query.any:
        return bool(found) and found[0] in query.want
    top = list(found[: len(query.want)])
    return top == list(query.want) if query.ordered else sorted(top) == sorted(query.want)


def is_near(query: Query, found: Sequence[str]) -> bool:
    """Whether what is wanted is among the first, with at most two others before the last of it."""
    if not query.want:
        return not found
    if query.any:
        return any(record in query.want for record in found[:3])
    return set(query.want) <= set(found[: len(query.want) + 2])


def ask_all(page: Page, base: str, queries: Iterable[Query]) -> Iterator[tuple[str, Query, Any]]:
    """Every query with its locale and what the page answered."""
    everything = list(queries)
    for locale in LOCALES:
        page.goto(f"{base}{locale}/")
        page.locator("[data-md-component=search-query]").focus()
        page.wait_for_function(
            "() => !document.querySelector('.md-search-result__meta')"
            ".textContent.match(/Loading|正在載入|Initializing/)"
        )
        for query in everything:
            if locale in query.locales:
                yield locale, query, page.evaluate(ASK, query.text)


def record_of(link: str, base: str) -> str:
    """A result's address as "scenario/code", or the whole of it where it is no code's page."""
    parts = link.removeprefix(base).split("?")[0].split("#")[0].strip("/").split("/")
    return "/".join(parts[1:]) if len(parts) == 3 else "/".join(parts)  # noqa: PLR2004


def measure(
    page: Page, base: str, queries: Iterable[Query], misses: Path | None
) -> list[list[str]]:
    """Ask everything and make the table's rows."""
    tallies: dict[tuple[str, str], Tally] = {}
    missed = []
    for locale, query, answer in ask_all(page, base, queries):
        tally = tallies.setdefault((query.kind, locale), Tally())
        found = list(dict.fromkeys(record_of(link, base) for link in answer["links"]))
        right = is_right(query, found)
        enter = record_of(answer["enter"], base) if answer["enter"] else None
        tally.asked += 1
        tally.first += right
        tally.enter += right if not found else enter == found[0] and right
        tally.three += is_near(query, found)
        tally.nothing += not found
        tally.elsewhere += any(f"/{locale}/" not in link for link in answer["links"])
        tally.times.append(answer["milliseconds"])
        if not right:
            missed.append([query.kind, locale, query.text, list(query.want), found[:5]])
    if misses:
        text = "\n".join(json.dumps(miss, ensure_ascii=False) for miss in missed)
        misses.write_text(text + "\n", encoding="utf-8")
    return [[kind, locale, *tally.row()] for (kind, locale), tally in tallies.items()]


def show(title: str, rows: Iterable[list[str]]) -> None:
    head = ["kind", "locale", "asked", "first", "Enter", "near", "none", "other", "ms", "worst"]
    table = [head, *rows]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    print(f"\n{title}")
    for row in table:
        cells = [
            cell.ljust(width) if index < 2 else cell.rjust(width)  # noqa: PLR2004
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join(cells))


def stock_index(site: Site) -> dict[str, Any]:
    """The index that the theme's plugin makes of the same pages by its defaults."""
    index = StockIndex(
        lang=["en"],
        separator=r"[\s\u200b\u3000\-、。，．？！；]+",
        pipeline=["stemmer"],
        fields={"title": {"boost": 1e3}, "text": {"boost": 1e0}, "tags": {"boost": 1e6}},
    )
    for address, root in site.pages.items():
        articles = root.cssselect("article")
        if address.startswith(LOCALES) and articles:
            index.add_entry_from_context(_StockPage(address, root, articles[0]))
    made: dict[str, Any] = json.loads(index.generate_search_index(None))
    return made


class _StockPage:
    """As much of a MkDocs page as the theme's index asks for."""

    def __init__(self, url: str, root: html.HtmlElement, article: html.HtmlElement) -> None:
        self.url = url
        self.meta: dict[str, Any] = {}
        self.title = root.findtext(".//title")
        self.content = html.tostring(article, encoding="unicode")
        headings = article.cssselect("h1[id], h2[id]")
        self.toc = [AnchorLink(item.text_content(), item.get("id"), 1) for item in headings]


def only_stock(page: Page, site: Site, base: str) -> None:
    """Take our part away: the theme then has its own worker, over its own index."""
    index = stock_index(site)

    def answer(route: Route) -> None:
        locale = route.request.url.removeprefix(base).split("/")[0]
        docs = [
            {**entry, "location": "../" + entry["location"]} if locale in LOCALES else entry
            for entry in index["docs"]
        ]
        route.fulfill(json={**index, "docs": docs})

    page.route("**/search/boot.js", lambda route: route.abort())
    page.route("**/search_index.json", answer)


def main() -> int:
    """Build, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=Path, default=HERE / "queries.yml")
    parser.add_argument("--misses", type=Path, help="write the queries that went wrong here")
    parser.add_argument("--no-stock", action="store_true", help="leave the comparison out")
    options = parser.parse_args()
    queries = read_queries(options.queries)
    columns = (
        "first, Enter: the right record is the first link, and where Enter goes (%); near: within"
        " two of its place (%); none: nothing found (%); other: results in another language (%);"
        " ms, worst: from keystroke to results."
    )
    print(f"{len(queries)} queries, asked in {' and '.join(LOCALES)}. {columns}")
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder)) as base,
        sync_playwright() as playwright,
    ):
        site = build(ROOT, Path(folder), site_url=base)
        browser = launch(playwright)
        show("This site", measure(browser.new_page(), base, queries, options.misses))
        if not options.no_stock:
            page = browser.new_page()
            only_stock(page, site, base)
            show("Stock configuration, same pages", measure(page, base, queries, None))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main() if os.environ.get("PYTHONPATH") else "Run it by `make bench-search`.")
