"""`format`: bring catalogue files into their canonical form."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from errorcatalog.diagnostics import CatalogError, Diagnostic, Place
from errorcatalog.editing.files import Files, shown
from errorcatalog.editing.rewrite import format_file
from errorcatalog.load import Parts
from errorcatalog.project import Project


def add(parser: ArgumentParser) -> None:
    """Takes the files, and whether only to look."""
    parser.add_argument(
        "files", nargs="*", type=Path, metavar="FILE", help="a catalogue file (all, if not given)"
    )
    parser.add_argument(
        "--check", action="store_true", help="only list what is not in canonical form"
    )


def run(project: Project, options: Namespace) -> int:
    """Print the names of the files that were changed.

    Raises CatalogError with why any file had to stay as it was, when all others are formatted.
    """
    files = Files.read(project.catalog)
    chosen, problems = _chosen(files, options.files)
    if options.check:
        problems += files.judge(chosen)
    else:
        changed, refused = _format(files, chosen)
        problems += refused
        print("".join(f"{name}\n" for name in changed), end="")
        if not changed and not problems:
            print("Nothing to change.")
    if problems:
        raise CatalogError(problems)
    return 0


def _format(files: Files, chosen: list[Parts]) -> tuple[list[str], list[Diagnostic]]:
    """The names of the files that were changed, and why others could not be."""
    changed: list[str] = []
    problems: list[Diagnostic] = []
    for parts in chosen:
        try:
            if format_file(files, parts):
                changed.append(shown(files.directory, parts))
        except CatalogError as error:
            problems += error.diagnostics
    return changed, problems


def _chosen(files: Files, named: list[Path]) -> tuple[list[Parts], list[Diagnostic]]:
    """The files to see to, of those that can be read, and why others cannot."""
    if not named:
        return list(files.documents), list(files.problems)
    chosen: list[Parts] = []
    problems: list[Diagnostic] = []
    for path in named:
        parts = _inside(path, files.directory)
        broken = [one for one in files.problems if one.place.file == shown(files.directory, parts)]
        if parts in files.documents:
            chosen.append(parts)
        elif broken:
            problems += broken
        else:
            remedy = f"name a .yml file of {files.directory.name}/"
            problem = Diagnostic(
                Place(str(path)), "the file", "not of the catalogue", remedy, "file"
            )
            problems.append(problem)
    return chosen, problems


def _inside(path: Path, directory: Path) -> Parts:
    """A path from within a folder; () where it is not there."""
    whole, folder = path.parent.resolve() / path.name, directory.resolve()
    return whole.relative_to(folder).parts if whole.is_relative_to(folder) else ()
