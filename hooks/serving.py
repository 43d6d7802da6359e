"""What `mkdocs serve` should say better."""

from __future__ import annotations

import socket
from typing import Any

from mkdocs.exceptions import PluginError


def refuse_taken_port(host: Any, port: Any) -> None:
    """Raise PluginError, in plain words, where another program listens at the port."""
    with socket.socket(socket.AF_INET6 if ":" in str(host) else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((str(host), int(port)))
        except OSError as error:
            raise PluginError(
                f"{host}:{port} cannot be used ({error.strerror}). "
                f"Choose another port: `make serve PORT={int(port) + 1}`, "
                f"or `mkdocs serve --dev-addr {host}:{int(port) + 1}`."
            ) from None
