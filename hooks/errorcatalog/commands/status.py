"""`status`: show how far the catalogue is, in tables; whole or not, it is no error."""

from __future__ import annotations

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable
from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from errorcatalog.diagnostics import Place, visible
from errorcatalog.project import Project
from errorcatalog.status import Status

# Columns of what goes into a file or a pipe; a terminal has its own.
_WIDTH = 120

# What is said of all in all, and what there is to say of each thing.
Section = tuple[str, RenderableType | None]


def add(parser: ArgumentParser) -> None:
    """Takes no arguments."""


def run(project: Project, options: Namespace) -> int:
    """Print the tables; raises CatalogError where nothing can be read."""
    status = project.status()
    width = None if sys.stdout.isatty() else _WIDTH
    show(status, Console(width=width))
    return 0


def show(status: Status, console: Console) -> None:
    """Print a summary, then a section for each of its lines."""
    sections = (_texts, _scenarios, _unguided, _long_headings, _corrections, _unread)
    told = [section(status) for section in sections]
    console.print(Text(_headline(status), style="bold"))
    for title, _ in told:
        console.print(Text(f"  {title}"))
    for title, details in told:
        if details is not None:
            console.print()
            console.print(Text(title, style="bold"))
            console.print(details, crop=False)


def _headline(status: Status) -> str:
    codes = sum(scenario.codes for scenario in status.scenarios)
    retired = sum(len(scenario.retired) for scenario in status.scenarios)
    scenarios = _plural(len(status.scenarios), "scenario")
    locales = ", ".join(status.locales) or "no language"
    return f"{_plural(codes, 'code')} ({retired} retired) in {scenarios}, in {locales}"


def _texts(status: Status) -> Section:
    if not status.locales:
        return "Texts: there is no language to write them in.", None
    missing = {
        locale: sum(count.missing(locale) for count in status.texts) for locale in status.locales
    }
    gaps = [f"{number} missing in {locale}" for locale, number in missing.items() if number]
    title = f"Texts: {', '.join(gaps)}." if gaps else "Texts: all there in every language."
    table = _table("Texts", *status.locales, right=status.locales)
    for count in status.texts:
        cells = [_share(count.written[locale], count.expected) for locale in status.locales]
        table.add_row(count.kind, *cells)
    return title, table


def _scenarios(status: Status) -> Section:
    silent = sum(scenario.codes - scenario.payer_texts for scenario in status.scenarios)
    title = f"Scenarios: {_plural(silent, 'code')} without a text for the payer."
    numbers = ("Codes", "Guided", "With payer text")
    table = _table("Scenario", *numbers, "Retired", right=numbers)
    for scenario in status.scenarios:
        table.add_row(
            Text(scenario.id),
            Text(str(scenario.codes)),
            _share(scenario.guided, scenario.codes),
            Text(str(scenario.payer_texts)),
            Text(", ".join(scenario.retired)),
        )
    return title, table


def _unguided(status: Status) -> Section:
    if not status.unguided:
        return "Guidance: on every code.", None
    title = f"Guidance: {_plural(len(status.unguided), 'code')} without all of it."
    rows = [(item.place, item.record, ", ".join(item.missing)) for item in status.unguided]
    return title, _list(rows, "Code", "Missing")


def _long_headings(status: Status) -> Section:
    if not status.long_headings:
        return "Headings: none too long.", None
    title = f"Headings: {len(status.long_headings)} too long; write a shorter `title`."
    rows = [
        (item.place, item.record, item.locale, f"{item.length} of {item.most}", visible(item.text))
        for item in status.long_headings
    ]
    return title, _list(rows, "Code", "Locale", "Length", "Heading")


def _corrections(status: Status) -> Section:
    if not status.corrections:
        return "Corrections: no published wording was corrected.", None
    title = f"Corrections: {_plural(len(status.corrections), 'published wording')} corrected."
    rows = [
        (item.place, item.record, f"{visible(item.published)}\n{visible(item.text)}")
        for item in status.corrections
    ]
    return title, _list(rows, "Record", "As published, and below it as it stands here")


def _unread(status: Status) -> Section:
    if not status.unread:
        return "Reading: all files could be read.", None
    problems = _plural(len(status.unread), "problem")
    lines = [Text(str(problem), no_wrap=True, overflow="ignore") for problem in status.unread]
    return f"Reading: {problems}; what could not be read is not counted.", Group(*lines)


def _list(rows: Iterable[tuple[Place, str, *tuple[str, ...]]], *columns: str) -> Table:
    """A table of records and where they are, with a gap after each scenario's."""
    table = _table("Place", *columns)
    for number, (_, lines) in enumerate(groupby(rows, key=lambda row: row[0].file)):
        if number:
            table.add_row()
        for place, record, *cells in lines:
            # The file says which scenario's it is.
            code = record.partition("/")[2] or record
            table.add_row(*map(Text, (f"{place.file}:{place.line}", code, *cells)))
    return table


def _table(first: str, *columns: str, right: Iterable[str] = ()) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(first, no_wrap=True)
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    return table


def _share(written: int, expected: int) -> Text:
    """A number, and of how many where it is not all."""
    if written == expected:
        return Text(str(expected))
    return Text(f"{written}/{expected}", style="yellow")


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"
