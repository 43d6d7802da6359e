"""Have the built site judged: its HTML by the Nu checker, speed and access by Lighthouse.

Run it by `make audit`: builds the site, serves it on this machine as a host would, opens each kind
of page in the system's Chromium, in each locale, in light and dark, as on a phone and on a desktop,
and prints the scores. Exit status 1 where one is below what is promised. Speed is measured, so let
nothing else run meanwhile; a page that seems slow is opened again, as other work can only make it
slower. It needs npm and Java; both tools are npm packages, and are installed into a folder of their
own.

The page for wrong addresses comes with the status 404, which Lighthouse takes for a fault of the
host, and asks not to be indexed. So it is opened at its own address, and judged without that
question.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby, product
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

from rich.console import Console
from rich.table import Table

from browser.launch import browser_command
from hosting import CompressingHost
from support import ROOT, build, serve

TOOLS = ROOT / ".audit"
# Lighthouse 13 needs a Node.js that long-lived distributions do not have yet.
PACKAGES = ("lighthouse@12.8.2", "vnu-jar@26.9.27")
LIGHTHOUSE = TOOLS / "node_modules/.bin/lighthouse"
CHECKER = TOOLS / "node_modules/vnu-jar/build/dist/vnu.jar"
DRIVEN_AT = 9333
TRIES = 4

LOCALES = ("zh-TW", "en")
KINDS = {"home": "", "scenario": "payment/", "code": "payment/4454/", "all codes": "codes/"}
NOT_FOUND = "404.html"
FORMS = {"phone": (), "desktop": ("--preset=desktop",)}
# As Blink numbers them.
SCHEMES = {"light": 1, "dark": 0}

PROMISED = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
LONGEST_PAINT = 1500
"""Milliseconds until the largest thing of a code's page is painted, on a phone."""

# What else the Nu checker is shown, beside the pages above: every kind once.
MORE_HTML = ("changes/", "about/", "linking/", "programs/", "order/1004/", "connect/")
ROOT_HTML = ("", "4454/", "URL_NOT_FOUND/", "slp-4454/", "order/1004/", NOT_FOUND)
# What it says of the theme's own HTML, which no setting changes.
OF_THE_THEME = {
    "Attribute “autocomplete” is only allowed when the input type is",
    "Bad value “” for attribute “tabindex” on element “label”",
    "The value of the “for” attribute of the “label” element must be the ID of a non-hidden",
}


@dataclass(frozen=True)
class Visit:
    """One page, opened in one way."""

    kind: str
    address: str
    locale: str
    scheme: str
    form: str


@dataclass(frozen=True)
class Judgement:
    """What Lighthouse says of a visit."""

    visit: Visit
    scores: dict[str, int]
    paint: int
    shift: float
    faults: tuple[str, ...]
    """The audits that took away from a score that must be full."""

    def holds(self) -> bool:
        late = (self.visit.kind, self.visit.form) == (
            "code",
            "phone",
        ) and self.paint > LONGEST_PAINT
        return not late and all(self.scores[name] >= least for name, least in PROMISED.items())


def visits() -> Iterator[Visit]:
    """Every visit, those of one scheme together; the page for wrong addresses has all locales."""
    for scheme in SCHEMES:
        for (kind, path), locale, form in product(KINDS.items(), LOCALES, FORMS):
            yield Visit(kind, f"{locale}/{path}", locale, scheme, form)
        for form in FORMS:
            yield Visit("wrong address", NOT_FOUND, "all", scheme, form)


def install() -> None:
    """Install both tools, if they are not there."""
    if LIGHTHOUSE.exists() and CHECKER.exists():
        return
    options = ("--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts")
    command = ["npm", "install", "--silent", f"--prefix={TOOLS}", *options, *PACKAGES]
    TOOLS.mkdir(exist_ok=True)
    subprocess.run(command, check=True)  # noqa: S603


