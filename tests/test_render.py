"""Views to pages. The catalogue's texts are text: whatever they hold, no page obeys it."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from errorcatalog.diagnostics import CatalogError
from errorcatalog.project import Project
from errorcatalog.reference import Reference
from errorcatalog.views.code_page import CodeView
from errorcatalog.views.home_page import HomeView
from errorcatalog.views.table_pages import AllCodesView
from hostile import HOSTILE, hostile, write_project
from support import ROOT


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """The real templates over a catalogue and locales that are hostile in every field."""
    root = tmp_path_factory.mktemp("hostile")
    shutil.copytree(ROOT / "templates", root / "templates")
    write_project(root)
    return Project(root).load(site_url="https://docs.example/?a=1&b=<2>/")


def content(markup: str) -> Any:
    return html.fragment_fromstring(markup, create_parent="main")


def test_no_page_gets_an_element_or_a_handler_from_a_text(reference: Reference) -> None:
    for item in reference.pages:
        page = content(item.page.html())
        assert not page.xpath("//script | //img")
        assert not page.xpath("//@*[starts-with(name(), 'on')]")
        assert not page.xpath("//*[starts-with(normalize-space(@href), 'javascript:')]")


def test_the_texts_of_a_code_come_out_as_they_are(reference: Reference) -> None:
    for item in reference.pages:
        if not isinstance(item.view, CodeView):
            continue
        text = content(item.page.html()).text_content()
        view = item.view
        assert view.published is not None
        shown = (view.heading, view.description, view.message, view.published, view.group)
        assert [value for value in shown if value not in text] == []


def test_what_differs_elsewhere_comes_out_as_it_is(reference: Reference) -> None:
    item = next(item for item in reference.pages if item.page.address == "en/payment/4454/")
    text = content(item.page.html()).text_content()
    assert hostile("twin") in text
    assert hostile("twin en") in text
    assert hostile("refund en") in text


def test_a_message_is_copied_as_it_is(reference: Reference) -> None:
    item = next(item for item in reference.pages if item.page.address == "en/payment/4454/")
    assert hostile("message") in content(item.page.html()).xpath("//@data-copy")


def test_titles_are_escaped_once(reference: Reference) -> None:
    """They stand in HTML as they are: as a page's title, in navigation and in contents."""
    for item in reference.pages:
        for markup in (
            item.page.title,
            item.page.document_title,
            item.page.description,
            *(entry.name for entry in item.page.toc.children),
        ):
            assert not content(markup).xpath(".//*")
        assert content(item.page.title).text == item.view.title


def test_contents_name_the_sections_that_the_page_has(reference: Reference) -> None:
    for item in reference.pages:
        page = content(item.page.html())
        ids = page.xpath("//@id")
        entries = [item.page.toc, *item.page.toc.children]
        assert [entry.id for entry in entries if entry.id not in ids] == []
        assert len(set(ids)) == len(ids)


def test_what_needs_the_width_stands_without_sidebars(reference: Reference) -> None:
    for item in reference.pages:
        assert item.page.sidebars is not isinstance(item.view, HomeView | AllCodesView)


def test_a_sitemap_is_xml_whatever_the_address_of_the_site_holds(reference: Reference) -> None:
    files = dict(reference.files([]))
    sitemap: Any = etree.fromstring(files["en/sitemap.xml"].encode())
    locations = sitemap.xpath("//*[local-name() = 'loc']/text()")
    assert locations[0] == "https://docs.example/?a=1&b=<2>/en/"
    assert len(locations) == len(list(reference.in_locale("en")))


def test_hand_written_pages_of_a_locale_are_in_its_sitemap(reference: Reference) -> None:
    files = dict(reference.files(["en/guide/", "zh-TW/guide/"]))
    assert "/en/guide/</loc>" in files["en/sitemap.xml"]
    assert "/zh-TW/guide/</loc>" not in files["en/sitemap.xml"]


