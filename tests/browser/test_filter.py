"""The list of all codes, narrowed in a real browser."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

LOCALES = ("zh-TW", "en")


def test_the_list_is_narrowed_and_the_choice_kept_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}en/codes/")
    rows = page.locator(".ref-table--all tbody tr:visible")
    expect(rows).to_have_count(142)
    page.get_by_label("Scenario").select_option("refund")
    expect(rows).to_have_count(18)
    page.get_by_label("Text").fill("balance")
    expect(rows).to_have_count(2)
    expect(page.get_by_role("status").first).to_contain_text("2 of 142")
    expect(page).to_have_url(f"{address}en/codes/?text=balance&scenario=refund")
    page.reload()
    expect(rows).to_have_count(2)
    page.get_by_role("button", name="Clear filters").click()
    expect(rows).to_have_count(142)
    expect(page).to_have_url(f"{address}en/codes/")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_filtered_list_can_be_linked(page: Page, address: str, locale: str) -> None:
    page.goto(f"{address}{locale}/codes/?retry=check-first&party=channel")
    expect(page.locator("#_filter")).to_be_visible()
    rows = page.locator(".ref-table--all tbody tr:visible")
    labels = rows.locator("a.ref-label").evaluate_all("all => all.map(a => a.dataset.value)")
    assert labels
    assert set(labels) == {"check-first", "channel"}


def test_a_label_leads_to_its_explanation(page: Page, address: str) -> None:
    page.goto(f"{address}en/payment/4454/")
    page.locator(".ref-states a").last.click()
    expect(page).to_have_url(f"{address}en/codes/#_retry-after-fix")
    expect(page.locator("[id='_retry-after-fix']")).to_be_in_viewport()


def test_without_scripts_the_list_is_whole(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}en/codes/?scenario=refund")
    expect(page.locator(".ref-table--all tbody tr:visible")).to_have_count(142)
    expect(page.locator("#_filter")).to_be_hidden()
    context.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_screen_of_a_phone_answers(page: Page, address: str, locale: str) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{address}{locale}/payment/4454/")
    for part in (".ref-head__code", ".ref-head__heading", ".ref-states", ".ref-action"):
        box = page.locator(part).bounding_box()
        assert box
        assert box["y"] + box["height"] <= 740, part
