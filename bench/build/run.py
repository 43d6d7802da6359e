"""Time whole builds: the real catalogue, larger ones, and stock MkDocs over as many pages.

Run it by `make bench`. A larger catalogue is made of the real one's words from a fixed seed; the
floor is MkDocs and Material alone, over a plain Markdown file for each of our pages. README.md
here says what the time goes to.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from errorcatalog.project import Project
from support import copy_project

SEED = 20261125
# So many codes stand in one scenario at the most; beyond that there are more scenarios.
MOST_CODES = 400

STOCK = """\
site_name: Floor
theme: {name: material, font: false}
plugins: [search]
nav: [index.md]
not_in_nav: "*"
"""


@dataclass(frozen=True)
class Build:
    """One build: seconds, bytes of memory at the most, and what was written."""

    seconds: float
    memory: int
    pages: int
    files: int
    size: int


# Catalogues


def enlarge(folder: Path, times: int) -> None:
    """Make a project with `times` as many codes as the real one, in the same two languages."""
    folder.mkdir()
    copy_project(folder)
    if times == 1:
        return
    chance = random.Random(SEED)  # noqa: S311 - the same catalogue each time
    yaml = YAML(typ="safe", pure=True)
    catalog = folder / "catalog"
    names = []
    for path in sorted((catalog / "scenarios").glob("*.yml")):
        record = yaml.load(path.read_text("utf-8"))
        codes = record["codes"]
        copies = [_varied(code, number, chance) for number in range(1, times) for code in codes]
        every = [
            {**code, "code": DoubleQuotedScalarString(code["code"])} for code in (*codes, *copies)
        ]
        for start in range(0, len(every), MOST_CODES):
            name = path.stem if start == 0 else f"{path.stem}-{start // MOST_CODES}"
            _write(path.with_name(f"{name}.yml"), {**record, "codes": every[start:][:MOST_CODES]})
            names.append(name)
    head = yaml.load((catalog / "catalog.yml").read_text("utf-8"))
    head["groups"] = [{**head["groups"][0], "scenarios": names}]
    head.pop("undisclosed")
    _write(catalog / "catalog.yml", head)
    (catalog / "changes.yml").unlink()
    (catalog / "permalinks.txt").unlink()
    Project(folder).add_to_ledger()


def _varied(code: dict[str, Any], number: int, chance: random.Random) -> dict[str, Any]:
    """Another code with a message of its own, in about as many words."""
    words = code["message"].split()
    chance.shuffle(words)
    copy = {**code, "code": f"{code['code']}.{number}", "message": f"{' '.join(words)} {number}"}
    return {key: value for key, value in copy.items() if key != "retired"}


def _write(path: Path, data: Any) -> None:
    yaml = YAML()
    # Copies share their guidance; a catalogue writes it out each time.
    yaml.representer.ignore_aliases = lambda _: True
    with path.open("w", encoding="utf-8") as file:
        yaml.dump(data, file)


def as_floor(site: Path, folder: Path) -> None:
    """Make a stock project with a Markdown file for each page of a built site in a language."""
    (folder / "docs").mkdir(parents=True)
    (folder / "mkdocs.yml").write_text(STOCK, encoding="utf-8")
    for page in sorted(site.glob("*/**/index.html")):
        if not _is_framed(page):
            continue
        markdown = page.with_name("index.md")
        text = markdown.read_text("utf-8") if markdown.is_file() else "# A page\n"
        target = folder / "docs" / page.relative_to(site).with_suffix(".md")
        target.parent.mkdir(parents=True, exist_ok=True)
        # Links between pages are of no matter here, and would have to be resolved.
        target.write_text(re.sub(r"\]\(.*?\)", "]()", text), encoding="utf-8")
    (folder / "docs" / "index.md").write_text("# Floor\n", encoding="utf-8")


def _is_framed(page: Path) -> bool:
    """Whether a page has the theme's frame: permalinks have not."""
    return b"md-container" in page.read_bytes()


# Builds


def build(project: Path, site: Path) -> Build:
    """Build a project into a new folder, in a process of its own.

    Nothing is removed between builds: on ext4 files are made slowly where others were just
    removed, and each build would pay for the one before it.
    """
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(site)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "SITE_URL": ""}
    begun = time.monotonic()
    process = subprocess.Popen(command, cwd=project, env=environment)  # noqa: S603
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.monotonic() - begun
    assert status == 0, f"the build of {project} failed"
    files = [path for path in site.rglob("*") if path.is_file()]
    pages = sum(path.name == "index.html" and _is_framed(path) for path in files)
    size = sum(path.stat().st_size for path in files)
    return Build(seconds, _bytes(usage), pages, len(files), size)


def _bytes(usage: resource.struct_rusage) -> int:
    """Peak memory; macOS counts bytes where others count kilobytes."""
    return int(usage.ru_maxrss) * (1 if sys.platform == "darwin" else 1024)


def compare(times: int, runs: int, folder: Path) -> None:
    """Build a catalogue and its floor in turn, and print the medians."""
    ours, floor = folder / "ours", folder / "floor"
    enlarge(ours, times)
    first = build(ours, folder / "site")
    as_floor(folder / "site", floor)
    pairs = [
        (build(ours, folder / f"site-{run}"), build(floor, folder / f"stock-{run}"))
        for run in range(runs)
    ]
    for name, builds in (("ours", [pair[0] for pair in pairs]), ("floor", [p[1] for p in pairs])):
        one = builds[0]
        seconds = statistics.median(item.seconds for item in builds)
        memory = max(item.memory for item in builds)
        print(
            f"{times:>4} × {name:<6}{seconds:>8.1f} s {1000 * seconds / one.pages:>7.2f} ms/page"
            f"{memory / 1e6:>8.0f} MB {one.pages:>7} pages {one.files:>7} files"
            f"{one.size / 1e6:>8.0f} MB written",
            flush=True,
        )
    ratios = sorted(ours.seconds / floor.seconds for ours, floor in pairs)
    middle, least, most = statistics.median(ratios), ratios[0], ratios[-1]
    print(f"{times:>4} × ours/floor: {middle:.2f} ({least:.2f} to {most:.2f})", flush=True)
    assert first.pages == pairs[0][0].pages


def main() -> None:
    """Print a table of builds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    for times in options.times:
        with tempfile.TemporaryDirectory() as folder:
            compare(times, options.runs, Path(folder))


if __name__ == "__main__":
    main()
