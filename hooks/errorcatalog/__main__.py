"""The catalogue from the terminal: `python -m errorcatalog check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from errorcatalog.diagnostics import CatalogError
from errorcatalog.project import Project


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    command = {"check": _check, "permalinks": _permalinks}[options.command]
    try:
        return command(Project(options.root))
    except CatalogError as error:
        print(error.report(), file=sys.stderr)
        print(error.count(), file=sys.stderr)
        return 1


def _check(project: Project) -> int:
    catalog = project.load().catalog
    codes = sum(len(scenario.codes) for scenario in catalog.scenarios)
    locales = ", ".join(locale.id for locale in catalog.locales)
    print(f"{codes} codes in {len(catalog.scenarios)} scenarios, in {locales}: all good.")
    return 0


def _permalinks(project: Project) -> int:
    added = project.add_to_ledger()
    print("\n".join(added) if added else "Nothing new.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="errorcatalog", description=__doc__)
    parser.add_argument(
        "--root", type=Path, default=Path.cwd(), help="the project's folder (here, if not given)"
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    commands.add_parser("check", help="load the catalogue and list every problem in it")
    commands.add_parser("permalinks", help="add new codes to the ledger of published addresses")
    return parser


if __name__ == "__main__":
    sys.exit(main())
