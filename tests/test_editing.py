"""Editors' commands: `format` and `new`, and what they do with files that others have spoilt."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

import errorcatalog.project
from errorcatalog.__main__ import main
from errorcatalog.diagnostics import MOST_TOLD
from errorcatalog.editing.new_record import place_of
from errorcatalog.writing import replace
from support import AS_ANYBODY, ROOT
from test_cases import GOOD

PAYMENT = "catalog/scenarios/payment.yml"
REFUND = "catalog/scenarios/refund.yml"


class Project:
    """A copy of the good project, with commands run in it."""

    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root = shutil.copytree(GOOD, root)
        self._capsys = capsys

    def read(self, name: str) -> str:
        return (self.root / name).read_bytes().decode()

    def write(self, name: str, text: str) -> None:
        (self.root / name).write_bytes(text.encode())

    def run(self, *arguments: str) -> tuple[int, str, str]:
        """The exit status, what was printed, and what was complained of."""
        self._capsys.readouterr()
        status = main(["--root", str(self.root), *arguments])
        return (status, *self._capsys.readouterr())

    def files(self) -> dict[str, bytes]:
        folder = self.root / "catalog"
        return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Project:
    return Project(tmp_path / "project", capsys)


# format


def test_files_that_are_not_in_form_are_formatted_and_named(project: Project) -> None:
    before = project.files()
    for name in (PAYMENT, REFUND):
        project.write(name, project.read(name).replace("\n", "\r\n"))
    assert project.run("format") == (0, f"{PAYMENT}\n{REFUND}\n", "")
    assert project.files() == before
    assert project.run("format") == (0, "Nothing to change.\n", "")


def test_named_files_alone_are_formatted(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    changed = {name: project.read(name) + "\n\n" for name in (PAYMENT, REFUND)}
    for name, text in changed.items():
        project.write(name, text)
    monkeypatch.chdir(project.root / "docs")
    assert project.run("format", f"../{REFUND}") == (0, f"{REFUND}\n", "")
    assert project.read(PAYMENT) == changed[PAYMENT]
    assert project.read(REFUND) == changed[REFUND].rstrip("\n") + "\n"


def test_only_to_look_changes_nothing(project: Project) -> None:
    assert project.run("format", "--check") == (0, "", "")
    project.write(PAYMENT, project.read(PAYMENT).replace("\nsource: ", "\nsource:  "))
    before = project.files()
    status, out, err = project.run("format", "--check")
    assert (status, out) == (1, "")
    assert err == (
        f"{PAYMENT}:3:1: payment source: written `source:  付款`; expected `source: 付款`;"
        " run `make format` [form]\n1 problem in 1 file.\n"
    )
    assert project.files() == before


@pytest.mark.parametrize(
    ("spoilt", "problem"),
    [
        ("title: {zh-TW: a", "not valid YAML"),
        ("title: a\n\tsource: b\n", "a tab in the indentation"),
        ("title: &t a\nsource: *t\n", "a YAML anchor"),
        ("title: !!str a\n", "a YAML tag"),
        ("title: a\ntitle: b\n", "given twice"),
        ("title: a\n---\ntitle: b\n", "a second YAML document"),
        ("? [a]\n: b\n", "a key that is not a word"),
        ('title: "a\\u202eb"\n', "holds the hidden character U+202E"),
        (f"{'x' * 200}:   a\n", "it has no canonical form"),
        ("", "empty"),
    ],
)
def test_what_cannot_be_formatted_stays_and_the_others_are_formatted(
    spoilt: str, problem: str, project: Project
) -> None:
    refund = project.read(REFUND)
    project.write(PAYMENT, spoilt)
    project.write(REFUND, refund + "\n")
    status, out, err = project.run("format")
    assert (status, out) == (1, f"{REFUND}\n")
    assert problem in err
    assert err.startswith(f"{PAYMENT}:")
    assert project.read(PAYMENT) == spoilt
    assert project.read(REFUND) == refund


def test_a_file_outside_of_the_catalogue_is_refused(project: Project) -> None:
    for name in ("docs/en/index.md", "catalog/permalinks.txt", "catalog/none.yml", "/none.yml"):
        status, out, err = project.run("format", str(project.root / name))
        assert (status, out) == (1, "")
        assert "the file: not of the catalogue; name a .yml file of catalog/ [file]" in err


def test_a_file_keeps_its_mode_and_a_link_stays_one(project: Project) -> None:
    target, link = project.root / "payment.yml", project.root / PAYMENT
    link.rename(target)
    link.symlink_to(target)
    target.write_text(target.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    target.chmod(0o640)
    assert project.run("format") == (0, f"{PAYMENT}\n", "")
    assert link.is_symlink()
    assert not target.read_text(encoding="utf-8").endswith("\n\n")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_file_that_may_not_be_written_is_told(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path, text: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("errorcatalog.editing.files.replace", refuse)
    project.write(PAYMENT, project.read(PAYMENT) + "\n")
    before = project.files()
    problem = (
        "the file: cannot be written (Permission denied); make the file and its folder writable"
    )
    assert project.run("format")[2] == f"{PAYMENT}:1:1: {problem} [file]\n1 problem in 1 file.\n"
    assert project.run("new", "payment", "4470")[2].startswith(f"{PAYMENT}:1:1: {problem}")
    assert project.files() == before


def test_what_is_write_protected_is_not_replaced(project: Project) -> None:
    project.write(PAYMENT, project.read(PAYMENT) + "\n")
    before = project.files()
    (project.root / PAYMENT).chmod(0o444)
    done = subprocess.run(
        [*AS_ANYBODY, sys.executable, "-m", "errorcatalog", "--root", project.root, "format"],
        env={**os.environ, "PYTHONPATH": str(ROOT / "hooks")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith(f"{PAYMENT}:1:1: the file: cannot be written (Permission denied)")
    assert project.files() == before


def test_a_failure_while_writing_leaves_the_old_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "payment.yml"
    path.write_text("a", encoding="utf-8")

    def fail(self: Path, target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space left"):
        replace(path, "b")
    assert [(found.name, found.read_text(encoding="utf-8")) for found in tmp_path.iterdir()] == [
        ("payment.yml", "a")
    ]


def test_what_a_killed_run_leaves_is_no_file_of_the_catalogue(project: Project) -> None:
    project.write("catalog/scenarios/.payment.yml.k3x1", "title: {")
    assert project.run("format") == (0, "Nothing to change.\n", "")
    assert project.run("check")[0] == 0


# new


def test_a_new_record_is_put_in_its_place_with_all_that_is_to_be_filled_in(
    project: Project,
) -> None:
    before = project.read(PAYMENT)
    status, out, err = project.run("new", "payment", "4452")
    assert (status, err) == (0, "")
    place, hint = out.splitlines()
    assert place == f"{PAYMENT}:18"
    assert hint == "Fill in what `make check` lists; then run `make permalinks` and `make changes`."
    today = datetime.now().astimezone().date()
    record = f"""\
  - code: "4452"
    message:
    description:
      zh-TW:
      en:
    party:
    retry:
    action:
      zh-TW:
      en:
    added: {today}

