"""What tells hosts how to serve the site, written from the site that was built."""

from __future__ import annotations

from pathlib import Path

from errorcatalog import addresses
from errorcatalog.policy import headers_of
from errorcatalog.reference import Reference


def write_host_files(reference: Reference, site: Path) -> None:
    """Write them into `site`, the folder of the built site.

    The page for wrong addresses is the theme's frame around the words of the locales.
    """
    headers = headers_of((site / addresses.NOT_FOUND).read_text(encoding="utf-8"))
    assets = (site / addresses.ASSETS).rglob("*")
    files = [path.relative_to(site).as_posix() for path in assets]
    for address, text in reference.host_files(headers, files):
        (site / address).write_text(text, encoding="utf-8", newline="\n")
