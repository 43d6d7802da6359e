"""The site's own search engine, run outside a browser: the same JavaScript, in QuickJS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypedDict

from errorcatalog import addresses
from errorcatalog.locales import Locale
from errorcatalog.model import Catalog, ErrorCode, Scenario
from errorcatalog.search.index import search_index

try:
    import quickjs
except ImportError:
    quickjs = None

Entry = tuple[Scenario, ErrorCode]
"""A record with its scenario."""

_ENTRY_POINT = "engine.js"
_IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?:function|class|const) (\w+)", re.MULTILINE)

# Texts go in and out as JSON, which also has what UTF-8 does not: half a pair of surrogates.
_ASK = """
let engine;
globalThis.load = (index) => {
  const { docs, config } = JSON.parse(index);
  engine = new modules["engine.js"].Engine(docs, config.understanding);
};
globalThis.ask = (query) => {
  const { words, ...numbers } = engine.ask(JSON.parse(query));
  return JSON.stringify(numbers);
};
"""

# Far more than the longest text needs.
_SECONDS = 60
_MOST_BYTES = 2_000_000_000


class EngineMissingError(Exception):
    """The package that runs JavaScript is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "the package `quickjs-ng`, which runs the search engine, is not installed; run"
            " `pip install -r requirements.txt`"
        )


class Numbers(TypedDict):
    """An answer of the engine, in numbers of entries of its index; engine.js explains each part."""

    by: Literal["named", "family", "words", "none"]
    meant: list[int]
    others: list[int]
    unknown: list[str]
    nearest: list[int]


@dataclass(frozen=True)
class Engine:
    """The engine over one search index."""

    context: Any = field(repr=False)

    @classmethod
    def over(cls, scripts: Path, index: str) -> Engine:
        """`scripts` is the folder of the engine's modules, `index` a search index as JSON.

        Raises EngineMissingError.
        """
        if quickjs is None:
            raise EngineMissingError
        context = quickjs.Context()
        context.set_memory_limit(_MOST_BYTES)
        context.set_time_limit(_SECONDS)
        context.module(_as_one(scripts) + _ASK)
        context.get("load")(index)
        return cls(context)

    def ask(self, text: str) -> Numbers:
        """What a text of any length means."""
        answer: Numbers = json.loads(self.context.get("ask")(json.dumps(text)))
        return answer


@dataclass(frozen=True)
class Answer:
    """What a text means."""

    by: Literal["named", "family", "words", "none"]
    """How it was found: by a code, an address or a message; by the beginning of codes; by words."""
    meant: tuple[Entry, ...]
    """The records that the text names, in its order, or the one that its words fit best."""
    others: tuple[Entry, ...]
    """What may be meant as well, best first."""
    unknown: tuple[str, ...]
    """Codes that the text gives out, and that are not in the catalog."""
    nearest: tuple[Entry, ...]
    """If nothing is meant, what comes near."""

    @property
    def found(self) -> tuple[Entry, ...]:
        """Every record that may be meant, best first."""
        return self.meant + self.others


@dataclass(frozen=True)
class CatalogEngine:
    """The engine over one catalog, in one locale."""

    engine: Engine
    records: tuple[Entry | None, ...] = field(repr=False)
    """The record of each entry of the index, None for a page."""

    @classmethod
    def of(cls, scripts: Path, catalog: Catalog, locale: Locale) -> CatalogEngine:
        """`scripts` is the folder of the engine's modules. Raises EngineMissingError."""
        index = search_index(catalog, locale, ())
        engine = Engine.over(scripts, index.as_json(base=addresses.home(locale.id)))
        by_address = {
            addresses.code(locale.id, scenario.id, code.code): (scenario, code)
            for scenario, code in catalog.records()
        }
        return cls(engine, tuple(by_address.get(item["location"]) for item in index.entries))

    def ask(self, text: str) -> Answer:
        """What a text of any length means."""
        numbers = self.engine.ask(text)
        return Answer(
            by=numbers["by"],
            meant=tuple(self._entries(numbers["meant"])),
            others=tuple(self._entries(numbers["others"])),
            unknown=tuple(numbers["unknown"]),
            nearest=tuple(self._entries(numbers["nearest"])),
        )

    def _entries(self, numbers: list[int]) -> Iterator[Entry]:
        return (entry for number in numbers if (entry := self.records[number]))


def _as_one(scripts: Path) -> str:
    """The engine's modules as one script, each a function, after those that it imports.

    QuickJS as a Python package has no loader of modules.
    """
    ordered: dict[str, str] = {}

    def add(name: str) -> None:
        if name in ordered:
            return
        source = (scripts / name).read_text(encoding="utf-8")
        for _, imported in _IMPORT.findall(source):
            add(imported)
        exported = ", ".join(_EXPORT.findall(source))
        source = _IMPORT.sub(r'const {\1} = modules["\2"];\n', source)
        source = _EXPORT.sub(lambda match: match[0].removeprefix("export "), source)
        ordered[name] = f'modules["{name}"] = (() => {{\n{source}\nreturn {{ {exported} }};\n}})();'

    add(_ENTRY_POINT)
    return "\n".join(["const modules = {};", *ordered.values()])
