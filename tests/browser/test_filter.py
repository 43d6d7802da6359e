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
    expect(page.locator(".ref-filter__count")).to_contain_text("2 of 142")
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


@pytest.mark.parametrize("text", ["code=4454 and 4459", "insufficient funds", "22xx", "SLP-4454"])
def test_the_text_finds_what_the_search_box_finds(page: Page, address: str, text: str) -> None:
    page.goto(f"{address}en/codes/")
    page.get_by_label("Text").fill(text)
    rows = page.locator(".ref-table--all tbody tr:visible")
    expect(rows).not_to_have_count(142)
    listed = rows.locator(".ref-row__code").all_text_contents()
    page.locator(".md-search__input").click()
    page.locator(".md-search__input").fill(text)
    expect(page.locator(".ref-hit__code")).to_have_text([code.strip() for code in listed][:10])


def test_going_back_to_a_filtered_list_shows_what_its_form_says(page: Page, address: str) -> None:
    page.goto(f"{address}en/codes/?text=4454")
    rows = page.locator(".ref-table--all tbody tr:visible")
    expect(rows).to_have_count(1)
    rows.first.get_by_role("link").first.click()
    page.go_back()
    expect(page.get_by_label("Text")).to_have_value("4454")
    expect(rows).to_have_count(1)


def test_another_language_keeps_the_filter(page: Page, address: str) -> None:
    page.goto(f"{address}en/codes/")
    page.get_by_label("Who acts").select_option("payer")
    page.get_by_role("button", name="Select language").hover()
    page.get_by_role("link", name="繁體中文").click()
    expect(page).to_have_url(f"{address}zh-TW/codes/?party=payer")


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