"""
    at = before.index('  - code: "4454"')
    assert project.read(PAYMENT) == before[:at] + record + before[at:]
    gaps = [(19, "message"), (21, "description.zh-TW"), (22, "description.en"), (23, "party")]
    gaps += [(24, "retry"), (26, "action.zh-TW"), (27, "action.en")]
    *found, _ = project.run("check")[2].splitlines()
    assert [line.split(": empty; expected ")[0].split(": payment/4452 ") for line in found] == [
        [f"{PAYMENT}:{line}:{5 if '.' not in field else 7}", field] for line, field in gaps
    ]


def test_a_record_that_is_filled_in_is_in_form_and_complete(project: Project) -> None:
    project.run("new", "refund", "1014")
    text = project.read(REFUND)
    for name, value in (("message", "No."), ("party", "payer"), ("retry", "never")):
        text = text.replace(f"    {name}:\n", f"    {name}: {value}\n")
    text = text.replace("      zh-TW:\n", "      zh-TW: 否。\n").replace(
        "      en:\n", "      en: No.\n"
    )
    project.write(REFUND, text)
    assert project.run("permalinks") == (0, "refund 1014\n", "")
    assert project.run("check")[::2] == (0, "")


def test_comments_stay_with_their_records(project: Project) -> None:
    project.write(
        REFUND,
        project.read(REFUND)
        .replace("codes:\n", "codes:\n  # About 1013.\n")
        .replace("\n\n", "\n    # The end of 1013.\n\n  # About TIMEOUT.\n")
        + "  # The end of the codes.\n# The end.\n",
    )
    for code in ("1000", "1014", "ZERO"):
        assert project.run("new", "refund", code)[0] == 0
    lines = project.read(REFUND).splitlines()
    kept = [line for line in lines[1:] if "#" in line or "code:" in line]
    assert kept == [
        '  - code: "1000"',
        "  # About 1013.",
        '  - code: "1013"',
        "    # The end of 1013.",
        '  - code: "1014"',
        "  # About TIMEOUT.",
        '  - code: "TIMEOUT"',
        '  - code: "ZERO"',
        "  # The end of the codes.",
        "# The end.",
    ]
    assert project.run("format", "--check")[0] == 0


def test_a_file_that_is_not_in_form_comes_into_it(project: Project) -> None:
    text = project.read(REFUND)
    comments = text.replace("summary:", "# When.\nsummary:").replace("codes:", "codes: # which")
    head, key, codes = comments.partition("codes:")
    project.write(REFUND, key + codes + head)
    assert project.run("new", "refund", "1014")[0] == 0
    assert project.run("format", "--check")[0] == 0
    start, end = project.read(REFUND).split('  - code: "1014"')
    assert start + end.partition("\n\n")[2] == comments


@pytest.mark.parametrize(
    "codes",
    ["codes:", "codes: []", "codes: # none yet", "codes: [\n  # none yet\n  ]", ""],
)
def test_the_first_record_of_a_scenario(codes: str, project: Project) -> None:
    head = project.read(REFUND).split("codes:")[0]
    project.write(REFUND, head + codes + "\n")
    assert project.run("new", "refund", "1014")[0] == 0
    text = project.read(REFUND)
    assert "# none yet" not in codes or "# none yet" in text
    assert text.startswith(head)
    assert '  - code: "1014"\n    message:\n' in text


def test_codes_in_brackets_become_records(project: Project) -> None:
    head = project.read(REFUND).split("codes:")[0]
    project.write(REFUND, f'{head}codes: [{{code: "1", message: a}}, {{code: "3", message: b}}]')
    assert project.run("new", "refund", "2")[0] == 0
    assert [line for line in project.read(REFUND).splitlines() if "code:" in line] == [
        f'  - code: "{number}"' for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("others", "code", "place"),
    [
        (["1", "2", "4"], "3", 2),
        (["1", "2", "4"], "5", 3),
        (["2", "4"], "1", 0),
        (["3000", "3004", "1012", "4350"], "3005", 2),
        (["3000", "3004", "1012", "4350"], "1013", 3),
        (["3000", "3004", "1012", "4350"], "1000", 2),
        (["999", "1000"], "1001", 2),
        (["1", "2", "NOT_FOUND"], "3", 2),
        (["1", "2", "ABC", "XYZ"], "NOT_FOUND", 3),
        (["ABC", "1"], "AAA", 0),
        (["1", "2"], "ABC", 2),
        (["ABC"], "1", 1),
        ([], "1", 0),
    ],
)
def test_a_code_stands_among_its_kind_and_the_others_stay(
    others: list[str], code: str, place: int
) -> None:
    assert place_of(code, others) == place


@pytest.mark.parametrize(
    ("scenario", "code", "problem"),
    [
        ("payment", "4454", f"{PAYMENT}:18:5: payment/4454: is there already; edit that record"),
        ("paymnt", "1", "catalog/scenarios/paymnt.yml:1:1: paymnt: no such scenario; did you mean"),
        ("../payment", "1", "no such scenario"),
        ("x", "1", "no such scenario; known are `payment`, `refund` [scenario-listed]"),
        ("payment", "44 70", "payment/44 70 code: `44 70` has the wrong form"),
        ("payment", "-1", "has the wrong form"),
        ("payment", "", "empty; expected the code in double quotes"),
        ("payment", "1" * 101, "longer than 100 characters"),
        ("payment", "timeout", "differs from `TIMEOUT` only in case; the first is in line"),
        ("payment", "en", "payment/en code: the address `en/` belongs to locale en"),
        (
            "payment",
            "refund",
            "payment/refund code: the address `refund/` belongs to",
        ),
        ("payment", "index.html", "payment/index.html code: the address"),
    ],
)
def test_a_code_that_cannot_be_added_is_refused_and_nothing_changed(
    scenario: str, code: str, problem: str, project: Project
) -> None:
    before = project.files()
    status, out, err = project.run("new", "--", scenario, code)
    assert (status, out) == (1, "")
    assert problem in err
    assert project.files() == before


def test_a_code_cannot_have_the_name_of_another(project: Project) -> None:
    text = project.read(PAYMENT)
    message = "    message: Insufficient funds.\n"
    # The record is not in form, and its other names are not all good.
    project.write(PAYMENT, text.replace(message, '    names: ["LOW_BALANCE", 16]\n' + message))
    status, out, err = project.run("new", "refund", "low-balance")
    assert (status, out) == (1, "")
    assert "payment/4454 names[0]: the address `LOW-BALANCE/` belongs to code low-balance" in err
    project.write(PAYMENT, text.replace(message, f"    names: LOW_BALANCE\n{message}"))
    assert project.run("new", "refund", "1014")[0] == 0


def test_a_code_may_stand_in_another_scenario_but_not_in_another_spelling(project: Project) -> None:
    assert project.run("new", "refund", "NOT_FOUND")[0] == 0
    # The record is not filled in yet; its code counts all the same.
    assert project.run("new", "refund", "NOT_FOUND")[0] == 1
    assert "belongs to code NOT_FOUND" in project.run("new", "payment", "NOT-FOUND")[2]
    assert project.run("new", "payment", "NOT_FOUND")[0] == 0


@pytest.mark.parametrize(
    ("spoilt", "problem"),
    [
        ("title: {zh-TW: a", "not valid YAML"),
        ("title: &t a\n", "a YAML anchor"),
        ("codes: none\n", "codes: not a list; mend that first"),
        ("codes: {a: b}\n", "codes: not a list; mend that first"),
        ("- a\n", "codes: not a list; mend that first"),
        ('source: "a\\u202eb"\n', "holds the hidden character U+202E"),
    ],
)
def test_no_record_is_added_to_what_cannot_be_read(
    spoilt: str, problem: str, project: Project
) -> None:
    project.write(PAYMENT, spoilt)
    status, out, err = project.run("new", "payment", "1")
    assert (status, out) == (1, "")
    assert problem in err
    assert project.read(PAYMENT) == spoilt


def test_no_record_is_added_where_the_head_of_the_catalogue_is_missing(project: Project) -> None:
    (project.root / "catalog" / "catalog.yml").unlink()
    assert "catalog/catalog.yml:1:1: the file: missing" in project.run("new", "payment", "1")[2]


def test_no_record_is_added_where_a_locale_cannot_be_read(project: Project) -> None:
    project.write("catalog/locales/en.yml", "name: {")
    assert "catalog/locales/en.yml:" in project.run("new", "payment", "1")[2]


# check


def test_the_form_is_told_by_the_check_alone(project: Project) -> None:
    project.write(PAYMENT, project.read(PAYMENT) + "\n")
    assert project.run("check")[0] == 1
    errorcatalog.project.Project(project.root).load()
    assert project.run("permalinks")[0] == 0


def test_of_a_line_that_is_wrong_the_form_is_not_told_too(project: Project) -> None:
    project.write(REFUND, project.read(REFUND).replace('code: "1013"', "code:   1013"))
    (found, count) = project.run("check")[2].splitlines()
    assert found.endswith("[not-quoted]")
    assert count == "1 problem in 1 file."


def test_a_file_that_is_written_otherwise_altogether_is_told_of_shortly(project: Project) -> None:
    project.write(PAYMENT, project.read(PAYMENT).replace("\n ", "\n   "))
    *found, _ = project.run("check")[2].splitlines()
    assert len(found) == 10
    assert "more places that are not in canonical form" in found[-1]


def test_where_more_is_wrong_than_is_told_the_form_is_not_told(project: Project) -> None:
    project.write(PAYMENT, project.read(PAYMENT) + "  - {}\n" * MOST_TOLD)
    project.write(REFUND, project.read(REFUND) + "\n")
    found = project.run("check")[2]
    assert "more than 1000 problems" in found
    assert "[form]" not in found
