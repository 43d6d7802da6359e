"""The same sources give the same bytes, wherever, whenever and by whomever they are built."""

from __future__ import annotations

import os
from pathlib import Path

from support import Site, build, copy_project

SITE_URL = "https://docs.example/codes/"

# Python runs it before all else: folders list their files in the opposite order, and clocks are
# ahead by years. `datetime` does not ask `time.time`, so it is told apart.
ELSEWHERE = """
import datetime, os, time

def backwards(function):
    return lambda *arguments: list(function(*arguments))[::-1]

class Backwards:
    def __init__(self, entries):
        self.entries = entries
    def __iter__(self):
        return self
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *_):
        pass
    def close(self):
        pass

os.listdir = backwards(os.listdir)
scandir = os.scandir
os.scandir = lambda *arguments: Backwards(reversed(list(scandir(*arguments))))

now = time.time
time.time = lambda: now() + 1e8

class Later(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)

datetime.datetime = Later
"""


def permissions(site: Site) -> dict[str, int]:
    return {
        path.relative_to(site.folder).as_posix(): path.stat().st_mode
        for path in site.folder.rglob("*")
    }


def test_two_builds_of_one_commit_are_the_same_byte_for_byte(tmp_path: Path) -> None:
    here = copy_project(tmp_path / "here")
    there = copy_project(tmp_path / "somewhere" / "else")
    for path in there.rglob("*"):
        os.utime(path, (10**9, 10**9))
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "sitecustomize.py").write_text(ELSEWHERE, encoding="utf-8")
    one = build(here, here / "site", site_url=SITE_URL, TZ="Pacific/Kiritimati", LC_ALL="C.UTF-8")
    two = build(
        there,
        tmp_path / "public",
        site_url=SITE_URL,
        TZ="America/Los_Angeles",
        LC_ALL="C",
        LANG="tr_TR.ISO-8859-9",
        PYTHONHASHSEED="7",
        PYTHONPATH=str(tmp_path / "elsewhere"),
    )
    assert permissions(one) == permissions(two)
    differing = [
        name
        for name in permissions(one)
        if (one.folder / name).is_file()
        and (one.folder / name).read_bytes() != (two.folder / name).read_bytes()
    ]
    assert differing == []
