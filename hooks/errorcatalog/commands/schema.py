"""`schema`: write the schema by which editors complete and check the catalogue's files."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from errorcatalog.diagnostics import CatalogError
from errorcatalog.project import Project


def add(parser: ArgumentParser) -> None:
    """Declare `--check`."""
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail if it is not up to date"
    )


def run(project: Project, options: Namespace) -> int:
    """Print what was done; raises CatalogError where `--check` finds the file not up to date."""
    schema = project.schema()
    if options.check and (problems := list(schema.check())):
        raise CatalogError(problems)
    written = not options.check and schema.write()
    print(f"Wrote {schema.file}." if written else f"{schema.file} is up to date.")
    return 0
