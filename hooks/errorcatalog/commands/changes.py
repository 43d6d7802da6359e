"""`changes`: propose what the list of changes should say."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import date

from errorcatalog.base import read_base
from errorcatalog.export.as_data import Publisher
from errorcatalog.load import load_catalog
from errorcatalog.project import Project
from errorcatalog.since import Unlisted, proposed, unlisted
from errorcatalog.views.lookup import Lookup


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
    entries = proposed(_unlisted(project, options.base), date.today())
    print("\n\n".join(entries) if entries else "Nothing to add.")
    return 0


def _unlisted(project: Project, base: str) -> list[Unlisted]:
    """What has changed since `base`, and no change lists.

    If `base` is "", what records themselves say of their addition and retirement.
    """
    catalog = load_catalog(project.catalog, phrases=None)
    before = read_base(base, project.catalog) if base else None
    return unlisted(catalog, Publisher(Lookup.of(catalog), "").records(), before)
