"""Damaged files: each is read all the same, or told with its place; nothing else changes."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from errorcatalog.__main__ import main
from errorcatalog.project import Project
from fuzz.damage import PIECES, TEXT_DAMAGE, VALUES, YAML_DAMAGE, Damage, damaged
from fuzz.effort import TIMES, in_time, tries
from support import DIAGNOSTIC, ROOT

GOOD = ROOT / "tests" / "cases" / "good"
SEED = Path(__file__).with_name("seed")

LEDGER = "catalog/permalinks.txt"
SCHEMA = "catalog/schema.json"
BASE = "base.json"

CATALOGUE = (
    "catalog/catalog.yml",
    "catalog/changes.yml",
    "catalog/scenarios/payment.yml",
    "catalog/scenarios/refund.yml",
    "catalog/locales/en.yml",
    "catalog/locales/zh-TW.yml",
)
TEMPLATES = sorted(
    path.relative_to(GOOD).as_posix() for path in (GOOD / "templates").rglob("*") if path.is_file()
)

# What each command may write.
COMMANDS = {"check": (), "status": (), "changes": (), "schema": (SCHEMA,), "permalinks": (LEDGER,)}

# Megabytes of a damaged file.
LARGEST = 10_000_000 if TIMES else 1_000_000


class Whole:
    """A project without a fault, with something of every kind in it."""

    def __init__(self, root: Path) -> None:
        shutil.copytree(GOOD, root)
        shutil.copytree(SEED, root, dirs_exist_ok=True)
        _run(root, "format")
        published = dict(Project(root).load().files([]))["catalog.json"]
        (root / BASE).write_text(published, encoding="utf-8")
        self.root = root
        self.files = _contents(root)

    def damaged(self, name: str, content: bytes, *arguments: str) -> list[str]:
        """The diagnostics of a command with one file damaged; fails where it does anything else.

        The project is whole again afterwards.
        """
        (self.root / name).write_bytes(content)
        before = _contents(self.root)
        try:
            told = _run(self.root, *arguments)
            after = _contents(self.root)
        finally:
            self._mend()
        changed = {key for key in before | after if before.get(key) != after.get(key)}
        assert changed <= (set() if told else {*COMMANDS[arguments[0]]})
        if LEDGER in changed:
            assert after[LEDGER].startswith(before[LEDGER])
        return told

    def _mend(self) -> None:
        for name in _contents(self.root).keys() - self.files.keys():
            (self.root / name).unlink()
        for name, content in self.files.items():
            path = self.root / name
            if not path.is_file() or path.read_bytes() != content:
                path.write_bytes(content)


def _contents(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file()
    }


def _run(root: Path, command: str, *arguments: str) -> list[str]:
    """The diagnostics that a command prints, none where it is content."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err), in_time():
        status = main(["--root", str(root), command, *arguments])
    printed = err.getvalue()
    printed.encode()  # As the terminal will have it.
    if status == 0:
        assert printed == ""
        return []
    *diagnostics, count = printed.removesuffix("\n").split("\n")
    assert diagnostics
    assert [line for line in diagnostics if not DIAGNOSTIC.fullmatch(line)] == []
    assert count.startswith(f"{len(diagnostics)} problem")
    return diagnostics


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    return Whole(tmp_path_factory.mktemp("damage") / "project")


@pytest.mark.parametrize("command", COMMANDS)
def test_what_is_damaged_here_is_whole_before(whole: Whole, command: str) -> None:
    assert whole.damaged(SCHEMA, whole.files[SCHEMA], command) == []


@tries(150)
@given(
    name=st.sampled_from(CATALOGUE), damages=YAML_DAMAGE, command=st.sampled_from(sorted(COMMANDS))
)
def test_a_damaged_file_of_the_catalogue(
    whole: Whole, name: str, damages: list[Damage], command: str
) -> None:
    whole.damaged(name, damaged(whole.files[name], damages), command)


@tries(30)
@given(damages=TEXT_DAMAGE, command=st.sampled_from(["check", "permalinks"]))
def test_a_damaged_ledger(whole: Whole, damages: list[Damage], command: str) -> None:
    whole.damaged(LEDGER, damaged(whole.files[LEDGER], damages), command)


@tries(20)
@given(damages=TEXT_DAMAGE)
def test_a_damaged_schema(whole: Whole, damages: list[Damage]) -> None:
    content = damaged(whole.files[SCHEMA], damages)
    told = whole.damaged(SCHEMA, content, "check")
    # Whatever ends its lines, it is the same file.
    same = content.replace(b"\r\n", b"\n").replace(b"\r", b"\n") == whole.files[SCHEMA]
    assert bool(told) != same


@tries(60)
@given(name=st.sampled_from(TEMPLATES), damages=TEXT_DAMAGE)
def test_a_damaged_template(whole: Whole, name: str, damages: list[Damage]) -> None:
    for line in whole.damaged(name, damaged(whole.files[name], damages), "check"):
        assert line.startswith(("templates/", "catalog/locales/"))


@tries(40)
@given(damages=YAML_DAMAGE, command=st.sampled_from(["check", "changes"]))
def test_a_damaged_base(whole: Whole, damages: list[Damage], command: str) -> None:
    content = damaged(whole.files[BASE], damages)
    whole.damaged(BASE, content, command, "--base", str(whole.root / BASE))


@tries(20)
@given(field=st.sampled_from(["codes", "changes", "schema_version"]), value=VALUES)
def test_a_base_with_other_values(whole: Whole, field: str, value: object) -> None:
    data = json.loads(whole.files[BASE])
    data[field] = [value, *data[field]] if isinstance(data[field], list) else value
    content = json.dumps(data, default=str, skipkeys=True).encode()
    whole.damaged(BASE, content, "check", "--base", str(whole.root / BASE))


@tries(3)
@given(
    name=st.sampled_from([*CATALOGUE, LEDGER, BASE]),
    start=st.floats(0, 1),
    piece=st.sampled_from(PIECES) | st.text(min_size=1, max_size=20),
    own=st.booleans(),
)
@example(name="catalog/scenarios/payment.yml", start=1.0, piece="  - {}\n", own=False)
@example(name="catalog/scenarios/payment.yml", start=1.0, piece="    aliases: [a]\n", own=False)
@example(name="catalog/locales/en.yml", start=1.0, piece="  x: y\n", own=False)
@example(name=LEDGER, start=1.0, piece="payment 1\n", own=False)
@example(name=LEDGER, start=0.0, piece="\n", own=False)
@example(name=LEDGER, start=0.0, piece="\x1e", own=False)
@example(name=BASE, start=0.0, piece='{"codes":', own=False)
def test_a_file_of_megabytes(whole: Whole, name: str, start: float, piece: str, own: bool) -> None:
    """A piece, or a line of the file itself, again and again."""
    content = whole.files[name]
    lines = content.splitlines(keepends=True)
    repeated = lines[int(start * (len(lines) - 1))] if own else piece.encode()
    at = int(start * len(content))
    many = repeated * (LARGEST // len(repeated))
    command = ["check", "--base", str(whole.root / BASE)] if name == BASE else ["check"]
    whole.damaged(name, content[:at] + many + content[at:], *command)
