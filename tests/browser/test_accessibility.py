"""Every kind of page, by axe-core: WCAG 2.2 A and AA, and its own best practices."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from support import Site, serve

MOUNT = "/codes/"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice")

Scheme = Literal["dark", "light"]

# A phone in the dark and a desktop in the light: each width and each scheme once.
READERS: dict[str, tuple[Scheme, int]] = {
    "dark-phone": ("dark", 360),
    "light-desktop": ("light", 1280),
}

# Of pages with many rows alike, a few rows.
CODES = "codes/?scenario=sdk"
OF_A_LOCALE = ("", "sdk/", "payment/4454/", "order/1004/", CODES, "changes/", "programs/")
OF_ALL = ("", "4454/", "URL_NOT_FOUND/", "9999/", "nothing/at/all/")


@pytest.fixture(scope="module")
def served(site: Site) -> Iterator[str]:
    with serve(site.folder, mount=MOUNT) as url:
        yield url


@pytest.fixture(scope="module", params=READERS)
def reader(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    scheme, width = READERS[request.param]
    context = browser.new_context(
        color_scheme=scheme,
        viewport={"width": width, "height": 800},
        reduced_motion="reduce",
        locale="en-US",
    )
    # Pages that lead on stay, as they do where no script runs.
    context.route("**/forward.js", lambda route: route.fulfill(body=""))
    yield context
    context.close()


def violations(page: Page, part: str = "html") -> list[str]:
    found = Axe().run(page, part, {"runOnly": list(TAGS)}).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:200]}: {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"][:3]
    ]


@pytest.mark.parametrize("locale", ["zh-TW", "en"])
@pytest.mark.parametrize("kind", OF_A_LOCALE)
def test_a_page_can_be_used_by_everybody(
    reader: BrowserContext, served: str, locale: str, kind: str
) -> None:
    page = reader.new_page()
    page.goto(f"{served}{locale}/{kind}", wait_until="networkidle")
    assert violations(page) == []
    page.close()


@pytest.mark.parametrize("address", OF_ALL)
def test_a_page_in_all_languages_can_be_used_by_everybody(
    reader: BrowserContext, served: str, address: str
) -> None:
    page = reader.new_page()
    page.goto(served + address, wait_until="networkidle")
    assert violations(page) == []
    page.close()


FOUND: dict[str, Callable[[Page], None]] = {
    "4454": lambda page: expect(page.locator(".ref-hit__code").first).to_be_visible(),
    "xyzzy": lambda page: expect(page.locator("[data-ways-on]").first).to_be_visible(),
}


@pytest.mark.parametrize("locale", ["zh-TW", "en"])
@pytest.mark.parametrize("query", FOUND)
def test_search_can_be_used_by_everybody(
    reader: BrowserContext, served: str, locale: str, query: str
) -> None:
    page = reader.new_page()
    page.goto(f"{served}{locale}/payment/4454/?q={query}")
    FOUND[query](page)
    # What it covers is no part of it.
    assert violations(page, "[data-md-component=search]") == []
    page.close()


def test_a_table_laid_out_in_blocks_is_still_one(reader: BrowserContext, served: str) -> None:
    page = reader.new_page()
    page.goto(f"{served}en/transfer/")
    table = page.get_by_role("table", name="Error codes of the scenario Transfer")
    for role, count in (("row", 2), ("rowheader", 2), ("cell", 4)):
        expect(table.locator(f"tbody [role={role}], tbody[role={role}]")).to_have_count(count)
    page.close()
