"""nginx on a free port of this machine, with the configuration that is deployed."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path

from support import ROOT

SECONDS = 10


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: HTTPMessage
    body: bytes


@dataclass(frozen=True)
class WebServer:
    """A running server."""

    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(
        self, path: str, headers: Mapping[str, str] | None = None, *, method: str = "GET"
    ) -> Answer:
        """Ask for a path, sent as it is."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=SECONDS)
        try:
            connection.request(method, path, headers=dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()


@contextmanager
def nginx(
    work: Path, sites: Mapping[str, Path], *, options: str = "master_process off;"
) -> Iterator[WebServer]:
    """Serve each of `sites`, built folders by their paths; nginx writes into `work` alone.

    `options` go before what the configuration says; a single process is what a test needs.
    """
    root = work / "www"
    if "/" in sites:
        root.symlink_to(sites["/"])
    else:
        root.mkdir()
        for path, folder in sites.items():
            (root / path.strip("/")).symlink_to(folder)
    with running(work, lambda port: _configuration(root, work, port), options) as server:
        yield server


@contextmanager
def running(work: Path, configuration: Callable[[int], str], options: str) -> Iterator[WebServer]:
    """nginx with the configuration that is made for a port; `options` go before it."""
    port = _free_port()
    file = work / "nginx.conf"
    file.write_text(configuration(port), encoding="utf-8")
    log = work / "error.log"
    with log.open("w", encoding="utf-8") as output:
        process = subprocess.Popen(
            [_program(), "-e", "stderr", "-c", file, "-g", f"daemon off; {options}"],
            stdout=subprocess.DEVNULL,
            stderr=output,
        )
    try:
        _wait(process, port, log)
        yield WebServer(port, log)
    finally:
        process.terminate()
        process.wait(SECONDS)


def _program() -> str:
    found = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert found, "no nginx: `make tools` installs it"
    return found


def _configuration(root: Path, work: Path, port: int) -> str:
    """The deployed configuration, elsewhere."""
    text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    for deployed, here in {
        " /tmp/": f" {work}/",
        " /srv/www": f" {root}",
        "listen 8080": f"listen 127.0.0.1:{port}",
    }.items():
        assert deployed in text
        text = text.replace(deployed, here)
    return text


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise AssertionError(log.read_text(encoding="utf-8"))
