"""Sites behind nginx as it is deployed: one below a path, another team's at the root."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from errorcatalog.diagnostics import CatalogError
from errorcatalog.policy import headers_of
from errorcatalog.project import Project
from support import ROOT, Site, build, copy_project, headers_for_all
from test_other_team import put_in_place
from web_server import Answer, WebServer, nginx

REVALIDATED = "no-cache"
KEPT = "public, max-age=31536000, immutable"
GZIP_HEADER = {"Accept_Encoding": "gzip"}


@dataclass(frozen=True)
class Published:
    """A site that is served, and where in it to look."""

    site: Site
    server: WebServer
    base: str
    code: str
    page: str

    def ask(self, address: str, *, method: str = "GET", **headers: str) -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.server.ask(self.base + address, named, method=method)

    @property
    def stylesheet(self) -> str:
        (found,) = (self.site.folder / "assets/stylesheets").glob("main.*.min.css")
        return found.relative_to(self.site.folder).as_posix()


@pytest.fixture(scope="module")
def below_a_path(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    with nginx(tmp_path_factory.mktemp("below"), {"/codes/": site.folder}) as server:
        yield Published(site, server, "/codes/", "4454", "en/payment/4454/")


@pytest.fixture(scope="module")
def at_the_root(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Published]:
    """Another team's site, in English, French and Japanese."""
    project = put_in_place(tmp_path_factory.mktemp("project"))
    site = build(project, project / "site", site_url="https://docs.acme.example/")
    with nginx(tmp_path_factory.mktemp("root"), {"/": site.folder}) as server:
        yield Published(site, server, "/", "4010", "fr/billing/4010/")


@pytest.fixture(params=["below_a_path", "at_the_root"])
def published(request: pytest.FixtureRequest) -> Published:
    found: Published = request.getfixturevalue(request.param)
    return found


# Kinds of addresses: the status, type, and what a browser may keep.
PAGE = (200, "text/html; charset=utf-8", REVALIDATED)
MISSING = (404, "text/html; charset=utf-8", REVALIDATED)
KINDS = {
    "": (302, "text/html", REVALIDATED),
    "en/": PAGE,
    "{page}": PAGE,
    "{code}/": PAGE,
    "{code}": (301, "text/html", REVALIDATED),
    "en/codes/": PAGE,
    "{page}index.md": (200, "text/markdown; charset=utf-8", REVALIDATED),
    "catalog.json": (200, "application/json", REVALIDATED),
    "catalog.schema.json": (200, "application/schema+json", REVALIDATED),
    "catalog.csv": (200, "text/csv; charset=utf-8", REVALIDATED),
    "codes/{code}.json": (200, "application/json", REVALIDATED),
    "en/search/search_index.json": (200, "application/json", REVALIDATED),
    "llms.txt": (200, "text/plain; charset=utf-8", REVALIDATED),
    "llms-full.txt": (200, "text/plain; charset=utf-8", REVALIDATED),
    "sitemap.xml": (200, "application/xml", REVALIDATED),
    "sitemap.xml.gz": (200, "application/gzip", REVALIDATED),
    "en/opensearch.xml": (200, "application/opensearchdescription+xml", REVALIDATED),
    "assets/icon.svg": (200, "image/svg+xml", REVALIDATED),
    "assets/javascripts/reference.js": (200, "text/javascript; charset=utf-8", REVALIDATED),
    "{stylesheet}": (200, "text/css; charset=utf-8", KEPT),
    "assets/stylesheets/main.00000000.min.css": MISSING,
    "no-such-page": MISSING,
    "en/no-such-page/": MISSING,
    "assets/": MISSING,
    "404.html": MISSING,
}


@pytest.mark.parametrize("address", KINDS)
def test_every_kind_of_address_has_its_type_its_caching_and_every_header(
    published: Published, address: str
) -> None:
    expected = KINDS[address]
    path = address.format(page=published.page, code=published.code, stylesheet=published.stylesheet)
    answer = published.ask(path)
    found = (answer.status, answer.headers["Content-Type"], answer.headers["Cache-Control"])
    assert found == expected
    assert carried(answer) == headers_for_all(published.site.folder)
    # A question about an address is answered like one for what is there.
    head = published.ask(path, method="HEAD")
    assert (head.status, head.body) == (answer.status, b"")
    assert described(head) == described(answer)


