"""The pages under the policy that they are served with, in a real browser, and behind nginx.

Every test of this folder runs under it: what a policy refuses is an error in the console, and
`conftest.Watched` lets no such thing pass. Here is that it is in force, and that each kind of page
is used in every way.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from support import Site, serve
from web_server import nginx

LOCALES = ("zh-TW", "en")
KINDS = (
    "",
    "payment/",
    "payment/4454/",
    "codes/",
    "changes/",
    "about/",
    "programs/",
    "linking/",
)
WITHOUT_LOCALE = ("", "4454/", "1004/", "4999/")

# Keeps what the policy refuses, also before any script of the page runs.
KEEP = """
window.refused = [];
addEventListener("securitypolicyviolation", (event) => {
  window.refused.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`);
});
"""


@pytest.fixture
def kept(page: Page) -> Page:
    """A page that keeps what it was refused."""
    page.add_init_script(KEEP)
    return page


def refused(page: Page) -> list[str]:
    return list(page.evaluate("window.refused"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_refused_on_a_page_that_is_used(
    kept: Page, address: str, locale: str, kind: str
) -> None:
    context = kept.context
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    kept.goto(f"{address}{locale}/{kind}")
    # The colours, three times round; the menu of languages.
    for _ in range(3):
        kept.locator("label[for^=__palette]:not([hidden])").first.click()
    kept.locator(".md-select button").hover()
    # Buttons that copy.
    kept.evaluate("""
      [...document.querySelectorAll("main button")].slice(0, 8).forEach((it) => it.click());
    """)
    # The list, narrowed.
    if kind == "codes/":
        kept.locator("#_filter input[name=text]").fill("card")
        kept.locator("#_filter select").first.select_option(index=1)
        kept.locator("#_filter [type=reset]").click()
    # Search, and its results.
    kept.locator(".md-search__input").click()
    kept.locator(".md-search__input").press_sequentially("4454 card")
    expect(kept.locator(".md-search-result__link").first).to_be_visible()
    kept.keyboard.press("Escape")
    assert refused(kept) == []


def test_nothing_is_refused_at_an_address_without_a_language(kept: Page, address: str) -> None:
    for path in WITHOUT_LOCALE:
        kept.goto(f"{address}{path}")
        kept.wait_for_load_state("networkidle")
        assert refused(kept) == [], path


def test_a_script_that_the_theme_did_not_write_does_not_run(
    context: BrowserContext, address: str
) -> None:
    page = context.new_page()
    page.add_init_script(KEEP)
    page.goto(f"{address}en/payment/4454/")
    page.evaluate("""
      const script = document.createElement("script");
      script.textContent = "window.taken = 1";
      document.body.append(script);
      document.body.insertAdjacentHTML("beforeend", `
        <img src="data:," onerror="window.taken = 2">
        <p id="styled" style="position: fixed">x</p>
        <style>#styled { color: red }</style>
        <base href="https://attacker.example/">
        <iframe src="https://attacker.example/"></iframe>`);
    """)
    page.wait_for_timeout(200)
    found = {line.split()[0] for line in refused(page)}
    assert {"script-src-elem", "script-src-attr", "style-src-attr", "style-src-elem"} <= found
    assert {"base-uri", "frame-src"} <= found
    assert page.evaluate("window.taken") is None
    style = "getComputedStyle(document.getElementById('styled'))"
    assert page.evaluate(f"{style}.position") == "static"


def test_no_page_can_be_framed(context: BrowserContext, address: str, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        f'<!doctype html><title>x</title><iframe src="{address}en/payment/4454/"></iframe>',
        encoding="utf-8",
    )
    page = context.new_page()
    with serve(tmp_path) as other:
        page.goto(other)
        page.wait_for_load_state("networkidle")
        assert "4454" not in page.frames[1].content()


@pytest.fixture(scope="module")
def behind_nginx(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with nginx(tmp_path_factory.mktemp("nginx"), {"/codes/": site.folder}) as server:
        yield f"{server.url}/codes/"


def test_behind_nginx_the_root_leads_to_the_browsers_language_and_then_to_the_chosen_one(
    page: Page, behind_nginx: str
) -> None:
    page.goto(f"{behind_nginx}?q=4454")
    expect(page).to_have_url(f"{behind_nginx}en/?q=4454")
    page.goto(f"{behind_nginx}en/payment/4454/")
    page.get_by_role("button", name="Select language").hover()
    page.get_by_role("link", name="繁體中文").click()
    expect(page).to_have_url(f"{behind_nginx}zh-TW/payment/4454/")
    page.goto(f"{behind_nginx}?q=4454")
    expect(page).to_have_url(f"{behind_nginx}zh-TW/?q=4454")
    # Whoever asks for a language gets it.
    page.goto(f"{behind_nginx}en/")
    page.wait_for_load_state("networkidle")
    assert page.url == f"{behind_nginx}en/"


def test_behind_nginx_a_page_is_searched_and_a_permalink_leads_on(
    page: Page, behind_nginx: str
) -> None:
    page.goto(f"{behind_nginx}4454")
    expect(page).to_have_url(f"{behind_nginx}en/payment/4454/")
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").press_sequentially("4454")
    expect(page.locator(".md-search-result__link").first).to_be_visible()
