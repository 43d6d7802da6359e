"""Pages as Markdown: read back by a Markdown parser, they say what the catalogue says."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html
from markdown_it import MarkdownIt

from errorcatalog.diagnostics import CatalogError
from errorcatalog.markdown_text import code_block, code_span, escaped
from errorcatalog.model import Catalog
from errorcatalog.project import Project
from errorcatalog.render import Renderer
from errorcatalog.views.code_page import code_view
from errorcatalog.views.lookup import Lookup
from errorcatalog.views.text_pages import MarkdownView
from support import ROOT, Site

SITE_URL = "https://docs.example/codes/"

HOSTILE = [
    "[link](javascript:alert(1))",
    "![image](https://elsewhere.example/x.png)",
    "*a* _b_ __c__ **d** ~~e~~ `f` ``g``",
    "<script>alert(1)</script> <b>bold</b> <https://elsewhere.example>",
    "&lt;b&gt; &amp; &#42; a & b &copy",
    "# heading",
    "- item",
    "+ item",
    "1. item",
    "1) item",
    "> quote",
    "===",
    "---",
    "```",
    "~~~ code",
    "| a | b |",
    "back\\slash \\* \\",
    "[ref]: https://elsewhere.example",
    "ACCESS_DENIED snake_case_name _edge",
    "{{ 7 * 7 }} {% raise %} {view}",
    "ends with `",
    "`begins",
    "`",
    " spaces around ",
]


def rendered(markdown: str) -> html.HtmlElement:
    return html.fragment_fromstring(MarkdownIt().render(markdown), create_parent="div")


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("before", ["", "# ", "- ", "1. ", "> ", "[", "a "])
def test_a_text_is_shown_as_it_is_wherever_it_stands(text: str, before: str) -> None:
    link = before == "["
    page = rendered(f"[{escaped(text)}](there/)" if link else f"{before}{escaped(text)}")
    assert page.text_content().split() == f"{'' if before != 'a ' else before}{text}".split()
    links = [element.get("href") for element in page.cssselect("a")]
    assert links == (["there/"] if link else [])
    assert not page.cssselect("script, img, b, em, strong, code, pre, hr, table")
    shape = {"# ": "h1", "- ": "li", "1. ": "li", "> ": "blockquote"}.get(before)
    assert len(page.cssselect("h1, h2, li, blockquote")) == (1 if shape else 0)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_wire_value_keeps_every_byte(text: str) -> None:
    (block,) = rendered(code_block(text)).cssselect("pre code")
    assert block.text_content() == f"{text}\n"
    if text.strip("`").strip() == text.strip("`"):
        (span,) = rendered(f"x {code_span(text)} y").cssselect("code")
        assert span.text_content() == text


def test_every_code_has_its_page_as_markdown(site: Site, catalog: Catalog) -> None:
    for locale in catalog.locales:
        for scenario, code in catalog.records():
            folder = site.folder / locale.id / scenario.id / code.code
            page = rendered((folder / "index.md").read_text(encoding="utf-8"))
            (title,) = page.cssselect("h1")
            heading = (code.title or code.description)[locale.id].rstrip("。.")
            assert title.text_content() == f"{code.code} {heading}"
            (message,) = page.cssselect("pre code")
            assert message.text_content() == f"{code.message}\n"
            told = page.text_content()
            for texts in (code.action, code.payer_text, code.title and code.description):
                assert not texts or texts[locale.id] in told
            for link in page.cssselect("a"):
                assert link.get("href").startswith(site.url)
            blank = re.search(r"\n\n\n|[ \t]\n", (folder / "index.md").read_text(encoding="utf-8"))
            assert not blank, (folder, blank)


def test_the_page_says_where_its_markdown_is(site: Site) -> None:
    page = site.page("en/payment/4454/")
    kinds = {link.get("type"): link.get("href") for link in page.cssselect("head link[type]")}
    assert kinds["text/markdown"] == "index.md"
    assert kinds["application/json"] == "../../../codes/4454.json"
    shown = [link.get("href") for link in page.cssselect(".ref-formats a")]
    assert shown == ["index.md", "../../../codes/4454.json"]


def test_a_retired_code_says_so_in_markdown_too(catalog: Catalog) -> None:
    lookup = Lookup.of(catalog)
    (record,) = [
        item for item in catalog.records() if (item[0].id, item[1].code) == ("payment", "4454")
    ]
    view = code_view(lookup, catalog.locales[1], *record)
    other = view.next
    assert other
    view = replace(view, retired="Retired since *today*.", successor=other)
    text = Renderer(ROOT / "templates").markdown(MarkdownView(view, SITE_URL))
    page = rendered(text)
    assert (
        page.cssselect("blockquote")[0].text_content().strip().startswith("Retired since *today*.")
    )
    assert page.cssselect("blockquote a")[0].get("href") == (f"{SITE_URL}en/payment/{other.code}/")


# For language models


def test_the_index_for_language_models_has_every_page(site: Site, catalog: Catalog) -> None:
    text = (site.folder / "llms.txt").read_text(encoding="utf-8")
    page = rendered(text)
    assert len(page.cssselect("h1")) == 1
    assert page[1].tag == "blockquote"
    links = [link.get("href") for link in page.cssselect("li a")]
    assert len(links) == 2 * 142 + 2
    for link in links:
        assert (site.folder / link.removeprefix(site.url)).is_file()
    assert page.cssselect("h2")[-1].text_content() == "Optional"


def test_the_whole_text_holds_every_page(site: Site, catalog: Catalog) -> None:
    whole = (site.folder / "llms-full.txt").read_text(encoding="utf-8")
    for locale in catalog.locales:
        for scenario, code in catalog.records():
            folder = site.folder / locale.id / scenario.id / code.code
            assert (folder / "index.md").read_text(encoding="utf-8").strip() in whole


def test_a_faulty_template_of_markdown_is_told_with_its_line(tmp_path: Path) -> None:
    root = Path(shutil.copytree(ROOT / "tests" / "cases" / "good", tmp_path / "project"))
    (root / "templates" / "code.md").write_text("# {{ view.page.title }}\n{{ view.nothing }}\n")
    with pytest.raises(
        CatalogError, match=r"^templates/code\.md:2:1: .*has no attribute 'nothing'"
    ):
        Project(root).load()
