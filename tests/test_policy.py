"""The policy of the pages, held against every page of the built site."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from errorcatalog.policy import headers_of, inline_scripts, refused
from support import ROOT, Site, copy_project, headers_for_all, mkdocs

RUN = {"", "module", "text/javascript", "application/javascript"}


def allowed(site: Site) -> set[str]:
    """The scripts that the site's policy allows by their hashes."""
    policy = headers_for_all(site.folder)["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    return set(directives["script-src"].split()) - {"'self'"}


def scripts(page: html.HtmlElement) -> Iterator[str]:
    """What a policy must allow of a page's inline scripts, found by another parser than ours."""
    for script in page.iter("script"):
        if script.get("src") is None and script.get("type", "") in RUN:
            digest = hashlib.sha256((script.text or "").encode()).digest()
            yield f"'sha256-{base64.b64encode(digest).decode()}'"


def test_no_page_holds_an_inline_script_that_the_policy_does_not_allow(site: Site) -> None:
    found = {address: set(scripts(page)) for address, page in site.pages.items()}
    assert {address for address, hashes in found.items() if not hashes <= allowed(site)} == set()
    # And the policy allows nothing that no page has.
    assert set().union(*found.values()) == allowed(site)


def test_no_page_holds_a_style_or_a_handler(site: Site) -> None:
    for address, page in site.pages.items():
        assert page.cssselect("style, [style], base, iframe, object, embed") == [], address
        for element in page.iter(html.etree.Element):
            named = [name for name in element.attrib if name.startswith("on")]
            assert named == [], (address, element.tag)
        links = page.xpath("//@href | //@src | //@action | //@formaction")
        assert [link for link in links if link.lower().startswith("javascript:")] == [], address


def test_no_page_asks_another_host_for_anything(site: Site) -> None:
    for address, page in site.pages.items():
        loaded = page.xpath(
            "//script/@src | //img/@src | //link[@rel='stylesheet' or @rel='icon']/@href"
        )
        assert [link for link in loaded if "//" in link] == [], address


def test_no_script_of_ours_writes_a_style_or_a_script() -> None:
    ours = list((ROOT / "docs" / "assets" / "javascripts").rglob("*.js"))
    assert len(ours) > 5
    for path in ours:
        text = path.read_text(encoding="utf-8")
        for forbidden in ("innerHTML", "eval(", "new Function", 'setAttribute("style"', "cssText"):
            assert forbidden not in text, (path.name, forbidden)


def test_only_a_script_that_runs_is_allowed_and_as_it_is_written() -> None:
    frame = """<script>one()</script><script src="two.js"></script>
        <script type="application/json">{"three": "<b>"}</script>
        <SCRIPT Type="Module">\n four &amp; "四" </SCRIPT><script>one()</script>"""
    assert inline_scripts(frame) == {"one()", '\n four &amp; "四" '}
    policy = headers_of(frame)["Content-Security-Policy"]
    assert policy.count("'sha256-") == 2


def test_a_frame_without_scripts_allows_none() -> None:
    assert "script-src 'self';" in headers_of("<p>script</p>")["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("fragment", "found"),
    [
        ("<p>style onclick <code>&lt;script&gt;</code></p>", ()),
        ('<td align="right">1</td><a href="../x/?on=1">x</a>', ()),
        ('<td style="text-align: right">1</td>', ("`style` on <td>",)),
        ("<STYLE>p {}</STYLE>", ("<style>",)),
        ('<img src=x ONERROR="alert(1)">', ("`onerror` on <img>",)),
        ("<svg/onload=alert(1)>", ("`onload` on <svg>",)),
        ('<a href=" java\nscript&#58;alert(1)">x</a>', ("`javascript:` in `href` on <a>",)),
        ("<script>alert(1)</script>", ("an inline <script>",)),
        ('<script src="../../assets/x.js"></script>', ()),
    ],
)
def test_what_browsers_will_refuse_is_found(fragment: str, found: tuple[str, ...]) -> None:
    assert refused(fragment) == found


def test_an_editor_is_told_what_browsers_will_refuse(tmp_path: Path) -> None:
    project = copy_project(tmp_path)
    page = project / "docs" / "en" / "about.md"
    written = page.read_text(encoding="utf-8")
    table = "\n\n| a | b |\n|--:|:-:|\n| 1 | 2 |\n"
    page.write_text(f'{written}{table}\n<p style="color: red">Red.</p>\n', encoding="utf-8")
    done = mkdocs(project, "build", "--strict")
    assert done.returncode == 1
    assert "docs/en/about.md: `style` on <p>: browsers refuse it" in done.stderr
    # A table with aligned columns is no reason.
    assert done.stderr.count("browsers refuse it") == 1
