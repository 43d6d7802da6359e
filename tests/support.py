"""What the tests of the built site share: building, serving and reading it."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml
from lxml import html

ROOT = Path(__file__).resolve().parent.parent

# What a build reads; a copy of these is a whole project.
PARTS = ("mkdocs.yml", "catalog", "docs", "hooks", "templates")

# What mkdocs.yml takes from the environment; a test says itself what is set.
SETTINGS = {"SITE_URL", "SITE_DIR", "REPO_URL", "EDIT_URI", "EDIT_LINE", "REPORT_URL"}

# A diagnostic as it is printed.
DIAGNOSTIC = re.compile(r"(?P<file>[^:]+):\d+:\d+: .+: .+; .+ \[(?P<check>[a-z0-9-]+)\]")


class _Dumper(yaml.SafeDumper):
    """Writes texts in double quotes, as the catalogue does where they are needed."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')


_Dumper.add_representer(str, _quoted)


def as_yaml(data: Any) -> str:
    """Data as YAML, every text in double quotes; a character that YAML forbids is escaped."""
    return yaml.dump(data, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)


# Permissions hold for everybody but root; without its capabilities, for root too.
AS_ANYBODY = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"] if os.geteuid() == 0 else []


def copy_project(folder: Path) -> Path:
    """Copy the project, so that a test can change it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in PARTS:
        source = ROOT / name
        if source.is_dir():
            ignore = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, folder / name, ignore=ignore)
        else:
            shutil.copy2(source, folder / name)
    return folder


def mkdocs(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run MkDocs in a project as its README says, and return what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        env=_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
        timeout=240,
    )


@contextmanager
def serving(root: Path) -> Iterator[tuple[str, Path]]:
    """`mkdocs serve` in a project: its address, and the file it prints to."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{probe.getsockname()[1]}"
    printed = root / "printed.txt"
    with printed.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", address],
            cwd=root,
            env=_environment(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            yield f"http://{address}/", printed
        finally:
            process.terminate()
            process.wait(timeout=30)


def _environment(**settings: str) -> dict[str, str]:
    """That of this process, with `settings` and no other of mkdocs.yml's."""
    clean = {key: value for key, value in os.environ.items() if key not in SETTINGS}
    return {**clean, "NO_MKDOCS_2_WARNING": "1", **settings}


def build(root: Path, folder: Path, *, site_url: str = "", **environment: str) -> Site:
    """Build a project strictly into a folder."""
    done = mkdocs(root, "build", "--strict", SITE_DIR=str(folder), SITE_URL=site_url, **environment)
    assert done.returncode == 0, done.stderr
    return Site(folder, site_url)


@dataclass(frozen=True)
class Site:
    """A built site."""

    folder: Path
    url: str

    @property
    def documents(self) -> list[Path]:
        """The file of every page; a code may be called like one, and is a folder."""
        return sorted(path for path in self.folder.rglob("*.html") if path.is_file())

    @cached_property
    def pages(self) -> dict[str, html.HtmlElement]:
        """Every page, parsed, by its address from the site's root."""
        return {
            path.relative_to(self.folder).as_posix().removesuffix("index.html"): html.parse(
                path
            ).getroot()
            for path in self.documents
        }

    def page(self, address: str) -> html.HtmlElement:
        return self.pages[address]


def written_names(code: str, prefix: str) -> set[str]:
    """Every way in which the contract lets a code be written, itself among them."""
    forms = {code, code.replace("_", "-")}
    forms |= {form.lower() for form in forms}
    if code == code.lower():
        forms |= {form.upper() for form in forms}
    starts = {prefix, prefix.lower()} if prefix else set()
    return forms | {f"{start}-{form}" for start in starts for form in forms}


def headers_for_all(folder: Path) -> dict[str, str]:
    """The headers that a built site's `_headers` has for every address; none without the file."""
    file = folder / "_headers"
    headers: dict[str, str] = {}
    if file.is_file():
        _, _, rules = file.read_text(encoding="utf-8").partition("\n/*\n")
        for line in takewhile(lambda line: line.startswith(" "), rules.splitlines()):
            name, _, value = line.strip().partition(": ")
            headers[name] = value
    return headers


class StaticHost(SimpleHTTPRequestHandler):
    """A static host: one folder below one path, with its headers and page for wrong addresses."""

    root: Path
    mount: str

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments, directory=str(self.root))

    def translate_path(self, path: str) -> str:
        if not path.startswith(self.mount):
            return str(self.root / "outside the site")
        # No file has it in its name, and the parent does not expect it.
        return super().translate_path("/" + path.removeprefix(self.mount)).replace("\0", "%00")

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = self.root / "404.html"
        if code != 404 or not page.is_file():
            super().send_error(code, message, explain)
            return
        self.send_page(code, page)

    def send_page(self, code: int, path: Path) -> None:
        body = path.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def end_headers(self) -> None:
        for name, value in headers_for_all(self.root).items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the parent's name
        """Say nothing."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a browser that has gone on to another page."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def serve(
    folder: Path, *, mount: str = "/", port: int = 0, host: type[StaticHost] = StaticHost
) -> Iterator[str]:
    """Serve a built site below a path of a free port; yields its address."""
    handler = type("Handler", (host,), {"root": folder, "mount": mount})
    server = _Server(("127.0.0.1", port), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}{mount}"
    finally:
        server.shutdown()
        server.server_close()
