"""The search engine outside a browser: what it understands, and what must not keep it busy.

The cases are files in `search/`: small catalogs, and what is asked of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright._impl._driver import compute_driver_executable

from errorcatalog.commands.explain import LONGEST
from errorcatalog.placeholders import placeholder_pattern
from errorcatalog.project import Project
from errorcatalog.search.characters import homophones
from errorcatalog.search.engine import Engine
from support import ROOT, Site

HERE = Path(__file__).parent / "search"
SCRIPTS = ROOT / "docs/assets/javascripts/search"
CATALOGS = yaml.safe_load((HERE / "catalogs.yml").read_text(encoding="utf-8"))
CASES = yaml.safe_load((HERE / "cases.yml").read_text(encoding="utf-8"))

NODE = compute_driver_executable()[0]
# Far more than the engine needs; what tries every way of cutting a text takes hours.
SECONDS = 30

ASK = """
import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [site, text] = process.argv.slice(2);
const module = pathToFileURL(`${site}/assets/javascripts/search/engine.js`).href;
const { Engine } = await import(module);
const index = JSON.parse(await readFile(`${site}/en/search/search_index.json`, "utf8"));
const query = await readFile(text, "utf8");
const engine = new Engine(index.docs, index.config.understanding);
const { meant, others } = engine.ask(query);
console.log(JSON.stringify([...meant, ...others].map((record) => engine.entries[record].location)));
"""


def cases() -> Iterator[Any]:
    for catalog, subjects in CASES.items():
        for subject, queries in subjects.items():
            for query in queries:
                yield pytest.param(catalog, query, id=f"{catalog}: {subject}: {query['q'][:40]}")


@cache
def engine_of(name: str) -> tuple[Engine, list[str]]:
    """The engine over a catalog of catalogs.yml, and the code of each entry."""
    catalog = CATALOGS[name]
    docs = [
        {
            "location": f"{record['scenario']}/{number}/",
            "heading": record["description"],
            "also": [],
            "aliases": [],
            **record,
        }
        for number, record in enumerate(catalog["records"])
    ]
    for entry in docs:
        entry["location"] = f"{entry['scenario']}/{entry['code']}/"
    records = [locale.record for locale in Project(ROOT).checked().locales]
    understanding = {
        "folding": "",
        "words": {
            "prefix": catalog["prefix"],
            "code": [word for record in records for word in record.code_words],
            "amount": [word for record in records for word in record.amount_words],
            "family": [word for record in records for word in record.family_words],
        },
        "placeholder": catalog["placeholders"] and placeholder_pattern(catalog["placeholders"]),
        "concepts": [],
        "common": [word for record in records for word in record.common_words],
        "sounds": homophones([json.dumps(docs, ensure_ascii=False)]),
    }
    index = {"docs": docs, "config": {"understanding": understanding}}
    return Engine.over(SCRIPTS, json.dumps(index)), [entry["code"] for entry in docs]


@pytest.mark.parametrize(("name", "query"), list(cases()))
def test_what_is_asked_finds_what_it_means(name: str, query: dict[str, Any]) -> None:
    engine, codes = engine_of(name)
    answer = engine.ask(query["q"])
    assert [codes[number] for number in answer["meant"] + answer["others"]] == query["found"]
    if "near" in query:
        assert [codes[number] for number in answer["nearest"]] == query["near"]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("code 4454 " + "1" * 70 + " abcd 4459", "payment/4454/"),
        ("4454 " + "12 " * 3_000 + "abcd 4459", "payment/4454/"),
        ("4454 " + "a" * 400_000, "payment/4454/"),
        ("4454 " + "a-" * 200_000, "payment/4454/"),
        ("4454 " + "/" * 400_000, "payment/4454/"),
        ("4454" + "付" * 20_000, "payment/4454/"),
        ('"code":"4454"' + "}" * 50_000, "payment/4454/"),
        ("4454:" * 20_000, "payment/4454/"),
        ("line of a log, took 12 ms\n" * 12_000 + "ERROR code=4454", "payment/4454/"),
        ("the payment failed due to " * 12_000 + "\n The card used has expired.", "payment/4459/"),
        ("%41" * 100_000 + " code=4454", "payment/4454/"),
        ("code=4454 " + "\\" * 300_000, "payment/4454/"),
        ("https://" * 40_000 + " code 4454", "payment/4454/"),
        ("4454 4452 " * 30_000, "payment/4454/"),
    ],
    ids=[
        "digits", "numbers", "letters", "hyphens", "slashes", "han", "brackets", "codes", "a log",
        "a beginning", "percents", "backslashes", "addresses", "two codes",
    ],
)  # fmt: skip
def test_no_text_keeps_the_engine_busy(site: Site, tmp_path: Path, text: str, first: str) -> None:
    (tmp_path / "ask.mjs").write_text(ASK, encoding="utf-8")
    (tmp_path / "query.txt").write_text(text, encoding="utf-8")
    done = subprocess.run(
        [NODE, tmp_path / "ask.mjs", site.folder, tmp_path / "query.txt"],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)[0] == first


HOSTILE = (
    "4454 ", "code=9999 ", "hello ", "a", "1", "1.", "a-", "a/", "a'b", '"', '"a', "'", "_", ".",
    "餘", "餘額不足", " ", "\\u00", "[", "(((", "\n", "code ", "error 4454 1111111111", "&#", "%4",
)  # fmt: skip


@pytest.mark.parametrize("part", HOSTILE)
def test_time_grows_with_a_text_and_no_faster(part: str) -> None:
    """A pattern that goes back over what it has read would not end here within the day."""
    engine_of("numbers")[0].ask((part * 100_000)[:100_000] + "x")


@pytest.mark.parametrize("text", ["", " ", "\n\t", "%%%", "。。", "🙃", "\0", "\ud800", "'", '"'])
def test_nothing_means_nothing(text: str) -> None:
    answer = engine_of("numbers")[0].ask(text)
    assert (answer["by"], answer["meant"], answer["nearest"]) == ("none", [], [])


def test_a_catalog_without_a_code_answers_nothing() -> None:
    understanding = {
        "folding": "", "words": {"prefix": "", "code": [], "amount": [], "family": []},
        "placeholder": "", "concepts": [], "common": [], "sounds": [],
    }  # fmt: skip
    index = json.dumps({"docs": [], "config": {"understanding": understanding}})
    assert Engine.over(SCRIPTS, index).ask("4454")["meant"] == []


def test_the_longest_text_of_explain_is_answered() -> None:
    text = "a line of a log 4455 " * (LONGEST // 21) + " code=1234"
    answer = engine_of("numbers")[0].ask(text)
    assert answer["meant"] == [0]


def test_the_tables_of_characters_are_what_their_sources_say() -> None:
    done = subprocess.run(
        [sys.executable, ROOT / "scripts/make_characters.py", "--check"],
        env={"PYTHONPATH": str(ROOT / "hooks"), "PYTHONUTF8": "1"},
        check=False,
    )
    assert done.returncode == 0, "run `make characters`"
