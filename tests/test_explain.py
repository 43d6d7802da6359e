"""The command `explain`: what it prints, where its questions come from, and how it ends.

A file of `explained/` is a terminal: a command, what it prints, and its exit status. The catalogue
is that of `fixtures/explained/`, with the real locales and templates.
"""

from __future__ import annotations

import io
import json
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from errorcatalog.__main__ import main
from errorcatalog.commands.explain import LONGEST
from errorcatalog.search import engine
from support import ROOT

HERE = Path(__file__).parent
SESSIONS = sorted((HERE / "explained").glob("*.txt"))


def put_together(root: Path) -> Path:
    """A project of the fixture's records with the real locales and templates."""
    shutil.copytree(HERE / "fixtures" / "explained", root)
    shutil.copytree(ROOT / "catalog" / "locales", root / "catalog" / "locales")
    shutil.copytree(ROOT / "templates", root / "templates")
    scripts = Path("docs/assets/javascripts/search")
    shutil.copytree(ROOT / scripts, root / scripts)
    return root


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return put_together(tmp_path_factory.mktemp("project") / "root")


@pytest.fixture(autouse=True)
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """An English reader with 80 columns, whatever those are who run the tests."""
    for name in ("NO_COLOR", "FORCE_COLOR", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def explain(root: Path, *words: str) -> int:
    return main(["--root", str(root), "explain", *words])


@pytest.mark.parametrize("session", SESSIONS, ids=lambda path: path.stem)
def test_a_session_goes_as_written(
    session: Path, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = session.read_text(encoding="utf-8")
    command = shlex.split(written.splitlines()[0].removeprefix("$ "))
    status = main(["--root", str(root), *command])
    out, err = capsys.readouterr()
    assert f"$ {shlex.join(command)}\n{out}exit status {status}\n" == written
    assert err == ""


# Where questions come from


@pytest.mark.parametrize("words", [(), ("-",)])
def test_a_response_is_piped_in(
    words: tuple[str, ...],
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    body = '{\n  "code": "4702",\n  "msg": "Balance too low"\n}\n'
    pipe(monkeypatch, body.encode())
    assert explain(root, *words, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["query"] == body
    assert [record["code"] for record in answer["found"]] == ["4702"]


def test_words_need_no_quotes(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(root, "Balance", "too", "low", "--json") == 0
    assert json.loads(capsys.readouterr().out)["query"] == "Balance too low"


@pytest.mark.parametrize("piped", [b"", b" \r\n\t", b"\xef\xbb\xbf"])
def test_nothing_asked_is_a_misuse(
    piped: bytes, root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe(monkeypatch, piped)
    with pytest.raises(SystemExit, match="2"):
        explain(root)
    assert "nothing to look up" in capsys.readouterr().err


def test_without_its_package_it_says_what_is_missing(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(engine, "quickjs", None)
    with pytest.raises(SystemExit, match="2"):
        explain(root, "4454")
    err = capsys.readouterr().err
    assert "`quickjs-ng`" in err
    assert "pip install -r requirements.txt" in err


def test_a_terminal_is_not_waited_for(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe(monkeypatch, b"4454")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    with pytest.raises(SystemExit, match="2"):
        explain(root)
    assert "TEXT" in capsys.readouterr().err


# Languages


@pytest.mark.parametrize(
    ("environment", "heading"),
    [
        ({"LANG": "zh_TW.UTF-8"}, "交易卡餘額不足"),
        ({"LANG": "zh_HK.UTF-8"}, "交易卡餘額不足"),
        ({"LANG": "en_US.UTF-8"}, "Insufficient balance on the card"),
        ({"LANG": "zh_TW.UTF-8", "LC_MESSAGES": "en_GB@euro"}, "Insufficient balance on the card"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW"}, "交易卡餘額不足"),
        ({"LANG": "fr_FR.UTF-8"}, "交易卡餘額不足"),
        ({"LANG": "C"}, "交易卡餘額不足"),
        ({"LANG": ""}, "交易卡餘額不足"),
    ],
)
def test_the_reader_is_answered_in_their_language_or_the_default_one(
    environment: dict[str, str],
    heading: str,
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert explain(root, "4454") == 0
    assert capsys.readouterr().out.splitlines()[0] == f"4454 {heading}"


@pytest.mark.parametrize("locale", ["zh-TW", "zh_TW", "ZH-tw"])
def test_a_language_can_be_asked_for_in_any_spelling(
    locale: str, root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(root, "4454", "--locale", locale) == 0
    assert "怎麼做" in capsys.readouterr().out


def test_a_language_that_there_is_not_names_those_that_there_are(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        explain(root, "4454", "--locale", "de\x1b")
    err = capsys.readouterr().err
    assert r"--locale: no `de\u001b`; choose from zh-TW, en" in err


# Terminals


def test_headings_are_bold_in_a_terminal(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    explain(root, "4454")
    out = capsys.readouterr().out
    assert "\x1b[1m4454 Insufficient balance on the card\x1b[0m" in out


def test_nothing_is_styled_where_colour_is_not_wanted(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    explain(root, "4454")
    assert "\x1b" not in capsys.readouterr().out


HOSTILE = (
    b"\x1b]0;owned\x07 [bold]4454[/bold] \xff\xfe \x9b31m \xe2\x80\xae [/] :smile: {query} \x00"
)


@pytest.mark.parametrize(
    "asked", [HOSTILE, HOSTILE.replace(b"[bold]4454[/bold]", b"[b]nothing of the kind[/b]")]
)
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_what_is_asked_does_nothing_to_the_terminal(
    asked: bytes,
    form: tuple[str, ...],
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    pipe(monkeypatch, asked)
    status = explain(root, *form)
    out = capsys.readouterr().out
    assert status == (0 if b"4454" in asked else 1)
    assert [item for item in out if not item.isprintable() and item != "\n"] == []
    if form:
        assert json.loads(out)["query"] == asked.decode(errors="replace")


def test_an_argument_that_is_not_text_is_no_trouble(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert explain(root, "4454 \udcff", "--json") == 0
    assert json.loads(capsys.readouterr().out)["query"] == "4454 \ufffd"


def test_an_endless_text_is_read_to_a_limit(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pipe(monkeypatch, b"code 4454 " + b"x" * 10_000_000 + b" code 4702")
    assert explain(root) == 0
    out, err = capsys.readouterr()
    assert out.startswith("4454 ")
    assert "4702" not in out
    assert err == f"Only the first {LONGEST:,} characters were read.\n"


def test_an_encoding_without_chinese_still_answers(root: Path) -> None:
    done = command(root, "4454", "--locale", "zh-TW", PYTHONIOENCODING="latin-1", PYTHONUTF8="0")
    assert done.returncode == 0
    assert done.stdout.startswith(rb"4454 \u4ea4\u6613")


def test_a_reader_that_stops_reading_is_no_trouble(root: Path) -> None:
    script = f'{shlex.quote(sys.executable)} -m errorcatalog --root "$0" explain 4454 | head -n 1'
    environment = {
        "PYTHONPATH": str(ROOT / "hooks"),
        "LANG": "en_GB.UTF-8",
        "PATH": "/usr/bin:/bin",
    }
    done = subprocess.run(
        ["bash", "-c", script, str(root)], env=environment, capture_output=True, check=False
    )
    assert done.stdout == b"4454 Insufficient balance on the card\n"
    assert done.stderr == b""


def command(root: Path, *words: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "errorcatalog", "--root", str(root), "explain", *words],
        env={"PYTHONPATH": str(ROOT / "hooks"), **environment},
        capture_output=True,
        check=False,
    )


# Faults


def test_a_catalogue_with_problems_gives_its_diagnostics(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = put_together(tmp_path / "root")
    file = project / "catalog" / "scenarios" / "refund.yml"
    file.write_text(file.read_text(encoding="utf-8").replace('"4702"', "4702"), encoding="utf-8")
    assert explain(project, "4454") == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert "catalog/scenarios/refund.yml:6:5: refund codes[0] code: not quoted" in err


@pytest.mark.parametrize(
    "value", ["successor.heading", "payer.text", "not view.unknown", "other.title"]
)
def test_a_fault_of_the_template_is_found_by_the_check(
    value: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = put_together(tmp_path / "root")
    main(["--root", str(project), "schema"])
    template = project / "templates" / "explain.txt"
    before, after = template.read_text(encoding="utf-8").split(value)
    template.write_text(f"{before}{value}.misspelt.part{after}", encoding="utf-8")
    assert main(["--root", str(project), "check"]) == 1
    line = before.count("\n") + 1
    assert f"templates/explain.txt:{line}:1: the template:" in capsys.readouterr().err


def records(answer: dict[str, Any], key: str) -> list[str]:
    return [f"{record['scenario']}/{record['code']}" for record in answer[key]]


def test_data_is_in_the_order_of_the_answer(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert explain(root, "--json", "first 4702, then TIMED_OUT") == 0
    answer = json.loads(capsys.readouterr().out)
    assert records(answer, "found") == ["refund/4702", "payment/TIMED_OUT", "refund/TIMED_OUT"]
    assert answer["nearest"] == []
