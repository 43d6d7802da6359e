"""Finding and reading a code, in a real browser."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from browser.conftest import Watched

LOCALES = ("zh-TW", "en")
KINDS = ("", "payment/", "payment/4454/", "connect/UNAUTHORIZED_CLIENT/", "order/1004/", "about/")


def expect_first_result(page: Page, part: str) -> None:
    """The first result's address holds `part`, once what was typed last is answered."""
    link = page.locator(".md-search-result__link").first
    expect(link).to_be_visible()
    expect(link).to_have_attribute("href", re.compile(re.escape(part)))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_search_box_finds_an_exact_code(page: Page, address: str, locale: str) -> None:
    page.goto(f"{address}{locale}/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("4454")
    expect_first_result(page, f"/{locale}/payment/4454/")
    results = page.locator(".md-search-result__link").evaluate_all("all => all.map(a => a.href)")
    assert all(f"/{locale}/" in result for result in results)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"/{locale}/payment/4454/"))


@pytest.mark.parametrize("locale", LOCALES)
def test_the_look_up_box_opens_search(page: Page, anywhere: str, locale: str) -> None:
    page.goto(f"{anywhere}{locale}/")
    page.locator("#ref-lookup").fill("URL_NOT_FOUND")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{anywhere}{locale}/?q=URL_NOT_FOUND")
    expect_first_result(page, "/URL_NOT_FOUND/")


def test_the_language_selector_stays_on_the_code(page: Page, anywhere: str) -> None:
    page.goto(f"{anywhere}en/payment/4454/")
    page.get_by_role("button", name="Select language").hover()
    page.get_by_role("link", name="繁體中文").click()
    expect(page).to_have_url(f"{anywhere}zh-TW/payment/4454/")
    expect(page.locator("html")).to_have_attribute("lang", "zh-TW")


def test_the_language_selector_stays_on_the_row(page: Page, address: str) -> None:
    page.goto(f"{address}en/payment/#4454")
    page.get_by_role("button", name="Select language").hover()
    page.get_by_role("link", name="繁體中文").click()
    expect(page).to_have_url(f"{address}zh-TW/payment/#4454")


def test_the_row_a_link_points_at_is_marked_and_in_sight(page: Page, address: str) -> None:
    page.goto(f"{address}en/payment/#4454")
    row = page.locator("tr#\\34 454")
    expect(row).to_be_in_viewport()
    background = "element => getComputedStyle(element).backgroundColor"
    marked, other = row.evaluate(background), page.locator("tr#\\34 455").evaluate(background)
    assert marked != other
    header = page.locator(".md-header").bounding_box()
    box = row.bounding_box()
    assert header
    assert box
    assert box["y"] >= header["y"] + header["height"]


def test_the_root_leads_to_the_readers_language(browser: Browser, anywhere: str) -> None:
    for wanted, home in {"zh-TW": "zh-TW", "zh-HK": "zh-TW", "en-GB": "en", "de": "zh-TW"}.items():
        context = browser.new_context(locale=wanted)
        page = context.new_page()
        page.goto(anywhere)
        expect(page).to_have_url(f"{anywhere}{home}/")
        context.close()


def test_the_root_remembers_the_chosen_language(page: Page, address: str) -> None:
    page.goto(f"{address}en/")
    page.get_by_role("button", name="Select language").hover()
    page.get_by_role("link", name="繁體中文").click()
    expect(page).to_have_url(f"{address}zh-TW/")
    page.goto(address)
    expect(page).to_have_url(f"{address}zh-TW/")


def test_back_from_the_chosen_language_does_not_trap(page: Page, address: str) -> None:
    page.goto(f"{address}en/about/")
    page.goto(address)
    expect(page).to_have_url(f"{address}en/")
    page.go_back()
    expect(page).to_have_url(f"{address}en/about/")


@pytest.mark.parametrize("wrong", ["nothing/", "en/payment/9999/", "a/b/c/d", "en/payment/4454"])
def test_a_wrong_address_gets_a_page_that_leads_on(
    context: BrowserContext, anywhere: str, wrong: str
) -> None:
    page = context.new_page()
    watched = Watched()
    watched.watch(page)
    answer = page.goto(anywhere + wrong)
    assert answer
    if wrong == "en/payment/4454":  # the host adds the slash
        expect(page).to_have_url(f"{anywhere}en/payment/4454/")
        return
    assert answer.status == 404
    for heading in ("找不到這個頁面", "Page not found"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    page.locator("section:lang(en) input").fill("4454")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{anywhere}en/?q=4454")
    expect_first_result(page, "/en/payment/4454/")
    assert not watched.faults


@pytest.mark.parametrize("width", [360, 768, 1280])
@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_scrolls_sideways(page: Page, address: str, locale: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for kind in KINDS:
        page.goto(f"{address}{locale}/{kind}")
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, kind


def test_the_message_is_copied_as_it_comes(
    context: BrowserContext, page: Page, address: str
) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"{address}en/order/1001/")
    page.get_by_role("button", name="Copy the API message").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "Order exsit"


def test_a_refused_clipboard_is_got_around(page: Page, address: str) -> None:
    page.goto(f"{address}en/order/1001/")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(Error('no')); }")
    page.evaluate(
        "() => { document.execCommand = () => { window.copied = document.activeElement.value;"
        " return true; }; }"
    )
    page.get_by_role("button", name="Copy the API message").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("window.copied") == "Order exsit"


def test_without_scripts_every_page_is_whole(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("link", name="SHOPLINE Payments error codes").click()
    expect(page.locator("noscript p")).to_be_visible()
    page.get_by_role("link", name="Payment", exact=True).first.click()
    page.locator("tr").get_by_role("link", name="4454", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("4454")
    # A button that could do nothing is not shown.
    expect(page.locator("button[data-copy]:visible")).to_have_count(0)
    context.close()
