"""`new`: add a record to fill in."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from datetime import datetime

from errorcatalog.editing.files import Files, shown
from errorcatalog.editing.new_code import check_new_code
from errorcatalog.editing.new_record import with_record
from errorcatalog.load import LOCALES, SCENARIOS
from errorcatalog.project import Project


def add(parser: ArgumentParser) -> None:
    """Takes the scenario and the code."""
    parser.add_argument("scenario", metavar="SCENARIO", help="the scenario's id, such as payment")
    parser.add_argument("code", metavar="CODE", help="the code, such as 4470")


def run(project: Project, options: Namespace) -> int:
    """Print where the record is, and what to do next.

    Raises CatalogError, with nothing changed, where there is no place for such a code.
    """
    files = Files.read(project.catalog)
    scenario, code = options.scenario, options.code
    check_new_code(files, scenario, code, project.page_names)
    parts = (SCENARIOS, f"{scenario}.yml")
    record = with_record(
        files.documents[parts],
        code,
        files.shape(parts),
        locales=files.locale_order or sorted(files.of(LOCALES)),
        today=datetime.now().astimezone().date(),
    )
    files.write(parts, record.text)
    print(f"{shown(project.catalog, parts)}:{record.line}")
    print("Fill in what `make check` lists; then run `make permalinks` and `make changes`.")
    return 0
