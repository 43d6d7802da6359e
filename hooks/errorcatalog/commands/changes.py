"""`changes`: propose what the list of changes should say."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date

from errorcatalog.project import Project
from errorcatalog.since import proposed


def add(parser: ArgumentParser) -> None:
    """Declare the base."""
    add_base(parser)


def add_base(parser: ArgumentParser) -> None:
    """Declare `--base`, which several commands take."""
    parser.add_argument(
        "--base",
        default="",
        help="what was published: a catalog.json, its address, or a git revision",
    )


def run(project: Project, options: Namespace) -> int:
    """Print the entries; raises CatalogError where catalogue or base cannot be read."""
    entries = proposed(project.unlisted_changes(options.base), date.today())
    print("\n\n".join(entries) if entries else "Nothing to add.")
    return 0
