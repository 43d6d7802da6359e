"""The examples of the page "For programs", run as a reader would run them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from support import ROOT, Site, serve

LOCALES = ("zh-TW", "en")
ADDRESS = "https://errors.example/"

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_NAME = re.compile(r"(?:#|//) ([\w-]+\.\w+)\n")

# The Node.js that Playwright brings, so that none has to be installed; it runs TypeScript too.
NODE = compute_driver_executable()[0]
RUN = {"python": [sys.executable], "js": [NODE], "ts": [NODE], "sh": ["sh"]}
SUFFIX = {"python": ".py", "js": ".mjs", "ts": ".ts", "sh": ".sh"}


@dataclass(frozen=True)
class Example:
    """A program on the page, the file that it belongs into, and what the page says it prints."""

    language: str
    text: str
    file: str
    prints: str | None


def examples(locale: str) -> Iterator[Example]:
    page = (ROOT / "docs" / locale / "programs.md").read_text(encoding="utf-8")
    blocks = _BLOCK.findall(page)
    for index, (language, text) in enumerate(blocks):
        if language == "text":
            continue
        following = blocks[index + 1 : index + 2]
        prints = next((said for kind, said in following if kind == "text"), None)
        named = _NAME.match(text)
        file = named[1] if named else f"example{index}{SUFFIX[language]}"
        yield Example(language, text, file, prints)


@pytest.fixture(scope="module")
def address(site: Site) -> Iterator[str]:
    with serve(site.folder) as url:
        yield url


@pytest.mark.parametrize("locale", LOCALES)
def test_every_example_does_what_the_page_says(locale: str, address: str, tmp_path: Path) -> None:
    found = list(examples(locale))
    assert {example.language for example in found} == set(RUN)
    for example in found:
        assert shutil.which(RUN[example.language][0]), f"{example.language} cannot be run"
        (tmp_path / example.file).write_text(
            example.text.replace(ADDRESS, address), encoding="utf-8"
        )
        done = subprocess.run(
            [*RUN[example.language], example.file],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, f"{example.file}: {done.stderr}"
        if example.language == "sh":
            assert json.loads(done.stdout)["code"] == "4454"
        else:
            assert done.stdout == (example.prints or ""), example.file


def test_the_pages_have_the_same_examples() -> None:
    first, second = ([(item.language, item.file) for item in examples(key)] for key in LOCALES)
    assert first == second
    assert len(first) == 7


def test_the_generated_constants_are_typed(address: str, tmp_path: Path) -> None:
    """What the page generates in Python passes a strict type check, and a wrong name does not."""
    for example in examples("en"):
        if example.file.endswith(".py"):
            text = example.text.replace(ADDRESS, address)
            (tmp_path / example.file).write_text(text, encoding="utf-8")
    subprocess.run([sys.executable, "make_error_codes.py"], cwd=tmp_path, check=True, timeout=60)
    (tmp_path / "misspelt.py").write_text("from error_codes import ErrorCode\nErrorCode.E_4445\n")
    for file, status in (("handle.py", 0), ("misspelt.py", 1)):
        checked = subprocess.run(
            [
                sys.executable,
                "-m",
                "mypy",
                "--strict",
                "--cache-dir",
                str(tmp_path / "cache"),
                file,
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert checked.returncode == status, checked.stdout
