"""The built site, parsed and held against the catalogue."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from lxml import etree, html

from errorcatalog.model import Catalog, ErrorCode, Scenario
from support import ROOT, Site, build, written_names

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


def by_code(catalog: Catalog) -> dict[str, list[tuple[Scenario, ErrorCode]]]:
    """The records of each different code."""
    found: dict[str, list[tuple[Scenario, ErrorCode]]] = {}
    for scenario, code in catalog.records():
        found.setdefault(code.code, []).append((scenario, code))
    return found


def hand_written(locale: str) -> set[str]:
    pages = (ROOT / "docs" / locale).glob("*.md")
    return {f"{locale}/{page.stem}/" for page in pages}


def of_a_locale(site: Site) -> Iterator[tuple[str, str, html.HtmlElement]]:
    """Every page inside a locale, as (locale, address, page)."""
    for address, page in site.pages.items():
        locale = address.split("/")[0]
        if locale in LOCALES:
            yield locale, address, page


def shared(page: html.HtmlElement) -> dict[str, str]:
    """What a page tells chats and ticket systems about itself; nothing of it twice."""
    tags = page.cssselect("head meta[property^='og:']")
    told = {tag.get("property").removeprefix("og:"): tag.get("content") for tag in tags}
    assert len(told) == len(tags)
    return told


def test_there_are_just_the_pages_of_the_contract(site: Site, catalog: Catalog) -> None:
    expected = {"", "404.html"}
    for locale in LOCALES:
        expected |= {f"{locale}/", f"{locale}/codes/", f"{locale}/changes/"} | hand_written(locale)
        expected |= {f"{locale}/{scenario.id}/" for scenario in catalog.scenarios}
    expected |= {
        f"{locale}/{scenario.id}/{code.code}/" for locale, scenario, code in records(catalog)
    }
    in_a_language = len(expected)
    assert in_a_language == 2 + 2 * (3 + len(hand_written("en")) + 12 + 142)
    expected |= {f"{scenario.id}/" for scenario in catalog.scenarios}
    expected |= {f"{scenario.id}/{code.code}/" for scenario, code in catalog.records()}
    short = {f"{name}/" for code in by_code(catalog) for name in written_names(code, "SLP")}
    expected |= short
    assert site.pages.keys() == expected
    # No address is claimed twice.
    assert len(expected) == in_a_language + 12 + 142 + len(short)
    # A number has three spellings (4454, SLP-4454, slp-4454).
    numbers = sum(code.isdigit() for code in by_code(catalog))
    assert len(short) > 3 * numbers


@pytest.mark.parametrize(
    "name",
    ["URL_NOT_FOUND", "url_not_found", "URL-NOT-FOUND", "url-not-found", "SLP-URL-NOT-FOUND"],
)
def test_every_spelling_of_a_code_is_the_same_page(site: Site, name: str) -> None:
    page = (site.folder / name / "index.html").read_bytes()
    assert page == (site.folder / "URL_NOT_FOUND" / "index.html").read_bytes()


def test_a_code_page_says_what_the_catalogue_says(site: Site, catalog: Catalog) -> None:
    for locale, scenario, code in records(catalog):
        page = site.page(f"{locale}/{scenario.id}/{code.code}/")
        heading = (code.title or code.description)[locale].rstrip("。.")
        assert text(one(page, "h1")) == f"{code.code} {heading}"
        assert one(page, ".ref-message code").text_content() == code.message
        copied = [button.get("data-copy") for button in page.cssselect("button[data-copy]")]
        others = [other for other in LOCALES if other != locale]
        payer = code.payer_text or {}
        assert copied == [*(payer[item] for item in (locale, *others) if payer), code.message]
        assert code.action
        assert text(one(page, ".ref-action")) == code.action[locale]
        states = [label.get("data-value") for label in page.cssselect(".ref-states a")]
        assert states == [code.party, code.retry]
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
                assert (cells[0], cells[2]) == (code.code, code.message)
                assert cells[1].startswith(code.description[locale])
                labels = [label.get("data-value") for label in row.cssselect("a.ref-label")]
                assert labels == [code.party, code.retry]


def test_all_codes_stand_in_one_table_with_their_labels(site: Site, catalog: Catalog) -> None:
    for locale in LOCALES:
        page = site.page(f"{locale}/codes/")
        rows = page.cssselect("tbody tr")
        assert len(rows) == 142
        for row, (scenario, code) in zip(rows, catalog.records(), strict=True):
            assert row.get("data-scenario") == scenario.id
            assert (row.get("data-party"), row.get("data-retry")) == (code.party, code.retry)
            link = row.cssselect("th a")[0]
            assert link.get("href") == f"../{scenario.id}/{code.code}/"
            assert link.text_content() == code.code
        # Each label leads to its explanation.
        legend = {item.get("id") for item in page.cssselect(".ref-legend > div")}
        used = {label.get("href") for label in page.cssselect("a.ref-label")}
        assert used == {f"#{anchor}" for anchor in legend}


def test_the_life_of_a_payment_has_every_scenario_once(site: Site, catalog: Catalog) -> None:
    for locale in LOCALES:
        stations = site.page(f"{locale}/").cssselect("a.ref-station")
        found = [station.get("href") for station in stations]
        general = "general/"  # no station: its codes come at any stage
        every = sorted(f"{scenario.id}/" for scenario in catalog.scenarios)
        assert sorted([*found, general]) == every


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
    for locale, _, page in of_a_locale(site):
        assert page.get("lang") == locale
        assert names[locale] in text(one(page, ".md-header__title"))
        assert one(page, ".md-search__input").get("placeholder").startswith(searching[locale])
        assert text(one(page, "title"))
        assert one(page, "meta[name=description]").get("content")


def test_what_pages_share_is_that_of_their_locale_and_depth(site: Site, catalog: Catalog) -> None:
    schemes = {item.id: item.record.color_schemes for item in catalog.locales}
    for locale, address, page in of_a_locale(site):
        told = json.loads(one(page, "#__config").text)
        assert urljoin(f"/{address}", f"{told['base']}/") == f"/{locale}/", address
        worker = urljoin(f"/{address}", told["search"])
        assert (site.folder / worker.removeprefix("/")).is_file(), address
        named = schemes[locale]
        toggles = page.cssselect("[data-md-component=palette] label")
        titles = {toggle.get("title") for toggle in toggles}
        assert titles == {named.automatic, named.light, named.dark}, address


def test_titles_are_unique_and_so_are_ids_on_a_page(site: Site) -> None:
    titles = Counter(text(one(page, "title")) for _, _, page in of_a_locale(site))
    assert [title for title, count in titles.items() if count > 1] == []
    # All the short addresses of a record have one title, and no other page has it.
    canonical: dict[str, set[str]] = {}
    for address, page in site.pages.items():
        if page.cssselect("head link[rel=canonical]") and address.split("/")[0] not in LOCALES:
            link = one(page, "head link[rel=canonical]").get("href")
            canonical.setdefault(text(one(page, "title")), set()).add(link.rsplit("/", 2)[1])
            assert text(one(page, "title")) not in titles
    assert {title: names for title, names in canonical.items() if len(names) > 1} == {}
    for address, page in site.pages.items():
        ids = Counter(element.get("id") for element in page.cssselect("[id]"))
        repeated = {name for name, count in ids.items() if count > 1}
        assert not repeated, address


def test_every_internal_link_and_anchor_resolves(site: Site) -> None:
    anchors = {
        address: {element.get("id") for element in page.cssselect("[id]")}
        for address, page in site.pages.items()
    }
    # Only who writes a page by hand may send readers to other sites.
    documents = {address for locale in LOCALES for address in hand_written(locale)}
    for address, page in site.pages.items():
        for element in page.cssselect("[href], [src]"):
            link = element.get("href") or element.get("src")
            if link.startswith(("data:", "javascript:")):
                continue
            target = urlsplit(urljoin(site.url + address, link))
            if element.tag == "a" and target.scheme == "https" and address in documents:
                continue
            assert target.geturl().startswith(site.url), f"{address} links out to {link}"
            path = target.path.removeprefix(urlsplit(site.url).path)
            if path in anchors:
                assert not target.fragment or target.fragment in anchors[path], f"{address}: {link}"
            else:
                assert (site.folder / path).is_file(), f"{address} links to {link}"


def test_canonical_and_alternates_name_the_same_page(site: Site) -> None:
    for locale, address, page in of_a_locale(site):
        assert one(page, "link[rel=canonical]").get("href") == site.url + address
        alternates = {
            link.get("hreflang"): link.get("href") for link in page.cssselect("link[hreflang]")
        }
        rest = address.removeprefix(f"{locale}/")
        assert alternates == {other: f"{site.url}{other}/{rest}" for other in LOCALES}


def test_a_code_page_says_what_it_is_where_its_address_is_pasted(
    site: Site, catalog: Catalog
) -> None:
    names = {locale.id: locale.site_name for locale in catalog.locales}
    for locale, scenario, code in records(catalog):
        address = f"{locale}/{scenario.id}/{code.code}/"
        page = site.page(address)
        told = shared(page)
        heading = (code.title or code.description)[locale].rstrip("。.")
        assert told["title"] == f"{code.code} {heading}"
        assert code.description[locale] in told["description"]
        assert code.message in told["description"]
        assert told["description"] == one(page, "meta[name=description]").get("content")
        assert told["url"] == one(page, "link[rel=canonical]").get("href") == site.url + address
        assert told["site_name"] == names[locale]


def test_every_page_of_a_locale_says_what_it_is_where_its_address_is_pasted(site: Site) -> None:
    for _, address, page in of_a_locale(site):
        if address in hand_written("zh-TW") | hand_written("en"):
            continue
        told = shared(page)
        assert told["title"]
        assert told["description"] == one(page, "meta[name=description]").get("content")
        assert told["url"] == site.url + address


def test_a_permalink_answers_in_both_languages(site: Site, catalog: Catalog) -> None:
    for name, places in by_code(catalog).items():
        page = site.page(f"{name}/")
        told = shared(page)
        assert told["title"].startswith(f"{name} ")
        assert told["title"] == text(one(page, "title"))
        assert told["description"] == one(page, "meta[name=description]").get("content")
        assert told["url"] == one(page, "link[rel=canonical]").get("href") == f"{site.url}{name}/"
        links = [link.get("href") for link in page.cssselect("main a")]
        shown = page.cssselect("main")[0].text_content()
        for scenario, code in places:
            assert code.message in shown
            assert code.message in told["description"]
            for locale in LOCALES:
                assert (code.title or code.description)[locale].rstrip("。.") in told["title"]
                assert code.description[locale] in told["description"]
                assert code.description[locale] in shown
                assert f"../{locale}/{scenario.id}/{name}/" in links
        assert len(links) == len(LOCALES) * len(places)


def test_a_permalink_of_one_code_leads_on_and_one_of_two_does_not(
    site: Site, catalog: Catalog
) -> None:
    for name, places in by_code(catalog).items():
        page = site.page(f"{name}/")
        alternates = {
            link.get("hreflang"): link.get("href") for link in page.cssselect("link[hreflang]")
        }
        here = bool(page.cssselect("[data-forward]"))
        if len(places) > 1:
            assert (alternates, here) == ({}, False), name
            continue
        ((scenario, _),) = places
        assert here
        assert alternates == {
            locale: f"{site.url}{locale}/{scenario.id}/{name}/" for locale in LOCALES
        }


def test_the_address_of_one_record_leads_on_to_it_alone(site: Site, catalog: Catalog) -> None:
    for scenario, code in catalog.records():
        page = site.page(f"{scenario.id}/{code.code}/")
        assert page.cssselect("[data-forward]")
        assert [link.get("href") for link in page.cssselect("main a")] == [
            f"../../{locale}/{scenario.id}/{code.code}/" for locale in LOCALES
        ]
        told = shared(page)
        assert told["url"] == one(page, "link[rel=canonical]").get("href")
        for locale in LOCALES:
            assert code.description[locale] in told["description"]


def test_a_scenario_without_a_language_leads_on(site: Site, catalog: Catalog) -> None:
    for scenario in catalog.scenarios:
        page = site.page(f"{scenario.id}/")
        assert page.cssselect("[data-forward]")
        assert [link.get("href") for link in page.cssselect("main a")] == [
            f"../{locale}/{scenario.id}/" for locale in LOCALES
        ]
        for locale in LOCALES:
            assert scenario.title[locale] in shared(page)["title"]
            assert scenario.summary[locale] in shared(page)["description"]


def test_a_permalink_is_small_and_asks_for_one_script_and_one_style(
    site: Site, catalog: Catalog
) -> None:
    for name in by_code(catalog):
        page = site.page(f"{name}/")
        assert len(page.cssselect("script, img, iframe")) == 1
        assert len(page.cssselect("script[src]")) == 1
        assert len(page.cssselect("style, link[rel=stylesheet]")) == 1
        assert (site.folder / name / "index.html").stat().st_size < 6 * 1024


def test_the_added_date_is_shown_in_the_language_of_the_page(site: Site) -> None:
    for locale, day in {"zh-TW": "2026年11月22日", "en": "November 22, 2026"}.items():
        facts = text(one(site.page(f"{locale}/payment/4454/"), ".ref-page > .ref-facts"))
        assert day in facts


def test_each_locale_can_be_searched_from_the_address_bar(site: Site, catalog: Catalog) -> None:
    space = {"o": "http://a9.com/-/spec/opensearch/1.1/"}
    names = set()
    for locale in catalog.locales:
        document = etree.parse(site.folder / locale.id / "opensearch.xml")
        (template,) = document.xpath("/*/o:Url[@type='text/html']/@template", namespaces=space)
        assert template == f"{site.url}{locale.id}/?q={{searchTerms}}"
        (name,) = document.xpath("/*/o:ShortName/text()", namespaces=space)
        assert len(name) <= 16, "OpenSearch 1.1 allows no longer name"
        names.add(name)
        assert document.xpath("/*/o:Description/text()", namespaces=space)
    assert len(names) == len(LOCALES)
    for locale_id, address, page in of_a_locale(site):
        link = one(page, "head link[rel=search]")
        assert link.get("type") == "application/opensearchdescription+xml"
        target = urljoin(site.url + address, link.get("href"))
        assert target == f"{site.url}{locale_id}/opensearch.xml"
        assert link.get("title")


def test_every_code_page_and_row_gives_its_permalink(site: Site, catalog: Catalog) -> None:
    twice = {name for name, places in by_code(catalog).items() if len(places) > 1}
    for locale, scenario, code in records(catalog):
        short = f"{scenario.id}/{code.code}/" if code.code in twice else f"{code.code}/"
        address = f"{locale}/{scenario.id}/{code.code}/"
        tools = one(site.page(address), "[data-copy-link]")
        assert urljoin(site.url + address, tools.get("data-copy-link")) == site.url + short
        address = f"{locale}/{scenario.id}/"
        row = site.page(address).get_element_by_id(code.code)
        tools = one(row, "[data-copy-tools]")
        assert urljoin(site.url + address, tools.get("data-copy-link")) == site.url + short
        assert tools.get("data-copy-title").startswith(f"{code.code} ")


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


def test_scripts_and_styles_come_without_what_only_people_need(site: Site) -> None:
    own = [path for name in ("javascripts", "stylesheets") for path in served(site, name)]
    assert len(own) > 10
    for path in own:
        text = path.read_text(encoding="utf-8")
        # Where the minifier loses its way in a script, it leaves the comments from there on.
        assert "/*" not in text, path
        assert "// " not in text, path


def served(site: Site, name: str) -> list[Path]:
    """The files of one kind that are ours."""
    source, built = ROOT / "docs" / "assets" / name, site.folder / "assets" / name
    files = [path for path in source.rglob("*") if path.suffix in {".css", ".js"}]
    return [built / path.relative_to(source) for path in files]


def test_without_an_address_there_is_no_wrong_one(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    built = build(ROOT, tmp_path_factory.mktemp("site"))
    for address in ("en/payment/4454/", "4454/", "payment/4454/", "payment/"):
        page = built.page(address)
        assert not page.cssselect("link[rel=canonical], link[hreflang], link[rel=search]")
        assert "url" not in shared(page)
    assert not list(built.folder.rglob("opensearch.xml"))
    assert not (built.folder / "sitemap.xml").exists()
