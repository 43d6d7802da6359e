"""Hostile text in a real browser: in a catalogue, in the search box, and in addresses.

A catalogue that is hostile in every field must make the pages of its tame twin: the same elements
with the same attributes, and the text as text.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html
from playwright.sync_api import Page, expect

from hostile import HOSTILE, TYPED, WRITTEN, Text, hostile, tame, write_project
from support import Site, build, copy_project, serve

REPOSITORY = "https://github.com/acme/codes"
MOUNT = "/codes/"
CODES = [f"P{index}" for index in range(len(WRITTEN))]

# A page of each kind.
KINDS = (
    *("", "en/", "zh-TW/", "en/payment/", "en/payloads/", "en/payment/4454/", "en/payment/4456/"),
    *("en/codes/", "en/changes/", "4454/", "payment/4454/", "pay/4454/", "pay/", "en/nowhere/"),
)


def _built(
    factory: pytest.TempPathFactory, text: Text, payloads: Sequence[str]
) -> Iterator[tuple[str, Site]]:
    root = copy_project(factory.mktemp("project"))
    shutil.rmtree(root / "catalog")
    for pages in (root / "docs").iterdir():
        if pages.name != "assets":
            shutil.rmtree(pages)
    write_project(root, text, payloads)
    with serve(root / "site", mount=MOUNT) as url:
        yield url, build(root, root / "site", site_url=url, REPO_URL=REPOSITORY)


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Site]]:
    yield from _built(tmp_path_factory, hostile, WRITTEN)


@pytest.fixture(scope="module")
def tame_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Site]]:
    yield from _built(tmp_path_factory, tame, [f"harmless {code}" for code in CODES])


@pytest.fixture
def address(hostile_site: tuple[str, Site]) -> str:
    return hostile_site[0]


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site of a few codes without styles: it is opened hundreds of times.

    In frames, which the policy refuses; so it is served without, and nothing is kept by it alone.
    """
    for address, site in _built(tmp_path_factory, tame, []):
        (site.folder / "_headers").unlink()
        for styles in site.folder.rglob("*.css"):
            styles.write_text("", encoding="utf-8")
        yield address


def test_there_are_payloads_enough() -> None:
    assert len(set(TYPED)) == len(TYPED) >= 60


# The catalogue

SHAPE = """
() => [...document.querySelectorAll("*")].map((element) => {
  // The theme says a text again as a title where there is no room for it.
  const names = element.getAttributeNames().filter(
    (name) => name !== "title" || !element.matches(".md-ellipsis"),
  );
  return `${element.localName} ${names.sort().join(" ")}`;
})
"""


# Scripts that come later give tables their roles, show the form that filters, and say of a wrong
# address what it may have meant.
SETTLED = """
() => !document.querySelector(
  ".ref-table:not([role]), form[data-shown][hidden], [data-about-code][hidden]",
)
"""


def shape(root: html.HtmlElement) -> Counter[str]:
    """What a page is made of, whatever it says: each element with its attributes' names."""
    return Counter(f"{element.tag} {sorted(element.keys())}" for element in root.iter())


def test_a_hostile_catalogue_makes_the_pages_of_a_tame_one(
    hostile_site: tuple[str, Site], tame_site: tuple[str, Site]
) -> None:
    pages, others = hostile_site[1].pages, tame_site[1].pages
    assert pages.keys() == others.keys()
    changed = [page for page in pages if shape(pages[page]) != shape(others[page])]
    assert changed == []


def test_each_text_is_shown_as_it_is(hostile_site: tuple[str, Site]) -> None:
    for code, payload in zip(CODES, WRITTEN, strict=True):
        for page in (f"en/payloads/{code}/", f"zh-TW/payloads/{code}/", f"{code}/"):
            assert payload in hostile_site[1].page(page).text_content()
    for page in ("en/payment/4454/", "en/", "en/codes/", "en/changes/", "4454/", "404.html"):
        assert HOSTILE in hostile_site[1].page(page).text_content()


def test_nothing_of_a_hostile_catalogue_runs(
    page: Page, address: str, tame_site: tuple[str, Site]
) -> None:
    for kind in KINDS:
        page.goto(tame_site[0] + kind)
        page.wait_for_function(SETTLED)
        expected = Counter(page.evaluate(SHAPE))
        page.goto(address + kind)
        page.wait_for_function(SETTLED)
        assert Counter(page.evaluate(SHAPE)) == expected, kind
        assert page.evaluate("window.hacked") is None


# The search box