@contextmanager
def browser(scheme: str) -> Iterator[None]:
    """A browser that prefers one scheme, driven by whoever asks."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(  # noqa: S603
            [
                *browser_command(),
                "--headless=new",
                f"--remote-debugging-port={DRIVEN_AT}",
                f"--user-data-dir={profile}",
                f"--blink-settings=preferredColorScheme={SCHEMES[scheme]}",
            ],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until_driven()
            yield
        finally:
            process.terminate()
            process.wait()


def wait_until_driven() -> None:
    """Wait for the browser; raises TimeoutError after ten seconds."""
    for _ in range(100):
        try:
            urlopen(f"http://127.0.0.1:{DRIVEN_AT}/json/version").close()
        except (URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    raise TimeoutError


def judge(base: str, visit: Visit) -> Judgement:
    """Open a page in the browser that is there, and hear what Lighthouse says."""
    command = [
        str(LIGHTHOUSE),
        base + visit.address,
        f"--port={DRIVEN_AT}",
        "--quiet",
        "--output=json",
        f"--only-categories={','.join(PROMISED)}",
        *FORMS[visit.form],
        *(["--skip-audits=is-crawlable"] if visit.address == NOT_FOUND else []),
    ]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603
    report = json.loads(done.stdout)
    if "runtimeError" in report:
        sys.exit(f"{visit.address}: {report['runtimeError']['message']}")
    audits = report["audits"]
    return Judgement(
        visit,
        {name: round(100 * part["score"]) for name, part in report["categories"].items()},
        round(audits["largest-contentful-paint"]["numericValue"]),
        round(audits["cumulative-layout-shift"]["numericValue"], 3),
        tuple(faults(report)),
    )


def faults(report: dict[str, Any]) -> Iterator[str]:
    """What took away from the scores that must be full."""
    for name, part in report["categories"].items():
        for reference in part["auditRefs"]:
            score = report["audits"][reference["id"]]["score"]
            if PROMISED[name] == 100 and reference["weight"] and score not in {None, 1}:  # noqa: PLR2004
                yield f"{name}: {reference['id']}"


def judgements(base: str) -> Iterator[Judgement]:
    """Every visit judged, in one browser for each scheme."""
    for scheme, some in groupby(visits(), key=lambda visit: visit.scheme):
        with browser(scheme):
            for visit in some:
                yield best(judge(base, visit) for _ in range(TRIES))


def best(tries: Iterable[Judgement]) -> Judgement:
    """The first that holds, or else the fastest."""
    made = []
    for judgement in tries:
        if judgement.holds():
            return judgement
        made.append(judgement)
    return max(made, key=lambda judgement: judgement.scores["performance"])


def table(judged: list[Judgement]) -> Table:
    """The scores, a line a visit."""
    shown = Table()
    for heading in ("page", "locale", "scheme", "form", *PROMISED, "largest paint", "shift", ""):
        shown.add_column(heading)
    for item in judged:
        visit = item.visit
        shown.add_row(
            *(visit.kind, visit.locale, visit.scheme, visit.form),
            *(str(item.scores[name]) for name in PROMISED),
            *(f"{item.paint / 1000:.2f} s", f"{item.shift:.3f}"),
            "" if item.holds() else ", ".join(item.faults) or "too slow",
        )
    return shown


def html_problems(site: Path) -> list[str]:
    """What the Nu checker says of each kind of page, less what is known of the theme."""
    pages = {f"{locale}/{path}" for locale in LOCALES for path in (*KINDS.values(), *MORE_HTML)}
    files = [
        site / page / ("" if page == NOT_FOUND else "index.html") for page in [*pages, *ROOT_HTML]
    ]
    command = ["java", "-jar", str(CHECKER), "--errors-only", "--format", "json", *map(str, files)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603
    said = json.loads(done.stderr)["messages"]
    known: Counter[str] = Counter()
    problems = []
    for problem in said:
        message = problem["message"]
        name = next((start for start in OF_THE_THEME if message.startswith(start)), None)
        if name:
            known[name] += 1
        else:
            where = Path(problem["url"].removeprefix("file:")).relative_to(site)
            problems.append(f"{where}:{problem['lastLine']}: {message}")
    gone = sorted(OF_THE_THEME - known.keys())
    return problems + [
        f"the theme has mended it; strike it from OF_THE_THEME: {name}" for name in gone
    ]


def main() -> int:
    """Build, judge and print; the exit status."""
    install()
    console = Console(
        width=max(130, os.get_terminal_size().columns) if sys.stdout.isatty() else 130
    )
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder)
        with serve(site, host=CompressingHost) as base:
            build(ROOT, site, site_url=base)
            problems = html_problems(site)
            for problem in problems:
                console.print(problem, markup=False)
            console.print(f"HTML: {len(problems)} problems.")
            judged = list(judgements(base))
    console.print(table(judged))
    below = sum(not item.holds() for item in judged)
    console.print(f"{len(judged)} visits, {below} below what is promised.")
    return 1 if below or problems else 0


if __name__ == "__main__":
    sys.exit(main())
