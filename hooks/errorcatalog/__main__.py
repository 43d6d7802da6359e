"""The catalogue from the terminal: `python -m errorcatalog check`."""

from __future__ import annotations

import argparse
import gc
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from errorcatalog.diagnostics import CatalogError
from errorcatalog.project import Project


class Command(Protocol):
    """What a module in `commands/` has."""

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, project: Project, options: argparse.Namespace) -> int:
        """Run it; returns the exit status. May raise CatalogError."""


# Each in a module of its name in `commands/`; only the one that is asked for is imported.
_COMMANDS = {
    "check": "load the catalogue and list every problem in it",
    "explain": "say what a code, an API message or a pasted response means, and what to do",
    "status": "show how far the catalogue is: texts by language, guidance, long titles",
    "new": "add a record to fill in, in its place among a scenario's codes",
    "format": "bring catalogue files into their canonical form",
    "changes": "propose entries for the list of changes, from what was published before",
    "permalinks": "add new codes to the ledger of published addresses",
    "schema": "write the schema by which editors complete and check the catalogue's files",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    asked = sys.argv[1:] if arguments is None else arguments
    options = _parser(asked).parse_args(asked)
    command: Command = options.command
    try:
        return command.run(Project(options.root), options)
    except CatalogError as error:
        print(error.report(), file=sys.stderr)
        print(error.count(), file=sys.stderr)
        return 1


def _parser(asked: Sequence[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="errorcatalog", description=__doc__)
    parser.add_argument(
        "--root", type=Path, default=Path.cwd(), help="the project's folder (here, if not given)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name, said in _COMMANDS.items():
        one = commands.add_parser(name, help=said)
        if name in asked:
            command = cast("Command", import_module(f"errorcatalog.commands.{name}"))
            command.add(one)
            one.set_defaults(command=command)
    return parser


if __name__ == "__main__":
    gc.disable()  # a command is over before it pays to look for what it no longer needs
    sys.exit(main())
