"""The short address of each code, in every spelling, and who claims which name of the site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from errorcatalog import addresses
from errorcatalog.diagnostics import Diagnostic
from errorcatalog.model import Catalog, ErrorCode, Scenario
from errorcatalog.record import Record
from errorcatalog.yaml_source import Key, KeyPath


@dataclass(frozen=True)
class Permalink:
    """A code's short address.

    `records` are the code's records, one for each scenario it stands in; `names` its other names
    there; `spellings` the other addresses that lead to the same place, those of names included.
    """

    code: str
    names: tuple[str, ...]
    address: str
    spellings: tuple[str, ...]
    records: tuple[tuple[Scenario, ErrorCode], ...]


def permalinks(catalog: Catalog) -> list[Permalink]:
    """One for each different code, in reading order."""
    by_code: dict[str, list[tuple[Scenario, ErrorCode]]] = defaultdict(list)
    for scenario, code in catalog.records():
        by_code[code.code].append((scenario, code))
    return [_permalink(code, records, catalog.prefix) for code, records in by_code.items()]


def _permalink(
    code: str, records: Sequence[tuple[Scenario, ErrorCode]], prefix: str | None
) -> Permalink:
    names = dict.fromkeys(name for _, record in records for name in record.names)
    others = [spellings(code, prefix), *([name, *spellings(name, prefix)] for name in names)]
    return Permalink(
        code,
        tuple(names),
        addresses.permalink(code),
        tuple(addresses.permalink(other) for other in chain.from_iterable(others)),
        tuple(records),
    )


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
    for code, owner, record, path in _short_names(permalinks(catalog)):
        for name in _all_spellings(code, catalog.prefix):
            yield from claims.claim(name, owner, record, *path)


def _short_names(links: Sequence[Permalink]) -> Iterator[tuple[str, str, ErrorCode, KeyPath]]:
    """Every code, then every other name, each with its owner and the field that claims it.

    A code comes before all names: it is what the API returns, and the name has to give way.
    """
    for link in links:
        yield link.code, f"code {link.code}", link.records[0][1], ("code",)
    for link in links:
        for _, record in link.records:
            for index, name in enumerate(record.names):
                owner = f"{name}, another name of code {link.code}"
                yield name, owner, record, ("names", index)


def _all_spellings(code: str, prefix: str | None) -> Iterable[str]:
    """A code or name in every spelling, one of those that differ only in case."""
    names = [code, *spellings(code, prefix)]
    return {name.casefold(): name for name in reversed(names)}.values()


class _Claims:
    """Who has which name; file systems that do not tell letter case must not mix two up."""

    def __init__(self, reserved: Iterable[str]) -> None:
        self.taken = {name.casefold(): "a file of the site" for name in reserved}

    def claim(self, name: str, owner: str, record: Record, *path: Key) -> Iterator[Diagnostic]:
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
