"""The ledger of published addresses: every (scenario, code) ever published; it only grows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from errorcatalog.diagnostics import MOST_TOLD, Diagnostic, Place
from errorcatalog.model import Catalog
from errorcatalog.writing import replace

_HEAD = """\
# Every scenario and code ever published, in the order of publication. This file only grows: the
# links that people have put into tickets must go on answering. `make permalinks` adds what is new;
# a code is never deleted here or in the catalogue, it is retired there.
"""


@dataclass(frozen=True)
class Line:
    """A published code, and where the ledger says so."""

    scenario: str
    code: str
    place: Place


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
        seen: set[tuple[str, str]] = set()
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
            place = Place(file, number)
            if len(parts) != 2:  # noqa: PLR2004 - a scenario and a code
                remedy = "expected a scenario and a code with a space between them"
                problems.append(_problem(place, "the line", f"`{written.strip()}`", remedy))
            elif (parts[0], parts[1]) in seen:
                found = f"{parts[0]}/{parts[1]} is given twice"
                problems.append(_problem(place, "the line", found, "remove one of the two"))
            else:
                seen.add((parts[0], parts[1]))
                lines.append(Line(parts[0], parts[1], place))
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
        published = {(line.scenario, line.code) for line in self.lines}
        present = dict(_names(catalog))
        for line in self.lines:
            if (line.scenario, line.code) not in present:
                found = "was published and is gone from the catalogue"
                remedy = (
                    "its links must go on answering: put the record back and retire it"
                    " (`retired:`), or name a renamed scenario's old id in `former_ids`"
                )
                yield _problem(line.place, f"{line.scenario}/{line.code}", found, remedy)
        for scenario, code in catalog.records():
            if (scenario.id, code.code) not in published:
                yield code.origin.problem(
                    "code",
                    found=f"not in {self.file}",
                    remedy="run `make permalinks`, which adds it",
                    check="ledger",
                )

    def add_new(self, catalog: Catalog) -> list[str]:
        """Append what the catalogue has and the ledger does not; returns the lines added."""
        published = {(line.scenario, line.code) for line in self.lines}
        new = [
            f"{scenario.id} {code.code}"
            for scenario, code in catalog.records()
            if (scenario.id, code.code) not in published
        ]
        if new or not self.exists:
            # Decoded from bytes, so that lines keep the ends that they have.
            before = self.path.read_bytes().decode("utf-8") if self.exists else _HEAD
            end = "\r\n" if "\r\n" in before else "\n"
            unended = before and not before.endswith("\n")
            lines = "".join(f"{line}{end}" for line in new)
            replace(self.path, before + (end if unended else "") + lines)
        return new


def _names(catalog: Catalog) -> Iterator[tuple[tuple[str, str], bool]]:
    """Every name by which a record is or was addressed."""
    for scenario, code in catalog.records():
        for name in (scenario.id, *scenario.former_ids):
            yield (name, code.code), True


def _problem(place: Place, subject: str, found: str, remedy: str) -> Diagnostic:
    return Diagnostic(place, subject, found, remedy, "ledger")
