"""What readers are told has changed, held against the catalogue and against what was published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, get_args

from errorcatalog.diagnostics import Diagnostic, did_you_mean
from errorcatalog.model import Catalog, Change, ErrorCode, Scenario

Kind = Literal["added", "reworded", "retired"]
KINDS: tuple[Kind, ...] = get_args(Kind)


def name_of(scenario: Scenario, code: ErrorCode) -> str:
    """A record's name in a list of changes."""
    return f"{scenario.id}/{code.code}"


def current_names(catalog: Catalog) -> Mapping[str, str]:
    """Every name that a record has or had, with the one that it has now."""
    return {
        f"{scenario_id}/{code.code}": name_of(scenario, code)
        for scenario, code in catalog.records()
        for scenario_id in (*scenario.former_ids, scenario.id)
    }


def check_changes(catalog: Catalog) -> Iterator[Diagnostic]:
    """All rules about the list that need nothing but the catalogue.

    A reference may do without the list: then it has no page of changes and no rule.
    """
    if not catalog.changes:
        return
    yield from days_descend(catalog)
    for change in catalog.changes:
        yield from names_are_records(catalog, change)
    yield from additions_are_listed(catalog)
    yield from retirements_are_listed(catalog)


def days_descend(catalog: Catalog) -> Iterator[Diagnostic]:
    """The latest change comes first, and a day stands once."""
    for index, change in enumerate(catalog.changes[1:]):
        above = catalog.changes[index]
        if change.on >= above.on:
            same = change.on == above.on
            yield change.origin.problem(
                "on",
                found="the day of the entry above too" if same else f"after {above.on} above it",
                remedy="make one entry of them" if same else "put the latest first",
                check="changes",
            )


def names_are_records(catalog: Catalog, change: Change) -> Iterator[Diagnostic]:
    """An entry names records, each once in a kind, and something at all."""
    known = current_names(catalog)
    if not any(getattr(change, kind) for kind in KINDS):
        yield change.origin.problem(
            found="names no record",
            remedy=f"list what changed under {', '.join(f'`{kind}`' for kind in KINDS)}",
            check="changes",
        )
    for kind in KINDS:
        seen: set[str] = set()
        for index, name in enumerate(getattr(change, kind)):
            if name not in known:
                yield change.origin.problem(
                    kind,
                    index,
                    found=f"`{name}` is not a record",
                    remedy=did_you_mean(name, known) or "write it as scenario/code",
                    check="changes",
                )
            elif known[name] in seen:
                yield change.origin.problem(
                    kind,
                    index,
                    found=f"`{name}` is given twice",
                    remedy="keep one of them",
                    check="changes",
                )
            seen.add(known.get(name, name))


def additions_are_listed(catalog: Catalog) -> Iterator[Diagnostic]:
    """A record that says when it was added is listed as added on that day."""
    listed = _days(catalog, "added")
    for scenario, code in catalog.records():
        name, days = name_of(scenario, code), listed.get(name_of(scenario, code), [])
        if code.added and code.added not in days:
            yield code.origin.problem(
                "added",
                found=f"no change of {code.added} lists it",
                remedy=f"run `make changes`, or list {name} in changes.yml",
                check="changes",
            )


def retirements_are_listed(catalog: Catalog) -> Iterator[Diagnostic]:
    """A retired record is listed as retired, and a listed one is retired."""
    listed = _days(catalog, "retired")
    retired = {name_of(scenario, code) for scenario, code in catalog.records() if code.retired}
    for scenario, code in catalog.records():
        if code.retired and name_of(scenario, code) not in listed:
            yield code.origin.problem(
                "retired",
                found="no change lists it",
                remedy=f"run `make changes`, or list {name_of(scenario, code)} in changes.yml",
                check="changes",
            )
    known = current_names(catalog)
    for change in catalog.changes:
        for index, name in enumerate(change.retired):
            if name in known and known[name] not in retired:
                yield change.origin.problem(
                    "retired",
                    index,
                    found=f"`{name}` is not retired",
                    remedy="retire the record, or take it off this list",
                    check="changes",
                )


def _days(catalog: Catalog, kind: Kind) -> Mapping[str, list[date]]:
    """The days on which each record is listed under a kind."""
    names = current_names(catalog)
    days: dict[str, list[date]] = defaultdict(list)
    for change in catalog.changes:
        for name in getattr(change, kind):
            days[names.get(name, name)].append(change.on)
    return days
