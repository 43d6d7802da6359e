"""Build the site beside the one that is there, and put it in its place once it is whole.

Run it by `make build`, in the project's folder. MkDocs alone empties the site's folder first, and
writes into it: whoever reads it in the meantime, or after a kill, finds half a site.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from errorcatalog import addresses
from whole_folder import InUseError, replacing

# Every site of ours has them, by whatever version it was built.
_MARKS = (addresses.CATALOG_JSON, addresses.CATALOG_SCHEMA)


class RefusedError(Exception):
    """The folder is not one to be replaced."""


def refuse(site: Path) -> None:
    """Raise RefusedError where something else than a site of ours would be lost."""
    if objection := _objection(site):
        raise RefusedError(objection)


def _objection(site: Path) -> str:
    if os.path.ismount(site):
        return "it is a mount point, which nothing can take the place of; name a folder in it"
    if Path.cwd().is_relative_to(site):
        return "this project is in it"
    if not site.exists():
        return ""
    found = sorted(entry.name for entry in site.iterdir() if not entry.name.startswith("."))
    if found and not all((site / name).is_file() for name in _MARKS):
        is_another = f"it has {found[0]} but no {_MARKS[0]}, so it is no site of ours"
        return f"{is_another}; move it, or name another"
    return ""


def write(folder: Path) -> None:
    """Let MkDocs write the site into a folder; raises MkDocsException also for a warning."""
    # `mkdocs build --quiet` would neither show warnings nor count them, `--strict` or not.
    logging.basicConfig(format="%(levelname)-8s-  %(message)s")
    config = load_config(strict=True, site_dir=str(folder))
    config.plugins.on_startup(command="build", dirty=False)
    try:
        build(config)
    finally:
        config.plugins.on_shutdown()


def replace(site: Path) -> None:
    """Build `site` anew; raises RefusedError, InUseError, OSError, or MkDocsException."""
    refuse(site)
    with replacing(site) as new:
        write(new)


def reason(error: Exception) -> str:
    """What went wrong, in the words of the system or our own."""
    if isinstance(error, OSError) and error.strerror and error.filename:
        # Of two files, the second is the one that was to be written.
        return f"{error.strerror}: {error.filename2 or error.filename}"
    return str(error)


def main() -> int:
    """Build, and return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", help="the site's folder")
    name = parser.parse_args().site
    try:
        # A link is followed: it goes on leading where it led.
        replace(Path(os.path.realpath(name)))
    except MkDocsException as error:
        error.show()
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 1
    except (RefusedError, InUseError, OSError) as error:
        print(f"{name} was not changed: {reason(error)}.", file=sys.stderr)
        return 1
    print(f"Built {name.rstrip('/')}/.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
