"""Time the check of large catalogues, the interpreter's start included.

Run it by `make bench-check`. Each is the real catalogue many times over, in a temporary folder:
one with nothing wrong, and some with a problem in every record.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from errorcatalog.project import Project

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("catalog", "docs", "templates")
CODES = 1_500
RUNS = 9

RECORD = re.compile(r'(?m)^(?=  - code: ")')
CODE = re.compile(r'(?m)^  - code: "(.+)"')

# What editors get wrong in a record: a part of its text, and what stands there instead.
SLIPS = (
    ("    message: ", "    mesage: "),
    ("    message: ", "    message: \u200b"),
    ("      en: ", "      eng: "),
    ("      zh-TW: ", "      zh-TW: 失敗,"),
    ("    retry: ", "    retry: not-"),
    ("    added: ", "    added: on "),
    ("    aliases: ", "    alias: "),
)


def sound(folder: Path) -> None:
    """Make a project of at least CODES codes, all different, with nothing wrong."""
    for part in PARTS:
        shutil.copytree(ROOT / part, folder / part)
    found = sum(len(CODE.findall(path.read_text("utf-8"))) for path in scenarios(folder))
    numbers = range(1, -(-CODES // found))

    def copies(record: str) -> str:
        return record + "".join(CODE.sub(rf'  - code: "\1.{number}"', record) for number in numbers)

    rewrite(folder, copies)
    list_as_added(folder)
    Project(folder).add_to_ledger()


def list_as_added(folder: Path) -> None:
    """List every code in the catalogue's only change, as its date asks."""
    names = ", ".join(
        f"{path.stem}/{code}"
        for path in scenarios(folder)
        for code in CODE.findall(path.read_text("utf-8"))
    )
    file = folder / "catalog" / "changes.yml"
    text = re.sub(r"(?m)^    added: \[.*\]$", f"    added: [{names}]", file.read_text("utf-8"))
    file.write_text(text, encoding="utf-8")


def with_slips(folder: Path) -> None:
    """Make one with something wrong in every record."""
    sound(folder)
    slips = cycle(SLIPS)
    rewrite(folder, lambda record: record.replace(*next(slips), 1))


def with_slips_and_no_yaml(folder: Path) -> None:
    """Make one in which, moreover, the largest file ends inside a quoted text."""
    with_slips(folder)
    largest = max(scenarios(folder), key=lambda path: path.stat().st_size)
    largest.write_text(largest.read_text("utf-8") + '  - code: "9999', encoding="utf-8")


def with_unknown_names(folder: Path) -> None:
    """Make one whose catalog.yml names as many records that do not exist."""
    sound(folder)
    head = folder / "catalog" / "catalog.yml"
    names = ", ".join(f"payment/{number}" for number in range(10_000, 10_000 + CODES))
    text = re.sub(r"(?m)^  codes: \[.*\]$", f"  codes: [{names}]", head.read_text("utf-8"))
    head.write_text(text, encoding="utf-8")


def rewrite(folder: Path, change: Callable[[str], str]) -> None:
    """Change every record of every scenario, each as its text."""
    for path in scenarios(folder):
        head, *records = RECORD.split(path.read_text("utf-8"))
        changed = [change(record.rstrip("\n") + "\n\n") for record in records]
        path.write_text("".join([head, *changed]).rstrip("\n") + "\n", encoding="utf-8")


def scenarios(folder: Path) -> list[Path]:
    return sorted((folder / "catalog" / "scenarios").glob("*.yml"))


@dataclass(frozen=True)
class Run:
    """One run: how long it took, how long it kept a processor busy, and its last line."""

    seconds: float
    processor: float
    said: str


def run(root: Path) -> Run:
    command = [sys.executable, "-m", "errorcatalog", "--root", str(root), "check"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "hooks")}
    begun = os.times()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    ended = os.times()
    processor = sum(ended[2:4]) - sum(begun[2:4])  # of child processes, in user and system mode
    said = (done.stdout or done.stderr).splitlines()[-1]
    return Run(ended.elapsed - begun.elapsed, processor, said)


def main() -> int:
    print(f"Seconds for one check, the medians of {RUNS} runs: all in all, and of one processor.")
    for make in (sound, with_slips, with_slips_and_no_yaml, with_unknown_names):
        with tempfile.TemporaryDirectory() as folder:
            make(Path(folder))
            runs = [run(Path(folder)) for _ in range(RUNS)]
        seconds = statistics.median(one.seconds for one in runs)
        processor = statistics.median(one.processor for one in runs)
        name = make.__name__.replace("_", " ")
        print(f"{name:24} {seconds:6.2f} {processor:6.2f}  {runs[-1].said}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
