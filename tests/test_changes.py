"""The list of changes: proposed, held against what was published, and shown as page and feed."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from ruamel.yaml import YAML

from errorcatalog.__main__ import main
from errorcatalog.diagnostics import CatalogError
from errorcatalog.load import load_catalog
from errorcatalog.project import Project
from support import ROOT, Site, serve

GOOD = ROOT / "tests" / "cases" / "good"
ATOM = {"a": "http://www.w3.org/2005/Atom", "h": "http://www.w3.org/1999/xhtml"}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "project"))


def published(root: Path) -> str:
    """The `catalog.json` of a project."""
    files = dict(Project(root).load().files([]))
    return files["catalog.json"]


def edit(root: Path, scenario: str, old: str, new: str) -> None:
    file = root / "catalog" / "scenarios" / f"{scenario}.yml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def proposals(root: Path, base: str, capsys: pytest.CaptureFixture[str]) -> Any:
    """What `changes` prints, as data."""
    capsys.readouterr()
    status = main(["--root", str(root), "changes", "--base", base])
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    return [] if out == "Nothing to add.\n" else YAML(typ="safe", pure=True).load(out)


RETIRED = """\
    retired:
      on: 2027-01-31
      reason: {zh-TW: 合併, en: Merged}
"""
NEW = """\
  - code: "4499"
    message: New.
    description: {zh-TW: 新的, en: New}
    added: 2026-11-25

  - code: "4454"
