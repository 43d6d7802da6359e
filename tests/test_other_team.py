"""Another team's catalogue, and one more language for ours: data alone, no change of the program.

`fixtures/other-team` is what README.md's "Another catalogue" says to replace: `catalog/`, and the
pages of `docs/`. A string that a template asks for anew is missing there too:
`test_the_catalogue_is_whole` lists what to add, file by file.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from urllib.parse import urljoin

import pytest
from babel import Locale as CldrLocale
from lxml import etree, html

from errorcatalog.diagnostics import CatalogError
from errorcatalog.load import load_catalog
from errorcatalog.model import Catalog
from errorcatalog.project import Project
from support import ROOT, Site, build, copy_project, mkdocs

FIXTURE = Path(__file__).with_name("fixtures") / "other-team"
SITE_URL = "https://docs.acme.example/errors/"
NAMES = {"en": "English", "fr": "Français", "ja": "日本語"}
CODES = {
    "sign-in": [
        "4010",
        "4011",
        "AuthFailure.Expired",
        "AuthFailure.Locked",
        "second-factor-required",
    ],
    "billing": ["4010", "4021", "Plan.NotFound", "invoice-overdue"],
}
RECORDS = [(scenario, code) for scenario, codes in CODES.items() for code in codes]

# What no file may have that was built of another catalogue than ours.
OF_OURS = re.compile("(?i:shopline|zh[-_]tw)|SLP|繁體")

NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def put_in_place(folder: Path) -> Path:
    """A project with the fixture in the place of our catalogue and our pages."""
    root = copy_project(folder)
    shutil.rmtree(root / "catalog")
    for pages in (root / "docs").iterdir():
        if pages.name != "assets":
            shutil.rmtree(pages)
    shutil.copytree(FIXTURE, root, dirs_exist_ok=True)
    return root


def problems_of(root: Path) -> str:
    """What the check finds in a project, one problem a line."""
    try:
        Project(root).load(site_url=SITE_URL)
    except CatalogError as error:
        return f"{error.report()}\n{error.count()}"
    return ""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The other team's project."""
    return put_in_place(tmp_path_factory.mktemp("other-team"))


@pytest.fixture(scope="module")
def other(project: Path) -> Site:
    """The other team's site."""
    if problems_of(project):
        pytest.fail("not built: see test_the_catalogue_is_whole", pytrace=False)
    return build(project, project / "site", site_url=SITE_URL)


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """The other team's catalogue, without the question which strings it must have."""
    return load_catalog(FIXTURE / "catalog", phrases=None)


def text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def first(page: html.HtmlElement, selector: str) -> html.HtmlElement:
    found = page.cssselect(selector)
    assert found, f"no {selector}"
    return found[0]


def in_locale(site: Site, locale: str) -> dict[str, html.HtmlElement]:
    """The pages of a locale, by their address in it."""
    return {
        address.removeprefix(f"{locale}/"): page
        for address, page in site.pages.items()
        if address.startswith(f"{locale}/")
    }


# The other team's reference


def test_the_catalogue_is_whole(project: Path) -> None:
    if problems := problems_of(project):
        pytest.fail(f"mend these in {FIXTURE.relative_to(ROOT)}:\n{problems}", pytrace=False)


def test_every_page_stands_in_the_three_languages_and_in_no_other(other: Site) -> None:
    expected = {"", "about/", *(f"{scenario}/" for scenario in CODES)}
    expected |= {f"{scenario}/{code}/" for scenario, code in RECORDS}
    for locale in NAMES:
        assert in_locale(other, locale).keys() >= expected
        assert in_locale(other, locale).keys() == in_locale(other, "en").keys()
    assert not (other.folder / "zh-TW").exists()
    assert {page.get("lang") for page in other.pages.values()} == NAMES.keys()


@pytest.mark.parametrize(
    ("locale", "placeholder", "skip", "header"),
    [
        # The last is the theme's own translation; the others are the locale's.
        ("en", "Code, message, or key words", "Skip to main content", "Header"),
        ("fr", "Code, message ou mots-clés", "Aller au contenu principal", "En-tête"),
        ("ja", "コード、メッセージ、キーワード", "本文へ移動", "ヘッダー"),
    ],
    ids=NAMES,
)
def test_the_frame_speaks_the_language_of_the_page(
    other: Site, locale: str, placeholder: str, skip: str, header: str
) -> None:
    for address, page in in_locale(other, locale).items():
        assert page.get("lang") == locale, address
        assert first(page, ".md-search__input").get("placeholder") == placeholder
        assert first(page, ".md-header__inner").get("aria-label") == header
    assert text(first(other.page(f"{locale}/billing/"), ".md-skip")) == skip


