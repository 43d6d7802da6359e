"""What a view needs the whole catalogue for, looked up once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from errorcatalog import addresses
from errorcatalog.model import Catalog, ErrorCode, Scenario


@dataclass(frozen=True)
class Lookup:
    """A catalogue's records by what they have in common."""

    catalog: Catalog
    by_code: Mapping[str, Sequence[tuple[Scenario, ErrorCode]]] = field(repr=False)
    by_message: Mapping[str, Sequence[tuple[Scenario, ErrorCode]]] = field(repr=False)

    @classmethod
    def of(cls, catalog: Catalog) -> Lookup:
        by_code = defaultdict(list)
        by_message = defaultdict(list)
        for scenario, code in catalog.records():
            by_code[code.code].append((scenario, code))
            by_message[code.message].append((scenario, code))
        return cls(catalog, by_code, by_message)

    def permalink(self, scenario: Scenario, code: ErrorCode) -> str:
        """The shortest address that leads to this record and to no other."""
        if len(self.by_code[code.code]) > 1:
            return addresses.record_permalink(scenario.id, code.code)
        return addresses.permalink(code.code)

    def successor(self, scenario: Scenario, code: ErrorCode) -> tuple[Scenario, ErrorCode] | None:
        """What is returned instead of a retired code; in the same scenario before others."""
        successor = code.retired and code.retired.replaced_by
        if not successor:
            return None
        current = [item for item in self.by_code[successor] if not item[1].retired]
        return min(current, key=lambda item: item[0] is not scenario)
