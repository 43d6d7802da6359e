"""Search: every query of the benchmark by the engine, and the search box as a reader uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from playwright.sync_api import BrowserContext, Page, Route, expect

from support import ROOT

LOCALES = ("zh-TW", "en")
QUERIES = yaml.safe_load((ROOT / "bench/search/queries.yml").read_text(encoding="utf-8"))

# Asks the engine directly, without the box: all queries of a kind at once.
ASK_ENGINE = """
async ([base, queries]) => {
  const { Engine } = await import(`${base}../assets/javascripts/search/engine.js`);
  const index = await (await fetch(`${base}search/search_index.json`)).json();
  const engine = new Engine(index.docs, index.config.understanding);
  return queries.map((query) => {
    const { meant, others } = engine.ask(query);
    return [...meant, ...others].map((record) => engine.entries[record].location);
  });
}
"""


def results(page: Page) -> list[str]:
    links = page.locator(".md-search-result__link:not([data-ways-on])")
    return [str(link) for link in links.evaluate_all("all => all.map(link => link.href)")]


def open_search(page: Page, address: str, locale: str = "en") -> None:
    page.goto(f"{address}{locale}/payment/")
    page.locator(".md-search__input").click()
    expect(page.locator(".md-search-result__meta")).to_contain_text(re.compile("Type|輸入"))


@pytest.mark.parametrize("locale", LOCALES)
def test_what_readers_ask_finds_what_they_want(page: Page, address: str, locale: str) -> None:
    base = f"{address}{locale}/"
    page.goto(base)
    queries = [
        query
        for kind in QUERIES.values()
        for query in kind
        if locale in query.get("locales", LOCALES)
    ]
    assert len(queries) > 800
    answers = page.evaluate(ASK_ENGINE, [base, [query["q"] for query in queries]])
    wrong = []
    for query, answer in zip(queries, answers, strict=True):
        found, want = [location.strip("/") for location in answer], query["want"]
        if query.get("mode") == "any":
            right = bool(found) and found[0] in want
        else:
            top = found[: len(want)] if want else found
            right = top == want if query.get("ordered") else sorted(top) == sorted(want)
        if not right:
            wrong.append((query["q"], want, found[:5]))
    assert not wrong


@pytest.mark.parametrize("locale", LOCALES)
def test_a_pasted_response_is_understood(
    page: Page, context: BrowserContext, address: str, locale: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_search(page, address, locale)
    pasted = '{"code":"4454","msg":"The card has insufficient funds to complete the purchase."}'
    page.evaluate("text => navigator.clipboard.writeText(text)", pasted)
    # A paste by the mouse: the text is there, and no key is pressed.
    page.evaluate("() => document.execCommand('paste')")
    page.locator(".md-search__input").evaluate(
        """async (box) => {
          box.value ||= await navigator.clipboard.readText();
          box.dispatchEvent(new InputEvent("input", { inputType: "insertFromPaste" }));
        }"""
    )
    expect(page.locator(".md-search-result__link")).to_have_count(1)
    assert results(page) == [f"{address}{locale}/payment/4454/"]
    expect(page.locator(".ref-hit__code")).to_have_text("4454")


def test_results_come_with_each_keystroke(page: Page, address: str) -> None:
    open_search(page, address)
    box = page.locator(".md-search__input")
    box.press_sequentially("445")
    expect(page.locator(".ref-hit__code").first).to_have_text("4450")
    assert len(results(page)) == 10
    box.press_sequentially("4")
    expect(page.locator(".ref-hit__code")).to_have_text(["4454"])


def test_half_composed_text_is_not_searched(page: Page, address: str) -> None:
    open_search(page, address, "zh-TW")
    box = page.locator(".md-search__input")
    box.press_sequentially("4454")
    expect(page.locator(".ref-hit__code")).to_have_text(["4454"])
    composing = """(box) => {
      box.dispatchEvent(new CompositionEvent("compositionstart"));
      box.value = "ㄩˊ ㄜˊ";
      box.dispatchEvent(new InputEvent("input", { isComposing: true }));
      box.dispatchEvent(new KeyboardEvent("keyup", { key: "e", isComposing: true, bubbles: true }));
    }"""
    box.evaluate(composing)
    page.wait_for_timeout(200)
    expect(page.locator(".ref-hit__code")).to_have_text(["4454"])
    box.evaluate("""(box) => {
      box.value = "交易卡餘額不足";
      box.dispatchEvent(new CompositionEvent("compositionend"));
    }""")
    expect(page.locator(".ref-hit__heading").first).to_have_text("交易卡餘額不足")


def test_results_mark_what_matched_and_name_the_scenario(page: Page, address: str) -> None:
    open_search(page, address)
    box = page.locator(".md-search__input")
    box.press_sequentially("1004")
    expect(page.locator(".ref-hit__scenario")).to_have_text(["Order creation", "Onboarding"])
    box.fill("")
    box.press_sequentially("insufficent funds")
    first = page.locator(".md-search-result__item").first
    assert first.locator("mark").all_text_contents() == ["insufficient", "funds"]
    # Aliases serve search only.
    for alias in ("not enough money", "餘額不夠"):
        expect(page.locator(".md-search-result")).not_to_contain_text(alias)


def test_no_single_chinese_character_is_marked(page: Page, address: str) -> None:
    open_search(page, address, "zh-TW")
    page.locator(".md-search__input").press_sequentially("卡片過期")
    expect(page.locator(".ref-hit__code").first).to_have_text("4459")
    assert all(len(mark) > 1 for mark in page.locator(".md-search-result mark").all_text_contents())


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_found_offers_a_way_on(page: Page, address: str, locale: str) -> None:
    open_search(page, address, locale)
    page.locator(".md-search__input").press_sequentially("xyzzy")
    ways = page.locator("[data-ways-on]")
    expect(ways).to_have_count(12)
    assert results(page) == []
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}{locale}/payment/")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{address}{locale}/general/")


def test_an_address_with_a_query_searches(page: Page, address: str) -> None:
    page.goto(f"{address}zh-TW/payment/?q=%E9%A4%98%E9%A1%8D%E4%B8%8D%E8%B6%B3")
    expect(page.locator(".ref-hit__heading").first).to_contain_text("餘額不足")


@pytest.mark.parametrize("missing", ["boot.js", "engine.js", "codes.js"])
def test_where_our_scripts_fail_stock_search_goes_on(
    context: BrowserContext, address: str, missing: str
) -> None:
    page = context.new_page()

    def refuse(route: Route) -> None:
        route.abort()

    context.route(f"**/search/{missing}", refuse)
    page.goto(f"{address}en/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("4454")
    link = page.locator(".md-search-result__link").first
    expect(link).to_have_attribute("href", f"{address}en/payment/4454/")


def test_what_we_rely_on_in_the_theme_is_still_there() -> None:
    """An upgrade of the theme that changes its interface fails here, and says what changed."""
    import material  # noqa: PLC0415

    theme = Path(material.__file__).parent / "templates"
    base = (theme / "base.html").read_text(encoding="utf-8")
    assert '<script id="__config" type="application/json">' in base
    assert '"search": "assets/javascripts/workers/search.' in base
    assert base.index("{% block config %}") < base.index("{% block scripts %}")
    box = (theme / "partials" / "search.html").read_text(encoding="utf-8")
    for part in (
        'data-md-component="search-query"',
        'data-md-component="search-result"',
        'class="md-search-result__meta"',
        'class="md-search-result__list"',
    ):
        assert part in box
    bundle = next((theme / "assets/javascripts").glob("bundle.*.min.js")).read_text("utf-8")
    for part in ('"keyup"', "data-md-score", "new Worker(", ".type===1", ".type===3"):
        assert part in bundle, part
    # Where it looks for its index, and what its results' addresses are relative to.
    assert re.search(r'new URL\("search/search_index\.json",\w+\.base\)', bundle)
    assert re.search(r"new URL\(\w+\.location,\w+\.base\)", bundle)
