"""What has changed since a published `catalog.json`, and whether the list of changes says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, FailFast, ValidationError

from errorcatalog.changes import KINDS, Kind, current_names, name_of
from errorcatalog.diagnostics import CatalogError, Diagnostic, Place
from errorcatalog.export.published import (
    SCHEMA_VERSION,
    PublishedChange,
    PublishedCode,
)
from errorcatalog.model import Catalog

# What a reader reads of a record. Where it is and when it came is no wording.
_WORDING = (
    "message",
    "title",
    "description",
    "source",
    "names",
    "party",
    "retry",
    "action",
    "payer_text",
)


T = TypeVar("T")

# Only the first fault is told; to collect a million takes long.
_List = Annotated[list[T], FailFast()]


class _Base(BaseModel):
    """A part of what an earlier program published: it may lack what has come since."""

    model_config = ConfigDict(frozen=True, extra="allow")


class BaseCode(_Base):
    """A record as it was published."""

    scenario: str
    code: str
    retired: Any = None


class BaseChange(_Base):
    """A change as it was published."""

    on: date
    added: _List[str] = []
    reworded: _List[str] = []
    retired: _List[str] = []


class Base(_Base):
    """A published catalogue."""

    schema_version: Literal[1]
    codes: _List[BaseCode]
    changes: _List[BaseChange] = []

    @classmethod
    def of(cls, codes: Iterable[PublishedCode], changes: Iterable[PublishedChange]) -> Base:
        """What has been published as these."""
        return cls.model_validate(
            {
                "schema_version": SCHEMA_VERSION,
                "codes": [code.model_dump(mode="json") for code in codes],
                "changes": [change.model_dump(mode="json") for change in changes],
            }
        )

    @classmethod
    def read(cls, text: str | bytes, source: str) -> Base:
        """Read a `catalog.json`; `source` is where it came from. Raises CatalogError."""
        try:
            return cls.model_validate_json(text)
        except ValidationError as error:
            fault = error.errors(include_url=False)[0]
            where = ".".join(map(str, fault["loc"])) or "the file"
            raise CatalogError(
                [
                    Diagnostic(
                        Place(source),
                        where,
                        f"not a published catalogue ({fault['msg']})",
                        "name the catalog.json of a built site",
                        "base",
                    )
                ]
            ) from None


@dataclass(frozen=True)
class Item:
    """That a record, named scenario/code, changed in one way."""

    kind: Kind
    name: str


@dataclass(frozen=True)
class Unlisted:
    """What no change lists, and the day under which it belongs: None for today."""

    item: Item
    on: date | None


def difference(base: Base, catalog: Catalog, published: Iterable[PublishedCode]) -> list[Item]:
    """What of the catalogue differs from what was published, in reading order."""
    names = current_names(catalog)
    written = {f"{code.scenario}/{code.code}": code for code in base.codes}
    before = {names.get(name, name): code for name, code in written.items()}
    return [item for code in published for item in _changed(code, before)]


def unlisted(
    catalog: Catalog, published: Sequence[PublishedCode], base: Base | None
) -> list[Unlisted]:
    """What changed and no change lists; without a base, what records say of themselves."""
    listed = _listed_since(catalog, base)
    found = difference(base, catalog, published) if base else _told(catalog)
    days = {name_of(scenario, code): code.added for scenario, code in catalog.records()}
    return [
        Unlisted(item, days[item.name] if item.kind == "added" else None)
        for item in found
        if item not in listed
    ]


def proposed(missing: Iterable[Unlisted], today: date) -> list[str]:
    """Entries for the list of changes as YAML, each a text, the latest first."""
    days: dict[date, list[Item]] = defaultdict(list)
    for one in missing:
        days[one.on or today].append(one.item)
    return [_entry(day, items) for day, items in sorted(days.items(), reverse=True)]


def _entry(day: date, items: list[Item]) -> str:
    lists = {kind: [item.name for item in items if item.kind == kind] for kind in KINDS}
    lines = [f"    {kind}: [{', '.join(names)}]" for kind, names in lists.items() if names]
    return "\n".join([f"  - on: {day}", *lines])


def check_changes_since(
    base: Base, catalog: Catalog, published: Sequence[PublishedCode]
) -> Iterator[Diagnostic]:
    """The list of changes says all that differs from what was published, and no more.

    A reference may do without the list.
    """
    if not catalog.changes:
        return
    places = {name_of(*record): record[1].origin.place for record in catalog.records()}
    for one in unlisted(catalog, published, base):
        kind, name = one.item.kind, one.item.name
        found = f"{kind} since it was published, and no change says so"
        remedy = f"run `make changes`, or list it under `{kind}` in changes.yml"
        yield Diagnostic(places[name], name, found, remedy, "changes")
    yield from _untrue(base, catalog, set(difference(base, catalog, published)))


def _untrue(base: Base, catalog: Catalog, found: set[Item]) -> Iterator[Diagnostic]:
    names = current_names(catalog)
    old = {
        (change.on, Item(kind, names.get(name, name)))
        for change in base.changes
        for kind in KINDS
        for name in getattr(change, kind)
    }
    for change in catalog.changes:
        for kind in KINDS:
            for index, name in enumerate(getattr(change, kind)):
                item = Item(kind, names.get(name, name))
                if item not in found and (change.on, item) not in old:
                    yield change.origin.problem(
                        kind,
                        index,
                        found=f"`{name}` is not {kind} since the catalogue was published",
                        remedy="take it off this list",
                        check="changes",
                    )


def _listed_since(catalog: Catalog, base: Base | None) -> set[Item]:
    """What changes list that are not older than the last one that was published.

    A day's list may have been published in the middle of the day.
    """
    names = current_names(catalog)
    last = max((change.on for change in base.changes), default=date.min) if base else date.min
    return {
        Item(kind, names.get(name, name))
        for change in catalog.changes
        if change.on >= last
        for kind in KINDS
        for name in getattr(change, kind)
    }


def _told(catalog: Catalog) -> list[Item]:
    """What records themselves say of their addition and retirement."""
    names = [(name_of(scenario, code), code) for scenario, code in catalog.records()]
    added = [Item("added", name) for name, code in names if code.added]
    return [*added, *(Item("retired", name) for name, code in names if code.retired)]


def _changed(new: PublishedCode, before: Mapping[str, BaseCode]) -> Iterator[Item]:
    name = f"{new.scenario}/{new.code}"
    old = before.get(name)
    if old is None:
        yield Item("added", name)
        return
    if _reworded(old, new):
        yield Item("reworded", name)
    if new.retired and not old.retired:
        yield Item("retired", name)


def _reworded(old: BaseCode, new: PublishedCode) -> bool:
    was = old.model_dump()
    now = new.model_dump(mode="json")
    return any(_differs(was[field], now[field]) for field in _WORDING if field in was)


def _differs(was: Any, now: Any) -> bool:
    """Whether a text says something else; a language that is new has not changed the others."""
    if isinstance(was, Mapping) and isinstance(now, Mapping):
        return any(was[locale] != now[locale] for locale in was.keys() & now.keys())
    return bool(was != now)