@pytest.mark.parametrize("locale", NAMES)
def test_a_page_says_what_the_catalogue_says(other: Site, catalogue: Catalog, locale: str) -> None:
    assert {
        scenario.id: [code.code for code in scenario.codes] for scenario in catalogue.scenarios
    } == CODES
    for scenario, code in catalogue.records():
        page = other.page(f"{locale}/{scenario.id}/{code.code}/")
        heading = (code.title or code.description)[locale].rstrip("。.")
        assert text(first(page, "h1")) == f"{code.code} {heading}"
        wire = first(page, ".ref-message code")
        assert wire.text_content() == code.message
        # No `message_language` is given, so none is claimed.
        assert wire.get("lang") is None
        row = first(other.page(f"{locale}/{scenario.id}/"), f'tr[id="{code.code}"]')
        assert " ".join(code.description[locale].split()) in text(row)


def test_a_code_in_two_scenarios_and_a_message_of_two_codes_are_linked(other: Site) -> None:
    for locale in NAMES:
        page = other.page(f"{locale}/sign-in/4010/")
        elsewhere = [link.get("href") for link in page.cssselect(".ref-other__link")]
        same = [text(code) for code in page.cssselect(".ref-codes__link .ref-code")]
        assert (elsewhere, same) == (["../../billing/4010/"], ["4011"])


@pytest.mark.parametrize(
    ("locale", "label"), [("en", "Also called"), ("fr", "Aussi appelé"), ("ja", "別名")], ids=NAMES
)
def test_other_names_are_shown_where_their_code_is(other: Site, locale: str, label: str) -> None:
    address = f"{locale}/sign-in/AuthFailure.Locked/"
    facts = {
        text(first(fact, "dt")): text(first(fact, "dd"))
        for fact in other.page(address).cssselect(".ref-fact")
    }
    assert facts[label] == "4013, ACCOUNT_LOCKED"
    markdown = (other.folder / address / "index.md").read_text(encoding="utf-8")
    assert f"- **{label}** 4013, ACCOUNT_LOCKED\n" in markdown
    table = other.page(f"{locale}/codes/")
    row = first(table, 'tr[id="sign-in_AuthFailure.Locked"]')
    assert text(first(row, "th")) == "AuthFailure.Locked 4013 ACCOUNT_LOCKED"
    # A code without other names says nothing of them.
    assert label not in text(other.page(f"{locale}/billing/4021/"))


def test_other_names_are_data(other: Site) -> None:
    published = json.loads((other.folder / "catalog.json").read_text(encoding="utf-8"))
    names = {(item["scenario"], item["code"]): item["names"] for item in published["codes"]}
    assert names["sign-in", "AuthFailure.Locked"] == ["4013", "ACCOUNT_LOCKED"]
    assert names["billing", "4021"] == []
    one = json.loads((other.folder / "codes/AuthFailure.Locked.json").read_text(encoding="utf-8"))
    assert one["names"] == ["4013", "ACCOUNT_LOCKED"]
    assert not (other.folder / "codes/4013.json").exists()


@pytest.mark.parametrize(
    "name", ["4013", "acme-4013", "ACCOUNT-LOCKED", "account_locked", "ACME-account-locked"]
)
def test_another_name_leads_where_its_code_leads(other: Site, name: str) -> None:
    page = other.page(f"{name}/")
    assert text(first(page, "h1")) == "AuthFailure.Locked"
    assert text(first(page, ".names")) == "4013, ACCOUNT_LOCKED"
    links = [link.get("href") for link in page.cssselect("[data-forward] a")]
    assert links == [f"../{locale}/sign-in/AuthFailure.Locked/" for locale in NAMES]


def test_the_name_of_a_code_in_two_scenarios_offers_both(other: Site) -> None:
    code, name = (other.folder / part / "index.html" for part in ("4010", "E_UNAUTHORIZED"))
    assert name.read_text(encoding="utf-8") == code.read_text(encoding="utf-8")
    assert len(other.page("E_UNAUTHORIZED/").cssselect("main section")) == 2


def test_the_language_selector_stays_on_the_page(other: Site) -> None:
    for locale in NAMES:
        for address, page in in_locale(other, locale).items():
            links = page.cssselect(".md-select__link")
            assert [text(link) for link in links] == list(NAMES.values())
            here = f"{SITE_URL}{locale}/{address}"
            targets = {link.get("hreflang"): urljoin(here, link.get("href")) for link in links}
            assert targets == {item: f"{SITE_URL}{item}/{address}" for item in NAMES}


