"""The schema of the catalogue's files: what it holds, and that it agrees with the model."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from pydantic_core import to_jsonable_python

from errorcatalog.__main__ import main
from errorcatalog.model import ScenarioRecord
from errorcatalog.project import Project
from errorcatalog.record import (
    Record,
    choices,
    is_localized,
    record_type,
    record_types,
    written_fields,
)
from errorcatalog.schema import FILE_RECORDS, schema_text
from errorcatalog.validate import validate
from errorcatalog.yaml_source import Document, read_yaml
from support import ROOT

GOOD = Path(__file__).with_name("cases") / "good"
OTHER_TEAM = Path(__file__).with_name("fixtures") / "other-team"
FILES = sorted(
    path for root in (ROOT, GOOD, OTHER_TEAM) for path in (root / "catalog").rglob("*.yml")
)
RECORDS = tuple(dict.fromkeys(record_types(FILE_RECORDS)))
FIELDS = [
    pytest.param(record, name, id=f"{record.__name__}.{name}")
    for record in RECORDS
    for name in written_fields(record)
]

MODELINE = re.compile(r"# yaml-language-server: \$schema=(?P<file>\S+)#/\$defs/(?P<record>\w+)")

LOCALES = ("fr", "ja")


@cache
def schema_of(catalog: Path) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = json.loads((catalog / "schema.json").read_text(encoding="utf-8"))
    return loaded


def faults(schema: Mapping[str, Any], part: str, data: object) -> list[str]:
    """What a validator says of data, with dates as an editor sees them: as text."""
    whole = {**schema, "$ref": f"#/$defs/{part}"}
    validator = Draft202012Validator(whole, format_checker=FormatChecker())
    return [error.message for error in validator.iter_errors(to_jsonable_python(data))]


def read(path: Path) -> Document:
    document, problems = read_yaml(path, path.name)
    assert document is not None
    assert not problems
    return document


def catalog_folder(path: Path) -> Path:
    return next(parent for parent in path.parents if parent.name == "catalog")


# The file


def test_the_schema_is_valid() -> None:
    schema = schema_of(ROOT / "catalog")
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]


def test_the_same_locales_give_the_same_text() -> None:
    assert schema_text(LOCALES) == schema_text(LOCALES)


def test_the_text_can_be_read_by_people() -> None:
    text = (ROOT / "catalog/schema.json").read_text(encoding="utf-8")
    assert "\\u" not in text
    assert text.endswith("}\n")


def test_nothing_beside_the_parts_binds_a_file() -> None:
    """An editor applies what stands at the top to every file, whatever part the file names."""
    assert set(schema_of(ROOT / "catalog")) == {"$schema", "$comment", "$defs"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_file_names_its_part_of_the_schema_first(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    modeline = MODELINE.fullmatch(first)
    assert modeline, first
    catalog = catalog_folder(path)
    assert (path.parent / modeline["file"]).resolve() == catalog / "schema.json"
    kinds = {"scenarios": "ScenarioRecord", "locales": "LocaleRecord"}
    of_the_folder = {"catalog": "CatalogRecord", "changes": "ChangesRecord"}.get(path.stem)
    assert modeline["record"] == kinds.get(path.parent.name, of_the_folder)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_good_file_is_valid(path: Path) -> None:
    modeline = MODELINE.match(path.read_text(encoding="utf-8"))
    assert modeline
    schema = schema_of(catalog_folder(path))
    assert faults(schema, modeline["record"], read(path).data) == []


# What an editor is shown


@pytest.mark.parametrize(("record", "name"), FIELDS)
def test_a_field_has_a_description_that_goes_on_after_expected(
    record: type[Record], name: str
) -> None:
    description = written_fields(record)[name].description
    assert description
    assert re.fullmatch(r"[a-z`].*[^.]", description)


@pytest.mark.parametrize(("record", "name"), FIELDS)
def test_a_field_has_an_example_that_is_right(record: type[Record], name: str) -> None:
    """As the schema has it, and as the model takes it; that of a record is made of its fields'."""
    field = written_fields(record)[name]
    definitions = json.loads(schema_text(LOCALES))["$defs"]
    shown = definitions[record.__name__]["properties"][name]
    if is_localized(field):
        examples = [{locale: text["examples"][0] for locale, text in shown["properties"].items()}]
    else:
        examples = shown["examples"]
    assert examples
    assert field.examples or record_type(field)
    validator = Draft202012Validator(
        {"$defs": definitions, **shown}, format_checker=FormatChecker()
    )
    for example in examples:
        assert validator.is_valid(example)
    for example in field.examples or []:
        data = {name: dict.fromkeys(LOCALES, example) if is_localized(field) else example}
        document = Document("example.yml", "", data, marks={}, written={}, plain=())
        _, problems = validate(record, document, label="example")
        assert {problem.check for problem in problems} <= {"missing-field"}