def carried(answer: Answer) -> dict[str, str | None]:
    """The headers of the policy; none stands twice."""
    names = headers_of("")
    assert all(len(answer.headers.get_all(name, [])) == 1 for name in names)
    return {name: answer.headers[name] for name in names}


def described(answer: Answer) -> dict[str, str]:
    """What an answer says of itself, apart from its time."""
    return {name: value for name, value in answer.headers.items() if name != "Date"}


def test_the_feed_of_changes_is_atom(below_a_path: Published) -> None:
    assert below_a_path.ask("changes.xml").headers["Content-Type"] == "application/atom+xml"


def test_data_may_be_read_by_pages_of_other_sites_and_nothing_else_may(
    published: Published,
) -> None:
    files = ["catalog.json", "catalog.csv", "catalog.schema.json", f"codes/{published.code}.json"]
    for address in files:
        assert published.ask(address).headers["Access-Control-Allow-Origin"] == "*"
    for address in ("", "en/", published.page, "no-such-page", published.stylesheet):
        assert "Access-Control-Allow-Origin" not in published.ask(address).headers


def test_the_policy_allows_only_what_is_named(published: Published) -> None:
    policy = published.ask("en/").headers["Content-Security-Policy"]
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["default-src"] == "'none'"
    assert re.fullmatch(r"'self'( 'sha256-[\w+/]{43}=')+", directives["script-src"])
    assert directives["style-src"] == "'self'"
    assert directives["base-uri"] == directives["frame-ancestors"] == "'none'"
    assert directives["form-action"] == "'self'"
    assert "unsafe" not in policy


def test_what_a_browser_has_is_not_sent_again(published: Published) -> None:
    for address in ("en/", published.page, "catalog.json", published.stylesheet):
        whole = published.ask(address)
        for condition in (
            {"If_None_Match": whole.headers["ETag"]},
            {"If_None_Match": f'"other", W/{whole.headers["ETag"]}'},
            {"If_Modified_Since": whole.headers["Last-Modified"]},
        ):
            again = published.ask(address, **condition)
            assert (again.status, again.body) == (304, b"")
            assert carried(again) == carried(whole)
            assert again.headers["Cache-Control"] == whole.headers["Cache-Control"]
            assert again.headers["ETag"] == whole.headers["ETag"]
        assert published.ask(address, If_None_Match='"other"').body == whole.body


def test_a_compressed_page_is_kept_apart_and_asked_for_again_too(published: Published) -> None:
    for address in ("en/", "catalog.json", "catalog.csv", published.stylesheet, "llms.txt"):
        plain, packed = published.ask(address), published.ask(address, **GZIP_HEADER)
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.body) == plain.body
        assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"
        assert carried(packed) == carried(plain)
        etag = packed.headers["ETag"]
        assert published.ask(address, If_None_Match=etag, **GZIP_HEADER).status == 304


def test_a_part_of_a_file_can_be_asked_for(published: Published) -> None:
    whole = published.ask("catalog.json").body
    part = published.ask("catalog.json", Range="bytes=10-19")
    assert (part.status, part.body) == (206, whole[10:20])
    assert part.headers["Content-Range"] == f"bytes 10-19/{len(whole)}"
    beyond = published.ask("catalog.json", Range=f"bytes={len(whole)}-")
    assert beyond.status == 416
    # nginx adds its headers to this answer twice; they say the same.
    for name, value in carried(part).items():
        assert set(beyond.headers.get_all(name, [])) == {value}


def test_a_wrong_address_shows_the_sites_own_page(published: Published) -> None:
    page = (published.site.folder / "404.html").read_bytes()
    for address in ("no-such-page", "en/payment/no/such/", "assets/", "404.html", "9999?x=1"):
        answer = published.ask(address)
        assert (answer.status, answer.body) == (404, page)
    # Not even then, if the browser has a copy of something.
    again = published.ask("no-such-page", If_None_Match="*")
    assert (again.status, again.body) == (404, page)


