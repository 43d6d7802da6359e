"""The published data, held against its schema and against the catalogue."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args
from urllib.parse import urljoin

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

from errorcatalog.export.as_data import Publisher
from errorcatalog.export.published import Published, PublishedCatalog, PublishedCode, schema
from errorcatalog.export.spreadsheet import spreadsheet
from errorcatalog.load import load_catalog
from errorcatalog.model import Catalog, ErrorCode
from errorcatalog.views.lookup import Lookup
from support import ROOT, Site

GOLDEN = Path(__file__).with_name("golden")
OTHER_TEAM = ROOT / "tests" / "fixtures" / "other-team" / "catalog"


def read(site: Site, name: str) -> Any:
    return json.loads((site.folder / name).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def published(site: Site) -> Any:
    return read(site, "catalog.json")


@pytest.fixture(scope="module")
def validator(site: Site) -> Draft202012Validator:
    found = read(site, "catalog.schema.json")
    Draft202012Validator.check_schema(found)
    return Draft202012Validator(found, format_checker=Draft202012Validator.FORMAT_CHECKER)


def of_one_code(validator: Draft202012Validator) -> Draft202012Validator:
    """The schema of a file in codes/, as the schema's own description names it."""
    whole = validator.schema
    return Draft202012Validator({"$ref": "#/$defs/PublishedRecords", "$defs": whole["$defs"]})


# The catalogue as JSON


def test_the_catalogue_is_as_its_schema_describes_it(
    published: Any, validator: Draft202012Validator
) -> None:
    assert list(validator.iter_errors(published)) == []
    assert published["$schema"] == validator.schema["$id"]
    assert published["$schema"] == "https://docs.example/codes/catalog.schema.json"
    assert published["schema_version"] == 1


@pytest.mark.parametrize(
    ("place", "wrong"),
    [
        (("schema_version",), 2),
        (("content_hash",), "274d48dd"),
        (("codes", 0, "code"), 1005),
        (("codes", 0, "message"), None),
        (("codes", 0, "title"), "A text"),
        (("codes", 0, "added"), "yesterday"),
        (("codes", 0, "pages", "en"), None),
        (("locales",), {}),
    ],
)
def test_the_schema_refuses_what_is_wrong(
    published: Any, validator: Draft202012Validator, place: tuple[Any, ...], wrong: Any
) -> None:
    changed = json.loads(json.dumps(published))
    holder = changed
    for key in place[:-1]:
        holder = holder[key]
    holder[place[-1]] = wrong
    assert list(validator.iter_errors(changed))


def test_a_field_that_is_missing_is_refused_and_one_that_is_new_is_not(
    published: Any, validator: Draft202012Validator
) -> None:
    code = dict(published["codes"][0])
    one = of_one_code(validator)
    assert list(one.iter_errors({**code, "since": "2.0"})) == []
    for field in code:
        assert list(one.iter_errors({key: code[key] for key in code if key != field})), field


def test_every_record_is_there_in_reading_order(published: Any, catalog: Catalog) -> None:
    assert [(item["scenario"], item["code"]) for item in published["codes"]] == [
        (scenario.id, code.code) for scenario, code in catalog.records()
    ]
    assert [item["id"] for item in published["scenarios"]] == [
        scenario.id for scenario in catalog.scenarios
    ]
    assert [item["id"] for item in published["groups"]] == [group.id for group in catalog.groups]
    assert [item["id"] for item in published["locales"]] == ["zh-TW", "en"]


def test_a_record_says_all_that_the_catalogue_says_but_its_aliases(
    published: Any, catalog: Catalog
) -> None:
    told = {(item["scenario"], item["code"]): item for item in published["codes"]}
    for scenario, code in catalog.records():
        item = told[scenario.id, code.code]
        assert item["message"] == code.message
        assert item["description"] == code.description
        assert item["group"] == scenario.group.id
        for field in ("source", "names", "party", "retry", "action", "payer_text"):
            assert item[field] == getattr(code, field)
        assert item["added"] == str(code.added)
        heading = code.title or code.description
        assert item["title"] == {key: text.rstrip("。.") for key, text in heading.items()}
    fields = set(ErrorCode.model_fields) - {"origin", "aliases"}
    assert fields <= PublishedCode.model_fields.keys()
    whole = json.dumps(published, ensure_ascii=False)
    aliases = [alias for _, code in catalog.records() for alias in code.aliases]
    assert "刷不過" in aliases
    assert "刷不過" not in whole


def test_every_address_in_the_data_answers(published: Any, site: Site) -> None:
    root = "https://docs.example/codes/"
    addresses = set(_addresses(published))
    assert len(addresses) == 5 * 142 + 2 * 12
    for address in addresses:
        assert address.startswith(root)
        path = site.folder / address.removeprefix(root)
        assert (path / "index.html" if address.endswith("/") else path).is_file(), address


def _addresses(data: Any) -> Iterator[str]:
    for item in [*data["scenarios"], *data["codes"]]:
        yield from item["pages"].values()
    for item in data["codes"]:
        yield item["permalink"]
        yield from item["markdown"].values()


def test_without_an_address_the_links_are_relative_to_the_file(catalog: Catalog) -> None:
    publisher = Publisher(Lookup.of(catalog), "")
    files = dict(publisher.files(publisher.catalog()))
    for name in ("catalog.json", "codes/4454.json"):
        data = json.loads(files[name])
        record = data if "code" in data else next(c for c in data["codes"] if c["code"] == "4454")
        here = f"https://somewhere.example/deep/{name}"
        assert urljoin(here, record["permalink"]) == "https://somewhere.example/deep/4454/"
        page = "https://somewhere.example/deep/en/payment/4454/"
        assert urljoin(here, record["pages"]["en"]) == page
    assert "$id" not in json.loads(files["catalog.schema.json"])


