"""A catalogue that is hostile in every field, and its tame twin: the same with harmless texts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from errorcatalog.project import Project
from support import ROOT, as_yaml

# By kind; those of the kind `hidden` are no text of a catalogue.
PAYLOADS: dict[str, list[str]] = yaml.safe_load((ROOT / "tests" / "hostile.yml").read_text("utf-8"))
TYPED = [text for texts in PAYLOADS.values() for text in texts]
WRITTEN = [text for kind, texts in PAYLOADS.items() for text in texts if kind != "hidden"]

# Ends a text, an attribute, an element and a comment; asks Jinja, `str.format` and an HTML parser
# for something; has no mark beside Chinese text, so that every field may hold it.
HOSTILE = """</title><script>alert(1)</script><img src=x onerror="alert(2)">'"--> {{ 7 * 7 }}\
 {% raise %} {view} {} %s &amp; &lt;b&gt; [link](javascript:alert) `code`"""

_LOCALES = ("zh-TW", "en")
_DAY = date(2027, 1, 31)

# What a field holds, by the field's name.
Text = Callable[[str], str]


def hostile(field: str) -> str:
    return f"{field} {HOSTILE}"


def tame(field: str) -> str:
    return f"{field} harmless"


def localized(field: str, text: Text = hostile) -> dict[str, str]:
    return {locale: text(f"{field} {locale}") for locale in _LOCALES}


def write_project(root: Path, text: Text = hostile, payloads: Sequence[str] = ()) -> None:
    """Write `catalog/` below `root`, which has templates; each payload is all texts of a code."""
    files = dict(_files(text, payloads))
    for name, data in files.items():
        target = root / "catalog" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(as_yaml(data), encoding="utf-8")
    Project(root).add_to_ledger()


def _files(text: Text, payloads: Sequence[str]) -> Iterator[tuple[str, Any]]:
    names = ["payment", "refund", *(["payloads"] if payloads else [])]
    yield (
        "catalog.yml",
        {
            "message_language": text("language"),
            "journey": {"stages": [["payment"], ["refund"]]},
            "groups": [{"id": "all", "title": localized("group", text), "scenarios": names}],
        },
    )
    yield "scenarios/payment.yml", _payment(text)
    twin = {**_code("4454", text), "message": text("twin"), "description": localized("twin", text)}
    yield "scenarios/refund.yml", _scenario("refund", [twin], text)
    if payloads:
        codes = [_all_of(f"P{index}", payload) for index, payload in enumerate(payloads)]
        yield "scenarios/payloads.yml", _scenario("payloads", codes, text)
    names = [f"payment/{code}" for code in ("4454", "4455", "4456")]
    change = {"on": _DAY, "summary": localized("summary", text), "retired": [names[2]]}
    yield "changes.yml", {"changes": [{**change, "added": names[:2], "reworded": [names[0]]}]}
    for path in (ROOT / "catalog" / "locales").glob("*.yml"):
        yield f"locales/{path.name}", _locale(path, text)


def _payment(text: Text) -> dict[str, Any]:
    untitled = _code("4455", text)
    del untitled["title"]
    retired = {"on": _DAY, "reason": localized("reason", text), "replaced_by": "4454"}
    codes = [_code("4454", text), untitled, {**_code("4456", text), "retired": retired}]
    return {**_scenario("payment", codes, text), "former_ids": ["pay"]}


def _scenario(name: str, codes: list[Any], text: Text) -> dict[str, Any]:
    return {
        "title": localized(name, text),
        "source": text(name),
        "summary": localized("summary", text),
        "codes": codes,
    }


def _code(code: str, text: Text) -> dict[str, Any]:
    return {
        "code": code,
        "message": text("message"),
        "description": localized("description", text),
        "title": localized("title", text),
        "source": text("source"),
        "party": "payer",
        "retry": "never",
        # A sentence, of the same length in each locale.
        "action": {locale: f"{text('action')}." for locale in _LOCALES},
        "payer_text": {locale: f"{text('payer')[:120]}." for locale in _LOCALES},
        "aliases": [text("alias")],
    }


def _all_of(code: str, payload: str) -> dict[str, Any]:
    texts = dict.fromkeys(_LOCALES, payload)
    return {"code": code, "message": payload, "description": texts, "aliases": [payload]}


def _locale(path: Path, text: Text) -> dict[str, Any]:
    record: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    # Their rules are about good guidance, which this is not.
    record |= {"trade_words": [], "glossary": {}}
    record["strings"] = _strings(record["strings"], text)
    for field in ("name", "site_name", "site_description"):
        record[field] = text(record[field])
    record["color_schemes"] = {key: text(key) for key in record["color_schemes"]}
    for field in ("code_words", "amount_words"):
        record[field] = [*record.get(field, []), text(field)]
    # Letters and digits here would make codes the same.
    record["same_characters"] = ["<({[", "'\""]
    # The checks refuse markup here.
    plain = text("").translate(dict.fromkeys(map(ord, '<>&"')))
    record["theme"] = {key: f"{value} {plain}".strip() for key, value in record["theme"].items()}
    return record


def _strings(value: Any, text: Text) -> Any:
    """A locale's strings with a text at their end, its braces doubled as a string's must be."""
    if isinstance(value, dict):
        return {key: _strings(inner, text) for key, inner in value.items()}
    return f"{value} {text('').replace('{', '{{').replace('}', '}}').strip()}"
