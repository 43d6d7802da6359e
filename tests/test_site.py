"""The built site, parsed and held against the catalogue."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree, html

from errorcatalog.model import Catalog, ErrorCode, Scenario
from support import ROOT, Site, build

LOCALES = ("zh-TW", "en")
SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def records(catalog: Catalog) -> Iterator[tuple[str, Scenario, ErrorCode]]:
    for locale in LOCALES:
        for scenario, code in catalog.records():
            yield locale, scenario, code


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def one(page: html.HtmlElement, selector: str) -> html.HtmlElement:
    found = page.cssselect(selector)
    assert len(found) == 1, f"{len(found)} of {selector}"
    return found[0]


def test_there_are_just_the_pages_of_the_contract(site: Site, catalog: Catalog) -> None:
    expected = {"", "404.html"}
    for locale in LOCALES:
        expected |= {f"{locale}/", f"{locale}/about/"}
        expected |= {f"{locale}/{scenario.id}/" for scenario in catalog.scenarios}
    expected |= {
        f"{locale}/{scenario.id}/{code.code}/" for locale, scenario, code in records(catalog)
    }
    assert site.pages.keys() == expected
    assert len(expected) == 2 + 2 * (2 + 12 + 142)


def test_a_code_page_says_what_the_catalogue_says(site: Site, catalog: Catalog) -> None:
    for locale, scenario, code in records(catalog):
        page = site.page(f"{locale}/{scenario.id}/{code.code}/")
        heading = (code.title or code.description)[locale].rstrip("。.")
        assert text(one(page, "h1")) == f"{code.code} {heading}"
        assert one(page, ".ref-message code").text_content() == code.message
        assert one(page, "button[data-copy]").get("data-copy") == code.message
        if code.title:
            assert text(one(page, ".ref-meaning")) == code.description[locale]
        facts = text(one(page, ".ref-page > .ref-facts"))
        assert scenario.title[locale] in facts
        assert scenario.group.title[locale] in facts
        assert (code.source in facts) if code.source else True


def test_a_scenario_page_lists_its_codes_in_order(site: Site, catalog: Catalog) -> None:
    for locale in LOCALES:
        for scenario in catalog.scenarios:
            page = site.page(f"{locale}/{scenario.id}/")
            rows = page.cssselect("tbody tr")
            assert [row.get("id") for row in rows] == [code.code for code in scenario.codes]
            for row, code in zip(rows, scenario.codes, strict=True):
                cells = [cell.text_content().strip() for cell in row]
                assert cells == [code.code, code.description[locale], code.message]


def test_the_home_page_leads_to_every_scenario(site: Site, catalog: Catalog) -> None:
    for locale in LOCALES:
        page = site.page(f"{locale}/")
        links = {link.get("href"): text(link) for link in page.cssselect(".ref-scenario__link")}
        assert links == {f"{item.id}/": item.title[locale] for item in catalog.scenarios}
        form = one(page, "form.ref-lookup")
        assert (form.get("method"), form.get("action")) == ("get", "./")
        assert one(page, "form.ref-lookup input").get("name") == "q"


@pytest.mark.parametrize(
    ("address", "others"),
    [
        ("en/order/1004/", ["../../onboarding/1004/"]),
        ("en/general/1904/", ["../../onboarding/1904/"]),
        ("en/connect/URL_NOT_FOUND/", ["../../onboarding/URL_NOT_FOUND/"]),
        ("en/payment/4454/", []),
    ],
)
def test_a_code_that_stands_in_two_scenarios_says_so(
    site: Site, address: str, others: list[str]
) -> None:
    page = site.page(address)
    assert [link.get("href") for link in page.cssselect(".ref-other__link")] == others


def test_what_differs_between_two_scenarios_is_told(site: Site) -> None:
    both = text(one(site.page("en/order/1004/"), ".ref-other"))
    assert "The request header is invalid" in both
    message_only = one(site.page("en/general/1904/"), ".ref-other")
    assert [text(term) for term in message_only.cssselect("dt")] == ["API message"]
    assert "are the same as on this page" in text(
        one(site.page("en/connect/URL_NOT_FOUND/"), ".ref-other")
    )


@pytest.mark.parametrize(
    ("address", "codes"),
    [
        ("en/payment/3000/", ["3001", "3002", "3003", "3004"]),
        ("en/payment/4600/", ["4103", "4107"]),
        ("en/payment/4454/", []),
        ("en/connect/URL_NOT_FOUND/", []),
    ],
)
def test_codes_with_the_same_message_are_linked(site: Site, address: str, codes: list[str]) -> None:
    links = site.page(address).cssselect(".ref-codes__link .ref-code")
    assert [link.text_content() for link in links] == codes


def test_previous_and_next_walk_through_the_scenario(site: Site, catalog: Catalog) -> None:
    for locale, scenario, code in records(catalog):
        codes = [item.code for item in scenario.codes]
        index = codes.index(code.code)
        page = site.page(f"{locale}/{scenario.id}/{code.code}/")
        for relation, neighbours in (
            ("prev", codes[:index][-1:]),
            ("next", codes[index + 1 :][:1]),
        ):
            expected = [f"../{neighbour}/" for neighbour in neighbours]
            found = [link.get("href") for link in page.cssselect(f"main a[rel={relation}]")]
            assert found == expected
            head = [link.get("href") for link in page.cssselect(f"head link[rel={relation}]")]
            assert head == expected


def test_every_page_speaks_its_language(site: Site, catalog: Catalog) -> None:
    names = {locale.id: locale.site_name for locale in catalog.locales}
    searching = {"zh-TW": "輸入代碼", "en": "Code, message"}
    for address, page in site.pages.items():
        locale = address.split("/")[0]
        if locale not in LOCALES:
            continue
        assert page.get("lang") == locale
        assert names[locale] in text(one(page, ".md-header__title"))
        assert one(page, ".md-search__input").get("placeholder").startswith(searching[locale])
        assert text(one(page, "title"))
        assert one(page, "meta[name=description]").get("content")


def test_titles_are_unique_and_so_are_ids_on_a_page(site: Site) -> None:
    titles = Counter(text(one(page, "title")) for page in site.pages.values())
    shared = {title: count for title, count in titles.items() if count > 1}
    # The root and the page for wrong addresses bear the site's name.
    assert set(shared) <= {"SHOPLINE Payments 錯誤碼"}
    for address, page in site.pages.items():
        ids = Counter(element.get("id") for element in page.cssselect("[id]"))
        repeated = {name for name, count in ids.items() if count > 1}
        assert not repeated, address


def test_every_internal_link_and_anchor_resolves(site: Site) -> None:
    anchors = {
        address: {element.get("id") for element in page.cssselect("[id]")}
        for address, page in site.pages.items()
    }
    for address, page in site.pages.items():
        for element in page.cssselect("[href], [src]"):
            link = element.get("href") or element.get("src")
            if link.startswith(("data:", "javascript:")):
                continue
            target = urlsplit(urljoin(site.url + address, link))
            assert target.geturl().startswith(site.url), f"{address} links out to {link}"
            path = target.path.removeprefix(urlsplit(site.url).path)
            if path in anchors:
                assert not target.fragment or target.fragment in anchors[path], f"{address}: {link}"
            else:
                assert (site.folder / path).is_file(), f"{address} links to {link}"


def test_canonical_and_alternates_name_the_same_page(site: Site) -> None:
    for address, page in site.pages.items():
        locale = address.split("/")[0]
        if locale not in LOCALES:
            continue
        assert one(page, "link[rel=canonical]").get("href") == site.url + address
        alternates = {
            link.get("hreflang"): link.get("href") for link in page.cssselect("link[hreflang]")
        }
        rest = address.removeprefix(f"{locale}/")
        assert alternates == {other: f"{site.url}{other}/{rest}" for other in LOCALES}


def test_the_language_selector_stays_on_the_page(site: Site) -> None:
    page = site.page("en/payment/4454/")
    links = {link.get("hreflang"): link.get("href") for link in page.cssselect(".md-select__link")}
    assert links == {"zh-TW": "../../../zh-TW/payment/4454/", "en": "./"}


def test_the_table_of_contents_leads_to_what_is_there(site: Site, catalog: Catalog) -> None:
    payment = next(scenario for scenario in catalog.scenarios if scenario.id == "payment")
    page = site.page("zh-TW/payment/")
    links = page.cssselect(".md-sidebar--secondary a.md-nav__link")
    assert [link.get("href") for link in links] == [f"#{code.code}" for code in payment.codes]


def test_a_code_page_knows_its_way_up(site: Site) -> None:
    page = site.page("en/payment/4454/")
    path = [(text(link), link.get("href")) for link in page.cssselect(".ref-path__link")]
    assert path == [("Home", "../../"), ("Payment", "../")]
    active = page.cssselect(".md-sidebar--primary li.md-nav__item--active > a")
    assert [text(link) for link in active] == ["Payment"]


def test_each_locale_has_its_search_index(site: Site, catalog: Catalog) -> None:
    for locale in LOCALES:
        file = site.folder / locale / "search" / "search_index.json"
        docs = json.loads(file.read_text(encoding="utf-8"))["docs"]
        locations = [doc["location"] for doc in docs]
        assert len(locations) == len(set(locations))
        for scenario, code in catalog.records():
            assert f"{scenario.id}/{code.code}/" in locations
        assert "about/" in locations
        for location in locations:
            assert f"{locale}/{location.split('#')[0]}" in site.pages


def test_each_locale_has_its_sitemap(site: Site) -> None:
    index = etree.parse(site.folder / "sitemap.xml")
    assert index.xpath("//s:loc/text()", namespaces=SITEMAP) == [
        f"{site.url}{locale}/sitemap.xml" for locale in LOCALES
    ]
    for locale in LOCALES:
        tree = etree.parse(site.folder / locale / "sitemap.xml")
        locations = tree.xpath("//s:loc/text()", namespaces=SITEMAP)
        pages = [site.url + address for address in site.pages if address.startswith(f"{locale}/")]
        assert sorted(locations) == sorted(pages)
        for entry in tree.xpath("//s:url", namespaces=SITEMAP):
            languages = entry.xpath("x:link/@hreflang", namespaces=SITEMAP)
            assert languages == list(LOCALES)


def test_the_chooser_offers_every_language_without_scripts(site: Site) -> None:
    links = site.page("").cssselect("main a")
    assert [link.get("href") for link in links] == ["zh-TW/", "en/"]


def test_the_page_for_wrong_addresses_works_at_any_depth(site: Site) -> None:
    page = site.page("404.html")
    assert [section.get("lang") for section in page.cssselect("main section")] == list(LOCALES)
    for element in page.cssselect("[href], [src], [action]"):
        link = element.get("href") or element.get("src") or element.get("action")
        assert link.startswith(("/codes/", "#", "javascript:")), link


def test_nothing_comes_from_another_host(site: Site) -> None:
    for page in site.pages.values():
        for element in page.cssselect("link[href]:not([rel=canonical]), [src]"):
            link = element.get("href") or element.get("src")
            assert not urlsplit(link).netloc or link.startswith(site.url), link
    for style in (site.folder / "assets" / "stylesheets").glob("*.css"):
        assert "url(http" not in style.read_text(encoding="utf-8")


def test_without_a_repository_there_is_no_edit_link(site: Site) -> None:
    assert not site.page("en/payment/4454/").cssselect("a[rel=edit]")


def test_with_a_repository_the_edit_link_leads_to_the_records_file(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    built = build(ROOT, tmp_path_factory.mktemp("site"), REPO_URL="https://github.com/acme/codes")
    for address, file in {
        "en/payment/4454/": "catalog/scenarios/payment.yml",
        "zh-TW/payment/": "catalog/scenarios/payment.yml",
        "en/": "catalog/catalog.yml",
        "en/about/": "docs/en/about.md",
    }.items():
        link = one(built.page(address), "a[rel=edit]").get("href")
        assert link == f"https://github.com/acme/codes/edit/master/{file}"
    # Nothing on the page makes the theme ask the repository's host for its stars.
    assert not built.page("en/").cssselect("[data-md-component=source]")


def test_without_an_address_there_is_no_wrong_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    built = build(ROOT, tmp_path_factory.mktemp("site"))
    assert not built.page("en/payment/4454/").cssselect("link[rel=canonical], link[hreflang]")
    assert not (built.folder / "sitemap.xml").exists()