@pytest.mark.parametrize(
    "address", ["_headers", "_redirects", "_nginx.conf", ".hidden", "en/.hidden", ".git/config"]
)
def test_hidden_files_and_what_is_for_hosts_is_not_served(
    published: Published, address: str
) -> None:
    hidden = published.site.folder / address
    there = hidden.exists()
    hidden.parent.mkdir(exist_ok=True)
    hidden.touch()
    try:
        assert published.ask(address).status == 404
    finally:
        if not there:
            hidden.unlink()
            if hidden.parent.name == ".git":
                hidden.parent.rmdir()


@pytest.mark.parametrize(
    "path",
    [
        "../../../../etc/passwd",
        "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "..%2f..%2f..%2f..%2fetc%2fpasswd",
        "assets/..%2f..%2f..%2f..%2f..%2fetc/passwd",
        "..\\..\\..\\etc\\passwd",
        "%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd",
        "en/%00",
        "../nginx.conf",
    ],
)
def test_nothing_outside_the_site_is_served(published: Published, path: str) -> None:
    answer = published.ask(path)
    assert answer.status in {400, 404}
    assert b"root:" not in answer.body
    assert b"worker_processes" not in answer.body


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
def test_a_site_is_only_read(published: Published, method: str) -> None:
    for address in ("", "en/", "catalog.json"):
        answer = published.ask(address, method=method)
        assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")
        assert carried(answer) == headers_for_all(published.site.folder)
    assert "Allow" not in published.ask("en/").headers


def test_a_link_without_its_last_slash_leads_on_with_what_it_asks(published: Published) -> None:
    for address in (published.code, "en", published.page.rstrip("/")):
        for query in ("", "?from=ticket&n=1"):
            answer = published.ask(address + query, Host="a.name.of.the.hosts.own")
            assert answer.status == 301
            # No host: what is in front of nginx has its own name, scheme and port.
            assert answer.headers["Location"] == f"{published.base}{address}/{query}"


def test_a_path_without_its_slash_leads_to_the_site(below_a_path: Published) -> None:
    answer = below_a_path.server.ask("/codes?q=4454")
    assert (answer.status, answer.headers["Location"]) == (301, "/codes/?q=4454")
    assert carried(answer) == headers_for_all(below_a_path.site.folder)


def test_what_stands_beside_a_site_is_not_touched(below_a_path: Published) -> None:
    for path in ("/", "/codesx", "/en/"):
        answer = below_a_path.server.ask(path)
        assert answer.status in {403, 404}
        assert "Content-Security-Policy" not in answer.headers


# What a browser asks for; the locales of the site are zh-TW, for unknown readers too, and en.
WANTED = {
    "": "zh-TW",
    "*": "zh-TW",
    "en": "en",
    "EN-us": "en",
    "zh": "zh-TW",
    "zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7": "zh-TW",
    "zh-HK": "zh-TW",
    "zh-Hant-TW": "zh-TW",
    "zh-CN,zh;q=0.9": "zh-TW",
    "en-GB,en;q=0.9,zh-TW;q=0.8": "en",
    "en;q=0.5, zh-TW;q=0.9": "zh-TW",
    "zh-TW;q=0.5,en": "en",
    "en,zh": "en",
    "fr": "zh-TW",
    "fr,ja;q=0.9,en;q=0.2": "en",
    "fr, en ; q=0.001 , zh;q=0": "en",
    "en;q=0": "zh-TW",
    "en;q=0.000,zh;q=0.1": "zh-TW",
    "eng": "zh-TW",
    "x-en": "zh-TW",
    "de-en": "zh-TW",
    "en;q=1.0,zh;q=0.99": "en",
    "zh;q=0.95,en;q=0.9": "zh-TW",
    "enough, nonsense;;; q=, ,": "zh-TW",
}


@pytest.mark.parametrize("wanted", WANTED)
def test_the_root_leads_to_the_readers_language(below_a_path: Published, wanted: str) -> None:
    answer = below_a_path.ask("?q=4454", Accept_Language=wanted)
    assert answer.status == 302
    assert answer.headers["Location"] == f"/codes/{WANTED[wanted]}/?q=4454"
    assert answer.headers["Vary"] == "Accept-Language"
    assert answer.headers["Cache-Control"] == REVALIDATED


