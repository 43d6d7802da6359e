"""Catalogues of any content that an editor may write, as data by file name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml
from hypothesis import strategies as st

from errorcatalog import addresses
from errorcatalog.guidance import PARTIES, RETRIES
from errorcatalog.placeholders import STYLES
from fuzz.damage import PIECES
from support import ROOT, as_yaml

_OURS = ROOT / "catalog" / "locales"
_OTHERS = ROOT / "tests" / "fixtures" / "other-team" / "catalog" / "locales"

PREFIX = "ACME"
_SCENARIOS = ("payment", "refund", "3ds", "card-binding")
_FORMER = "pay"
_LOCALES = ("zh-TW", "en", "fr", "ja", "ar")
_TODAY = date(2026, 12, 1)


# Texts

_CHINESE = re.compile(r"[\u3001-\u9fff\uff00-\uff60]")
_FULL_WIDTH = str.maketrans(",;:?!()", "\uff0c\uff1b\uff1a\uff1f\uff01\uff08\uff09")
_HIDDEN: Final = ("Cc", "Cf", "Cn", "Cs", "Zl", "Zp")
_JOINERS = "\u200c\u200d"
_SENTENCE_ENDS = re.compile(r"[.!?\u3002\uff01\uff1f]")

_CHARACTERS = st.characters(exclude_categories=_HIDDEN)
_SCRIPTS = st.sampled_from(
    [*"aZ09éß付款驗証額😀👩\u0301שלום\u0627\u0644\u0628ไทย\u200d\u200c\u3000 "]
)
# What means something to YAML, HTML, Markdown, a search engine or a spreadsheet.
_SIGNS = st.sampled_from([*"'\"`\\<>&;:#*_~^-+=|!?.,%@$(){}[]/\u00a0"])
_WORDS = st.sampled_from(
    [*PIECES, "null", "Yes", "1e3", "=1+1", "-2", "&lt;b&gt;", "4454", "{view}"]
)


def _is_shown(letter: str) -> bool:
    return letter in _JOINERS or unicodedata.category(letter) not in _HIDDEN


def _clean(text: str) -> str:
    """A text as the checks ask for it."""
    shown = "".join(letter for letter in text if _is_shown(letter))
    if _CHINESE.search(shown):
        shown = shown.translate(_FULL_WIDTH)
    return shown.strip(" \u00a0\u3000")


_PLAIN = st.lists(st.one_of(_CHARACTERS, _SCRIPTS, _SIGNS, _WORDS), min_size=1, max_size=12)
_LONG = st.builds(
    lambda text, times: text * times,
    st.sampled_from(["付款", "ab ", "W", "é"]),
    st.integers(50, 900),
)
TEXTS = st.one_of(_PLAIN.map("".join), _LONG).map(_clean).filter(str.strip)


def _sentence(text: str, most: int) -> str:
    """One sentence of guidance."""
    return _SENTENCE_ENDS.sub("", text)[:most].strip(" \u00a0\u3000") + "."


# A text for the payer has no code in it, and none of the trade's words.
_PAYER_TEXTS = TEXTS.map(lambda text: re.sub(r"[0-9A-Z_]", "x", text)).map(
    lambda text: _sentence(text, 50)
)


# Codes

_TAKEN = {
    name.casefold()
    for name in (
        *addresses.RESERVED_AT_ROOT,
        *addresses.RESERVED_IN_SCENARIO,
        *_SCENARIOS,
        _FORMER,
        *_LOCALES,
    )
}
_ODD_CODES = st.sampled_from(
    (
        *("0", "1", "007", "4454", "1e3", "0x1F", "1.0", "NO", "null", "true", "9" * 100, "a" * 60),
        *("constructor", "toString", "hasOwnProperty", "index", "e.html", "con", "A_b-C.d"),
        *("a--b", "a__b", "a..b", "-".join("ab" * 25)),
    )
)
CODES = (
    st.one_of(st.from_regex(r"\A[A-Za-z0-9]([A-Za-z0-9._-]{0,20}[A-Za-z0-9])?\Z"), _ODD_CODES)
    .filter(lambda code: code.casefold() not in _TAKEN)
    .filter(lambda code: not code.casefold().startswith(f"{PREFIX.casefold()}-"))
)


def _same_address(code: str) -> str:
    return code.casefold().replace("_", "-")


# Files


@cache
def _locale(name: str, *, default: bool) -> str:
    """The file of a locale of ours or of another team; one that nobody has speaks English."""
    files = [folder / f"{name}.yml" for folder in (_OURS, _OTHERS)]
    file = next((file for file in files if file.exists()), _OURS / "en.yml")
    record: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    # What one of them rules or words for itself does not go with the others.
    record |= {"default": default, "trade_words": [], "glossary": {}, "theme": {}}
    return as_yaml(record)


@dataclass(frozen=True)
class Made:
    """A catalogue as data, by the names of its files in `catalog/`."""

    files: Mapping[str, Any]
    locales: Sequence[str]
    """The first is the default one."""

    def write(self, folder: Path) -> None:
        """Write the files, and no ledger yet."""
        texts = {name: as_yaml(data) for name, data in self.files.items()}
        for name in self.locales:
            texts[f"locales/{name}.yml"] = _locale(name, default=name == self.locales[0])
        for name, text in texts.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class _Scope:
    """What is decided before a record is written."""

    locales: Sequence[str]
    codes: Sequence[str]
    names: Mapping[str, Sequence[str]]
    """The other names of a code, by code; each record of it may have them."""
    retired: frozenset[str]

    def texts(self, one: st.SearchStrategy[str] = TEXTS) -> st.SearchStrategy[dict[str, str]]:
        """A text in every language."""
        return st.fixed_dictionaries(dict.fromkeys(self.locales, one))

    def successors(self) -> st.SearchStrategy[str | None]:
        current = [code for code in self.codes if code not in self.retired]
        return st.sampled_from([None, *current])


@st.composite
def catalogues(draw: st.DrawFn) -> Made:
    """A catalogue that the checks accept, but for its ledger, which it has not yet."""
    ids = draw(st.lists(st.sampled_from(_LOCALES), min_size=1, max_size=4, unique=True))
    names = draw(st.lists(st.sampled_from(_SCENARIOS), min_size=1, max_size=3, unique=True))
    distinct = draw(st.lists(CODES, min_size=1, max_size=8, unique_by=_same_address))
    count = draw(st.integers(1, len(distinct)))
    codes, rest = distinct[:count], distinct[count:]
    aside = {code: rest[index::count] for index, code in enumerate(codes)}
    scope = _Scope(ids, codes, aside, draw(st.frozensets(st.sampled_from(codes))))
    # The first has every code, so that whatever replaces another is there.
    others = [st.lists(st.sampled_from(codes), min_size=1, unique=True) for _ in names[1:]]
    listed = [codes, *(draw(some) for some in others)]
    scenarios = {
        name: draw(_scenarios(scope, some)) for name, some in zip(names, listed, strict=True)
    }
    if draw(st.booleans()):
        scenarios[names[0]]["former_ids"] = [_FORMER]
    files: dict[str, Any] = {
        "catalog.yml": draw(_heads(scope, names)),
        **{f"scenarios/{name}.yml": scenario for name, scenario in scenarios.items()},
    }
    if draw(st.booleans()):
        files["changes.yml"] = {"changes": _changes(scenarios, draw(st.none() | scope.texts()))}
    return Made(files, ids)


@st.composite
def _heads(draw: st.DrawFn, scope: _Scope, names: Sequence[str]) -> dict[str, Any]:
    split = draw(st.integers(0, len(names) - 1))
    groups = [names[:split], names[split:]] if split else [names]
    head: dict[str, Any] = {
        "groups": [
            {"id": f"group-{index}", "title": draw(scope.texts()), "scenarios": group}
            for index, group in enumerate(groups)
        ],
    }
    if draw(st.booleans()):
        head["codes"] = {
            "prefix": PREFIX,
            "placeholders": draw(st.sampled_from([*STYLES, "/:[a-z]+/"])),
        }
    if draw(st.booleans()):
        head["message_language"] = draw(st.sampled_from(["en", "zh-Hant", "ar"]))
    if draw(st.booleans()):
        head["journey"] = {"stages": [[name] for name in names]}
    return head


@st.composite
def _scenarios(draw: st.DrawFn, scope: _Scope, codes: Sequence[str]) -> dict[str, Any]:
    scenario = {
        "title": draw(scope.texts()),
        "summary": draw(scope.texts()),
        "codes": [draw(_records(scope, code)) for code in codes],
    }
    return {**scenario, "source": draw(TEXTS)} if draw(st.booleans()) else scenario


@st.composite
def _records(draw: st.DrawFn, scope: _Scope, code: str) -> dict[str, Any]:
    description = draw(scope.texts())
    record: dict[str, Any] = {"code": code, "message": draw(TEXTS), "description": description}
    if draw(st.booleans()):
        record["title"] = draw(scope.texts())
    if draw(st.booleans()):
        record["source"] = draw(TEXTS.filter(lambda text: text not in description.values()))
    if draw(st.booleans()):
        record["names"] = scope.names[code]
    if draw(st.booleans()):
        record |= draw(_guidance(scope))
    if draw(st.booleans()):
        record["added"] = _TODAY - timedelta(days=draw(st.integers(0, 2)))
    if code in scope.retired:
        retired = {"on": draw(st.dates()), "reason": draw(scope.texts())}
        successor = draw(scope.successors())
        record["retired"] = {**retired, **({"replaced_by": successor} if successor else {})}
    return {**record, "aliases": draw(st.lists(TEXTS, max_size=3))}


@st.composite
def _guidance(draw: st.DrawFn, scope: _Scope) -> dict[str, Any]:
    guidance = {
        "party": draw(st.sampled_from(PARTIES)),
        "retry": draw(st.sampled_from(RETRIES)),
        "action": draw(scope.texts(TEXTS.map(lambda text: _sentence(text, 120)))),
    }
    payer_text = draw(st.none() | scope.texts(_PAYER_TEXTS))
    return {**guidance, **({"payer_text": payer_text} if payer_text else {})}


def _changes(scenarios: Mapping[str, Any], summary: Any) -> list[dict[str, Any]]:
    """A list of changes that says all that the records say of themselves."""
    records = [
        (f"{name}/{record['code']}", record)
        for name, scenario in scenarios.items()
        for record in scenario["codes"]
    ]
    days = sorted({record["added"] for _, record in records if "added" in record}, reverse=True)
    entries: list[dict[str, Any]] = [
        {"on": day, "added": [name for name, record in records if record.get("added") == day]}
        for day in days
    ]
    retired = [name for name, record in records if "retired" in record]
    latest = {"on": _TODAY + timedelta(days=1), "retired": retired, "reworded": [records[0][0]]}
    return [{**latest, **({"summary": summary} if summary else {})}, *entries]
