"""`permalinks`: add new codes to the ledger of published addresses."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from errorcatalog.project import Project


def add(parser: ArgumentParser) -> None:
    """Takes no arguments."""


def run(project: Project, options: Namespace) -> int:
    """Print the lines added."""
    added = project.add_to_ledger()
    print("\n".join(added) if added else "Nothing new.")
    return 0