def test_there_is_no_sitemap_where_the_address_of_the_site_is_not_known() -> None:
    reference = Project(ROOT / "tests" / "cases" / "good").load()
    files = [address for address, _ in reference.files(["en/guide/"])]
    assert not [address for address in files if "sitemap" in address or "opensearch" in address]
    assert reference.sitemaps() == []


def test_the_pages_outside_the_locales_are_no_worse(reference: Reference) -> None:
    documents = [text for name, text in reference.files([]) if name.endswith(".html")]
    assert len(documents) > len(reference.catalog.locales)
    for page in (*map(html.document_fromstring, documents), content(reference.not_found)):
        assert not page.xpath("//script[not(@src)] | //img")
        assert not page.xpath("//@*[starts-with(name(), 'on')]")
        assert not page.xpath("//*[starts-with(normalize-space(@href), 'javascript:')]")
        assert HOSTILE in page.text_content()


def test_the_permalink_page_of_a_code_says_everything_as_it_is(reference: Reference) -> None:
    page: Any = html.document_fromstring(dict(reference.files([]))["4456/index.html"])
    text = page.text_content()
    for locale in ("zh-TW", "en"):
        assert hostile(f"title {locale}") in text
        assert hostile(f"description {locale}") in text
        assert hostile(f"reason {locale}") in text
    assert hostile("message") in text
    (shared,) = page.xpath("//meta[@property='og:title']/@content")
    assert shared == f"4456 {hostile('title zh-TW')} · {hostile('title en')}"


def test_a_browser_search_is_xml_whatever_the_texts_hold(reference: Reference) -> None:
    document: Any = etree.fromstring(dict(reference.files([]))["en/opensearch.xml"].encode())
    (url,) = document.xpath("//*[local-name() = 'Url']/@template")
    assert url == "https://docs.example/?a=1&b=<2>/en/?q={searchTerms}"
    (description,) = document.xpath("//*[local-name() = 'Description']/text()")
    assert HOSTILE in description


def test_templates_are_not_rendered_twice(reference: Reference) -> None:
    pages = [item.page.html() for item in reference.pages]
    assert any("{{ 7 * 7 }}" in page for page in pages)
    assert not any("} 49 {" in page for page in pages)


def project(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "tests" / "cases" / "good", folder))


def test_files_that_an_editor_leaves_beside_templates_are_no_templates(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    (root / "templates" / ".home.html.swp").write_bytes(b"b0VIM\xff{% broken")
    (root / "templates" / "parts" / ".#message.html").write_text("{{", encoding="utf-8")
    assert Project(root).load().pages


def test_templates_of_the_theme_are_not_ours(tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    theme = root / "templates" / "theme"
    theme.mkdir()
    (theme / "main.html").write_text('{{ t("its.own.key") }}', encoding="utf-8")
    assert Project(root).load().pages


@pytest.mark.parametrize(
    "written",
    [
        f"{{{{ {'(' * 3000}1{')' * 3000} }}}}",
        f"{{{{ 1 {'+ 1' * 3000} }}}}",
        f"{{{{ view{'.a' * 3000} }}}}",
        f"{'{% for a in [1] %}' * 60}{'{% endfor %}' * 60}",
        "{{ 10 ** 100000 }}",
        "{{ 'x' * 10 ** 15 }}",
        "{{ cycler() }}",
        "{{ 1e999 | int }}",
        "{{ 'too short a length' | truncate(1) }}",
    ],
)
def test_whatever_a_template_cannot_do_is_told(written: str, tmp_path: Path) -> None:
    root = project(tmp_path / "project")
    template = root / "templates" / "code.html"
    before = template.read_text(encoding="utf-8")
    start = "{% block content %}"
    template.write_text(before.replace(start, start + written), encoding="utf-8")
    with pytest.raises(CatalogError, match=r"^templates/code\.html:\d+:1: the template: .*"):
        Project(root).load()
