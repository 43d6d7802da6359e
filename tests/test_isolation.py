"""A build reads nothing but the project and its environment, asks no host, and starts no program.

What Python opens, connects to and starts is told by its audit events (PEP 578).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zoneinfo
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import build, copy_project

# Loaded by Python before anything else; notes each event that tells of the world outside.
AUDIT = """
import json, os, sys

log = os.open(os.environ["AUDIT_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
kinds = {"open", "socket", "subprocess", "urllib", "http", "ftplib", "smtplib", "webbrowser"}
starts = {"os.system", "os.exec", "os.posix_spawn", "os.fork", "os.forkpty", "os.spawn"}

def note(event, arguments):
    if event.split(".")[0] in kinds or event in starts:
        line = json.dumps([event, [str(argument) for argument in arguments[:2]]]) + "\\n"
        os.write(log, line.encode("utf-8", "backslashreplace"))

sys.addaudithook(note)
"""

# What a build reads beside the project and the Python that runs it: the machine's time zones, for
# MkDocs dates the build by UTC.
TIME_ZONES = [Path(path) for path in zoneinfo.TZPATH]


@dataclass(frozen=True)
class Audited:
    """A build, and what it did outside of its own memory: events with their first arguments."""

    project: Path
    hook: Path
    events: list[tuple[str, list[str]]]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    project = copy_project(tmp_path_factory.mktemp("project"))
    hook = tmp_path_factory.mktemp("hook")
    (hook / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")
    log = hook / "log.jsonl"
    environment = {"PYTHONPATH": str(hook), "AUDIT_LOG": str(log)}
    build(project, project / "site", site_url="https://docs.example/", **environment)
    lines = log.read_text(encoding="utf-8").splitlines()
    return Audited(project, hook, [tuple(json.loads(line)) for line in lines])


def test_a_build_opens_nothing_outside_the_project_and_its_environment(audited: Audited) -> None:
    names = [arguments[0] for event, arguments in audited.events if event == "open"]
    opened = {Path(os.path.normpath(audited.project / name)) for name in names}
    assert audited.project / "catalog" / "catalog.yml" in opened
    assert audited.project / "site" / "en" / "index.html" in opened
    python = {Path(path) for path in (sys.prefix, sys.base_prefix, sys.exec_prefix)}
    allowed = [audited.project, audited.hook, *TIME_ZONES, *python, *(map(Path.resolve, python))]
    assert [path for path in opened if not any(map(path.is_relative_to, allowed))] == []


def test_a_build_asks_no_host_and_starts_no_program(audited: Audited) -> None:
    assert [event for event in audited.events if event[0] != "open"] == []


def test_what_is_not_allowed_would_be_told(tmp_path: Path) -> None:
    """The hook hears of each kind of thing that the build must not do."""
    (tmp_path / "sitecustomize.py").write_text(AUDIT, encoding="utf-8")
    log = tmp_path / "log.jsonl"
    program = (
        "import socket, subprocess, urllib.request, os; os.system('true');"
        "subprocess.run(['true']); socket.socket().connect_ex(('127.0.0.1', 9)); open('/dev/null')"
    )
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "AUDIT_LOG": str(log)}
    subprocess.run([sys.executable, "-c", program], env=environment, check=True)
    told = {json.loads(line)[0] for line in log.read_text(encoding="utf-8").splitlines()}
    assert {"open", "os.system", "subprocess.Popen", "socket.connect"} <= told
