"""The short address of each code, in every spelling, and who claims which name of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from errorcatalog import addresses
from errorcatalog.diagnostics import Diagnostic
from errorcatalog.model import Catalog, ErrorCode, Scenario
from errorcatalog.record import Record


@dataclass(frozen=True)
class Permalink:
    """A code's short address.

    `records` are the code's records, one for each scenario it stands in; `spellings` the other
    addresses that lead to the same place.
    """

    code: str
    address: str
    spellings: tuple[str, ...]
    records: tuple[tuple[Scenario, ErrorCode], ...]


def permalinks(catalog: Catalog) -> list[Permalink]:
    """One for each different code, in reading order."""
    by_code: dict[str, list[tuple[Scenario, ErrorCode]]] = defaultdict(list)
    for scenario, code in catalog.records():
        by_code[code.code].append((scenario, code))
    return [
        Permalink(
            code,
            addresses.permalink(code),
            tuple(addresses.permalink(spelling) for spelling in spellings(code, catalog.prefix)),
            tuple(records),
        )
        for code, records in by_code.items()
    ]


def spellings(code: str, prefix: str | None) -> list[str]:
    """How else a code is written in an address: letter case, hyphens, the catalogue's prefix.

    Ticket systems that make links of codes cannot match "_", so a hyphen stands for it.

    >>> spellings("4454", "ACME")
    ['ACME-4454', 'acme-4454']
    >>> spellings("NOT_FOUND", None)
    ['NOT-FOUND', 'not-found', 'not_found']
    """
    forms = {code, code.replace("_", "-")}
    forms |= {form.lower() for form in forms} | {form.upper() for form in forms if _one_case(code)}
    if prefix:
        prefixes = {prefix, prefix.lower()}
        forms |= {f"{start}-{form}" for start in prefixes for form in forms}
    return sorted(forms - {code})


def _one_case(code: str) -> bool:
    """Whether a code's letters are all small or all capital, so that capitals are no surprise."""
    return code in {code.lower(), code.upper()}


def check_names(catalog: Catalog, pages: Mapping[str, Iterable[str]]) -> Iterator[Diagnostic]:
    """Every name in an address belongs to one thing.

    `pages` gives the first names of each locale's hand-written pages.
    """
    yield from _at_the_root(catalog)
    for locale in catalog.locales:
        claims = _Claims(addresses.RESERVED_IN_LOCALE)
        for page in pages.get(locale.id, ()):
            claims.taken[page.casefold()] = f"the page {page}.md of docs/{locale.id}"
        for scenario in catalog.scenarios:
            yield from claims.claim(scenario.id, f"scenario {scenario.id}", scenario.record)
            for former in scenario.former_ids:
                owner = f"a former id of scenario {scenario.id}"
                yield from claims.claim(former, owner, scenario.record, "former_ids")
    for scenario in catalog.scenarios:
        claims = _Claims(addresses.RESERVED_IN_SCENARIO)
        for code in scenario.codes:
            yield from claims.claim(code.code, f"code {code.code}", code, "code")


def _at_the_root(catalog: Catalog) -> Iterator[Diagnostic]:
    claims = _Claims(addresses.RESERVED_AT_ROOT)
    for locale in catalog.locales:
        yield from claims.claim(locale.id, f"locale {locale.id}", locale.record)
    for scenario in catalog.scenarios:
        yield from claims.claim(scenario.id, f"scenario {scenario.id}", scenario.record)
        for former in scenario.former_ids:
            owner = f"a former id of scenario {scenario.id}"
            yield from claims.claim(former, owner, scenario.record, "former_ids")
    for link in permalinks(catalog):
        _, record = link.records[0]
        names = [link.code, *spellings(link.code, catalog.prefix)]
        # Once for all that differ only in case.
        for name in {name.casefold(): name for name in reversed(names)}.values():
            yield from claims.claim(name, f"code {link.code}", record, "code")


class _Claims:
    """Who has which name; file systems that do not tell letter case must not mix two up."""

    def __init__(self, reserved: Iterable[str]) -> None:
        self.taken = {name.casefold(): "a file of the site" for name in reserved}

    def claim(self, name: str, owner: str, record: Record, *path: str) -> Iterator[Diagnostic]:
        holder = self.taken.setdefault(name.casefold(), owner)
        if holder != owner:
            yield record.origin.problem(
                *path,
                found=f"the address `{name}/` belongs to {holder}",
                remedy="two things cannot have one address; rename this one",
                check="address-taken",
            )


def check_successors(catalog: Catalog) -> Iterator[Diagnostic]:
    """What replaces a retired code is a code that is returned."""
    current = {code.code for _, code in catalog.records() if not code.retired}
    for _, code in catalog.records():
        successor = code.retired and code.retired.replaced_by
        if code.retired and successor and successor not in current:
            yield code.retired.origin.problem(
                "replaced_by",
                found=f"`{successor}` is not a code that is returned",
                remedy="name one, or leave the field out",
                check="successor",
            )
