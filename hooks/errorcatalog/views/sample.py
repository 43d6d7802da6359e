"""A catalogue made small, in which templates still show all that they can do."""

from __future__ import annotations

from dataclasses import replace

from errorcatalog.changes import KINDS
from errorcatalog.model import Catalog, Change, ErrorCode, Scenario
from errorcatalog.views.changes_page import FEW
from errorcatalog.views.lookup import Lookup


def sample(catalog: Catalog) -> Catalog:
    """The catalogue with one code of each kind, and one in each scenario.

    Codes are of a kind where their pages have the same parts, so a template that is wrong is
    wrong on one of these pages, whatever the number of codes.
    """
    lookup = Lookup.of(catalog)
    kinds: dict[tuple[bool, ...], list[ErrorCode]] = {}
    for scenario, code in catalog.records():
        others = _others(lookup, scenario, code)
        said = (bool(getattr(code, name)) for name in ErrorCode.model_fields)
        kind = (*said, *(other is not None for other in others))
        kinds.setdefault(kind, [code, *(other for other in others if other)])
    # By identity: to compare records is to compare all that they hold.
    kept = {id(code) for codes in kinds.values() for code in codes}
    scenarios = tuple(_only(item, kept) for item in catalog.scenarios)
    # Changes name codes that are gone from it.
    return replace(catalog, scenarios=scenarios, changes=())


def sample_of_changes(catalog: Catalog) -> Catalog:
    """The catalogue with a few records in each change, and many where there are many."""
    return replace(catalog, changes=tuple(map(_brief, catalog.changes)))


def _brief(change: Change) -> Change:
    few = {str(kind): getattr(change, kind)[: FEW + 1] for kind in KINDS}
    return change.model_copy(update=few)


def _others(
    lookup: Lookup, scenario: Scenario, code: ErrorCode
) -> tuple[ErrorCode | None, ErrorCode | None, ErrorCode | None]:
    """A record of each sort that a code's page speaks of: same code, same message, successor."""
    twins = (twin for other, twin in lookup.by_code[code.code] if other is not scenario)
    same = (other for _, other in lookup.by_message[code.message] if other.code != code.code)
    successor = lookup.successor(scenario, code)
    return next(twins, None), next(same, None), successor[1] if successor else None


def _only(scenario: Scenario, kept: set[int]) -> Scenario:
    codes = [code for code in scenario.codes if id(code) in kept] or scenario.codes[:1]
    return replace(scenario, record=scenario.record.model_copy(update={"codes": codes}))
