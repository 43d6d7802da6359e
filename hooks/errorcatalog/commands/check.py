"""`check`: load the catalogue and list every problem in it."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Iterable, Iterator

from errorcatalog.base import read_base
from errorcatalog.commands.changes import add_base
from errorcatalog.diagnostics import MOST_TOLD, CatalogError, Diagnostic, foremost
from errorcatalog.editing.files import Files
from errorcatalog.export.as_data import Publisher
from errorcatalog.load import Records, read_catalog
from errorcatalog.model import Catalog
from errorcatalog.project import Project
from errorcatalog.reference import render_samples
from errorcatalog.render import Renderer
from errorcatalog.since import check_changes_since
from errorcatalog.views.lookup import Lookup


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
    catalog = _checked(project)
    if options.base:
        _check_changes(project, catalog, options.base, first=options.first)
    codes = sum(len(scenario.codes) for scenario in catalog.scenarios)
    locales = ", ".join(locale.id for locale in catalog.locales)
    print(f"{codes} codes in {len(catalog.scenarios)} scenarios, in {locales}: all good.")
    return 0


def _checked(project: Project) -> Catalog:
    """Load and check everything, and render a sample of it, which shows what templates can do.

    The form of the catalog's files is judged here alone, not while they are being edited.
    """
    records = read_catalog(project.catalog)
    try:
        catalog = project.checked_records(records, schema=True)
        render_samples(catalog, Renderer(project.templates))
    except CatalogError as error:
        found = error.diagnostics
        # With more problems than we report, how the files are written does not matter yet.
        form = _form(project, records) if len(found) < MOST_TOLD else ()
        raise CatalogError([*found, *_elsewhere(form, found)]) from None
    if faults := list(_form(project, records)):
        raise CatalogError(faults)
    return catalog


def _check_changes(project: Project, catalog: Catalog, base: str, *, first: bool) -> None:
    """Compare the list of changes with what was published; see `read_base`.

    `first` says that nothing may have been published. Raises CatalogError.
    """
    before = read_base(base, project.catalog, first=first)
    published = Publisher(Lookup.of(catalog), "").records()
    if problems := list(foremost(check_changes_since(before, catalog, published))):
        raise CatalogError(problems)


def _form(project: Project, records: Records) -> Iterator[Diagnostic]:
    return Files(project.catalog, records.documents).judge()


def _elsewhere(faults: Iterable[Diagnostic], found: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The faults in lines of which nothing else was found: those will be rewritten anyway."""
    lines = {(problem.place.file, problem.place.line) for problem in found}
    return (fault for fault in faults if (fault.place.file, fault.place.line) not in lines)
