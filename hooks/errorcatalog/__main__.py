"""The catalogue from the terminal: `python -m errorcatalog check`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from errorcatalog.commands import (
    changes,
    check,
    explain,
    formatting,
    new,
    permalinks,
    schema,
    status,
)
from errorcatalog.diagnostics import CatalogError
from errorcatalog.project import Project


class Command(Protocol):
    """What a module in `commands/` has."""

    NAME: str
    HELP: str

    def add(self, parser: argparse.ArgumentParser) -> None:
        """Declare the command's arguments."""

    def run(self, project: Project, options: argparse.Namespace) -> int:
        """Run it; returns the exit status. May raise CatalogError."""


_COMMANDS: Sequence[Command] = (
    check,
    explain,
    status,
    new,
    formatting,
    changes,
    permalinks,
    schema,
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status."""
    options = _parser().parse_args(arguments)
    command: Command = options.command
    try:
        return command.run(Project(options.root), options)
    except CatalogError as error:
        print(error.report(), file=sys.stderr)
        print(error.count(), file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="errorcatalog", description=__doc__)
    parser.add_argument(
        "--root", type=Path, default=Path.cwd(), help="the project's folder (here, if not given)"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in _COMMANDS:
        one = commands.add_parser(command.NAME, help=command.HELP)
        command.add(one)
        one.set_defaults(command=command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
