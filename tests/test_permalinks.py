"""Short addresses: their spellings, and whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from errorcatalog.model import Catalog, Scenario
from errorcatalog.permalinks import permalinks, spellings
from errorcatalog.project import Project
from errorcatalog.views.permalink_pages import PermalinkViews
from support import ROOT, written_names

SITE_URL = "https://docs.example/codes/"


@pytest.fixture(scope="module")
def good() -> Catalog:
    return Project(ROOT / "tests" / "cases" / "good").load().catalog


def with_names(catalog: Catalog, code: str, names: Mapping[str, list[str]]) -> Catalog:
    """A catalog in which a code has other names, given by scenario."""

    def named(scenario: Scenario) -> Scenario:
        codes = [
            record.model_copy(update={"names": names.get(scenario.id, [])})
            if record.code == code
            else record
            for record in scenario.codes
        ]
        return replace(scenario, record=scenario.record.model_copy(update={"codes": codes}))

    return replace(catalog, scenarios=tuple(map(named, catalog.scenarios)))


@pytest.mark.parametrize(
    ("code", "prefix", "others"),
    [
        ("4454", None, []),
        ("4454", "ACME", ["ACME-4454", "acme-4454"]),
        ("TIMEOUT", None, ["timeout"]),
        ("TIMEOUT", "acme", ["acme-TIMEOUT", "acme-timeout", "timeout"]),
        ("A_B", None, ["A-B", "a-b", "a_b"]),
        ("a-1", "X", ["A-1", "X-A-1", "X-a-1", "x-A-1", "x-a-1"]),
        (
            "A_1",
            "X",
            [
                "A-1",
                "X-A-1",
                "X-A_1",
                "X-a-1",
                "X-a_1",
                "a-1",
                "a_1",
                "x-A-1",
                "x-A_1",
                "x-a-1",
                "x-a_1",
            ],
        ),
        # Small letters are written large too; letters of both kinds as they are, or small.
        ("timeout", None, ["TIMEOUT"]),
        ("not_found", None, ["NOT-FOUND", "NOT_FOUND", "not-found"]),
        ("NotFound", None, ["notfound"]),
        # A hyphen is none for an underscore, and a dot is itself.
        ("a-b.c", None, ["A-B.C"]),
        ("A", "A", ["A-A", "A-a", "a", "a-A", "a-a"]),
    ],
)
def test_a_code_has_these_other_spellings(code: str, prefix: str | None, others: list[str]) -> None:
    assert spellings(code, prefix) == others


def test_the_spellings_are_those_of_the_contract(catalog: Catalog) -> None:
    for link in permalinks(catalog):
        assert catalog.prefix is not None
        expected = {f"{name}/" for name in written_names(link.code, catalog.prefix)}
        assert {link.address, *link.spellings} == expected
        assert len({link.address, *link.spellings}) == 1 + len(link.spellings)


def test_a_code_of_two_scenarios_has_one_permalink_in_reading_order(good: Catalog) -> None:
    links = {link.code: link for link in permalinks(good)}
    assert list(links) == ["4450", "4454", "TIMEOUT", "1013"]
    assert [scenario.id for scenario, _ in links["TIMEOUT"].records] == ["payment", "refund"]
    assert [scenario.id for scenario, _ in links["1013"].records] == ["refund"]
    assert links["TIMEOUT"].address == "TIMEOUT/"


def test_another_name_leads_where_its_code_leads_in_the_same_spellings(good: Catalog) -> None:
    timeouts = {"payment": ["16", "Timed_Out"], "refund": ["16"]}
    named = replace(with_names(good, "TIMEOUT", timeouts), prefix="X")
    links = permalinks(named)
    assert [link.code for link in links] == [link.code for link in permalinks(good)]
    (link,) = (link for link in links if link.code == "TIMEOUT")
    assert link.names == ("16", "Timed_Out")
    assert link.address == "TIMEOUT/"
    assert [scenario.id for scenario, _ in link.records] == ["payment", "refund"]
    written = [*written_names("TIMEOUT", "X"), *written_names("16", "X")]
    written += written_names("Timed_Out", "X")
    assert sorted((link.address, *link.spellings)) == sorted(f"{name}/" for name in written)


def test_the_real_codes_of_two_scenarios_are_three(catalog: Catalog) -> None:
    links = permalinks(catalog)
    assert len(links) == 139
    assert {link.code: [item.id for item, _ in link.records] for link in links} | {
        "1004": ["order", "onboarding"],
        "1904": ["general", "onboarding"],
        "URL_NOT_FOUND": ["connect", "onboarding"],
    } == {link.code: [item.id for item, _ in link.records] for link in links}
    assert sum(len(link.records) > 1 for link in links) == 3


def test_a_permalink_of_two_scenarios_offers_both_and_chooses_neither(good: Catalog) -> None:
    views = PermalinkViews(good, SITE_URL)
    link = next(link for link in permalinks(good) if link.code == "TIMEOUT")
    view = views.of_code(link)
    assert not view.forwards
    assert view.alternates == ()
    assert [[text.href for text in entry.texts] for entry in view.entries] == [
        ["../zh-TW/payment/TIMEOUT/", "../en/payment/TIMEOUT/"],
        ["../zh-TW/refund/TIMEOUT/", "../en/refund/TIMEOUT/"],
    ]
    assert [entry.message for entry in view.entries] == ["The payment failed.", "Refund timed out"]
    # What both say alike is said once.
    assert view.title == "TIMEOUT 逾時 · The request timed out"
    assert view.description == (
        "逾時 · The request timed out. · The payment failed. · Refund timed out"
    )


def test_a_permalink_of_one_scenario_leads_on(good: Catalog) -> None:
    link = next(link for link in permalinks(good) if link.code == "4450")
    view = PermalinkViews(good, SITE_URL).of_code(link)
    assert view.forwards
    assert view.title == "4450 未完成驗證 · Authentication not completed"
    assert view.canonical == "https://docs.example/codes/4450/"
    assert view.alternates == (
        ("zh-TW", "https://docs.example/codes/zh-TW/payment/4450/"),
        ("en", "https://docs.example/codes/en/payment/4450/"),
    )


def test_a_record_of_a_code_of_two_scenarios_has_an_address_of_its_own(good: Catalog) -> None:
    scenario, code = next(
        (item, code)
        for item, code in good.records()
        if (item.id, code.code) == ("refund", "TIMEOUT")
    )
    view = PermalinkViews(good, SITE_URL).of_record(scenario, code)
    assert view.forwards
    assert view.canonical == "https://docs.example/codes/refund/TIMEOUT/"
    (entry,) = view.entries
    assert [text.href for text in entry.texts] == [
        "../../zh-TW/refund/TIMEOUT/",
        "../../en/refund/TIMEOUT/",
    ]


def test_there_is_no_full_address_where_that_of_the_site_is_not_known(good: Catalog) -> None:
    view = PermalinkViews(good, "").of_code(permalinks(good)[0])
    assert (view.canonical, view.alternates) == ("", ())


def test_no_record_of_the_ledger_is_without_its_spellings(catalog: Catalog) -> None:
    ledger = Path(ROOT / "catalog" / "permalinks.txt").read_text(encoding="utf-8")
    published = [line.split() for line in ledger.splitlines() if not line.startswith("#")]
    assert len(published) == 142
    answering = {name for link in permalinks(catalog) for name in (link.address, *link.spellings)}
    for _, code in published:
        assert {f"{name}/" for name in written_names(code, "SLP")} <= answering