@pytest.mark.parametrize(
    ("wanted", "home"),
    [("ja", "ja"), ("fr-CA,fr;q=0.9", "fr"), ("de,fr;q=0.3,ja;q=0.4", "ja"), ("zh-TW", "en")],
)
def test_the_root_knows_the_locales_of_its_catalogue(
    at_the_root: Published, wanted: str, home: str
) -> None:
    assert at_the_root.ask("", Accept_Language=wanted).headers["Location"] == f"/{home}/"


def test_a_long_list_of_languages_is_answered_at_once(below_a_path: Published) -> None:
    wanted = ",".join(f"fr-{number:03};q=0.5" for number in range(500)) + ",en;q=0.4"
    assert below_a_path.ask("", Accept_Language=wanted).headers["Location"] == "/codes/en/"


def test_a_compressed_copy_that_is_there_is_what_is_sent(
    at_the_root: Published, tmp_path: Path
) -> None:
    folder = shutil.copytree(at_the_root.site.folder, tmp_path / "site")
    subprocess.run([ROOT / "deploy" / "compress", folder], check=True)
    work = tmp_path / "nginx"
    work.mkdir()
    with nginx(work, {"/": folder}) as server:
        for address in ("en/", "catalog.json", "sitemap.xml", at_the_root.stylesheet):
            path = folder / (f"{address}index.html" if address.endswith("/") else address)
            packed = server.ask(f"/{address}", {"Accept-Encoding": "gzip"})
            assert packed.body == path.with_name(f"{path.name}.gz").read_bytes()
            assert gzip.decompress(packed.body) == path.read_bytes()
            plain = at_the_root.ask(address)
            for name in ("Content-Type", "Cache-Control", "Vary"):
                assert packed.headers[name] == plain.headers[name]
            assert carried(packed) == carried(plain)


def test_nginx_finds_nothing_to_complain_about(published: Published) -> None:
    published.ask("en/")
    told = published.server.log.read_text(encoding="utf-8")
    # What a reader asked in vain is an [error]; what is wrong with a configuration is none.
    assert set(re.findall(r"\[[a-z]+\]", told)) <= {"[error]"}


def test_static_hosts_keep_just_the_files_whose_names_change(published: Published) -> None:
    rules = (published.site.folder / "_headers").read_text(encoding="utf-8")
    kept = re.findall(rf"^(\S+)\n  Cache-Control: {KEPT}$", rules, re.MULTILINE)
    assert len(kept) >= 4
    for path in kept:
        assert published.server.ask(path).headers["Cache-Control"] == KEPT
    assert rules.count("Cache-Control") == len(kept)


def test_static_hosts_lead_each_language_to_its_home(published: Published) -> None:
    rules = (published.site.folder / "_redirects").read_text(encoding="utf-8").splitlines()
    found = [rule.split() for rule in rules if rule and not rule.startswith("#")]
    homes = {rule[3].removeprefix("Language="): rule[1] for rule in found}
    catalog = json.loads((published.site.folder / "catalog.json").read_text(encoding="utf-8"))
    locales = [locale["id"] for locale in catalog["locales"]]
    assert homes == {name.split("-")[0]: f"{published.base}{name}/" for name in locales}
    assert {tuple(rule[::2]) for rule in found} == {(published.base, "302!")}


def test_no_configuration_names_a_locale_or_a_site_by_itself() -> None:
    for folder in (ROOT / "deploy", ROOT / "templates" / "hosting"):
        for file in folder.iterdir():
            if file.suffix != ".md":
                text = file.read_text(encoding="utf-8")
                assert not re.search(r"zh|\ben/|SLP|shopline", text, re.IGNORECASE), file


def test_a_mistake_in_a_template_for_hosts_is_told_before_anything_is_written(
    tmp_path: Path,
) -> None:
    project = copy_project(tmp_path)
    template = project / "templates" / "hosting" / "_nginx.conf"
    template.write_text("server {\n{{ view.nothing }}\n}\n", encoding="utf-8")
    with pytest.raises(CatalogError, match=r"templates/hosting/_nginx.conf:2:1: the template"):
        Project(project).load()
