"""Reading a catalogue apart from checking it: what of a catalogue in the making can be used."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from errorcatalog.diagnostics import MOST_TOLD, CatalogError
from errorcatalog.load import load_catalog, read_catalog
from support import ROOT

GOOD = ROOT / "tests" / "cases" / "good" / "catalog"


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    """The good catalogue, to be spoilt."""
    return shutil.copytree(GOOD, tmp_path / "catalog")


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_what_is_read_of_a_good_catalogue_is_what_is_loaded() -> None:
    records, loaded = read_catalog(GOOD), load_catalog(GOOD, phrases=None)
    assert records.diagnostics == ()
    assert records.locales == loaded.locales
    assert {item.id: item.record for item in loaded.scenarios} == records.scenarios


def test_what_the_rules_refuse_is_read(catalog: Path) -> None:
    (catalog / "locales" / "ja.yml").write_text("name: 日本語\n", encoding="utf-8")
    append(catalog / "scenarios" / "refund.yml", '  - {code: "1", message: x, description: {}}\n')
    records = read_catalog(catalog)
    assert records.locale_ids == ("en", "ja", "zh-TW")
    assert set(records.locale_files) == {"en", "ja", "zh-TW"}
    assert [locale.id for locale in records.locales] == ["zh-TW", "en"]
    assert [code.code for code in records.scenarios["refund"].codes] == ["1013", "TIMEOUT", "1"]
    with pytest.raises(CatalogError, match=r"refund/1 description\.ja: missing"):
        load_catalog(catalog, phrases=None)


def test_a_file_that_is_not_yaml_takes_nothing_else_with_it(catalog: Path) -> None:
    append(catalog / "scenarios" / "refund.yml", '  - code: "')
    records = read_catalog(catalog)
    assert set(records.scenarios) == {"payment"}
    assert records.scenario_files["refund"] == "catalog/scenarios/refund.yml"
    assert [problem.check for problem in records.diagnostics] == ["yaml"]


def test_what_is_named_like_a_file_and_cannot_be_read_is_told(catalog: Path) -> None:
    (catalog / "scenarios" / "refund.yml").unlink()
    (catalog / "scenarios" / "refund.yml").mkdir()
    (catalog / "scenarios" / "loop.yml").symlink_to("loop.yml")
    records = read_catalog(catalog)
    assert set(records.scenarios) == {"payment"}
    told = {problem.place.file: problem.problem for problem in records.diagnostics}
    assert told["catalog/scenarios/refund.yml"] == "cannot be read (Is a directory)"
    assert told["catalog/scenarios/loop.yml"].startswith("cannot be read (Too many levels")


def test_without_a_list_of_groups_the_scenarios_are_read(catalog: Path) -> None:
    (catalog / "catalog.yml").unlink()
    records = read_catalog(catalog)
    assert records.head is None
    assert set(records.scenarios) == {"payment", "refund"}
    assert [problem.check for problem in records.diagnostics] == ["file"]


def test_a_folder_with_nothing_in_it_is_told(tmp_path: Path) -> None:
    assert [problem.problem for problem in read_catalog(tmp_path).diagnostics] == [
        "missing",
        "no locale file",
    ]


@pytest.mark.parametrize(
    "repeated",
    [
        "key{}: x\n",
        "title: {{en: '{}'}}\n",
        "  - {{}}\n",
        "  -\n",
        '  - {{code: "{}", mesage: x, descripton: y}}\n',
        '  - {{code: "{}", message: x, description: {{de: y, fr: z}}}}\n',
    ],
)
def test_of_very_many_problems_the_first_thousand_are_told(catalog: Path, repeated: str) -> None:
    text = "".join(repeated.format(number) for number in range(5_000))
    append(catalog / "scenarios" / "refund.yml", text)
    with pytest.raises(CatalogError) as raised:
        load_catalog(catalog, phrases=None)
    told = [problem.problem for problem in raised.value.diagnostics]
    assert len(told) == MOST_TOLD + 1
    assert told[-1] == "more than 1000 problems"
