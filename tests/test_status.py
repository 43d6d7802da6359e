"""How far a catalogue is, as it is shown.

A folder under `status/` holds what differs from `cases/good`, as a case does; `expected.txt` is
what `python -m errorcatalog status` prints.
"""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from errorcatalog.__main__ import main
from errorcatalog.commands.status import show
from errorcatalog.diagnostics import Place
from errorcatalog.model import Catalog
from errorcatalog.project import Project
from errorcatalog.status import Status, heading_length
from errorcatalog.views.parts import heading_of
from support import ROOT
from test_cases import project

STATUS = Path(__file__).with_name("status")
SHOWN = sorted(path for path in STATUS.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def real() -> Status:
    return Project(ROOT).status()


@pytest.fixture(scope="module")
def in_the_making(tmp_path_factory: pytest.TempPathFactory) -> Status:
    folder = tmp_path_factory.mktemp("status") / "project"
    return Project(project(STATUS / "in-the-making", folder)).status()


def shown(status: Status, *, width: int, terminal: bool = False) -> str:
    output = io.StringIO()
    console = Console(
        file=output,
        width=width,
        force_terminal=terminal,
        color_system="standard" if terminal else None,
    )
    show(status, console)
    return output.getvalue()


@pytest.mark.parametrize("case", SHOWN, ids=lambda case: case.name)
def test_a_status_is_shown_in_tables(
    case: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(["--root", str(project(case, tmp_path / "project")), "status"])
    out, err = capsys.readouterr()
    lines = "".join(f"{line.rstrip()}\n" for line in out.splitlines())
    assert lines == (case / "expected.txt").read_text(encoding="utf-8")
    assert (status, err) == (0, "")


def test_a_status_changes_nothing(tmp_path: Path) -> None:
    root = project(STATUS / "in-the-making", tmp_path / "project")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    assert main(["--root", str(root), "status"]) == 0
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


# The real catalogue


def test_of_a_whole_catalogue_no_text_is_missing(real: Status) -> None:
    assert {count.missing(locale) for count in real.texts for locale in real.locales} == {0}
    assert real.unread == ()


def test_every_code_is_counted_once(real: Status, catalog: Catalog) -> None:
    counted = [(scenario.id, scenario.codes) for scenario in real.scenarios]
    assert counted == [(scenario.id, len(scenario.codes)) for scenario in catalog.scenarios]


def test_every_corrected_wording_is_listed(real: Status, catalog: Catalog) -> None:
    corrected = {
        f"{scenario.id}/{code.code}": (code.source, code.description["zh-TW"])
        for scenario, code in catalog.records()
        if code.source
    }
    listed = {item.record: (item.published, item.text) for item in real.corrections}
    assert listed == corrected


def test_a_record_is_listed_with_the_line_of_the_field_that_is_meant(real: Status) -> None:
    def line(place: Place) -> str:
        return (ROOT / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]

    assert all("source:" in line(item.place) for item in real.corrections)
    assert all(item.text in line(item.place) for item in real.long_headings)


def test_a_heading_is_listed_where_it_is_longer_than_it_may_be(
    real: Status, catalog: Catalog
) -> None:
    headings = {
        (f"{scenario.id}/{code.code}", locale.id): heading_length(heading_of(code, locale))
        for scenario, code in catalog.records()
        for locale in catalog.locales
    }
    long = {key for key, (length, most) in headings.items() if length > most}
    assert {(item.record, item.locale) for item in real.long_headings} == long


@pytest.mark.parametrize(
    ("heading", "length"),
    [
        ("付" * 14, (14, 14)),
        ("x" * 50, (50, 50)),
        ("餘額不足，請換卡（其他）", (12, 14)),  # punctuation is as wide
        ("SLP 風控：使用者行為異常", (12, 14)),  # four others take the room of two
        ("支払いが完了していません", (12, 14)),
        ("", (0, 50)),
    ],
)
def test_the_length_of_a_heading_is_the_room_that_it_takes(
    heading: str, length: tuple[int, int]
) -> None:
    assert heading_length(heading) == length


# A catalogue in the making


def test_what_a_scenario_says_is_counted_without_the_list_of_groups(tmp_path: Path) -> None:
    root = project(STATUS / "whole", tmp_path / "project")
    (root / "catalog" / "catalog.yml").unlink()
    status = Project(root).status()
    assert [scenario.id for scenario in status.scenarios] == ["payment", "refund"]
    assert [problem.problem for problem in status.unread] == ["missing"]


def test_strings_that_any_locale_has_are_expected_where_templates_cannot_be_read(
    tmp_path: Path,
) -> None:
    root = project(STATUS / "in-the-making", tmp_path / "project")
    (root / "templates" / "home.html").write_text("{% block", encoding="utf-8")
    status = Project(root).status()
    strings = next(count for count in status.texts if count.kind == "Strings of templates")
    assert strings.written["zh-TW"] == strings.expected
    assert strings.written["ja"] == 2
    assert "template" in {problem.check for problem in status.unread}


def test_a_catalogue_without_a_language_is_counted(tmp_path: Path) -> None:
    root = project(STATUS / "whole", tmp_path / "project")
    for path in (root / "catalog" / "locales").iterdir():
        path.unlink()
    found = shown(Project(root).status(), width=100)
    assert "5 codes (0 retired) in 2 scenarios, in no language" in found
    assert "Texts: there is no language to write them in." in found


def test_only_where_nothing_can_be_read_it_is_an_error(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = project(STATUS / "whole", tmp_path / "project")
    for path in (root / "catalog" / "scenarios").iterdir():
        path.write_text('"', encoding="utf-8")
    assert main(["--root", str(root), "status"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines()[-1] == "2 problems in 2 files."


# How it is shown


def test_a_file_gets_no_colour_and_a_terminal_does(in_the_making: Status) -> None:
    assert "\x1b" not in shown(in_the_making, width=100)
    assert "\x1b" in shown(in_the_making, width=100, terminal=True)


def test_a_chinese_character_takes_two_columns(real: Status) -> None:
    rows = [row for row in shown(real, width=200).splitlines() if "of 14" in row or "of 50" in row]
    assert len({cell_len(row) for row in rows}) == 1
    assert len({len(row) for row in rows}) > 1


@pytest.mark.parametrize("width", [40, 80, 200])
def test_places_and_problems_are_never_broken(width: int, in_the_making: Status) -> None:
    lines = shown(in_the_making, width=width).splitlines()
    for item in in_the_making.unguided:
        assert any(line.startswith(f"{item.place.file}:{item.place.line}") for line in lines)
    for problem in in_the_making.unread:
        assert str(problem) in lines


def test_a_text_is_shown_as_it_is_and_cannot_act_on_the_terminal(tmp_path: Path) -> None:
    root = project(STATUS / "whole", tmp_path / "project")
    path = root / "catalog" / "scenarios" / "payment.yml"
    text = path.read_text(encoding="utf-8")
    source = 'source: "[red]:smile: \\x1b[2J\\u202e"'
    path.write_text(text.replace("source: 持卡人未完成驗証,付款失敗", source), encoding="utf-8")
    found = shown(Project(root).status(), width=100)
    assert "[red]:smile: \\u001b[2J\\u202e" in found