"""


def change_everything(root: Path) -> None:
    """One record is new, one says something else, one is retired."""
    edit(root, "payment", '  - code: "4454"\n', NEW)
    edit(root, "payment", "en: The card does not have enough", "en: The card has not enough")
    last = "en: The request timed out.\n"
    edit(root, "refund", last, last + RETIRED)


def test_nothing_is_proposed_where_nothing_changed(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    base = tmp_path / "catalog.json"
    base.write_text(published(project), encoding="utf-8")
    edit(project, "payment", "source: 付款", "source: 付款\nformer_ids: [pay]")
    assert proposals(project, str(base), capsys) == []


def test_each_difference_is_proposed_under_its_day(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    base = tmp_path / "catalog.json"
    base.write_text(published(project), encoding="utf-8")
    change_everything(project)
    found = proposals(project, str(base), capsys)
    told = {kind: names for entry in found for kind, names in entry.items() if kind != "on"}
    assert told == {
        "added": ["payment/4499"],
        "reworded": ["payment/4454"],
        "retired": ["refund/TIMEOUT"],
    }
    (day,) = [str(entry["on"]) for entry in found if "added" in entry]
    assert day == "2026-11-25"


def test_another_name_is_a_rewording(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    base = tmp_path / "catalog.json"
    base.write_text(published(project), encoding="utf-8")
    last = "      en: The card does not have enough balance.\n"
    edit(project, "payment", last, f'{last}    names: ["51"]\n')
    (entry,) = proposals(project, str(base), capsys)
    assert {kind: entry[kind] for kind in entry if kind != "on"} == {"reworded": ["payment/4454"]}
    # What was published before there were names says nothing of them.
    older = json.loads(base.read_text(encoding="utf-8"))
    for code in older["codes"]:
        del code["names"]
    base.write_text(json.dumps(older), encoding="utf-8")
    assert proposals(project, str(base), capsys) == []


def test_what_is_proposed_satisfies_the_check(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    changes = project / "catalog" / "changes.yml"
    before = "  - on: 2026-11-01\n    added: [refund/1013]\n"
    changes.write_text(f"changes:\n{before}", encoding="utf-8")
    base = tmp_path / "catalog.json"
    base.write_text(published(project), encoding="utf-8")
    change_everything(project)
    assert main(["--root", str(project), "permalinks"]) == 0
    assert main(["--root", str(project), "check", "--base", str(base)]) == 1
    assert capsys.readouterr().err.count("lists it; run `make changes`") == 2
    assert main(["--root", str(project), "changes", "--base", str(base)]) == 0
    proposed = capsys.readouterr().out
    changes.write_text(f"changes:\n{proposed}\n{before}", encoding="utf-8")
    assert main(["--root", str(project), "check", "--base", str(base)]) == 0
    assert proposals(project, str(base), capsys) == []


def test_a_renamed_scenario_is_no_change_of_its_codes(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    base = tmp_path / "catalog.json"
    base.write_text(published(project), encoding="utf-8")
    scenarios = project / "catalog" / "scenarios"
    (scenarios / "refund.yml").rename(scenarios / "money-back.yml")
    edit(project, "money-back", "summary:", "former_ids: [refund]\nsummary:")
    head = project / "catalog" / "catalog.yml"
    head.write_text(head.read_text(encoding="utf-8").replace("refund", "money-back"), "utf-8")
    assert proposals(project, str(base), capsys) == []


def test_one_more_language_is_no_change_of_the_others(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    data = json.loads(published(project))
    for code in data["codes"]:
        del code["description"]["en"], code["title"]["en"]
    base = tmp_path / "catalog.json"
    base.write_text(json.dumps(data), encoding="utf-8")
    assert proposals(project, str(base), capsys) == []


def test_without_a_base_records_speak_for_themselves(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change_everything(project)
    found = proposals(project, "", capsys)
    told = {kind: names for entry in found for kind, names in entry.items() if kind != "on"}
    assert told == {"added": ["payment/4499"], "retired": ["refund/TIMEOUT"]}


# Where the base comes from


def test_the_base_may_be_the_address_of_a_site(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "catalog.json").write_text(published(project), encoding="utf-8")
    change_everything(project)
    with serve(tmp_path / "site") as url:
        assert len(proposals(project, f"{url}catalog.json", capsys)) == 2
        assert main(["--root", str(project), "changes", "--base", f"{url}none.json"]) == 1
        assert "cannot be fetched (status 404)" in capsys.readouterr().err


def test_before_the_first_publication_everything_is_new(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    changes = project / "catalog" / "changes.yml"
    check = ["--root", str(project), "check", "--first", "--base"]
    with serve(tmp_path) as url:
        changes.write_text("changes:\n  - on: 2026-11-21\n    added: [refund/1013]\n", "utf-8")
        assert main([*check, f"{url}catalog.json"]) == 1
        assert capsys.readouterr().err.count("added since it was published") == 4
        changes.unlink()
        assert main([*check, f"{url}catalog.json"]) == 0


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=A", "-c", "user.email=a@docs.example"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_the_base_may_be_a_git_revision(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "First")
    git(project, "tag", "published")
    change_everything(project)
    assert len(proposals(project, "published", capsys)) == 2
    git(project, "commit", "--quiet", "--all", "--message", "Second")
    assert proposals(project, "HEAD", capsys) == []
    assert len(proposals(project, "HEAD~1", capsys)) == 2


@pytest.mark.parametrize(
    "base",
    [
        "no-such-revision",
        "a" * 300,
        "--output=x",
        "https://[",
        "https://docs example/",
        "https://docs.example:port/",
        "file:///etc",
    ],
)
def test_a_base_that_is_none_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], base: str
) -> None:
    assert main(["--root", str(project), "changes", f"--base={base}"]) == 1
    err = capsys.readouterr().err
    assert err.startswith(f"{base}:1:1: the base: ")
    assert err.endswith("[base]\n1 problem in 1 file.\n")
    assert "Traceback" not in err


def test_a_revision_may_be_of_before_a_string_that_pages_have_now(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "catalog" / "locales" / "en.yml"
    now = file.read_text(encoding="utf-8")
    file.write_text(now.replace("    payer: Party 1\n", ""), encoding="utf-8")
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "First")
    assert proposals(project, "HEAD", capsys) == []
    file.write_text(now, encoding="utf-8")
    change_everything(project)
    assert len(proposals(project, "HEAD", capsys)) == 2


def test_a_revision_may_be_of_before_a_field_moved(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "catalog" / "catalog.yml"
    now = file.read_text(encoding="utf-8")
    file.write_text(f"prefix: ACME\n{now}", encoding="utf-8")
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "First")
    file.write_text(f"codes: {{prefix: ACME}}\n{now}", encoding="utf-8")
    assert proposals(project, "HEAD", capsys) == []


def test_a_revision_that_leads_out_of_its_folder_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenarios = project / "catalog" / "scenarios"
    scenarios.rename(project / "elsewhere")
    scenarios.symlink_to(project / "elsewhere")
    git(project, "init", "--quiet")
    git(project, "add", ".")
    git(project, "commit", "--quiet", "--message", "First")
    assert main(["--root", str(project), "changes", "--base", "HEAD"]) == 1
    said = capsys.readouterr().err
    assert "HEAD:1:1: the base: its catalogue has problems by today's rules: " in said


def test_of_a_base_of_a_million_faults_one_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    base = project / "catalog.json"
    base.write_text(f'{{"schema_version": 1, "codes": [{"1," * 1_000_000}1]}}', encoding="utf-8")
    assert main(["--root", str(project), "changes", "--base", str(base)]) == 1
    assert "codes.0: not a published catalogue" in capsys.readouterr().err


# The page and the feed


@pytest.mark.parametrize(("locale", "title"), [("zh-TW", "更新紀錄"), ("en", "Changes")])
def test_the_page_shows_every_change(site: Site, locale: str, title: str) -> None:
    page = site.page(f"{locale}/changes/")
    (heading,) = page.cssselect("h1")
    assert heading.text_content() == title
    catalog = load_catalog(ROOT / "catalog", phrases=None)
    days = page.cssselect(".ref-day h2")
    assert [day.get("id") for day in days] == [str(change.on) for change in catalog.changes]
    shown = [link.get("href") for link in page.cssselect(".ref-day a")]
    listed = [
        name
        for change in catalog.changes
        for name in (*change.added, *change.reworded, *change.retired)
    ]
    assert shown == [f"../{name}/" for name in listed]
    assert [link.get("href") for link in page.cssselect(".ref-meaning a")] == ["../../changes.xml"]
    navigation = [link.get("href") for link in page.cssselect(".md-nav--primary a")]
    assert "./" in navigation


def test_the_feed_is_atom_with_full_addresses(site: Site) -> None:
    feed = etree.parse(site.folder / "changes.xml").getroot()
    assert feed.tag == "{http://www.w3.org/2005/Atom}feed"
    for parent in (feed, *feed.xpath("a:entry", namespaces=ATOM)):
        for name in ("id", "title", "updated"):
            (found,) = parent.xpath(f"a:{name}", namespaces=ATOM)
            assert found.text
    assert feed.xpath("string(a:author/a:name)", namespaces=ATOM)
    ids = feed.xpath("//a:id/text()", namespaces=ATOM)
    assert len(set(ids)) == len(ids)
    addresses = feed.xpath("//@href")
    assert len(addresses) > 2 * 142
    for address in addresses:
        assert address.startswith(site.url)
        path = address.removeprefix(site.url).partition("#")[0]
        file = site.folder / path
        assert (file / "index.html" if path.endswith("/") or not path else file).is_file()
    languages = feed.xpath("//h:div/@xml:lang", namespaces=ATOM)
    assert set(languages) == {"zh-TW", "en"}


def test_without_an_address_the_feed_still_has_ids_that_last(project: Path) -> None:
    (project / "catalog" / "changes.yml").write_text(
        "changes:\n  - on: 2026-11-21\n    added: [refund/1013]\n", encoding="utf-8"
    )
    files = dict(Project(project).load().files([]))
    feed = etree.fromstring(files["changes.xml"].encode())
    (found,) = feed.xpath("//a:id/text()", namespaces=ATOM)
    assert found.startswith("urn:uuid:")


@pytest.mark.parametrize("template", ["changes.html", "changes.xml"])
def test_a_faulty_template_of_changes_is_told(project: Path, template: str) -> None:
    (project / "catalog" / "changes.yml").write_text(
        "changes:\n  - on: 2026-11-21\n    added: [refund/1013]\n", encoding="utf-8"
    )
    file = project / "templates" / template
    file.write_text(file.read_text("utf-8").replace("{% for", "{{ view.nothing }}{% for", 1))
    with pytest.raises(CatalogError, match=f"^templates/{template}:.*no attribute 'nothing'"):
        Project(project).load()


def test_a_reference_without_a_list_has_no_page_of_changes(project: Path) -> None:
    files = dict(Project(project).load().files([]))
    assert "changes.xml" not in files
    pages = [item.page.address for item in Project(project).load().pages]
    assert not [address for address in pages if "changes" in address]
