"""Log lines made from a seed: instances of a catalog's messages, and its codes, in other text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import yaml
from markupsafe import escape

from errorcatalog.placeholders import placeholder_pattern
from queries import Query

SEED = 20261201

_VALUES = (
    "userId", "items", "build/main.tarn", "string[]", "7", "0", "4096", "eu-west-3", "tmp-assets",
    "/var/lib/app/data.db", "Map<string, number>", "it", "the quick brown fox", "10.2.0.17",
    "invoice-2031", "user@shop.example", "3.14", "ß", "a b", "node_modules", "OK", "is not", "x_y",
)  # fmt: skip

_LINES = (
    "{text}",
    "src/checkout/pay.tarn:112:17 - error: {text}",
    "2026-11-30T08:14:09.221Z ERROR [worker-3] request 8f21c failed: {text}",
    '{{"level":"error","ts":1764490449,"msg":"{json}","durationMs":118}}',
    'Nov 30 08:14:09 api-7 app[2241]: E0930 upstream said "{text}" (attempt 2 of 5)',
    'Traceback (most recent call last):\n  File "/srv/job.py", line 88\nRuntimeError: {text}\n',
    "> {text}\n\nAny idea? We deployed at 14:05 and see this 37 times an hour.",
    '<p class="msg">{html}</p>',
)
_CODED = (
    "error {code}: {other}",
    "src/main.tarn(44,9): error {code}: {other}",
    '{{"error":{{"code":"{code}","requestId":"b7f-2291","retryable":false}}}}',
    "2026-11-30 08:14:09,221 WARN  [pool-4] call ended with {code} after 3 attempts (took 812 ms)",
    "rpc failed: ({code}) while talking to 10.4.0.11:8443",
    "ERROR:  {code}: {other}",
    "<Error><Code>{code}</Code><HostId>a91c</HostId></Error>",
    "status=[{code}] trace=55e1 user=3301",
)
# A number of one or two digits, or a plain word, is a code only if the line says so.
_SAID = _CODED[:3]
_PLAIN = re.compile(r"[0-9]{1,2}|[A-Z]?[a-z]+")
_OTHER = ("see the log for more", "request could not be completed", "giving up after 2 retries")


@dataclass(frozen=True)
class Fixture:
    """A small catalog of another team's shape."""

    name: str
    prefix: str
    placeholders: str
    records: Sequence[Mapping[str, Any]]

    @classmethod
    def read(cls, path: Path) -> Fixture:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(path.stem, data["prefix"], data["placeholders"], data["records"])

    def index(self, words: Mapping[str, Any]) -> dict[str, Any]:
        """The catalog as the site's search index; `words` is what another one understands."""
        docs = [
            {
                "location": f"all/{number}/",
                "title": str(escape(record["code"])),
                "text": str(escape(record["message"])),
                "code": record["code"],
                "names": record.get("names", []),
                "scenario": self.name,
                "heading": record["description"],
                "message": record["message"],
                "description": record["description"],
                "also": [],
                "aliases": [],
            }
            for number, record in enumerate(self.records)
        ]
        understanding = {
            **words,
            "words": {**words["words"], "prefix": self.prefix},
            "placeholder": placeholder_pattern(self.placeholders),
            "concepts": [],
        }
        return {"docs": docs, "config": {"understanding": understanding}}

    def instances(self, *, each: int = 2) -> Iterator[Query]:
        """Every message with a parameter, filled in, in log lines that do not name its code."""
        random = Random(f"{SEED} {self.name}")  # noqa: S311 - a repeatable choice
        pattern = re.compile(placeholder_pattern(self.placeholders))
        for record in self.records:
            if not pattern.search(record["message"]):
                continue
            same = self._with_message(record)
            for _ in range(each):
                text = pattern.sub(lambda _: random.choice(_VALUES), record["message"])
                line = random.choice(_LINES)
                yield Query(f"{self.name}: instance", _filled(line, text), same, any=True)

    def coded(self, *, each: int = 2) -> Iterator[Query]:
        """Every code and every other name of one, in log lines without its message."""
        random = Random(f"{SEED} {self.name} codes")  # noqa: S311 - a repeatable choice
        for number, record in enumerate(self.records):
            for name in (record["code"], *record.get("names", [])):
                for _ in range(each):
                    line = random.choice(_SAID if _PLAIN.fullmatch(name) else _CODED)
                    text = line.format(code=name, other=random.choice(_OTHER))
                    yield Query(f"{self.name}: code", text, (f"all/{number}",))

    def _with_message(self, record: Mapping[str, Any]) -> tuple[str, ...]:
        message = record["message"]
        return tuple(
            f"all/{number}"
            for number, other in enumerate(self.records)
            if other["message"] == message
        )


def _filled(line: str, text: str) -> str:
    json = text.replace("\\", "\\\\").replace('"', '\\"')
    return line.format(text=text, json=json, html=escape(text))
