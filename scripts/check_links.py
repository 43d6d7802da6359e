"""Fetch every address of the ledger, and every spelling of it, from a served build.

Run it by `make check-links`: builds the site, serves it below a sub-path on this machine, asks for
each address, and lists what does not answer. `make check-links URL=https://…/` asks a published
site instead. Exit status 1 where something does not answer.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote
from urllib.request import Request, urlopen

from errorcatalog import addresses
from errorcatalog.permalinks import spellings
from errorcatalog.project import Project
from support import ROOT, build, serve

SECONDS = 20
AT_ONCE = 4


def published_addresses(project: Project) -> list[str]:
    """Every address that the ledger promises."""
    catalog = project.load().catalog
    promised: dict[str, None] = {}
    for line in project.ledger().lines:
        promised[addresses.record_permalink(line.scenario, line.code)] = None
        short = line.name or line.code
        for name in (short, *spellings(short, catalog.prefix)):
            promised[addresses.permalink(name)] = None
        for locale in catalog.locales:
            promised[addresses.code(locale.id, line.scenario, line.code)] = None
    return list(promised)


def fault(base: str, address: str) -> str | None:
    """Why an address does not answer, or None."""
    request = Request(base + quote(address), method="GET")  # noqa: S310 - http(s), by main()
    try:
        with urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
            return None if answer.status == 200 else f"status {answer.status}"  # noqa: PLR2004
    except (URLError, TimeoutError) as error:
        return str(error)


@contextmanager
def built_site() -> Iterator[str]:
    """Build the site and serve it below a sub-path."""
    with tempfile.TemporaryDirectory() as folder, serve(Path(folder), mount="/codes/") as base:
        build(ROOT, Path(folder), site_url=base)
        yield base


def check(base: str, promised: list[str]) -> int:
    """Ask for everything, print what does not answer, and return the exit status."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        faults = list(pool.map(lambda address: fault(base, address), promised))
    dead = [(address, why) for address, why in zip(promised, faults, strict=True) if why]
    for address, why in dead:
        print(f"{base}{address}: {why}", file=sys.stderr)
    print(f"{len(promised)} addresses asked, {len(dead)} without an answer.")
    return 1 if dead else 0


def main() -> int:
    """Check a published site, or one built for it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url", nargs="?", default="", help="a published site's address")
    url = parser.parse_args().url
    promised = published_addresses(Project(ROOT))
    if url:
        if not url.startswith(("http://", "https://")):
            parser.error("the address begins with http:// or https://")
        return check(f"{url.rstrip('/')}/", promised)
    with built_site() as base:
        return check(base, promised)


if __name__ == "__main__":
    sys.exit(main())
