"""Every address of the site."""

from __future__ import annotations

import pytest

from errorcatalog import addresses


def test_the_addresses_are_those_of_the_contract() -> None:
    assert addresses.CHOOSER == ""
    assert addresses.home("zh-TW") == "zh-TW/"
    assert addresses.scenario("en", "card-binding") == "en/card-binding/"
    assert addresses.code("en", "payment", "4454") == "en/payment/4454/"
    assert addresses.row("en", "payment", "4454") == "en/payment/#4454"
    assert addresses.search_index("en") == "en/search/search_index.json"
    assert addresses.sitemap("en") == "en/sitemap.xml"


@pytest.mark.parametrize(
    ("address", "translated"),
    [("en/", "zh-TW/"), ("en/payment/", "zh-TW/payment/"), ("en/en/en/", "zh-TW/en/en/")],
)
def test_a_page_has_the_same_address_in_another_locale(address: str, translated: str) -> None:
    assert addresses.in_locale(address, "en", "zh-TW") == translated


@pytest.mark.parametrize(
    ("address", "inside"),
    [("en/", True), ("en/payment/", True), ("", False), ("zh-TW/en/", False), ("enough/", False)],
)
def test_an_address_is_in_the_locale_it_begins_with(address: str, inside: bool) -> None:
    assert addresses.is_in(address, "en") is inside


@pytest.mark.parametrize(
    ("target", "start", "link"),
    [
        # downwards, upwards, sideways
        ("en/payment/4454/", "en/payment/", "4454/"),
        ("en/payment/", "en/payment/4454/", "../"),
        ("en/", "en/payment/4454/", "../../"),
        ("en/refund/1013/", "en/payment/4454/", "../../refund/1013/"),
        ("zh-TW/payment/", "en/payment/", "../../zh-TW/payment/"),
        # from and to the root
        ("en/", "", "en/"),
        ("assets/", "", "assets/"),
        ("", "", "./"),
        ("", "en/payment/", "../../"),
        # the page itself
        ("en/payment/", "en/payment/", "./"),
        # files
        ("en/sitemap.xml", "en/", "sitemap.xml"),
        ("en/sitemap.xml", "en/payment/", "../sitemap.xml"),
        ("catalog.json", "en/", "../catalog.json"),
        # anchors
        ("en/payment/#4454", "en/payment/", "#4454"),
        ("en/payment/#4454", "en/payment/4454/", "../#4454"),
        ("en/payment/#4454", "en/", "payment/#4454"),
        # names that begin alike
        ("en/pay/", "en/payment/", "../pay/"),
    ],
)
def test_links_are_relative_to_the_page_that_shows_them(target: str, start: str, link: str) -> None:
    assert addresses.relative(target, start) == link


@pytest.mark.parametrize(
    ("address", "source", "output"),
    [
        ("", "index.md", "index.html"),
        ("en/", "en/index.md", "en/index.html"),
        ("en/connect/README/", "en/connect/README/index.md", "en/connect/README/index.html"),
    ],
)
def test_a_page_is_the_index_of_its_folder(address: str, source: str, output: str) -> None:
    assert addresses.source_uri(address) == source
    assert addresses.output_file(address) == output


def test_a_file_answers_at_its_own_name() -> None:
    assert addresses.output_file("en/sitemap.xml") == "en/sitemap.xml"


@pytest.mark.parametrize("site_url", ["https://docs.example/codes/", "https://docs.example/codes"])
def test_a_full_address_is_below_that_of_the_site(site_url: str) -> None:
    assert addresses.absolute(site_url, "en/payment/") == "https://docs.example/codes/en/payment/"


def test_there_is_no_full_address_where_that_of_the_site_is_not_known() -> None:
    assert addresses.absolute("", "en/payment/") == ""


@pytest.mark.parametrize(
    ("site_url", "path"),
    [
        ("https://docs.example/codes/v2/", "/codes/v2/"),
        ("https://docs.example/codes", "/codes/"),
        ("https://docs.example/", "/"),
        ("https://docs.example", "/"),
        ("", "/"),
    ],
)
def test_the_root_path_begins_and_ends_with_a_slash(site_url: str, path: str) -> None:
    assert addresses.root_path(site_url) == path