# Types each text, and tells what stands in the results that has no place there.
TYPE = """
async (texts) => {
  const box = document.querySelector(".md-search__input");
  const results = document.querySelector(".md-search-result");
  const strange = [];
  for (const text of texts) {
    box.value = text;
    box.dispatchEvent(new InputEvent("input"));
    await new Promise((done) => setTimeout(done, 30));
    for (const element of results.querySelectorAll("*")) {
      const names = element.getAttributeNames();
      const bad = names.some((name) => name.startsWith("on") || name === "style");
      const link = element.href && new URL(element.href).origin !== location.origin;
      const made = /^(script|img|svg|iframe|style|form|base|meta|object|embed)$/;
      const icon = element.closest(".md-icon, .md-search-result__icon");
      if (bad || link || (made.test(element.localName) && !icon)) {
        strange.push([text, element.outerHTML]);
      }
    }
    if (window.hacked !== undefined) strange.push([text, "hacked"]);
    if ({}.hacked !== undefined) strange.push([text, "prototype"]);
  }
  return strange;
}
"""


def test_nothing_that_is_typed_runs(page: Page, address: str) -> None:
    page.goto(f"{address}en/payment/")
    box = page.locator(".md-search__input")
    box.click()
    box.fill("P1")
    expect(page.locator(".ref-hit__code").first).to_have_text("P1")
    assert page.evaluate(TYPE, TYPED) == []
    box.fill("P2")
    expect(page.locator(".ref-hit__code").first).to_have_text("P2")


@pytest.mark.parametrize("text", ["a", "付", "e\u0301", "<b a=b>"])
def test_a_text_without_end_does_not_stop_the_search(page: Page, address: str, text: str) -> None:
    page.goto(f"{address}en/payment/")
    box = page.locator(".md-search__input")
    box.fill(text * 100_000)
    box.fill("P2")
    expect(page.locator(".ref-hit__code").first).to_have_text("P2")


# Addresses

# Opens addresses in frames, a few at a time, and tells where one shows what has no place there.
OPEN = """
async ([addresses, known]) => {
  const strange = [];
  const visit = async (address) => {
    const frame = document.createElement("iframe");
    frame.src = address;
    document.body.append(frame);
    await new Promise((done) => frame.addEventListener("load", done));
    await new Promise((done) => setTimeout(done, 80));
    const shown = frame.contentWindow;
    const made = shown.document.querySelectorAll("main img, main iframe, main style, main object");
    const hacked = shown.hacked ?? window.hacked;
    if (hacked !== undefined) strange.push([address, "hacked"]);
    if (made.length) strange.push([address, made[0].outerHTML]);
    if (!shown.document.querySelector(known)) strange.push([address, "broken"]);
    frame.remove();
  };
  const queue = [...addresses];
  const work = async () => { while (queue.length) await visit(queue.shift()); };
  await Promise.all(Array.from({ length: 8 }, work));
  return strange;
}
"""


def strange(page: Page, start: str, addresses: Sequence[str], known: str) -> Any:
    """What is wrong with any of the pages at `addresses`, each of which has a `known` element."""
    page.goto(start)
    return page.evaluate(OPEN, [addresses, known])


def test_nothing_in_a_query_or_a_hash_runs(page: Page, small: str) -> None:
    asked = [f"{small}en/payment/?q={quote(text)}#{text}" for text in TYPED]
    asked += [f"{small}en/codes/?text={quote(text)}#{quote(text)}" for text in TYPED[::8]]
    asked += [f"{small}en/?q={text}" for text in ("%", "%E0%A4%A", "%00", "a&q=<b>&q")]
    assert strange(page, f"{small}en/codes/", asked, ".md-search__input") == []


def test_nothing_in_the_address_of_a_permalink_runs(page: Page, small: str) -> None:
    named = [f"{small}4454/?q={quote(text)}#{text}" for text in TYPED]
    assert strange(page, f"{small}en/codes/", named, "h1") == []


def test_nothing_in_a_wrong_address_runs(page: Page, small: str) -> None:
    # Without the signs by which a path ends or climbs, and with them.
    wrong = [f"{small}{quote(text, safe='')}/?q={quote(text)}#{text}" for text in TYPED]
    wrong += [f"{small}en/payment/x{quote(text)}" for text in TYPED[::8]]
    assert strange(page, f"{small}en/codes/", wrong, ".ref-not-found") == []


def test_nothing_runs_where_the_hash_changes(page: Page, small: str) -> None:
    page.goto(f"{small}en/payment/")
    page.evaluate("(texts) => { for (const text of texts) location.hash = text }", TYPED)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("window.hacked") is None
