"""Where readers edit and report: addresses by the host of the repository, and by the settings."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from mkdocs.config.defaults import MkDocsConfig

from errorcatalog.diagnostics import Place
from errorcatalog.repository import REPORT_PLACEHOLDERS, Repository

RECORD = Place("catalog/scenarios/payment.yml", 12, 5)
REPORTED = {
    "code": "4454",
    "locale": "en",
    "page": "https://docs.example/codes/en/payment/4454/",
    "scenario": "payment",
    "title": "4454 Too little balance",
}
HOSTILE = "\"><script>&title=x#y?z=% {code} ../'餘額"


def of(repo_url: str = "", edit_uri: str | None = None, **settings: str) -> Repository:
    """The repository of a site whose `mkdocs.yml` says this, MkDocs' own defaults included."""
    config = MkDocsConfig()
    config.load_dict({"site_name": "Codes", "repo_url": repo_url, "edit_uri": edit_uri})
    assert config.validate() == ([], [])
    return Repository.of(repo_url=config.repo_url or "", edit_uri=config.edit_uri or "", **settings)


@pytest.mark.parametrize(
    ("repo_url", "edit"),
    [
        (
            "https://github.com/acme/codes",
            "https://github.com/acme/codes/edit/master/catalog/scenarios/payment.yml#L12",
        ),
        (
            "https://github.com/acme/codes/",
            "https://github.com/acme/codes/edit/master/catalog/scenarios/payment.yml#L12",
        ),
        (
            "https://gitlab.com/acme/docs/codes",
            "https://gitlab.com/acme/docs/codes/edit/master/catalog/scenarios/payment.yml#L12",
        ),
        (
            "https://bitbucket.org/acme/codes",
            "https://bitbucket.org/acme/codes/src/default/catalog/scenarios/payment.yml#lines-12",
        ),
        ("https://git.acme.example/codes", ""),
        ("", ""),
    ],
)
def test_a_line_is_edited_as_the_host_names_it(repo_url: str, edit: str) -> None:
    assert of(repo_url).edit_address(RECORD) == edit


@pytest.mark.parametrize(
    ("repo_url", "address", "title", "text"),
    [
        ("https://github.com/acme/codes", "/acme/codes/issues/new", "title", "body"),
        (
            "https://gitlab.com/acme/codes/",
            "/acme/codes/-/issues/new",
            "issue[title]",
            "issue[description]",
        ),
    ],
)
def test_a_problem_is_a_new_issue_with_its_title_filled_in(
    repo_url: str, address: str, title: str, text: str
) -> None:
    parts = urlsplit(of(repo_url).report_address(**REPORTED))
    assert parts.path == address
    asked = {title: [REPORTED["title"]], text: [REPORTED["page"]]}
    assert parse_qs(parts.query, strict_parsing=True) == asked


@pytest.mark.parametrize(
    "repo_url", ["", "https://git.acme.example/codes", "https://bitbucket.org/acme/codes"]
)
def test_where_no_title_can_be_filled_in_nothing_is_guessed(repo_url: str) -> None:
    assert of(repo_url).report_address(**REPORTED) == ""


@pytest.mark.parametrize(
    ("repo_url", "edit_uri", "edit"),
    [
        (
            "https://github.com/acme/codes",
            "edit/main/docs/",
            "https://github.com/acme/codes/edit/main/",
        ),
        (
            "https://github.com/acme/codes",
            "edit/main/docs",
            "https://github.com/acme/codes/edit/main/",
        ),
        # The folder of the documents may be left out.
        ("https://github.com/acme/codes", "edit/main/", "https://github.com/acme/codes/edit/main/"),
        # The project is not at the top of its repository.
        (
            "https://github.com/acme/docs",
            "edit/main/docs/docs/",
            "https://github.com/acme/docs/edit/main/docs/",
        ),
        (
            "https://git.acme.example/codes",
            "_edit/main/docs/",
            "https://git.acme.example/codes/_edit/main/",
        ),
        ("https://git.acme.example/codes", "?edit=docs/", "https://git.acme.example/codes?edit="),
        # A full address needs no repository.
        ("", "https://cms.acme.example/edit/docs/", "https://cms.acme.example/edit/"),
    ],
)
def test_edit_uri_says_where_files_are_edited(repo_url: str, edit_uri: str, edit: str) -> None:
    found = of(repo_url, edit_uri).edit_address(RECORD)
    assert found == f"{edit}catalog/scenarios/payment.yml#L12"


def test_edit_line_says_how_a_line_is_named() -> None:
    repository = of("https://github.com/acme/codes", edit_line="?plain=1#L{line}")
    assert repository.edit_address(RECORD).endswith("/payment.yml?plain=1#L12")


def test_a_file_opens_at_its_first_line_by_itself() -> None:
    repository = of("https://github.com/acme/codes")
    edit = repository.edit_address(Place("docs/en/a guide#1.md"))
    assert edit == "https://github.com/acme/codes/edit/master/docs/en/a%20guide%231.md"


def test_report_url_is_filled_in_and_needs_no_repository() -> None:
    pattern = "https://help.acme.example/{locale}/new?code={scenario}/{code}&from={page}&t={title}"
    assert of(report_url=pattern).report_address(**REPORTED) == (
        "https://help.acme.example/en/new?code=payment/4454"
        "&from=https%3A%2F%2Fdocs.example%2Fcodes%2Fen%2Fpayment%2F4454%2F"
        "&t=4454%20Too%20little%20balance"
    )
    everywhere = of("https://github.com/acme/codes", report_url="https://help.acme.example/")
    assert everywhere.report_address(**REPORTED) == "https://help.acme.example/"


@pytest.mark.parametrize("name", REPORT_PLACEHOLDERS)
def test_no_value_gets_out_of_its_place(name: str) -> None:
    repository = of(report_url=f"https://help.acme.example/new?{name}={{{name}}}&kind=code")
    address = repository.report_address(**{**REPORTED, name: HOSTILE})
    parts = urlsplit(address)
    assert parse_qs(parts.query, strict_parsing=True) == {name: [HOSTILE], "kind": ["code"]}
    assert not set(address) & set("\"<>' {}")


@pytest.mark.parametrize("edit_line", ["#L", "#L{number}", "#L{line}-{}", "{}"])
def test_an_edit_line_without_its_line_is_refused(edit_line: str) -> None:
    with pytest.raises(ValueError, match=r"EDIT_LINE is .*; write {line} in it"):
        of("https://github.com/acme/codes", edit_line=edit_line)


@pytest.mark.parametrize("name", ["kode", "", "line"])
def test_an_unknown_placeholder_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match=f"REPORT_URL has `{{{name}}}`; it can have {{code}}, "):
        of(report_url=f"https://help.acme.example/?code={{code}}&x={{{name}}}")
