"""A host as readers meet it: what it sends is compressed, and says how long to keep it."""

from __future__ import annotations

import gzip
import time
from fnmatch import fnmatch
from http import HTTPStatus
from pathlib import Path

from support import StaticHost

# Names that hold a hash of what the file says.
HASHED = "*.*.min.*"
KEPT = "public, max-age=31536000, immutable"
ASKED_AGAIN = "public, no-cache"

# Seconds until it answers, as it would from another machine. From this one, a browser would have
# everything before it has painted anything, and could not tell what painting waits for.
DISTANCE = 0.03


class CompressingHost(StaticHost):
    """Serves as `StaticHost` does, with the headers that speed depends on."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:  # noqa: N802 - the parent's name
        """Send a file; a folder without its slash, or nothing there, is answered as before."""
        path = Path(self.translate_path(self.path))
        if path.is_dir() and self.path.partition("?")[0].endswith("/"):
            path /= "index.html"
        if path.is_file():
            self._send(HTTPStatus.OK, path)
        else:
            super().do_GET()

    def send_page(self, code: int, path: Path) -> None:
        """Send the page for wrong addresses."""
        self._send(code, path)

    def _send(self, code: int, path: Path) -> None:
        time.sleep(DISTANCE)
        body = gzip.compress(path.read_bytes(), compresslevel=9)
        kind = self.guess_type(path)
        charset = "; charset=utf-8" if kind.startswith("text/") else ""
        self.send_response(code)
        self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", KEPT if fnmatch(path.name, HASHED) else ASKED_AGAIN)
        self.end_headers()
        self.wfile.write(body)
