"""Any catalogue that the checks accept is built, and each code found, with its texts whole."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given
from lxml import etree, html
from markdown_it import MarkdownIt
from playwright._impl._driver import compute_driver_executable

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.model import Catalog, ErrorCode, Scenario
from errorcatalog.project import Project
from errorcatalog.reference import Reference
from errorcatalog.search.index import search_index
from errorcatalog.views.parts import heading_of
from fuzz.catalogues import Made, catalogues
from fuzz.effort import in_time, tries
from support import ROOT, build, copy_project

SITE_URL = "https://docs.example/codes/"
ENGINE = (ROOT / "docs/assets/javascripts/search/engine.js").as_uri()
ASK = Path(__file__).with_name("ask.mjs")
NODE = compute_driver_executable()[0]

Record = tuple[Scenario, ErrorCode]


def project(folder: Path, made: Made) -> Path:
    """A project of our templates and a catalogue, with a ledger of it."""
    (folder / "templates").symlink_to(ROOT / "templates")
    made.write(folder / "catalog")
    Project(folder).add_to_ledger()
    return folder


def loaded(made: Made) -> tuple[Reference, dict[str, str]]:
    """The reference, and every file of it that is no page of a locale."""
    with TemporaryDirectory() as folder, in_time():
        reference = Project(project(Path(folder), made)).load(site_url=SITE_URL)
        return reference, dict(reference.files([]))


def codes(catalog: Catalog) -> Iterator[tuple[Scenario, ErrorCode, Locale]]:
    for scenario, code in catalog.records():
        for locale in catalog.locales:
            yield scenario, code, locale


def said(code: ErrorCode, locale: Locale) -> str:
    """What a page says of a code; as its heading that has no full stop."""
    return code.description[locale.id].removesuffix(".").removesuffix("。")


def words(page: Any) -> str:
    """The text of a page; how much space stands between words is its template's matter."""
    return " ".join(page.text_content().split())


def spaced(text: str) -> str:
    return " ".join(text.split())


def parsed(markup: str) -> Any:
    return html.fragment_fromstring(markup, create_parent="main")


@tries(8)
@given(made=catalogues())
def test_every_code_has_its_page_with_its_texts(made: Made) -> None:
    reference, _ = loaded(made)
    pages = {item.page.address: item.page for item in reference.pages}
    for scenario, code, locale in codes(reference.catalog):
        page = parsed(pages[addresses.code(locale.id, scenario.id, code.code)].html())
        shown = page.text_content()
        assert code.code in shown
        assert code.message in shown
        assert heading_of(code, locale) in shown
        assert said(code, locale) in shown
        assert code.message in page.xpath("//@data-copy")
        table = parsed(pages[addresses.scenario(locale.id, scenario.id)].html())
        assert table.xpath("//@id").count(code.code) == 1
        assert code.message in table.text_content()
        assert not page.xpath("//script | //img | //iframe")


@tries(8)
@given(made=catalogues())
def test_every_code_has_its_permalink(made: Made) -> None:
    reference, files = loaded(made)
    for scenario, code, locale in codes(reference.catalog):
        for address in (
            addresses.permalink(code.code),
            addresses.record_permalink(scenario.id, code.code),
            *map(addresses.permalink, code.names),
        ):
            page: Any = html.document_fromstring(files[addresses.output_file(address)])
            assert code.message in page.text_content()
            assert code.description[locale.id] in page.text_content()


@tries(8)
@given(made=catalogues())
def test_every_code_is_data(made: Made) -> None:
    reference, files = loaded(made)
    whole = json.loads(files[addresses.CATALOG_JSON])
    table = csv.DictReader(io.StringIO(files[addresses.CATALOG_CSV].removeprefix("\ufeff")))
    rows = {(row["scenario"], row["code"].removeprefix("'")): row for row in table}
    published = {(item["scenario"], item["code"]): item for item in whole["codes"]}
    assert len(rows) == len(published) == len(list(reference.catalog.records()))
    for scenario, code in reference.catalog.records():
        item = published[scenario.id, code.code]
        assert item["message"] == code.message
        assert item["description"] == code.description
        assert item["source"] == code.source
        one = json.loads(files[addresses.code_json(code.code)])
        alone = one if isinstance(one, list) else [one]
        assert code.message in [entry["message"] for entry in alone]
        row = rows[scenario.id, code.code]
        assert row["message"] in (code.message, f"'{code.message}")
        for locale, text in code.description.items():
            assert row[f"description.{locale}"] in (text, f"'{text}")


@tries(8)
@given(made=catalogues())
def test_every_file_of_xml_is_xml(made: Made) -> None:
    _, files = loaded(made)
    for address, text in files.items():
        if address.endswith(".xml"):
            etree.fromstring(text.encode())


@tries(8)
@given(made=catalogues())
def test_every_code_is_markdown(made: Made) -> None:
    reference, files = loaded(made)
    for scenario, code, locale in codes(reference.catalog):
        address = addresses.markdown(addresses.code(locale.id, scenario.id, code.code))
        page = parsed(MarkdownIt().render(files[address]))
        assert spaced(heading_of(code, locale)) in words(page)
        assert spaced(said(code, locale)) in words(page)
        assert f"{code.message}\n" in [block.text_content() for block in page.xpath("//pre/code")]
        assert not page.xpath("//script | //img")


@tries(8)
@given(made=catalogues())
def test_every_code_is_found_by_search(made: Made) -> None:
    reference, _ = loaded(made)
    catalog = reference.catalog
    for locale in catalog.locales:
        base = addresses.home(locale.id)
        index = json.loads(search_index(catalog, locale, []).as_json(base=base))
        records = list(catalog.records())
        places = [
            addresses.code(locale.id, scenario.id, code.code).removeprefix(base)
            for scenario, code in records
        ]
        entries = {entry["location"]: entry for entry in index["docs"]}
        for (_, code), place in zip(records, places, strict=True):
            assert entries[place]["message"] == code.message
            assert entries[place]["description"] == code.description[locale.id]
            assert entries[place]["heading"] == heading_of(code, locale)
        answers = ask(index, [code.code for _, code in records])
        missed = [
            (code.code, answer)
            for (_, code), place, answer in zip(records, places, answers, strict=True)
            if place not in answer
        ]
        assert missed == []


def ask(index: Any, queries: list[str]) -> list[list[str]]:
    """What the site's engine finds for each query."""
    done = subprocess.run(
        [NODE, ASK],
        input=json.dumps({"module": ENGINE, "index": index, "queries": queries}),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    answers: list[list[str]] = json.loads(done.stdout)
    return answers


@tries(3)
@given(made=catalogues())
def test_a_whole_site_is_built(made: Made) -> None:
    with TemporaryDirectory() as folder:
        root = copy_project(Path(folder))
        shutil.rmtree(root / "catalog")
        for pages in (root / "docs").iterdir():
            if pages.name != "assets":
                shutil.rmtree(pages)
        made.write(root / "catalog")
        Project(root).add_to_ledger()
        site = build(root, root / "site", site_url=SITE_URL)
        for scenario, code, locale in codes(Project(root).load().catalog):
            page = site.page(addresses.code(locale.id, scenario.id, code.code))
            assert code.message in page.text_content()
            assert said(code, locale) in page.text_content()
            index = site.folder / addresses.search_index(locale.id)
            entries = json.loads(index.read_text(encoding="utf-8"))["docs"]
            assert code.message in [entry.get("message") for entry in entries]
