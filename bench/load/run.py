"""Load nginx, as it is deployed, with what readers ask for, beside one static file.

Run it by `make bench-load`. The site is built and served below a path of this machine; wrk asks for
a mix of its addresses over 64 connections. Then the same of one file that is as large as the mean
answer, from an nginx that is told nothing: what the machine can do at all. The site is asked twice,
compressed as it is sent, and with compressed copies beside its files (deploy/README.md).
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support import ROOT, Site, build
from web_server import WebServer, nginx, running

HERE = Path(__file__).resolve().parent
CONNECTIONS = 64
THREADS = 2
LINES = 4000
SEED = 7
BASE = "/codes/"

# Of a hundred questions: how many are for files of a kind, and in how many of these the reader
# has a copy and asks whether it is still good. A kind is one or more patterns.
MIX = (
    (26, 0.2, ("en/*/*/index.html", "zh-TW/*/*/index.html")),
    (12, 0.1, ("[0-9A-Z]*/index.html",)),
    (8, 0.3, ("en/*/index.html", "zh-TW/*/index.html")),
    (4, 0.3, ("en/index.html", "zh-TW/index.html")),
    (3, 0.0, ("index.html",)),
    (26, 0.7, ("assets/javascripts/*.js", "assets/javascripts/search/*.js")),
    (6, 0.7, ("assets/stylesheets/reference.css", "assets/icon.svg")),
    (6, 0.0, ("assets/*/*.min.css", "assets/*/*.min.js")),
    (4, 0.5, ("en/search/*.json", "zh-TW/search/*.json")),
    (4, 0.3, ("codes/*.json", "en/*/*/index.md")),
    (1, 0.5, ("catalog.json", "changes.xml", "sitemap.xml", "llms.txt")),
)


@dataclass(frozen=True)
class Measured:
    """What wrk told."""

    requests: int
    seconds: float
    bytes: int
    failed: int
    p50: float
    p99: float

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    @property
    def size(self) -> int:
        """The mean of what was sent for one question, with its headers."""
        return self.bytes // self.requests

    def row(self, name: str) -> str:
        return (
            f"{name:<34} {self.rate:>10,.0f} {self.size:>9,} {self.p50:>8.2f} {self.p99:>8.2f}"
            f" {self.failed:>7}"
        )


def questions(site: Site, server: WebServer) -> Iterator[str]:
    """The lines of the mix."""
    chance = random.Random(SEED)  # noqa: S311 - the same questions in every run
    kinds = [sorted(_addresses(site, patterns)) for _, _, patterns in MIX]
    for index in chance.choices(range(len(MIX)), [share for share, _, _ in MIX], k=LINES):
        path = BASE + chance.choice(kinds[index]).removesuffix("index.html")
        if chance.random() < MIX[index][1]:
            version = server.ask(path, {"Accept-Encoding": "gzip"}).headers["ETag"]
            yield f"{path}\t{version}"
        else:
            yield path


def _addresses(site: Site, patterns: Sequence[str]) -> Iterator[str]:
    for pattern in patterns:
        found = [path.relative_to(site.folder).as_posix() for path in site.folder.glob(pattern)]
        assert found, f"nothing is like {pattern}"
        yield from found


def load(server: WebServer, lines: Path, seconds: int) -> Measured:
    """Ask for the lines of a file as fast as is answered."""
    command = [
        *("wrk", "--threads", str(THREADS), "--connections", str(CONNECTIONS)),
        *("--duration", f"{seconds}s", "--script", str(HERE / "mix.lua")),
        *(server.url, "--", str(lines)),
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


@contextmanager
def one_file(work: Path, size: int) -> Iterator[tuple[WebServer, Path]]:
    """An nginx that serves one file and knows nothing else; the file cannot be compressed."""
    content = random.Random(SEED).randbytes(size)  # noqa: S311
    (work / "file").write_bytes(content)
    lines = work / "lines"
    lines.write_text("/file\n", encoding="utf-8")
    configuration = (
        "worker_processes auto; pid {work}/pid; events {{ worker_connections 4096; }}"
        " http {{ access_log off; sendfile on; tcp_nopush on;"
        " server {{ listen 127.0.0.1:{port}; root {work}; }} }}"
    )
    with running(work, lambda port: configuration.format(work=work, port=port), OPTIONS) as server:
        yield server, lines


# Started by root, nginx would read the files as somebody who may not.
OPTIONS = "user root;" if os.geteuid() == 0 else ""


def measure(seconds: int) -> list[tuple[str, Measured]]:
    """Each measurement with its name."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        site = build(ROOT, work / "site", site_url=f"https://docs.example{BASE}")
        for name in ("mixed", "packed", "file"):
            (work / name).mkdir()
        results = []
        for name, folder_name in (
            ("the site, compressed as it is sent", "mixed"),
            ("the site, compressed copies", "packed"),
        ):
            if folder_name == "packed":
                subprocess.run([ROOT / "deploy" / "compress", site.folder], check=True)  # noqa: S603
            with nginx(work / folder_name, {BASE: site.folder}, options=OPTIONS) as server:
                lines = work / folder_name / "lines"
                lines.write_text("\n".join(questions(site, server)), encoding="utf-8")
                results.append((name, load(server, lines, seconds)))
        mean = results[-1][1].size
        with one_file(work / "file", mean) as (server, lines):
            results.append((f"one file of {mean:,} bytes", load(server, lines, seconds)))
        return results


def main() -> int:
    """Print the figures; exit status 1 where a question was not answered."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=120, help="of each measurement")
    results = measure(parser.parse_args().seconds)
    columns = ("answers/s", "bytes", "p50 ms", "p99 ms", "failed")
    print(
        f"{'':<34} {columns[0]:>10} {columns[1]:>9} {columns[2]:>8} {columns[3]:>8} {columns[4]:>7}"
    )
    for name, measured in results:
        print(measured.row(name))
    return 1 if any(measured.failed for _, measured in results) else 0


if __name__ == "__main__":
    sys.exit(main())
