"""`check`: load the catalogue and list every problem in it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from errorcatalog.commands.changes import add_base
from errorcatalog.project import Project


def add(parser: ArgumentParser) -> None:
    """Declare the base."""
    add_base(parser)
    parser.add_argument(
        "--first",
        action="store_true",
        help="the base's address may have nothing yet (status 404): this is the first edition",
    )


def run(project: Project, options: Namespace) -> int:
    """Print a line of praise; raises CatalogError with every problem."""
    catalog = project.check(base=options.base, first=options.first)
    codes = sum(len(scenario.codes) for scenario in catalog.scenarios)
    locales = ", ".join(locale.id for locale in catalog.locales)
    print(f"{codes} codes in {len(catalog.scenarios)} scenarios, in {locales}: all good.")
    return 0
