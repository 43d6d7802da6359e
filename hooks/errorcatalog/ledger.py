"""The ledger of published addresses: every code and name ever published; it only grows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from errorcatalog.diagnostics import MOST_TOLD, Diagnostic, Place
from errorcatalog.model import Catalog, ErrorCode
from errorcatalog.writing import replace
from errorcatalog.yaml_source import KeyPath

_HEAD = """\
# Every scenario and code ever published, in the order of publication, and with them, in lines of
# their own, the other names of codes. This file only grows: the links that people have put into
# tickets must go on answering. `make permalinks` adds what is new; a code is never deleted here or
# in the catalogue, it is retired there.
"""

_GONE = (
    "its links must go on answering: put the record back and retire it (`retired:`), or name a"
    " renamed scenario's old id in `former_ids`"
)
_GONE_NAME = "its links must go on answering: put it back into the `names` of that code"

# The words of a line: a scenario and a code, and in the line of another name of it, that name.
_CODE_LINE, _NAME_LINE = 2, 3


@dataclass(frozen=True)
class Line:
    """A published code, or another name of it, and where the ledger says so.

    A name is published with its code, so that it never comes to mean another one.
    """

    words: tuple[str, ...]
    place: Place

    @property
    def scenario(self) -> str:
        return self.words[0]

    @property
    def code(self) -> str:
        return self.words[1]

    @property
    def name(self) -> str | None:
        """None in the line of the code itself."""
        return self.words[2] if len(self.words) == _NAME_LINE else None

    def __str__(self) -> str:
        name = f" {self.name}" if self.name else ""
        return f"{self.scenario}/{self.code}{name}"


@dataclass(frozen=True)
class Ledger:
    """The file's lines, and what could not be read of it."""

    path: Path
    file: str
    exists: bool
    lines: tuple[Line, ...]
    problems: tuple[Diagnostic, ...]

    @classmethod
    def read(cls, path: Path, file: str) -> Ledger:
        """`file` is the name that diagnostics show."""
        lines: list[Line] = []
        problems: list[Diagnostic] = []
        seen: set[tuple[str, ...]] = set()
        try:
            text = path.read_text(encoding="utf-8")
        except FileNotFoundError:
            return cls(path, file, exists=False, lines=(), problems=())
        except (OSError, UnicodeDecodeError):
            problem = _problem(Place(file), "the file", "cannot be read", "restore it, as UTF-8")
            return cls(path, file, exists=True, lines=(), problems=(problem,))
        for number, written in enumerate(text.split("\n"), start=1):
            if not written or written.startswith("#") or not (parts := written.split()):
                continue
            if len(problems) > MOST_TOLD:
                break  # The file is no ledger: nothing that follows would be told.
            line = Line(tuple(parts), Place(file, number))
            if len(parts) not in (_CODE_LINE, _NAME_LINE):
                remedy = (
                    "expected a scenario and a code, or a scenario, a code, and another name of it,"
                    " with spaces between them"
                )
                problems.append(_problem(line.place, "the line", f"`{written.strip()}`", remedy))
            elif line.words in seen:
                found = f"{line} is given twice"
                problems.append(_problem(line.place, "the line", found, "remove one of the two"))
            else:
                seen.add(line.words)
                lines.append(line)
        return cls(path, file, exists=True, lines=tuple(lines), problems=tuple(problems))

    def check(self, catalog: Catalog) -> Iterator[Diagnostic]:
        """Every published address goes on answering, and every new one is published."""
        yield from self.problems
        if self.problems and not self.lines:
            return  # What follows from a file that cannot be read is no problem of its own.
        if not self.exists:
            remedy = "run `make permalinks`, which writes it"
            yield _problem(Place(self.file), "the file", "missing", remedy)
            return
        published = {line.words for line in self.lines}
        present = set(_addressed(catalog))
        for line in self.lines:
            if line.words not in present:
                found = "was published and is gone from the catalogue"
                yield _problem(line.place, str(line), found, _GONE_NAME if line.name else _GONE)
        for words, code, path in _promised(catalog):
            if words not in published:
                yield code.origin.problem(
                    *path,
                    found=f"not in {self.file}",
                    remedy="run `make permalinks`, which adds it",
                    check="ledger",
                )

    def add_new(self, catalog: Catalog) -> list[str]:
        """Append what the catalogue has and the ledger does not; returns the lines added."""
        published = {line.words for line in self.lines}
        new = [" ".join(words) for words, *_ in _promised(catalog) if words not in published]
        if new or not self.exists:
            # Decoded from bytes, so that lines keep the ends that they have.
            before = self.path.read_bytes().decode("utf-8") if self.exists else _HEAD
            end = "\r\n" if "\r\n" in before else "\n"
            unended = before and not before.endswith("\n")
            lines = "".join(f"{line}{end}" for line in new)
            replace(self.path, before + (end if unended else "") + lines)
        return new


def _promised(catalog: Catalog) -> Iterator[tuple[tuple[str, ...], ErrorCode, KeyPath]]:
    """The words of every line that the catalogue asks for, each with the field of a record."""
    for scenario, code in catalog.records():
        yield (scenario.id, code.code), code, ("code",)
        for index, name in enumerate(code.names):
            yield (scenario.id, code.code, name), code, ("names", index)


def _addressed(catalog: Catalog) -> Iterator[tuple[str, ...]]:
    """The words of every line that the catalogue answers for."""
    for scenario, code in catalog.records():
        for name in (scenario.id, *scenario.former_ids):
            yield name, code.code
            yield from ((name, code.code, other) for other in code.names)


def _problem(place: Place, subject: str, found: str, remedy: str) -> Diagnostic:
    return Diagnostic(place, subject, found, remedy, "ledger")
