"""Ask the built site every query of the sets in this folder, and print what came first.

Run it by `make bench-search`. Each query is typed into the theme's own search box of each
locale in a real browser, once over our index and engine, and once over the stock configuration: the
theme's own worker and its own index of the same pages. Then the engine is asked for the codes and
the messages of three invented catalogs of other shapes, in log lines made from a seed; and it is
timed on an index of 2,000 codes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import statistics
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import html
from material.plugins.search.plugin import SearchIndex as StockIndex
from mkdocs.structure.toc import AnchorLink
from playwright.sync_api import Page, Route, sync_playwright

from browser.launch import launch
from instances import Fixture
from queries import LOCALES, Query, read_queries
from support import ROOT, Site, build, serve

HERE = Path(__file__).resolve().parent
SETS = ("queries", "second", "third", "fourth", "fifth")

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
  // The theme shows the rest of a long list when it is scrolled to.
  const shown = () => [...list.querySelectorAll("a:not([data-ways-on])")];
  const scrolled = list.closest(".md-search__scrollwrap");
  for (let before = 0; shown().length > Math.max(before, 9); ) {
    before = shown().length;
    scrolled.scrollTop = scrolled.scrollHeight;
    await new Promise((done) => setTimeout(done, 60));
  }
  const links = shown();
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
        right = query.is_right(found)
        enter = record_of(answer["enter"], base) if answer["enter"] else None
        tally.asked += 1
        tally.first += right
        tally.enter += right if not found else enter == found[0] and right
        tally.three += query.is_near(found)
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


# Asks the engine itself over an index, and times it.
ENGINE = r"""
async ([module, index, queries]) => {
  const { Engine } = await import(module);
  const begun = performance.now();
  const engine = new Engine(index.docs, index.config.understanding);
  const found = [];
  const times = [];
  for (const query of queries) {
    const asked = performance.now();
    const { meant, others } = engine.ask(query);
    times.push(performance.now() - asked);
    if (!found.length) times[0] = performance.now() - begun;
    const records = [...meant, ...others].map((record) => engine.entries[record]);
    found.push(records.map(({ location }) => location.replace(/\/$/, "")));
  }
  return { found, first: times[0], times: times.slice(1) };
}
"""
MODULE = "assets/javascripts/search/engine.js"


def ask_fixtures(page: Page, base: str, index: dict[str, Any]) -> list[list[str]]:
    """The rows of the invented catalogs, which speak of numbers as the site's locales do."""
    page.goto(f"{base}en/")
    rows = []
    for path in sorted((HERE / "catalogs").glob("*.yml")):
        fixture = Fixture.read(path)
        own = fixture.index(index["config"]["understanding"])
        queries = [*fixture.instances(), *fixture.coded()]
        texts = [query.text for query in queries]
        answer = page.evaluate(ENGINE, [base + MODULE, own, texts])
        for kind in dict.fromkeys(query.kind for query in queries):
            pairs = [
                (query, found)
                for query, found in zip(queries, answer["found"], strict=True)
                if query.kind == kind
            ]
            right = sum(query.is_right(found) for query, found in pairs)
            near = sum(query.is_near(found) for query, found in pairs)
            rows.append(
                [kind, str(len(pairs)), *(f"{100 * x / len(pairs):.1f}" for x in (right, near))]
            )
    return rows


def time_at_size(page: Page, base: str, index: dict[str, Any], codes: int) -> list[str]:
    """How long the first answer to words takes on so many codes, and each key after it."""
    docs = list(index["docs"])
    times = 1
    while sum("code" in entry for entry in docs) < codes:
        docs += [_changed(entry, times) for entry in index["docs"] if "code" in entry]
        times += 1
    typed = "insufficient funds to complete"
    han = "交易卡餘額不足怎麼辦"
    keys = [text[:end] for text in (typed, han) for end in range(1, len(text) + 1)]
    big = {**index, "docs": docs}
    answer = page.evaluate(ENGINE, [base + MODULE, big, ["insufficient funds", *keys]])
    milliseconds = answer["times"]
    return [
        f"{sum('code' in entry for entry in docs)}",
        f"{answer['first']:.0f}",
        f"{statistics.median(milliseconds):.1f}",
        f"{max(milliseconds):.1f}",
    ]


def _changed(entry: dict[str, Any], times: int) -> dict[str, Any]:
    """A record of a larger catalog: another code, and some other words."""
    ending = chr(ord("a") + times % 26)

    def text(value: Any) -> Any:
        if isinstance(value, list):
            return [text(item) for item in value]
        words = str(value).split(" ")
        chosen = times % 5
        return " ".join(
            f"{word}{ending}" if len(word) > 4 and len(word) % 5 == chosen else word  # noqa: PLR2004
            for word in words
        )

    code = f"{times}{entry['code']}"
    kept = {key: text(value) for key, value in entry.items() if key not in {"code", "location"}}
    return {**kept, "code": code, "location": entry["location"].replace(entry["code"], code)}


def sizes(site: Site) -> Iterator[list[str]]:
    """What the index of each locale weighs."""
    for locale in LOCALES:
        data = (site.folder / locale / "search/search_index.json").read_bytes()
        yield [locale, f"{len(data):,}", f"{len(gzip.compress(data, 9)):,}"]


def print_table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    table = [list(head), *map(list, rows)]
    widths = [max(len(row[column]) for row in table) for column in range(len(head))]
    print(f"\n{title}")
    for row in table:
        print("  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)))


def main() -> int:
    """Build, ask, and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--queries", type=Path, help="ask these instead of the sets")
    parser.add_argument("--misses", type=Path, help="write the queries that went wrong here")
    parser.add_argument("--no-stock", action="store_true", help="leave the comparison out")
    options = parser.parse_args()
    files = [options.queries] if options.queries else [HERE / f"{name}.yml" for name in SETS]
    sets = {path.stem: read_queries(path) for path in files if path.exists()}
    columns = (
        "first, Enter: the right record is the first link, and where Enter goes (%); near: within"
        " two of its place (%); none: nothing found (%); other: results in another language (%);"
        " ms, worst: from keystroke to results."
    )
    print(f"Asked in {' and '.join(LOCALES)}. {columns}")
    with (
        tempfile.TemporaryDirectory() as folder,
        serve(Path(folder)) as base,
        sync_playwright() as playwright,
    ):
        site = build(ROOT, Path(folder), site_url=base)
        browser = launch(playwright)
        for name, queries in sets.items():
            rows = measure(browser.new_page(), base, queries, options.misses)
            show(f"This site, {name}", rows)
            if not options.no_stock:
                page = browser.new_page()
                only_stock(page, site, base)
                show(f"Stock configuration, same pages, {name}", measure(page, base, queries, None))
        text = (site.folder / "en/search/search_index.json").read_text(encoding="utf-8")
        index = json.loads(text)
        page = browser.new_page()
        head = ("kind", "asked", "first", "near")
        print_table("Invented catalogs", head, ask_fixtures(page, base, index))
        head = ("codes", "first ms", "median key ms", "worst key ms")
        print_table(
            "Speed", head, [time_at_size(page, base, index, codes) for codes in (142, 2000)]
        )
        print_table("Index", ("locale", "bytes", "compressed"), sizes(site))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main() if os.environ.get("PYTHONPATH") else "Run it by `make bench-search`.")
