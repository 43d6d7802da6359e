"""The audit of the locked dependencies: what it says of each answer that pip-audit can give."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support import ROOT

SOUND = {"name": "a", "version": "1", "vulns": []}
UNKNOWN = {"name": "b", "skip_reason": "not found on PyPI"}
VULNERABLE = {
    "name": "c",
    "version": "3",
    "vulns": [{"id": "PYSEC-1", "fix_versions": ["4"]}, {"id": "PYSEC-2", "fix_versions": []}],
}


def audit(folder: Path, answer: str) -> tuple[int, str]:
    """The status and the output of the audit where pip-audit prints `answer`."""
    (folder / "pip_audit.py").write_text(f"print({answer!r})", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, ROOT / "scripts" / "audit_lock.py"],
        env={**os.environ, "PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""
    return done.returncode, done.stdout


@pytest.mark.parametrize(
    ("dependencies", "status", "said"),
    [
        ([SOUND], 0, "1 dependencies audited, 0 vulnerable."),
        ([UNKNOWN, UNKNOWN], 0, "Nothing was audited: PyPI's vulnerability service cannot be"),
        ([SOUND, UNKNOWN], 0, "Not known to the vulnerability service: b\n1 dependencies audited"),
        ([SOUND, VULNERABLE], 1, "c 3: PYSEC-1; mended in 4\nc 3: PYSEC-2; mended in no version"),
    ],
)
def test_what_is_known_of_dependencies_is_said(
    dependencies: list[Any], status: int, said: str, tmp_path: Path
) -> None:
    found = audit(tmp_path, json.dumps({"dependencies": dependencies}))
    assert found[0] == status
    assert found[1].startswith(said)


def test_an_audit_that_cannot_be_made_is_not_taken_for_a_good_one(tmp_path: Path) -> None:
    status, said = audit(tmp_path, "")
    assert (status, said) == (0, "Nothing was audited: pip-audit said nothing\n")
