"""The built site's links to edit a record and to report a problem, held against the files."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from lxml import html

from conftest import SITE_URL
from errorcatalog.model import Catalog
from support import ROOT, Site, build, copy_project, mkdocs

LOCALES = ("zh-TW", "en")
REPOSITORY = "https://github.com/acme/codes"
EDIT = f"{REPOSITORY}/edit/main/"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The real site, below a sub-path, with a repository."""
    return build(
        ROOT,
        tmp_path_factory.mktemp("site"),
        site_url=SITE_URL,
        REPO_URL=REPOSITORY,
        EDIT_URI="edit/main/docs/",
    )


def edit_of(page: html.HtmlElement) -> str:
    """Where the page's one link to edit it leads."""
    (link,) = page.cssselect("a[rel~=edit]")
    return str(link.get("href"))


def reports_of(page: html.HtmlElement) -> list[str]:
    """Where the page's links to report a problem lead."""
    return [link.get("href") for link in page.cssselect("main a[href*='/issues/new']")]


def test_without_a_repository_there_are_no_such_links(site: Site) -> None:
    for page in site.pages.values():
        assert not page.cssselect("a[rel~=edit], a[rel~=nofollow], .ref-page-foot, [data-report]")


def test_a_codes_page_leads_to_the_line_of_its_record(kept: Site, catalog: Catalog) -> None:
    for scenario, code in catalog.records():
        file = f"catalog/scenarios/{scenario.id}.yml"
        lines = (ROOT / file).read_text(encoding="utf-8").splitlines()
        for locale in LOCALES:
            address = edit_of(kept.page(f"{locale}/{scenario.id}/{code.code}/"))
            assert address.startswith(f"{EDIT}{file}#L")
            line = lines[int(address.partition("#L")[2]) - 1]
            assert line == f'  - code: "{code.code}"'


def test_every_other_page_leads_to_its_file(kept: Site, catalog: Catalog) -> None:
    files = {
        f"{scenario.id}/": f"catalog/scenarios/{scenario.id}.yml" for scenario in catalog.scenarios
    }
    files |= {"": "catalog/catalog.yml", "codes/": "catalog/catalog.yml"}
    for locale in LOCALES:
        written = {path.stem for path in (ROOT / "docs" / locale).glob("*.md")}
        of_locale = files | {f"{name}/": f"docs/{locale}/{name}.md" for name in written}
        for address, file in of_locale.items():
            assert edit_of(kept.page(f"{locale}/{address}")) == EDIT + file
            assert (ROOT / file).is_file()


def test_a_report_names_the_code_and_the_page(kept: Site, catalog: Catalog) -> None:
    for scenario, code in catalog.records():
        for locale in LOCALES:
            address = f"{locale}/{scenario.id}/{code.code}/"
            (report,) = reports_of(kept.page(address))
            assert report.startswith(f"{REPOSITORY}/issues/new?")
            asked = parse_qs(urlsplit(report).query, strict_parsing=True)
            heading = (code.title or code.description)[locale].rstrip("。.")
            assert asked == {"title": [f"{code.code} {heading}"], "body": [SITE_URL + address]}


def test_every_page_of_a_locale_has_both_links_in_its_language_and_one_of_each(
    kept: Site,
) -> None:
    words = {
        "zh-TW": ({"編輯這筆資料", "編輯這一頁"}, "回報問題"),
        "en": ({"Edit this record", "Edit this page"}, "Report a problem"),
    }
    for address, page in kept.pages.items():
        locale = address.split("/")[0]
        if locale not in words:
            continue
        edit, report = page.cssselect(".ref-page-foot a")
        assert edit.text_content() in words[locale][0]
        assert report.text_content() == words[locale][1]
        # What leads out of the site is no page of it to web search.
        assert all("nofollow" in link.get("rel").split() for link in (edit, report))
        assert len(page.cssselect("a[href*='/edit/main/']")) == len(reports_of(page)) == 1
        # The theme neither shows its own nor asks the repository's host for its stars.
        assert not page.cssselect("[data-md-component=source], .md-content__button")


def test_the_page_for_wrong_addresses_reports_what_its_script_fills_in(kept: Site) -> None:
    page = kept.page("404.html")
    reports = [
        link.get("data-report") for link in page.cssselect("[data-about-code] a[data-report]")
    ]
    assert reports == [f"{REPOSITORY}/issues/new?title={{title}}&body={{page}}"] * len(LOCALES)
    assert not page.cssselect("a[rel~=edit]")


def test_a_text_of_the_catalogue_stays_in_its_place(tmp_path: Path) -> None:
    root = copy_project(tmp_path)
    hostile = "5 % & \"more\" <b>#1</b> {page} 'x'?y=z"
    file = root / "catalog/scenarios/transfer.yml"
    text = file.read_text(encoding="utf-8")
    told = text.replace("en: Transfer", f"en: {json.dumps(hostile)}", 1)
    assert told != text
    file.write_text(told, encoding="utf-8")
    built = build(root, root / "site", REPO_URL="https://gitlab.com/acme/codes")
    (report,) = reports_of(built.page("en/transfer/"))
    asked = parse_qs(urlsplit(report).query, strict_parsing=True)
    # The site's own address is not known here, so the page is named within it.
    assert asked == {"issue[title]": [hostile], "issue[description]": ["en/transfer/"]}


@pytest.mark.parametrize(
    ("name", "value"), [("EDIT_LINE", "#L"), ("REPORT_URL", "https://help.example/?code={kode}")]
)
def test_a_setting_that_cannot_be_filled_in_is_told_plainly(
    tmp_path: Path, name: str, value: str
) -> None:
    done = mkdocs(ROOT, "build", "--strict", SITE_DIR=str(tmp_path / "site"), **{name: value})
    assert done.returncode == 1
    assert f"{name} " in done.stderr
    assert not (tmp_path / "site").exists()
    assert "Traceback" not in done.stderr
