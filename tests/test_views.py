"""What a template sees: the small catalogue of `cases/good`, and the real one where it matters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

import pytest

from errorcatalog import addresses
from errorcatalog.diagnostics import Place
from errorcatalog.locales import Locale
from errorcatalog.model import Catalog, ErrorCode, Scenario
from errorcatalog.project import Project
from errorcatalog.views.code_page import CodeView, code_view
from errorcatalog.views.home_page import HomeView, code_ranges, home_view
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.pages import pages
from errorcatalog.views.parts import headings_of
from errorcatalog.views.sample import sample
from errorcatalog.views.site_files import chooser_view, not_found_view, sitemap_view
from errorcatalog.views.table_pages import ScenarioView, scenario_view
from support import ROOT


@pytest.fixture(scope="module")
def good() -> Catalog:
    return Project(ROOT / "tests" / "cases" / "good").load().catalog


def locale_of(catalog: Catalog, locale_id: str) -> Locale:
    return next(locale for locale in catalog.locales if locale.id == locale_id)


def home(catalog: Catalog, locale_id: str) -> HomeView:
    return home_view(catalog, locale_of(catalog, locale_id))


def scenario(catalog: Catalog, locale_id: str, scenario_id: str) -> ScenarioView:
    found = next(item for item in catalog.scenarios if item.id == scenario_id)
    return scenario_view(Lookup.of(catalog), locale_of(catalog, locale_id), found)


def code(catalog: Catalog, locale_id: str, scenario_id: str, code_id: str) -> CodeView:
    found, record = next(
        (item, record)
        for item, record in catalog.records()
        if (item.id, record.code) == (scenario_id, code_id)
    )
    return code_view(Lookup.of(catalog), locale_of(catalog, locale_id), found, record)


# Ranges of codes


@pytest.mark.parametrize(
    ("codes", "ranges"),
    [
        (["4454"], ("4454",)),
        (["4450", "4451", "4468"], ("4450–4468",)),
        (["4499", "4500"], ("4499", "4500")),
        (["4451", "1012", "4450"], ("1012", "4450–4451")),
        (["99", "0012", "100", "11"], ("11–99", "100", "0012")),
        (["TIMEOUT", "4454", "ACCESS_DENIED", "E42"], ("4454", "TIMEOUT", "ACCESS_DENIED", "E42")),
        ([], ()),
    ],
)
def test_numbers_are_grouped_by_hundreds_and_words_kept(
    codes: list[str], ranges: tuple[str, ...]
) -> None:
    assert code_ranges(codes) == ranges


def test_every_real_code_is_in_a_range_of_its_scenario(catalog: Catalog) -> None:
    for item in catalog.scenarios:
        ends = [part.split("–") for part in code_ranges(code.code for code in item.codes)]
        for record in item.codes:
            assert any(end[0] <= record.code <= end[-1] for end in ends), record.code


# Home


def test_home_shows_groups_in_order_and_counts_their_codes(good: Catalog) -> None:
    view = home(good, "en")
    (group,) = view.groups
    assert [(item.title, item.href, item.count) for item in group.scenarios] == [
        ("Payment", "payment/", 3),
        ("Refund", "refund/", 2),
    ]
    assert group.scenarios[0].ranges == ("4450–4454", "TIMEOUT")
    assert view.count == 5


def test_the_real_home_counts_every_code_once_per_scenario(catalog: Catalog) -> None:
    assert home(catalog, "en").count == sum(1 for _ in catalog.records())


# Scenario


def test_a_scenario_page_lists_its_codes_in_order(good: Catalog) -> None:
    view = scenario(good, "en", "payment")
    assert (view.title, view.group, view.count) == ("Payment", "Transaction error codes", 3)
    assert [(row.code, row.href) for row in view.rows] == [
        ("4450", "4450/"),
        ("4454", "4454/"),
        ("TIMEOUT", "TIMEOUT/"),
    ]


# The heading of a code


def test_a_title_is_the_heading_and_the_description_the_meaning(good: Catalog) -> None:
    view = code(good, "en", "payment", "4450")
    assert view.heading == "Authentication not completed"
    assert view.meaning == "The cardholder did not complete authentication; the payment failed."


def test_a_description_that_is_the_heading_is_not_said_again(good: Catalog) -> None:
    view = code(good, "en", "payment", "4454")
    assert view.heading == "The card does not have enough balance"
    assert view.meaning is None
    assert view.description == "The card does not have enough balance."


@pytest.mark.parametrize(
    ("text", "heading"),
    [("No funds.", "No funds"), ("餘額不足。", "餘額不足"), ("Wait...", "Wait..."), ("。", "。")],
)
def test_a_heading_loses_a_full_stop_and_nothing_else(
    good: Catalog, text: str, heading: str
) -> None:
    code = good.scenarios[0].codes[0].model_copy(update={"title": {"en": text}})
    assert headings_of(code) == {"en": heading}


def test_a_heading_has_no_full_stop_in_any_language(catalog: Catalog) -> None:
    found = [page for locale in catalog.locales for page in pages(Lookup.of(catalog), locale)]
    headings = [page.heading for page in found if isinstance(page, CodeView)]
    assert len(headings) == len(catalog.locales) * sum(1 for _ in catalog.records())
    assert [heading for heading in headings if heading.endswith((".", "。"))] == []


def test_published_wording_is_in_the_language_of_the_default_locale(good: Catalog) -> None:
    view = code(good, "en", "payment", "4450")
    assert (view.published, view.published_language) == ("持卡人未完成驗証,付款失敗", "zh-TW")


# The codes around it


@pytest.mark.parametrize(
    ("code_id", "before", "after"),
    [
        ("4450", None, ("4454", "../4454/")),
        ("4454", ("4450", "../4450/"), ("TIMEOUT", "../TIMEOUT/")),
        ("TIMEOUT", ("4454", "../4454/"), None),
    ],
)
def test_neighbours_are_the_codes_around_it_in_its_scenario(
    code_id: str,
    before: tuple[str, str] | None,
    after: tuple[str, str] | None,
    good: Catalog,
) -> None:
    view = code(good, "en", "payment", code_id)
    links = [view.previous, view.next]
    assert [link and (link.code, link.href) for link in links] == [before, after]


# The same code in another scenario


def test_another_scenario_with_the_same_code_is_told_with_what_differs(good: Catalog) -> None:
    (other,) = code(good, "en", "payment", "TIMEOUT").other_scenarios
    assert (other.title, other.href) == ("Refund", "../../refund/TIMEOUT/")
    assert other.description is None
    assert other.message == "Refund timed out"
    assert other.differs


def test_a_code_of_one_scenario_stands_in_no_other(good: Catalog) -> None:
    assert code(good, "en", "payment", "4454").other_scenarios == ()


@pytest.mark.parametrize(
    ("code_id", "places", "differs"),
    [
        ("1004", ("order", "onboarding"), {"description", "message"}),
        ("1904", ("general", "onboarding"), {"message"}),
        ("URL_NOT_FOUND", ("connect", "onboarding"), set()),
    ],
)
@pytest.mark.parametrize("locale_id", ["zh-TW", "en"])
def test_the_real_codes_that_stand_in_two_scenarios_lead_to_each_other(
    locale_id: str,
    code_id: str,
    places: tuple[str, str],
    differs: set[str],
    catalog: Catalog,
) -> None:
    for here, there in (places, places[::-1]):
        (other,) = code(catalog, locale_id, here, code_id).other_scenarios
        twin = code(catalog, locale_id, there, code_id)
        assert other.href == f"../../{there}/{code_id}/"
        assert other.description == (twin.description if "description" in differs else None)
        assert other.message == (twin.message if "message" in differs else None)
        assert other.differs is bool(differs)


# Other codes with the same message


def test_codes_with_the_same_message_are_listed(good: Catalog) -> None:
    (link,) = code(good, "en", "payment", "4450").same_message
    assert (link.code, link.heading, link.href) == (
        "TIMEOUT",
        "The request timed out",
        "../TIMEOUT/",
    )


def test_a_message_of_its_own_is_shared_with_none(good: Catalog) -> None:
    assert code(good, "en", "refund", "TIMEOUT").same_message == ()


@pytest.mark.parametrize("code_id", ["3000", "3001", "3002", "3003", "3004"])
def test_the_real_risk_control_codes_name_each_other(code_id: str, catalog: Catalog) -> None:
    links = code(catalog, "en", "payment", code_id).same_message
    everyone = ["3000", "3001", "3002", "3003", "3004"]
    assert [link.code for link in links] == [other for other in everyone if other != code_id]


def test_a_message_is_found_again_in_other_scenarios(catalog: Catalog) -> None:
    links = code(catalog, "en", "order", "4103").same_message
    assert [(link.code, link.href) for link in links] == [
        ("4107", "../4107/"),
        ("4600", "../../payment/4600/"),
    ]


def test_the_same_code_elsewhere_is_no_other_code_with_its_message(catalog: Catalog) -> None:
    view = code(catalog, "en", "connect", "URL_NOT_FOUND")
    assert view.same_message == ()
    assert len(view.other_scenarios) == 1


# Sections


@pytest.mark.parametrize(
    ("scenario_id", "code_id", "sections"),
    [
        ("payment", "4454", ["message"]),
        ("payment", "4450", ["message", "same-message"]),
        ("refund", "TIMEOUT", ["message", "other-scenarios"]),
        ("payment", "TIMEOUT", ["message", "other-scenarios", "same-message"]),
    ],
)
def test_a_page_has_the_sections_that_have_content(
    scenario_id: str, code_id: str, sections: list[str], good: Catalog
) -> None:
    view = code(good, "en", scenario_id, code_id)
    assert [section.id for section in view.sections] == sections
    assert all(section.title for section in view.sections)


# All pages


def addresses_of(catalog: Catalog, locale: Locale) -> Iterator[str]:
    yield addresses.home(locale.id)
    yield addresses.all_codes(locale.id)
    yield addresses.changes(locale.id)
    for item in catalog.scenarios:
        yield addresses.scenario(locale.id, item.id)
        yield from (addresses.code(locale.id, item.id, record.code) for record in item.codes)


def test_every_address_has_one_page_in_reading_order(catalog: Catalog) -> None:
    for locale in catalog.locales:
        listed = [page.address for page in pages(Lookup.of(catalog), locale)]
        assert listed == list(addresses_of(catalog, locale))
        assert len(set(listed)) == len(listed)


def test_the_way_up_leads_home_and_to_the_scenario(good: Catalog) -> None:
    view = code(good, "zh-TW", "refund", "1013")
    assert [(link.text, link.href) for link in view.breadcrumbs] == [
        ("首頁", "../../"),
        ("退款", "../"),
    ]
    assert view.row_href == "../#1013"


def test_a_page_names_the_file_to_edit(good: Catalog) -> None:
    assert code(good, "en", "refund", "1013").source == Place("catalog/scenarios/refund.yml", 7, 5)
    assert home(good, "en").source == Place("catalog/catalog.yml")


def test_the_chooser_begins_with_the_default_locale(good: Catalog) -> None:
    view = chooser_view(good)
    assert [(item.locale.id, item.href) for item in view.locales] == [
        ("zh-TW", "zh-TW/"),
        ("en", "en/"),
    ]
    assert view.default.locale is good.default_locale


def test_the_page_for_wrong_addresses_links_from_the_root_of_the_site(good: Catalog) -> None:
    view = not_found_view(good, base="/codes/", report_url="")
    assert [item.href for item in view.locales] == ["/codes/zh-TW/", "/codes/en/"]


def test_a_sitemap_gives_each_page_in_every_locale(good: Catalog) -> None:
    listed = ["en/", "en/payment/4454/"]
    site_url = "https://docs.example/codes/"
    view = sitemap_view(good, locale_of(good, "en"), listed, site_url=site_url)
    entry = view.entries[1]
    assert entry.location == "https://docs.example/codes/en/payment/4454/"
    assert entry.alternates == (
        ("zh-TW", "https://docs.example/codes/zh-TW/payment/4454/"),
        ("en", "https://docs.example/codes/en/payment/4454/"),
    )


# The sample that the check renders


def parts(catalog: Catalog) -> set[tuple[str, str, bool]]:
    """What a page of each kind has, and what it is without."""
    lookup = Lookup.of(catalog)
    views = (view for locale in catalog.locales for view in pages(lookup, locale))
    return {
        (type(view).__name__, item.name, bool(getattr(view, item.name)))
        for view in views
        for item in fields(view)
    }


def test_the_sample_of_a_catalogue_has_every_part_that_its_pages_have(catalog: Catalog) -> None:
    # Pages of changes are checked whole: they name codes that a sample has not.
    assert parts(sample(catalog)) == parts(replace(catalog, changes=()))


def test_the_sample_says_the_same_of_other_records(good: Catalog) -> None:
    assert parts(sample(good)) == parts(good)


def test_a_sample_is_no_larger_where_there_are_more_codes_of_a_kind(catalog: Catalog) -> None:
    twice = tuple(
        replace(item, record=item.record.model_copy(update={"codes": [*item.codes, *more(item)]}))
        for item in catalog.scenarios
    )
    large = replace(catalog, scenarios=twice)
    assert len(list(sample(large).records())) == len(list(sample(catalog).records()))


def more(scenario: Scenario) -> list[ErrorCode]:
    """Other codes that are like a scenario's."""
    return [
        item.model_copy(update={"code": f"{item.code}.1", "message": f"{item.message} Again."})
        for item in scenario.codes
    ]


def test_no_scenario_of_a_sample_is_empty(catalog: Catalog) -> None:
    small = sample(catalog)
    assert [item.id for item in small.scenarios] == [item.id for item in catalog.scenarios]
    assert all(item.codes for item in small.scenarios)
