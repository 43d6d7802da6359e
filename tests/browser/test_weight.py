"""A first visit: how much comes, when search comes, and that nothing moves."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from errorcatalog.model import Catalog
from support import Site, serve

KILOBYTE = 1000
MOUNT = "/codes/"
LOCALES = ("zh-TW", "en")

# What of the site answers a search.
OF_SEARCH = ("engine.js", "search-box.js", "/search/search_index.json")


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[str]:
    with serve(site.folder, mount=MOUNT) as url:
        yield url


def file_of(site: Site, url: str) -> Path:
    path = unquote(urlsplit(url).path).removeprefix(MOUNT)
    return site.folder / (f"{path}index.html" if path.endswith("/") or not path else path)


def compressed(path: Path) -> int:
    """The size of a file as hosts send it."""
    return len(gzip.compress(path.read_bytes(), compresslevel=9))


def visit(browser: Browser, url: str) -> set[str]:
    """What a first visit asks for before the reader does anything: each address once, as a
    browser keeps what it has."""
    asked: set[str] = set()

    def note(request: Request) -> None:
        asked.add(request.url.partition("#")[0])

    context = browser.new_context(locale="en-US")
    context.on("request", note)
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    expect(page.locator("html.js, main.plain")).to_be_attached()
    context.close()
    return asked


def heaviest(site: Site, addresses: list[str]) -> str:
    return max(addresses, key=lambda address: compressed(site.folder / address / "index.html"))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_first_visit_to_the_heaviest_code_page_is_light(
    browser: Browser, served: str, site: Site, catalog: Catalog, locale: str
) -> None:
    pages = [f"{locale}/{scenario.id}/{code.code}/" for scenario, code in catalog.records()]
    asked = visit(browser, served + heaviest(site, pages))
    sizes = {url: compressed(file_of(site, url)) for url in asked}
    assert sum(sizes.values()) <= 72 * KILOBYTE, sizes


def test_the_heaviest_permalink_is_light(
    browser: Browser, served: str, site: Site, catalog: Catalog
) -> None:
    pages = {f"{code.code}/" for _, code in catalog.records()}
    undecided = [page for page in pages if not site.page(page).cssselect("[data-forward]")]
    asked = visit(browser, served + heaviest(site, undecided))
    sizes = {url: compressed(file_of(site, url)) for url in asked}
    assert sum(sizes.values()) <= 4 * KILOBYTE, sizes
    page = heaviest(site, list(pages))
    assert compressed(site.folder / page / "index.html") <= KILOBYTE, page


TURNS: dict[str, Callable[[Page], None]] = {
    "the pointer": lambda page: page.locator(".md-search__form").hover(),
    "the keyboard": lambda page: page.keyboard.press("/"),
}


@pytest.mark.parametrize("turn", TURNS)
def test_search_is_loaded_when_a_reader_turns_to_it(page: Page, served: str, turn: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served}en/payment/4454/", wait_until="networkidle")
    index, engine = "**/en/search/search_index.json", "**/engine.js"
    assert not [url for url in asked if url.endswith(("en/search/search_index.json", "engine.js"))]
    with page.expect_request(index), page.expect_request(engine):
        TURNS[turn](page)


def test_a_reader_who_turns_to_search_before_its_worker_is_there_is_heard(
    context: BrowserContext, served: str
) -> None:
    page = context.new_page()
    asked: list[Route] = []

    def hold(route: Route) -> None:
        asked.append(route)
        if len(asked) == 1:
            route.continue_()

    context.route("**/boot.js", hold)
    # The page asks for the file first, then its worker.
    with page.expect_request(lambda request: "boot.js" in request.url and bool(asked)):
        page.goto(f"{served}en/payment/4454/")
    page.locator(".md-search__form").hover()
    _, of_worker = asked
    with page.expect_request("**/en/search/search_index.json"):
        of_worker.continue_()


def test_what_is_typed_before_search_is_loaded_is_answered(
    context: BrowserContext, served: str
) -> None:
    def late(route: Route) -> None:
        time.sleep(0.5)
        route.continue_()

    page = context.new_page()
    for name in ("engine.js", "search-box.js", "en/search/search_index.json"):
        context.route(f"**/{name}", late)
    page.goto(f"{served}en/payment/")
    page.keyboard.press("/")
    page.keyboard.type("4454")
    expect(page.locator(".ref-hit__code")).to_have_text(["4454"])


def test_an_index_that_could_not_be_had_is_asked_for_again(
    context: BrowserContext, served: str
) -> None:
    page = context.new_page()
    refused = "**/en/search/search_index.json"
    context.route(refused, lambda route: route.abort())
    page.goto(f"{served}en/payment/")
    box = page.locator(".md-search__input")
    with page.expect_event("requestfailed", lambda request: "en/search" in request.url):
        box.click()
    context.unroute(refused)
    box.press_sequentially("4454")
    expect(page.locator(".ref-hit__code")).to_have_text(["4454"])


# What moved after all of the page was there: how far, and what it was.
SHIFTS = """
() => new Promise((done) => {
  const moved = [];
  new PerformanceObserver((list) => {
    const [{ domInteractive }] = performance.getEntriesByType("navigation");
    for (const { startTime, value, sources } of list.getEntries()) {
      if (startTime < domInteractive) continue;
      moved.push([value, ...sources.map(({ node }) => node?.outerHTML?.slice(0, 90))]);
    }
  }).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(moved), 300);
})
"""


@pytest.mark.parametrize("width", [360, 768, 1280])
def test_nothing_moves_when_scripts_come_late(
    context: BrowserContext, served: str, width: int
) -> None:
    def late(route: Route) -> None:
        time.sleep(0.1)
        route.continue_()

    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 800})
    context.route("**/*.js", late)
    for kind in ("", "payment/", "payment/4454/", "codes/", "changes/", "about/"):
        for locale in LOCALES:
            page.goto(f"{served}{locale}/{kind}", wait_until="load")
            assert page.evaluate(SHIFTS) == [], (locale, kind)
