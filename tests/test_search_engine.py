"""The search engine outside a browser: texts that must not keep it busy for long."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable

from support import Site

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
    ],
    ids=["digits", "numbers", "letters", "hyphens", "slashes", "han", "brackets", "codes"],
)
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