@pytest.mark.parametrize(("record", "name"), FIELDS)
def test_each_of_a_few_values_has_a_meaning(record: type[Record], name: str) -> None:
    shown = schema_of(ROOT / "catalog")["$defs"][record.__name__]["properties"][name]
    values = choices(written_fields(record)[name])
    assert tuple(shown.get("enum", ())) == values
    assert len(set(shown.get("enumDescriptions", ()))) == len(values)


def test_a_text_stands_in_every_locale_of_the_catalogue_and_in_no_other() -> None:
    text = json.loads(schema_text(LOCALES))["$defs"]["ErrorCode"]["properties"]["title"]
    assert tuple(text["properties"]) == LOCALES
    assert tuple(text["required"]) == LOCALES
    assert text["additionalProperties"] is False


# Agreement with the model

SCENARIO = """\
title: {zh-TW: 退款, en: Refund}
source: 退款
former_ids: [refunds]
summary: {zh-TW: 退款時的錯誤。, en: Errors during refunds.}
codes:
  - code: "1013"
    message: The refund already exists.
    description: {zh-TW: 退款已存在, en: The refund exists.}
    names: ["EXISTS", "16"]
    party: payer
    retry: check-first
    added: 2026-11-22
    retired:
      on: 2027-01-31
      reason: {zh-TW: 併入其他代碼, en: Merged into another code.}
      replaced_by: "1014"
    aliases: [exists]
"""

RETIRED = SCENARIO[SCENARIO.index("    retired:") : SCENARIO.index("    aliases:")]
CODES = SCENARIO[SCENARIO.index("codes:") :]

RIGHT = {
    "as it is": ("", ""),
    "no optional text": ("source: 退款\n", ""),
    "no former ids": ("former_ids: [refunds]\n", ""),
    "no other names": ('["EXISTS", "16"]', "[]"),
    "no aliases": ("aliases: [exists]", "aliases: []"),
    "never retired": (RETIRED, ""),
    "a code that is a word": ('"1013"', '"Refund_exists.v2"'),
}

WRONG = {
    "a name that is a number": ('"16"', "16"),
    "a name that is no code": ('"16"', '"16."'),
    "a name that is too long": ('"16"', f'"{"1" * 101}"'),
    "a name that is no list": ('["EXISTS", "16"]', '"16"'),
    "a field that is not known": ("message:", "mesage:"),
    "a field too many": ("    party:", "    owner: me\n    party:"),
    "a field missing": ("    message: The refund already exists.\n", ""),
    "a code that is a bare number": ('"1013"', "1013"),
    "a code that is a bare number with a point": ('"1013"', "10.13"),
    "a code with a space": ('"1013"', '"10 13"'),
    "a code with a point at its end": ('"1013"', '"1013."'),
    "a code that is too long": ("1013", "1" * 101),
    "an empty code": ('"1013"', '""'),
    "a message that is a truth value": ("The refund already exists.", "true"),
    "a message of spaces": ("The refund already exists.", '"  "'),
    "a text that is no text": ("en: The refund exists.", "en: 404"),
    "an empty text": ("en: The refund exists.", 'en: ""'),
    "a text without its locales": ("{zh-TW: 退款已存在, en: The refund exists.}", "It exists."),
    "a value that is none of the few": ("party: payer", "party: bank"),
    "another value that is none of the few": ("check-first", "check_first"),
    "a date that is none": ("2026-11-22", "tomorrow"),
    "a day that the month has not": ("2026-11-22", "2026-11-31"),
    "a field without a value": ("source: 退款", "source:"),
    "a choice without a value": ("party: payer", "party:"),
    "a record without a value": (RETIRED, "    retired:\n"),
    "part of a record missing": ("      on: 2027-01-31\n", ""),
    "a successor that is a bare number": ('"1014"', "1014"),
    "an alias that is a number": ("[exists]", "[404]"),
    "a text instead of a list": ("[exists]", "exists"),
    "an id that is none": ("[refunds]", "[Refunds]"),
    "no codes": (CODES, "codes: []\n"),
    "a code that is a text": (CODES, "codes: [x]\n"),
}