@pytest.mark.parametrize(
    ("locale", "counts", "lead"),
    [
        ("en", ["5 codes", "4 codes"], "9 error codes."),
        ("fr", ["5 codes", "4 codes"], "9 codes d’erreur."),
        ("ja", ["5 件", "4 件"], "エラーコード 9 件"),
    ],
    ids=NAMES,
)
def test_numbers_are_worded_in_the_language(
    other: Site, locale: str, counts: list[str], lead: str
) -> None:
    page = other.page(f"{locale}/")
    assert [text(count) for count in page.cssselect(".ref-scenario__count")] == counts
    assert text(first(page, ".ref-lead")).startswith(lead)


@pytest.mark.parametrize(
    ("locale", "count", "worded"),
    [
        ("en", 0, "0 codes"),
        ("en", 1, "1 code"),
        ("fr", 0, "0 code"),
        ("fr", 1, "1 code"),
        ("fr", 2, "2 codes"),
        ("fr", 1_000_000, "1000000 de codes"),
        ("ja", 1, "1 件"),
        ("ja", 2, "2 件"),
    ],
)
def test_each_language_has_its_own_plural_forms(
    catalogue: Catalog, locale: str, count: int, worded: str
) -> None:
    (wording,) = (item for item in catalogue.locales if item.id == locale)
    assert wording.text("home.code_count", count=count) == worded


@pytest.mark.parametrize("locale", NAMES)
def test_the_fixture_gives_just_the_plural_forms_of_its_languages(
    catalogue: Catalog, locale: str
) -> None:
    (wording,) = (item for item in catalogue.locales if item.id == locale)
    forms = {*CldrLocale.parse(locale).plural_form.tags, "other"}
    plurals = {key: text for key, text in wording.strings.items() if isinstance(text, Mapping)}
    assert plurals
    assert {key for key, text in plurals.items() if text.keys() != forms} == set()


@pytest.mark.parametrize("locale", NAMES)
def test_each_language_has_its_search_index(other: Site, catalogue: Catalog, locale: str) -> None:
    file = other.folder / locale / "search" / "search_index.json"
    index = json.loads(file.read_text(encoding="utf-8"))
    entries = {entry["location"]: entry for entry in index["docs"]}
    assert "about/" in entries
    for scenario, code in catalogue.records():
        entry = entries[f"{scenario.id}/{code.code}/"]
        assert entry["description"] == code.description[locale]
        assert entry["aliases"] == code.aliases
        # What the record says in the other two languages is found too.
        also = [code.description[item] for item in NAMES if item != locale]
        assert set(also) <= set(entry["also"])
    assert index["config"]["understanding"]["words"]["prefix"] == "ACME"
    assert {f"{locale}/{location.split('#')[0]}" for location in entries} <= other.pages.keys()


def test_each_language_has_its_sitemap_with_all_three(other: Site) -> None:
    index = etree.parse(other.folder / "sitemap.xml")
    listed = index.xpath("//s:loc/text()", namespaces=NAMESPACES)
    assert set(listed) >= {f"{SITE_URL}{locale}/sitemap.xml" for locale in NAMES}
    for locale in NAMES:
        tree = etree.parse(other.folder / locale / "sitemap.xml")
        entries = tree.xpath("//s:url", namespaces=NAMESPACES)
        locations = set(tree.xpath("//s:loc/text()", namespaces=NAMESPACES))
        assert locations == {f"{SITE_URL}{locale}/{page}" for page in in_locale(other, locale)}
        for entry in entries:
            (location,) = entry.xpath("s:loc/text()", namespaces=NAMESPACES)
            address = location.removeprefix(f"{SITE_URL}{locale}/")
            links = entry.xpath("x:link", namespaces=NAMESPACES)
            assert {link.get("hreflang"): link.get("href") for link in links} == {
                item: f"{SITE_URL}{item}/{address}" for item in NAMES
            }


def test_the_chooser_offers_the_three_languages_the_default_first(other: Site) -> None:
    page = other.page("")
    assert page.get("lang") == "en"
    links = page.cssselect("a[data-language]")
    assert [link.get("href") for link in links] == ["en/", "fr/", "ja/"]
    assert [text(link) for link in links] == [
        "Acme API error codes",
        "Codes d’erreur de l’API Acme",
        "Acme API エラーコード",
    ]


def test_the_page_for_wrong_addresses_speaks_the_three_languages(other: Site) -> None:
    page = other.page("404.html")
    sections = {section.get("lang"): section for section in page.cssselect("main section[lang]")}
    assert list(sections) == list(NAMES)
    headings = [text(first(section, "h1, h2")) for section in sections.values()]
    assert headings == ["Page not found", "Page introuvable", "ページが見つかりません"]
    for locale, section in sections.items():
        assert first(section, "form").get("action") == f"/errors/{locale}/"


