"""One problem: where it is, what was found, what was expected, how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

# Nobody mends more before the next check, and to tell a million takes minutes.
MOST_TOLD = 1000


@dataclass(frozen=True, order=True)
class Place:
    """A point in a file; line and column count from 1."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, order=True)
class Diagnostic:
    """A problem an editor can mend.

    `subject` names the record and field ("payment/4454 description.en"), `problem` what was
    found, `remedy` what was expected and how to mend it, `check` the rule's name.
    """

    place: Place
    subject: str
    problem: str
    remedy: str
    check: str

    def __str__(self) -> str:
        text = f"{self.place}: {self.subject}: {self.problem}; {self.remedy} [{self.check}]"
        return visible(text)


def visible(text: str) -> str:
    """A text in which a character that a terminal would hide, or act on, is its escape."""
    if text.isprintable():
        return text
    escaped = (letter if letter.isprintable() else f"\\u{ord(letter):04x}" for letter in text)
    return "".join(escaped)


class CatalogError(Exception):
    """The catalogue cannot be used; carries every diagnostic, in file order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(set(diagnostics)))
        super().__init__(self.report())

    def report(self) -> str:
        """One line per problem."""
        return "\n".join(str(diagnostic) for diagnostic in self.diagnostics)

    def count(self) -> str:
        """The closing line: how many problems in how many files."""
        problems = len(self.diagnostics)
        files = len({diagnostic.place.file for diagnostic in self.diagnostics})
        return (
            f"{problems} problem{'s' if problems != 1 else ''}"
            f" in {files} file{'s' if files != 1 else ''}."
        )


def foremost(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """The first MOST_TOLD of many problems, and where there are more, one that says so.

    What comes after is never asked for, so it costs nothing.
    """
    for count, problem in enumerate(problems):
        if count == MOST_TOLD:
            found, remedy = f"more than {MOST_TOLD} problems", "mend the others first"
            yield replace(problem, subject="the file", problem=found, remedy=remedy)
            return
        yield problem


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint such as "did you mean `message`?", or "" where nothing known comes close."""
    original = {name.casefold(): name for name in known}
    close = get_close_matches(word.casefold(), original, n=1)
    return f"did you mean `{original[close[0]]}`?" if close else ""
