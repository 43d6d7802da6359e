"""Bad catalogues beside the diagnostics they must give.

A folder under `cases/` holds what differs from `cases/good`: files to put over it, and in
`delete.txt` the files to take away. `expected.txt` is what `python -m errorcatalog check` prints;
where there is a `base.json`, the check is held against it as what was published before.
"""

from __future__ import annotations

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

import errorcatalog
from errorcatalog.__main__ import main
from support import DIAGNOSTIC

CASES = Path(__file__).with_name("cases")
GOOD = CASES / "good"
BAD = sorted(path for path in CASES.iterdir() if path.is_dir() and path != GOOD)

BASE = "base.json"


def project(case: Path, folder: Path) -> Path:
    """The good project with a case's differences."""
    shutil.copytree(GOOD, folder)
    notes = shutil.ignore_patterns("expected.txt", "delete.txt")
    shutil.copytree(case, folder, dirs_exist_ok=True, ignore=notes)
    removed = case / "delete.txt"
    for name in removed.read_text(encoding="utf-8").split() if removed.is_file() else []:
        (folder / name).unlink()
    return folder


def expected(case: Path) -> str:
    return (case / "expected.txt").read_text(encoding="utf-8")


def test_a_good_catalogue_passes(capsys: pytest.CaptureFixture[str]) -> None:
    status = main(["--root", str(GOOD), "check"])
    out, err = capsys.readouterr()
    assert (status, err) == (0, "")
    assert out == "5 codes in 2 scenarios, in zh-TW, en: all good.\n"


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_a_bad_catalogue_gives_its_diagnostics(
    case: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(project(case, tmp_path / "project"))
    base = ["--base", BASE] if Path(BASE).exists() else []
    status = main(["check", *base])
    out, err = capsys.readouterr()
    assert err == expected(case)
    assert (status, out) == (1, "")


@pytest.mark.parametrize("case", BAD, ids=lambda case: case.name)
def test_diagnostics_say_where_what_and_how_to_mend_it(case: Path) -> None:
    *diagnostics, count = expected(case).splitlines()
    found = [match for line in diagnostics if (match := DIAGNOSTIC.fullmatch(line))]
    assert len(found) == len(diagnostics)
    files = len({match["file"] for match in found})
    assert [int(number) for number in re.findall(r"\d+", count)] == [len(diagnostics), files]


def test_every_check_is_shown_by_a_case() -> None:
    lines = [line for case in BAD for line in expected(case).splitlines()]
    shown = {match["check"] for line in lines if (match := DIAGNOSTIC.fullmatch(line))}
    assert shown == set(_check_names())


# The names of the checks, wherever the package's source hands one over as `check`


def _check_names() -> Iterator[str]:
    folder = Path(errorcatalog.__file__).parent
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    functions = {node.name: node for node in nodes if isinstance(node, ast.FunctionDef)}
    positions = {node.name: names.index("check") for node, names in _parameters(nodes)}
    for node in nodes:
        if isinstance(node, ast.Call):
            yield from _given(node, positions)
        elif isinstance(node, ast.FunctionDef):
            yield from _default(node)
        elif isinstance(node, ast.Assign):
            yield from _returned(node, functions)


def _parameters(nodes: list[ast.AST]) -> Iterator[tuple[ast.FunctionDef | ast.ClassDef, list[str]]]:
    """Functions and records that take a check by position, with the names of all they take."""
    for node in nodes:
        if isinstance(node, ast.FunctionDef):
            names = [argument.arg for argument in node.args.args]
        elif isinstance(node, ast.ClassDef):
            fields = (item.target for item in node.body if isinstance(item, ast.AnnAssign))
            names = [field.id for field in fields if isinstance(field, ast.Name)]
        else:
            continue
        if "check" in names:
            yield node, names


def _given(call: ast.Call, positions: dict[str, int]) -> Iterator[str]:
    """`f(…, check="name")` and `Diagnostic(…, "name")`."""
    yield from (name for word in call.keywords if word.arg == "check" for name in _text(word.value))
    position = positions.get(call.func.id) if isinstance(call.func, ast.Name) else None
    if position is not None and position < len(call.args):
        yield from _text(call.args[position])


def _default(function: ast.FunctionDef) -> Iterator[str]:
    """`def f(*, check="name")`."""
    for argument, value in zip(function.args.kwonlyargs, function.args.kw_defaults, strict=True):
        if argument.arg == "check":
            yield from _text(value)


def _returned(assignment: ast.Assign, functions: dict[str, ast.FunctionDef]) -> Iterator[str]:
    """`found, check = f(…)`, where f has `return …, "name"`."""
    target, value = assignment.targets[0], assignment.value
    if not isinstance(target, ast.Tuple) or not isinstance(value, ast.Call):
        return
    names = [item.id for item in target.elts if isinstance(item, ast.Name)]
    if "check" in names and isinstance(value.func, ast.Name):
        for node in ast.walk(functions[value.func.id]):
            if isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple):
                yield from _text(node.value.elts[names.index("check")])


def _text(node: ast.AST | None) -> Iterator[str]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
