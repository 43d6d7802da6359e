"""Which strings the templates ask of a locale: the templates themselves are the list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError

from errorcatalog.diagnostics import CatalogError, Diagnostic, Place

# The function by which a template asks for a string: t("section.key", count=3).
FUNCTION = "t"

# Templates that belong to the theme; they get their texts from the theme's translation.
THEME_FOLDER = "theme"


@dataclass(frozen=True, order=True)
class Phrase:
    """A string that is asked for, the placeholders it is given, and where."""

    key: str
    placeholders: frozenset[str]
    place: Place


def phrases_of(templates: Path) -> list[Phrase]:
    """Every string that the templates in a folder ask for, in file order.

    Raises CatalogError where a template cannot be parsed or computes a string's key.
    """
    environment = Environment(autoescape=True)
    phrases: list[Phrase] = []
    problems: list[Diagnostic] = []
    for path in sorted(templates.rglob("*")):
        inside = path.relative_to(templates)
        hidden = any(part.startswith(".") for part in inside.parts)
        if hidden or not path.is_file() or inside.parts[0] == THEME_FOLDER:
            continue
        file = f"{templates.name}/{inside.as_posix()}"
        try:
            tree = environment.parse(path.read_text(encoding="utf-8"))
            found = list(_phrases(tree, file))
        except TemplateSyntaxError as error:
            problems.append(syntax_problem(file, error))
            continue
        except RecursionError as error:
            problems.append(compile_problem(file, error))
            continue
        except (UnicodeDecodeError, OSError) as error:
            problems.append(_unreadable(file, error))
            continue
        for item in found:
            (phrases if isinstance(item, Phrase) else problems).append(item)  # type: ignore[arg-type]
    if problems:
        raise CatalogError(problems)
    return phrases


def _unreadable(file: str, error: UnicodeDecodeError | OSError) -> Diagnostic:
    found, remedy = "not UTF-8", "save the file as UTF-8"
    if isinstance(error, OSError):
        found, remedy = f"cannot be read ({error.strerror})", "make the file readable"
    return Diagnostic(Place(file), "the template", found, remedy, "template")


def _phrases(tree: nodes.Template, file: str) -> Iterator[Phrase | Diagnostic]:
    for call in tree.find_all(nodes.Call):
        if not isinstance(call.node, nodes.Name) or call.node.name != FUNCTION:
            continue
        place = Place(file, call.lineno)
        key = call.args[0] if call.args else None
        if isinstance(key, nodes.Const) and isinstance(key.value, str):
            yield Phrase(key.value, frozenset(value.key for value in call.kwargs), place)
        else:
            remedy = f'write it out: {FUNCTION}("section.key"); a choice belongs in the view'
            yield Diagnostic(place, "the template", "a computed string key", remedy, "template")


def syntax_problem(file: str, error: TemplateSyntaxError) -> Diagnostic:
    """A template's syntax error as a diagnostic."""
    remedy = "mend the template's syntax in this line"
    place = Place(file, error.lineno)
    found = f"{error.message}".rstrip(".")
    return Diagnostic(place, "the template", found, remedy, "template")


def compile_problem(file: str, error: Exception) -> Diagnostic:
    """What a template is refused for that is no error of syntax: no line of it is known."""
    found = f"cannot be compiled ({error})".replace("\n", " ")
    remedy = "write it simpler: less nested, with plain values"
    return Diagnostic(Place(file), "the template", found, remedy, "template")