# What the model leaves to the checks, which know the locales
WRONG_LOCALES = {
    "a missing translation": (", en: The refund exists.", ""),
    "a missing translation in a record": (", en: Merged into another code.", ""),
    "a locale too many": ("en: Refund}", "en: Refund, ja: 返金}"),
}


def judged(folder: Path, change: tuple[str, str]) -> tuple[list[str], bool]:
    """A changed scenario's faults by the schema, and whether the model has it whole."""
    assert change[0] in SCENARIO
    path = folder / "refund.yml"
    path.write_text(SCENARIO.replace(*change, 1), encoding="utf-8")
    document = read(path)
    _, problems = validate(ScenarioRecord, document, label="refund")
    return faults(schema_of(ROOT / "catalog"), "ScenarioRecord", document.data), not problems


@pytest.mark.parametrize("change", RIGHT.values(), ids=RIGHT)
def test_model_and_schema_take_what_is_right(tmp_path: Path, change: tuple[str, str]) -> None:
    assert judged(tmp_path, change) == ([], True)


@pytest.mark.parametrize("change", WRONG.values(), ids=WRONG)
def test_model_and_schema_refuse_what_is_wrong(tmp_path: Path, change: tuple[str, str]) -> None:
    said, whole = judged(tmp_path, change)
    assert said
    assert not whole


@pytest.mark.parametrize("change", WRONG_LOCALES.values(), ids=WRONG_LOCALES)
def test_the_schema_knows_the_locales_too(tmp_path: Path, change: tuple[str, str]) -> None:
    said, _ = judged(tmp_path, change)
    assert said


# The command


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "project"))


def run(project: Path, *arguments: str) -> int:
    return main(["--root", str(project), "schema", *arguments])


def test_the_catalogues_of_this_repository_have_their_schema(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert [run(root, "--check") for root in (ROOT, GOOD, OTHER_TEAM)] == [0, 0, 0]
    assert capsys.readouterr().out == "catalog/schema.json is up to date.\n" * 3


def test_a_stale_schema_is_told_and_renewed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "catalog/schema.json"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("ErrorCode", "Code"), encoding="utf-8")
    assert run(project, "--check") == 1
    assert capsys.readouterr().err == (
        "catalog/schema.json:1:1: the file: out of date; run `make schema`, which renews it"
        " [schema]\n1 problem in 1 file.\n"
    )
    assert run(project) == 0
    assert capsys.readouterr().out == "Wrote catalog/schema.json.\n"
    assert path.read_text(encoding="utf-8") == whole
    assert run(project) == 0
    assert capsys.readouterr().out == "catalog/schema.json is up to date.\n"


def test_a_new_locale_is_in_the_schema_before_the_texts_are_translated(project: Path) -> None:
    locales = project / "catalog/locales"
    english = (locales / "en.yml").read_text(encoding="utf-8")
    (locales / "ja.yml").write_text(english, encoding="utf-8")
    assert run(project, "--check") == 1
    assert run(project) == 0
    refund = read(project / "catalog/scenarios/refund.yml").data
    assert "'ja' is a required property" in faults(
        json.loads((project / "catalog/schema.json").read_text(encoding="utf-8")),
        "ScenarioRecord",
        refund,
    )


def test_the_default_locale_comes_first(project: Path) -> None:
    schema = schema_of(GOOD / "catalog")
    assert list(schema["$defs"]["Group"]["properties"]["title"]["properties"]) == ["zh-TW", "en"]


def test_without_a_locale_there_is_no_schema(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(project / "catalog/locales")
    assert run(project) == 1
    assert capsys.readouterr().err.startswith("catalog/locales:1:1: the file: no locale file;")


def test_the_site_does_not_depend_on_the_schema(project: Path) -> None:
    (project / "catalog/schema.json").unlink()
    assert Project(project).load().catalog.scenarios
