"""Building and serving: what a bad catalogue does, and what a good one after it mends."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from support import build, copy_project, mkdocs, serving

SECONDS = 30


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return copy_project(tmp_path)


def break_record(root: Path) -> str:
    """Leave out a translation; returns the diagnostic's beginning."""
    file = root / "catalog" / "scenarios" / "payment.yml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    index = lines.index('  - code: "4454"\n')
    english = next(i for i in range(index, len(lines)) if lines[i].startswith("      en:"))
    del lines[english]
    file.write_text("".join(lines), encoding="utf-8")
    return f"catalog/scenarios/payment.yml:{english - 1}:5: payment/4454 description.en: missing;"


def test_a_bad_catalogue_leaves_the_site_as_it_was(project: Path) -> None:
    site = build(project, project / "site")
    before = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
    diagnostic = break_record(project)
    done = mkdocs(project, "build", "--strict", SITE_DIR=str(site.folder))
    assert done.returncode == 1
    assert diagnostic in done.stderr
    assert "1 problem in 1 file." in done.stderr
    assert "Traceback" not in done.stderr
    after = {path: path.read_bytes() for path in site.folder.rglob("*") if path.is_file()}
    assert after == before


def test_the_check_and_the_build_give_the_same_list(project: Path) -> None:
    break_record(project)
    (project / "catalog" / "scenarios" / "sdk.yml").write_text("title: [", encoding="utf-8")
    checked = subprocess.run(
        [sys.executable, "-m", "errorcatalog", "check"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": "hooks"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 1
    built = mkdocs(project, "build", "--strict")
    *diagnostics, count = checked.stderr.splitlines()
    assert len(diagnostics) >= 2
    assert built.stderr.splitlines()[: len(diagnostics)] == diagnostics
    assert count in built.stderr


def fetch(url: str) -> str:
    try:
        with urlopen(url, timeout=5) as answer:  # noqa: S310 - our own server
            return str(answer.read().decode("utf-8"))
    except (URLError, TimeoutError):
        return ""


def eventually(holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.2)
    return False


def test_a_saved_edit_shows_in_both_languages_and_a_broken_one_is_told(project: Path) -> None:
    file = project / "catalog" / "scenarios" / "payment.yml"
    good = file.read_text(encoding="utf-8")
    template = project / "templates" / "code.html"
    whole = template.read_text(encoding="utf-8")
    with serving(project) as (url, printed):
        assert eventually(lambda: "4454" in fetch(f"{url}en/payment/4454/"))

        edited = good.replace("交易卡餘額不足", "交易卡的餘額不足").replace(
            "does not have enough balance", "has too little balance"
        )
        file.write_text(edited, encoding="utf-8")
        assert eventually(lambda: "交易卡的餘額不足" in fetch(f"{url}zh-TW/payment/4454/"))
        assert eventually(lambda: "has too little balance" in fetch(f"{url}en/payment/4454/"))

        diagnostic = break_record(project)
        assert eventually(lambda: diagnostic in printed.read_text(encoding="utf-8"))

        file.write_text(good, encoding="utf-8")
        assert eventually(lambda: "does not have enough balance" in fetch(f"{url}en/payment/4454/"))

        template.write_text("{% block title %}", encoding="utf-8")
        told = "templates/code.html:1:1: the template:"
        assert eventually(lambda: told in printed.read_text(encoding="utf-8"))
        template.write_text(whole.replace("ref-head__code", "ref-head__number"), encoding="utf-8")
        assert eventually(lambda: "ref-head__number" in fetch(f"{url}en/payment/4454/"))
        assert "Traceback" not in printed.read_text(encoding="utf-8")


def test_a_taken_port_is_said_plainly(project: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = mkdocs(project, "serve", "--dev-addr", f"127.0.0.1:{port}")
    assert done.returncode == 1
    assert f"127.0.0.1:{port} cannot be used" in done.stderr
    assert f"make serve PORT={port + 1}" in done.stderr
    assert "Traceback" not in done.stderr
