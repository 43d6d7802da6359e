"""`explain`: answer for a code, an API message, or a pasted response."""

from __future__ import annotations

import json
import os
import re
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, NoReturn

from rich.console import Console
from rich.text import Text

from errorcatalog import addresses
from errorcatalog.diagnostics import CatalogError, visible
from errorcatalog.locales import Locale
from errorcatalog.model import Catalog, ErrorCode, Scenario
from errorcatalog.project import Project
from errorcatalog.render import Renderer
from errorcatalog.search.engine import Answer, CatalogEngine, EngineMissingError
from errorcatalog.terminal import laid_out
from errorcatalog.views.explanation import Explanation, explanation
from errorcatalog.views.lookup import Lookup

if TYPE_CHECKING:
    from errorcatalog.export.as_data import Publisher

_STANDARD_INPUT = "-"
_BYTES_PER_CHARACTER = 4
# Of a longer text only the beginning is read, in characters.
LONGEST = 1_000_000


def add(parser: ArgumentParser) -> None:
    """Takes a text, a locale, and whether to answer as data."""
    parser.add_argument(
        "text",
        metavar="TEXT",
        nargs="*",
        help="a code, a message, a response, or key words; `-`, or nothing, reads what is piped in",
    )
    parser.add_argument(
        "--locale", metavar="ID", help="the language of the answer (yours, if the catalogue has it)"
    )
    parser.add_argument("--json", action="store_true", help="answer as JSON, in every language")
    parser.set_defaults(misused=parser.error)


def run(project: Project, options: Namespace) -> int:
    """Print the answer; 0 where something was found, 1 where not, 2 where nothing was asked."""
    text = _text(options)
    if not text.strip():
        _misused(options, "nothing to look up; expected a code, a message or a response")
    catalog = project.readable()
    locale = _locale(catalog, options)
    if len(text) > LONGEST:
        print(f"Only the first {LONGEST:,} characters were read.", file=sys.stderr)
    try:
        engine = CatalogEngine.of(project.scripts, catalog, locale)
    except EngineMissingError as error:
        _misused(options, str(error))
    answer, lookup, console = engine.ask(text[:LONGEST]), Lookup.of(catalog), _console()
    if options.json:
        console.print(Text(_as_json(lookup, text, answer)), soft_wrap=True)
    else:
        written = _written(project, explanation(lookup, locale, text, answer))
        for line in laid_out(written, console.width):
            console.print(Text(line.text, "bold" if line.bold else ""), soft_wrap=True)
    return 0 if answer.found else 1


def _written(project: Project, view: Explanation) -> str:
    """The answer as its template has it. Raises CatalogError."""
    try:
        return Renderer(project.templates).text(view)
    except CatalogError:
        project.checked()  # says what is wrong where it is, such as a string that is missing
        raise


def _as_json(lookup: Lookup, query: str, answer: Answer) -> str:
    """The whole answer; what a terminal would hide or act on is escaped."""
    from errorcatalog.export.as_data import Publisher  # noqa: PLC0415 - it takes a while

    publisher = Publisher(lookup, "")
    data = {
        "query": query,
        "found": [_as_data(publisher, *entry) for entry in answer.found],
        "nearest": [_as_data(publisher, *entry) for entry in answer.nearest],
    }
    text = json.dumps(data, ensure_ascii=False, indent=2)
    shown = (
        item if item.isprintable() or item == "\n" else json.dumps(item)[1:-1] for item in text
    )
    return "".join(shown)


def _as_data(publisher: Publisher, scenario: Scenario, code: ErrorCode) -> Any:
    """A record as it stands in the published catalogue, whose address its links are relative to."""
    record = publisher.code(scenario, code, seen_from=addresses.CATALOG_JSON)
    return record.model_dump(mode="json")


def _text(options: Namespace) -> str:
    """What is asked; bytes that are not UTF-8 are replaced."""
    words: list[str] = options.text
    if words and words != [_STANDARD_INPUT]:
        return " ".join(words).encode(errors="surrogateescape").decode(errors="replace")
    if not words and sys.stdin.isatty():
        _misused(options, "the following arguments are required: TEXT")
    # What is piped in may have no end.
    piped = sys.stdin.buffer.read((LONGEST + 1) * _BYTES_PER_CHARACTER)
    return piped.decode("utf-8-sig", errors="replace")


def _locale(catalog: Catalog, options: Namespace) -> Locale:
    """The locale asked for, or else the reader's, or else the default."""
    known = {locale.id.casefold(): locale for locale in catalog.locales}
    if options.locale is None:
        tag = _readers_language(os.environ).casefold()
        alike = (locale for name, locale in known.items() if _language(name) == _language(tag))
        return known.get(tag) or next(alike, catalog.default_locale)
    locale = known.get(options.locale.replace("_", "-").casefold())
    if locale is None:
        ids = ", ".join(locale.id for locale in catalog.locales)
        _misused(options, f"argument --locale: no `{visible(options.locale)}`; choose from {ids}")
    return locale


def _readers_language(environment: Mapping[str, str]) -> str:
    """The language tag of the reader's system: `en-GB` for `en_GB.UTF-8`."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    value = next((environment[name] for name in names if environment.get(name)), "")
    return re.split("[.@]", value)[0].replace("_", "-")


def _language(tag: str) -> str:
    return tag.split("-", maxsplit=1)[0]


def _console() -> Console:
    """Standard output, in plain text where it is no terminal or `NO_COLOR` is set."""
    if isinstance(sys.stdout, TextIOWrapper):
        # What another encoding lacks is shown by its number.
        sys.stdout.reconfigure(errors="backslashreplace")
    return Console(force_terminal=False if os.environ.get("NO_COLOR") else None, highlight=False)


def _misused(options: Namespace, problem: str) -> NoReturn:
    """Say how the command is used, and end with status 2."""
    options.misused(problem)
    raise SystemExit(2)
