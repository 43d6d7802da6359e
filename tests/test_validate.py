"""A document held against a record type: what the cases do not show."""

from __future__ import annotations

from pathlib import Path

from errorcatalog.diagnostics import Diagnostic
from errorcatalog.model import ScenarioRecord
from errorcatalog.validate import validate
from errorcatalog.yaml_source import read_yaml

HEAD = "title: {en: Payment}\nsummary: {en: Errors during payment.}\ncodes:\n"
GOOD = '  - {code: "4454", message: No funds., description: {en: Not enough balance.}}\n'
BAD = '  - {code: "4455", description: {en: The number is wrong.}}\n'


def validated(folder: Path, text: str) -> tuple[ScenarioRecord | None, list[Diagnostic]]:
    path = folder / "payment.yml"
    path.write_text(text, encoding="utf-8")
    document, problems = read_yaml(path, "payment.yml")
    assert not problems
    assert document is not None
    return validate(ScenarioRecord, document, label="payment")


def test_a_record_holds_what_was_written(tmp_path: Path) -> None:
    record, problems = validated(tmp_path, HEAD + GOOD)
    assert not problems
    assert record is not None
    assert record.title == {"en": "Payment"}
    assert [code.message for code in record.codes] == ["No funds."]


def test_a_record_knows_where_it_was_written(tmp_path: Path) -> None:
    record, _ = validated(tmp_path, HEAD + GOOD)
    assert record is not None
    origin = record.codes[0].origin
    assert origin.label == "payment/4454"
    found = origin.problem("description", "en", found="wrong", remedy="mend it", check="x")
    assert str(found) == "payment.yml:4:54: payment/4454 description.en: wrong; mend it [x]"


def test_entries_without_faults_remain(tmp_path: Path) -> None:
    record, problems = validated(tmp_path, HEAD + BAD + GOOD)
    assert record is not None
    assert [code.code for code in record.codes] == ["4454"]
    assert [problem.check for problem in problems] == ["missing-field"]


def test_nothing_remains_of_a_record_with_a_fault_of_its_own(tmp_path: Path) -> None:
    record, problems = validated(tmp_path, HEAD.replace("title", "titel") + GOOD)
    assert record is None
    assert {problem.check for problem in problems} == {"missing-field", "unknown-field"}


def test_every_fault_is_told(tmp_path: Path) -> None:
    _, problems = validated(tmp_path, HEAD.replace("title", "titel") + BAD + BAD)
    assert len(problems) == 4


def test_a_record_without_a_name_is_told_by_its_place_in_the_list(tmp_path: Path) -> None:
    _, problems = validated(tmp_path, HEAD + GOOD + "  - {message: No funds.}\n")
    assert {problem.subject for problem in problems} == {
        "payment codes[1] code",
        "payment codes[1] description",
    }