def test_nothing_of_our_catalogue_is_left(other: Site) -> None:
    own_assets = {path.relative_to(ROOT / "docs") for path in (ROOT / "docs/assets").rglob("*")}
    searched = {}
    for path in sorted(other.folder.rglob("*")):
        name = path.relative_to(other.folder)
        # What else is in `assets` is the theme's.
        if (
            path.is_file()
            and path.suffix != ".gz"
            and (name.parts[0] != "assets" or name in own_assets)
        ):
            searched[name.as_posix()] = path.read_text(encoding="utf-8")
    assert searched.keys() >= {
        "404.html",
        "index.html",
        "assets/javascripts/reference.js",
        "assets/javascripts/search/engine.js",
        "assets/stylesheets/plain.css",
        "assets/stylesheets/reference.css",
        "fr/search/search_index.json",
        "ja/billing/4021/index.html",
        "ja/sitemap.xml",
        "search/search_index.json",
    }
    left = {
        name: sorted(set(OF_OURS.findall(content)))
        for name, content in searched.items()
        if OF_OURS.search(content)
    }
    assert left == {}


def test_a_missing_translation_is_reported(tmp_path: Path) -> None:
    root = put_in_place(tmp_path)
    file = root / "catalog" / "scenarios" / "billing.yml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    code = lines.index('  - code: "4021"\n')
    description = lines.index("    description:\n", code)
    japanese = next(i for i in range(description, len(lines)) if lines[i].startswith("      ja: "))
    del lines[japanese]
    file.write_text("".join(lines), encoding="utf-8")
    done = mkdocs(root, "build", "--strict", SITE_DIR=str(root / "site"))
    assert done.returncode == 1
    assert (
        f"catalog/scenarios/billing.yml:{description + 1}:5: billing/4021 description.ja: missing; "
        "expected the text in every locale; add `ja:` here [missing-translation]"
    ) in done.stderr
    assert "1 problem in 1 file." in done.stderr, done.stderr
    assert "Traceback" not in done.stderr
    assert not (root / "site").exists()


# One more language for the real catalogue


def rewrite(file: Path, change: Callable[[str], str]) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(map(change, lines)), encoding="utf-8")


def with_french(line: str) -> str:
    """A line of the catalogue; where it is or holds an English text, with the same as French."""
    if re.match(" *en: ", line):
        return line + line.replace("en: ", "fr: ", 1)
    if re.search(r"[{,] *zh-TW: ", line):
        return re.sub(r"""\ben: ("[^"]*"|'[^']*'|[^,{}]*[^,{} ])""", r"en: \1, fr: \1", line)
    return line


def in_french(line: str) -> str:
    """A line of `en.yml` in `fr.yml`."""
    line = re.sub("^name: .*", "name: Français", line)
    line = re.sub("^theme_language: .*", "theme_language: fr", line)
    return "" if line.startswith("default:") else line


def test_one_more_language_needs_texts_alone(catalog: Catalog, tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    locales = root / "catalog" / "locales"
    shutil.copy2(locales / "en.yml", locales / "fr.yml")
    rewrite(locales / "fr.yml", in_french)
    for file in (*(root / "catalog").glob("*.yml"), *(root / "catalog" / "scenarios").iterdir()):
        rewrite(file, with_french)
    shutil.copytree(root / "docs" / "en", root / "docs" / "fr")

    if problems := problems_of(root):
        pytest.fail(f"with French added, our catalogue has these:\n{problems}", pytrace=False)
    site = build(root, root / "site", site_url=SITE_URL)

    expected = {f"{scenario.id}/{code.code}/" for scenario, code in catalog.records()}
    assert len(expected) == 142
    pages = in_locale(site, "fr")
    assert pages.keys() >= expected
    assert pages.keys() == in_locale(site, "en").keys() == in_locale(site, "zh-TW").keys()
    for address, page in pages.items():
        assert page.get("lang") == "fr", address
        assert first(page, ".md-header__inner").get("aria-label") == "En-tête"
        links = page.cssselect(".md-select__link")
        assert [link.get("hreflang") for link in links] == ["zh-TW", "en", "fr"]
        assert links[-1].get("href") == "./"
    chooser = site.page("").cssselect("a[data-language]")
    assert [link.get("href") for link in chooser] == ["zh-TW/", "en/", "fr/"]
    sitemap = etree.parse(site.folder / "fr" / "sitemap.xml")
    assert len(sitemap.xpath("//s:url", namespaces=NAMESPACES)) == len(pages)
    index = (site.folder / "fr" / "search" / "search_index.json").read_text(encoding="utf-8")
    assert sum("code" in entry for entry in json.loads(index)["docs"]) == 142
