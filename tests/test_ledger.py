"""The ledger of published addresses: it is read, held against the catalogue, and only grows."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from errorcatalog.__main__ import main
from errorcatalog.diagnostics import MOST_TOLD
from errorcatalog.ledger import Ledger
from errorcatalog.model import Catalog
from errorcatalog.project import Project
from support import ROOT
from test_permalinks import with_names

GOOD = ROOT / "tests" / "cases" / "good"
FILE = "catalog/permalinks.txt"
WHOLE = ["payment 4450", "payment 4454", "payment TIMEOUT", "refund 1013", "refund TIMEOUT"]


@pytest.fixture(scope="module")
def good() -> Catalog:
    return Project(GOOD).load().catalog


def ledger(folder: Path, *lines: str, text: str | None = None) -> Ledger:
    path = folder / "permalinks.txt"
    written = "".join(f"{line}\n" for line in lines) if text is None else text
    path.write_text(written, encoding="utf-8")
    return Ledger.read(path, FILE)


def found(item: Ledger, catalog: Catalog) -> list[str]:
    return [f"{problem.place} {problem.problem}" for problem in item.check(catalog)]


# Reading


def test_each_line_is_a_scenario_and_a_code(tmp_path: Path) -> None:
    item = ledger(tmp_path, "# a comment", "", "payment 4450", "  refund\t1013  ")
    assert [(line.scenario, line.code, line.place.line) for line in item.lines] == [
        ("payment", "4450", 3),
        ("refund", "1013", 4),
    ]
    assert (item.exists, item.problems) == (True, ())


def test_a_third_word_is_another_name(tmp_path: Path) -> None:
    item = ledger(tmp_path, "payment 4450", "payment 4450 NOT_DONE", "refund 4450 NOT_DONE")
    assert [(str(line), line.code, line.name) for line in item.lines] == [
        ("payment/4450", "4450", None),
        ("payment/4450 NOT_DONE", "4450", "NOT_DONE"),
        ("refund/4450 NOT_DONE", "4450", "NOT_DONE"),
    ]
    assert item.problems == ()


def test_lines_may_end_as_they_do_on_windows_and_the_last_one_not_at_all(tmp_path: Path) -> None:
    item = ledger(tmp_path, text="# a comment\r\npayment 4450\r\nrefund 1013")
    assert [line.code for line in item.lines] == ["4450", "1013"]


def test_lines_are_counted_as_an_editor_counts_them(tmp_path: Path) -> None:
    item = ledger(tmp_path, text="payment\x1e4450\nrefund\n")
    assert [str(problem.place) for problem in item.problems] == [f"{FILE}:2:1"]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("payment", "`payment`"),
        ("payment/4454", "`payment/4454`"),
        ("payment 4454 # the card", "`payment 4454 # the card`"),
        ("payment 4450", "payment/4450 is given twice"),
        ("payment 4450 NOT_DONE never", "`payment 4450 NOT_DONE never`"),
        ("payment 4450 NOT_DONE", "was published and is gone from the catalogue"),
        ("<<<<<<< ours", None),
    ],
)
def test_a_line_that_is_none_is_told(
    line: str, problem: str | None, tmp_path: Path, good: Catalog
) -> None:
    problems = list(ledger(tmp_path, *WHOLE, line).check(good))
    assert [item.place.line for item in problems] == [len(WHOLE) + 1]
    assert problem in (None, problems[0].problem)
    assert {item.check for item in problems} == {"ledger"}


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path, good: Catalog) -> None:
    path = tmp_path / "permalinks.txt"
    path.write_bytes(b"payment 4450\n\xff\n")
    item = Ledger.read(path, FILE)
    assert item.exists
    assert found(item, good) == [f"{FILE}:1:1 cannot be read"]


def test_a_file_that_is_not_there_is_not_read(tmp_path: Path) -> None:
    item = Ledger.read(tmp_path / "permalinks.txt", FILE)
    assert (item.exists, item.lines, item.problems) == (False, (), ())


def test_a_file_that_is_no_ledger_is_not_told_line_by_line(tmp_path: Path) -> None:
    item = ledger(tmp_path, *["no line of a ledger"] * 10_000)
    assert MOST_TOLD < len(item.problems) < MOST_TOLD + 10


# Held against the catalogue


def test_a_whole_ledger_has_no_problems_in_any_order(tmp_path: Path, good: Catalog) -> None:
    assert found(ledger(tmp_path, *reversed(WHOLE)), good) == []


def test_what_is_gone_and_what_is_new_are_told_at_their_places(
    tmp_path: Path, good: Catalog
) -> None:
    item = ledger(tmp_path, "payment 4449", *WHOLE[1:], "void 4454")
    assert found(item, good) == [
        f"{FILE}:1:1 was published and is gone from the catalogue",
        f"{FILE}:6:1 was published and is gone from the catalogue",
        f"catalog/scenarios/payment.yml:8:5 not in {FILE}",
    ]


def test_names_are_promised_with_their_codes(tmp_path: Path, good: Catalog) -> None:
    named = with_names(good, "TIMEOUT", {"payment": ["16", "TIMED_OUT"], "refund": ["16"]})
    names = ["payment TIMEOUT 16", "payment TIMEOUT TIMED_OUT", "refund TIMEOUT 16"]
    assert found(ledger(tmp_path, *WHOLE, *names), named) == []
    assert found(ledger(tmp_path, *WHOLE, *names), good) == [
        f"{FILE}:{number}:1 was published and is gone from the catalogue" for number in (6, 7, 8)
    ]
    new = ledger(tmp_path, *WHOLE, names[0])
    assert [(problem.subject, problem.problem) for problem in new.check(named)] == [
        ("payment/TIMEOUT names[1]", f"not in {FILE}"),
        ("refund/TIMEOUT names[0]", f"not in {FILE}"),
    ]
    assert new.add_new(named) == names[1:]
    assert new.path.read_text(encoding="utf-8").splitlines() == [*WHOLE, *names]


def test_a_name_moves_with_its_scenario_and_to_no_other_code(tmp_path: Path, good: Catalog) -> None:
    named = with_names(good, "4454", {"payment": ["16"]})
    scenario, *others = named.scenarios
    record = scenario.record.model_copy(update={"former_ids": ["pay"]})
    renamed = replace(named, scenarios=(replace(scenario, record=record), *others))
    assert found(ledger(tmp_path, *WHOLE, "payment 4454 16", "pay 4454 16"), renamed) == []
    taken = ledger(tmp_path, *WHOLE, "payment 4454 16", "payment 4450 16")
    assert found(taken, named) == [f"{FILE}:7:1 was published and is gone from the catalogue"]


def test_case_makes_another_address(tmp_path: Path, good: Catalog) -> None:
    item = ledger(tmp_path, *WHOLE[:-1], "refund timeout")
    assert len(found(item, good)) == 2


def test_a_missing_file_is_one_problem(tmp_path: Path, good: Catalog) -> None:
    assert found(Ledger.read(tmp_path / "permalinks.txt", FILE), good) == [f"{FILE}:1:1 missing"]


# Growing


def test_new_codes_go_to_the_end_and_nothing_else_changes(tmp_path: Path, good: Catalog) -> None:
    before = "# Mine.\n\nrefund 1013\n# In between.\nvoid 9999\npayment 4454\n"
    item = ledger(tmp_path, text=before)
    added = item.add_new(good)
    assert added == ["payment 4450", "payment TIMEOUT", "refund TIMEOUT"]
    after = item.path.read_text(encoding="utf-8")
    assert after == before + "".join(f"{line}\n" for line in added)
    again = Ledger.read(item.path, FILE)
    assert again.add_new(good) == []
    assert item.path.read_text(encoding="utf-8") == after


def test_a_last_line_without_an_end_stays_a_line(tmp_path: Path, good: Catalog) -> None:
    item = ledger(tmp_path, text="\n".join(WHOLE[:-1]))
    item.add_new(good)
    assert item.path.read_text(encoding="utf-8").splitlines() == WHOLE


def test_nothing_new_writes_nothing(tmp_path: Path, good: Catalog) -> None:
    item = ledger(tmp_path, text="\n".join(WHOLE))
    before = item.path.stat().st_mtime_ns
    assert item.add_new(good) == []
    assert item.path.stat().st_mtime_ns == before
    assert item.path.read_text(encoding="utf-8") == "\n".join(WHOLE)


def test_the_first_ledger_says_what_it_is(tmp_path: Path, good: Catalog) -> None:
    item = Ledger.read(tmp_path / "permalinks.txt", FILE)
    assert item.add_new(good) == WHOLE
    lines = item.path.read_text(encoding="utf-8").splitlines()
    comments = [line for line in lines if line.startswith("#")]
    assert comments == lines[: len(comments)]
    assert "only grows" in " ".join(comments)
    assert lines[len(comments) :] == WHOLE
    assert found(Ledger.read(item.path, FILE), good) == []


def test_a_write_that_fails_leaves_the_old_file_and_no_other(
    tmp_path: Path, good: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = ledger(tmp_path, *WHOLE[:2])
    before = item.path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="No space"):
        item.add_new(good)
    assert item.path.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["permalinks.txt"]


def test_the_written_file_can_be_read_by_all(tmp_path: Path, good: Catalog) -> None:
    item = ledger(tmp_path, *WHOLE[:2])
    item.add_new(good)
    assert item.path.stat().st_mode & 0o777 == 0o644


# From the terminal


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GOOD, tmp_path / "project"))


def run(root: Path, command: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    status = main(["--root", str(root), command])
    return (status, *capsys.readouterr())


def test_the_command_adds_what_is_new_once(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / FILE
    before = "# Every scenario and code ever published.\npayment 4450\nrefund 1013\n"
    file.write_text(before, encoding="utf-8")
    new = "payment 4454\npayment TIMEOUT\nrefund TIMEOUT\n"
    assert run(project, "permalinks", capsys) == (0, new, "")
    assert file.read_text(encoding="utf-8") == before + new
    assert run(project, "permalinks", capsys) == (0, "Nothing new.\n", "")
    assert file.read_text(encoding="utf-8") == before + new
    assert run(project, "check", capsys)[0] == 0


@pytest.mark.parametrize(
    ("before", "added"),
    [
        (b"payment 4450\r\nrefund 1013\r\n", b"payment 4454\r\n"),
        (b"payment 4450\r\nrefund 1013", b"\r\npayment 4454\r\n"),
        (b"payment 4450\nrefund 1013", b"\npayment 4454\n"),
    ],
)
def test_what_was_published_is_kept_byte_for_byte(
    before: bytes, added: bytes, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / FILE).write_bytes(before)
    assert run(project, "permalinks", capsys)[0] == 0
    assert (project / FILE).read_bytes().startswith(before + added)
    assert run(project, "check", capsys)[0] == 0


def test_the_command_writes_the_first_ledger(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / FILE).unlink()
    assert run(project, "permalinks", capsys) == (0, "".join(f"{line}\n" for line in WHOLE), "")
    assert run(project, "check", capsys)[0] == 0


@pytest.mark.parametrize("text", [b"payment 4450\n\xff\n", b"payment\n", b"refund 1013\n" * 2])
def test_the_command_does_not_write_after_what_it_cannot_read(
    text: bytes, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / FILE).write_bytes(text)
    status, out, err = run(project, "permalinks", capsys)
    assert (status, out) == (1, "")
    assert "[ledger]" in err
    assert (project / FILE).read_bytes() == text


@pytest.mark.parametrize(
    ("before", "after", "check"),
    [
        ("message: Insufficient funds.", "", "missing-field"),
        # What can never be published must not be promised.
        ('code: "4454"', 'code: "en"', "address-taken"),
        ('code: "4454"', 'code: "refund"', "address-taken"),
    ],
)
def test_the_command_promises_nothing_for_a_bad_catalogue(
    before: str, after: str, check: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = project / "catalog" / "scenarios" / "payment.yml"
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    (project / FILE).write_text("payment 4450\n", encoding="utf-8")
    status, out, err = run(project, "permalinks", capsys)
    assert (status, out) == (1, "")
    assert f"[{check}]" in err
    assert (project / FILE).read_text(encoding="utf-8") == "payment 4450\n"


def test_a_prefix_is_no_part_of_the_ledger(tmp_path: Path, good: Catalog) -> None:
    item = ledger(tmp_path, *WHOLE)
    assert found(item, replace(good, prefix="ACME")) == []