def test_a_code_has_a_file_of_its_own_and_one_in_two_scenarios_a_list(
    site: Site, published: Any, catalog: Catalog, validator: Draft202012Validator
) -> None:
    one = of_one_code(validator)
    names = {code.code for _, code in catalog.records()}
    files = {path.stem for path in (site.folder / "codes").glob("*.json")}
    assert files == names
    assert len(names) == 139
    for name in names:
        data = read(site, f"codes/{name}.json")
        assert list(one.iter_errors(data)) == []
        whole = [item for item in published["codes"] if item["code"] == name]
        assert data == (whole[0] if len(whole) == 1 else whole)
    assert [item["scenario"] for item in read(site, "codes/1004.json")] == ["order", "onboarding"]


def test_the_hash_tells_content_and_not_the_address(catalog: Catalog) -> None:
    lookup = Lookup.of(catalog)
    here = Publisher(lookup, "").catalog()
    there = Publisher(lookup, "https://elsewhere.example/").catalog()
    assert here.content_hash == there.content_hash
    scenario = catalog.scenarios[0]
    first = scenario.codes[0].model_copy(update={"message": "Another message"})
    record = scenario.record.model_copy(update={"codes": [first, *scenario.codes[1:]]})
    changed = type(scenario)(scenario.id, scenario.group, record)
    other = Catalog(**{**vars(catalog), "scenarios": (changed, *catalog.scenarios[1:])})
    assert Publisher(Lookup.of(other), "").catalog().content_hash != here.content_hash


# The promise


def test_the_fields_of_schema_version_1_are_all_there() -> None:
    """Fields are added, never renamed or removed: only lines may be added to the golden file."""
    promised = (GOLDEN / "published-fields.txt").read_text(encoding="utf-8").splitlines()
    assert sorted(_fields(PublishedCatalog, "")) == promised


def _fields(model: type[BaseModel], path: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        where = f"{path}{field.alias or name}"
        yield where
        inner = [field.annotation, *get_args(field.annotation)]
        for kind in inner:
            if isinstance(kind, type) and issubclass(kind, Published):
                yield from _fields(kind, f"{where}.")


def test_every_field_is_described() -> None:
    definitions = json.loads(schema(""))["$defs"]
    for name, definition in definitions.items():
        assert definition.get("description"), name
        for field, described in definition.get("properties", {}).items():
            assert described.get("description"), f"{name}.{field}"


# The table


def table(catalog: Catalog) -> list[dict[str, str]]:
    text = spreadsheet(Publisher(Lookup.of(catalog), "").catalog())
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_the_table_has_a_row_for_each_record(site: Site, catalog: Catalog) -> None:
    content = (site.folder / "catalog.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbfscenario,group,code,message,")
    rows = table(catalog)
    assert len(rows) == 142
    for row, (scenario, code) in zip(rows, catalog.records(), strict=True):
        assert (row["scenario"], row["code"]) == (scenario.id, code.code)
        assert row["message"] == code.message
        assert row["description.zh-TW"] == code.description["zh-TW"]
        assert row["action.en"] == (code.action or {})["en"]


def test_what_a_row_has_not_had_before_is_in_its_last_columns(catalog: Catalog) -> None:
    """Programs may count columns."""
    *_, last = table(catalog)[0]
    assert last == "names"
    named = {
        (row["scenario"], row["code"]): row["names"]
        for row in table(load_catalog(OTHER_TEAM, phrases=None))
        if row["names"]
    }
    assert named == {
        ("sign-in", "4010"): "E_UNAUTHORIZED",
        ("sign-in", "AuthFailure.Expired"): "4012",
        ("sign-in", "AuthFailure.Locked"): "4013 ACCOUNT_LOCKED",
        ("billing", "4010"): "E_UNAUTHORIZED",
    }


@pytest.mark.parametrize(
    "formula",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        " =cmd|' /C calc'!A0",
        "\t=1",
        "＝1+1",
        "－1",
        "　=1",
        '=HYPERLINK("https://docs.example/","x")',
    ],
)
def test_what_a_spreadsheet_would_run_is_defused(catalog: Catalog, formula: str) -> None:
    data = Publisher(Lookup.of(catalog), "").catalog()
    first = data.codes[0].model_copy(update={"message": formula})
    text = spreadsheet(data.model_copy(update={"codes": [first]}))
    (row,) = csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))
    assert row["message"] == f"'{formula}"


@pytest.mark.parametrize("text", ["a=b", "1-2", "'=1", 'He said "no", twice', "(-1)", ""])
def test_other_cells_are_as_they_are(catalog: Catalog, text: str) -> None:
    data = Publisher(Lookup.of(catalog), "").catalog()
    first = data.codes[0].model_copy(update={"message": text})
    (row,) = csv.DictReader(
        io.StringIO(spreadsheet(data.model_copy(update={"codes": [first]})), newline="")
    )
    assert row["message"] == text


def test_another_teams_catalogue_is_published_in_its_languages() -> None:
    catalog = load_catalog(OTHER_TEAM, phrases=None)
    text = Publisher(Lookup.of(catalog), "").catalog().model_dump_json()
    data = json.loads(text)
    found = {locale.id for locale in catalog.locales}
    assert {key for item in data["codes"] for key in item["title"]} == found
    assert not re.search("zh-TW|SLP|SHOPLINE", text)
    assert [item["names"] for item in data["codes"]] == [
        code.names for _, code in catalog.records()
    ]
    Draft202012Validator(json.loads(schema(""))).validate(data)
