"""Which records a text means: by the codes it names, its API messages, or its words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from errorcatalog.finding.codes import Codes, Named, spelling
from errorcatalog.finding.comparable import Folding, plain, unescaped
from errorcatalog.finding.words import Words
from errorcatalog.model import Catalog, ErrorCode, Scenario
from errorcatalog.variants import mainland_wording

Entry = tuple[Scenario, ErrorCode]
"""A record with its scenario."""

# Of a longer text only the beginning is read, in characters.
LONGEST = 1_000_000

# How many are given where a text may mean several, or none.
MOST_OTHERS = 9
MOST_NEAREST = 5

# A message as long as this is told from common words wherever it stands; a shorter one must stand
# by itself, as a value or on a line.
_SAFE = 24
_VALUE = re.compile(r'"([^"\n]{3,})"|\'([^\'\n]{3,})\'|([^"\n{}=:|]{3,})')
# A record's address without its language, or the end of one.
_ADDRESS = re.compile(r"(?<![a-z0-9-])([a-z0-9-]+)/([a-z0-9._-]*[a-z0-9])")
# Words alone, which may be a message as well as a code with spaces for its "_".
_WORDS_ALONE = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)+")

# A longer text is pasted: it has too many words to be about one thing.
_LONGEST_QUESTION = 400


@dataclass(frozen=True)
class Answer:
    """What a text means."""

    meant: tuple[Entry, ...] = ()
    """The records that the text names, in its order, or else the one that its words fit best."""
    others: tuple[Entry, ...] = ()
    """What may be meant as well, best first."""
    by_words: bool = False
    """Whether it was found by its words alone."""
    unknown: tuple[str, ...] = ()
    """Codes that the text gives out, and that are not in the catalogue."""
    nearest: tuple[Entry, ...] = ()
    """Where nothing is meant, what comes nearest."""

    @property
    def found(self) -> tuple[Entry, ...]:
        """Every record that may be meant, best first."""
        return self.meant + self.others


class _Thing(NamedTuple):
    """A code or a message that a text names."""

    position: int
    meant: Sequence[Entry]
    others: Sequence[Entry] = ()
    """Records that have it too, of which the text says less."""


@dataclass(frozen=True)
class Finder:
    """Finds the records of one catalogue."""

    catalog: Catalog

    def ask(self, text: str) -> Answer:
        """What a text means, or its beginning if it is longer than `LONGEST`."""
        folded = self._fold(unescaped(text[:LONGEST])).strip()
        reading = self._codes.read(folded)
        unknown = tuple(_as_written(code, text) for code in reading.unknown[:MOST_NEAREST])
        if things := self._named_in(folded, reading.named):
            meant = _unique(entry for thing in things for entry in thing.meant)
            every = _unique(entry for thing in things for entry in (*thing.meant, *thing.others))
            return Answer(tuple(meant), tuple(every[len(meant) :]), unknown=unknown)
        similar = self._similar(folded)
        if similar and not unknown:
            return Answer(tuple(similar[:1]), tuple(similar[1 : 1 + MOST_OTHERS]), by_words=True)
        near = [code for asked in unknown or [folded] for code in self._codes.near(asked)]
        nearest = _unique([*similar, *(entry for code in near for entry in self._by_code[code])])
        return Answer(unknown=unknown, nearest=tuple(nearest[:MOST_NEAREST]))

    def _named_in(self, folded: str, codes: Iterable[Named]) -> list[_Thing]:
        """The codes and messages that a text names, in its order."""
        text = plain(folded)
        if code := self._codes.exactly(folded):
            whole = self._by_message.get(text, ()) if _WORDS_ALONE.fullmatch(folded) else ()
            return [_Thing(0, self._by_code[code]), _Thing(0, whole)]
        things = [self._of_code(position, code, text) for position, code in codes]
        things += [
            _Thing(match.start(), [entry])
            for match in _ADDRESS.finditer(folded)
            if (entry := self._by_address.get((match[1], spelling(match[2]))))
        ]
        named = {id(code) for thing in things for _, code in (*thing.meant, *thing.others)}
        for position, entries in self._messages_in(folded, text):
            if not any(id(code) in named for _, code in entries):
                # A message does not say which of its codes it comes with.
                things.append(_Thing(position, entries[:1], entries[1:]))
        return sorted(things, key=lambda thing: thing.position)

    def _of_code(self, position: int, code: str, text: str) -> _Thing:
        """All records of a code, or those in whose words the text speaks of it."""
        spoken_of: dict[int, list[Entry]] = defaultdict(list)
        for scenario, record in self._by_code[code]:
            said = (record.message, scenario.id, *scenario.title.values())
            times = sum(plain(self._fold(part)) in text for part in said)
            spoken_of[times].append((scenario, record))
        most, *less = (spoken_of[times] for times in sorted(spoken_of, reverse=True))
        return _Thing(position, most, [entry for entries in less for entry in entries])

    def _messages_in(self, folded: str, text: str) -> Iterator[tuple[int, Sequence[Entry]]]:
        """Every whole message in a text, and where; `text` is the same without punctuation."""
        values = {text: 0}
        for match in _VALUE.finditer(folded):
            values.setdefault(plain(match[1] or match[2] or match[3]), match.start())
        found = {
            message: values.get(message, text.find(message))
            for message in self._by_message
            if message in values or (len(message) >= _SAFE and message in text)
        }
        for message, position in found.items():
            if not any(message != other and message in other for other in found):
                yield position, self._by_message[message]

    def _similar(self, folded: str) -> list[Entry]:
        """The records that share words with a text, best first; retired ones last."""
        if len(folded) > _LONGEST_QUESTION:
            return []
        entries = list(self.catalog.records())
        similar = [entries[number] for number in self._words.about(folded)]
        return sorted(similar, key=lambda entry: entry[1].retired is not None)

    @cached_property
    def _fold(self) -> Folding:
        texts = [text for entry in self.catalog.records() for text in _texts(entry)]
        same = [word for locale in self.catalog.locales for word in locale.record.same_characters]
        return Folding.of(texts, same=same)

    @cached_property
    def _codes(self) -> Codes:
        records = [locale.record for locale in self.catalog.locales]
        return Codes.of(
            self._by_code,
            prefix=self._fold(self.catalog.prefix or ""),
            code_words=[self._fold(word) for record in records for word in record.code_words],
            amount_words=[self._fold(word) for record in records for word in record.amount_words],
        )

    @cached_property
    def _words(self) -> Words:
        return Words.of(map(self._fold, _texts(entry)) for entry in self.catalog.records())

    @cached_property
    def _by_code(self) -> Mapping[str, Sequence[Entry]]:
        return _by(self.catalog.records(), lambda code: code.code)

    @cached_property
    def _by_message(self) -> Mapping[str, Sequence[Entry]]:
        return _by(self.catalog.records(), lambda code: plain(self._fold(code.message)))

    @cached_property
    def _by_address(self) -> Mapping[tuple[str, str], Entry]:
        return {
            (name, spelling(code.code)): (scenario, code)
            for scenario, code in self.catalog.records()
            for name in (scenario.id, *scenario.former_ids)
        }


def _texts(entry: Entry) -> Iterator[str]:
    """Everything by whose words a record is known, in every language."""
    scenario, code = entry
    own = [*code.description.values(), *(code.title or {}).values()]
    yield from (code.code, code.message, *own, *code.aliases)
    if code.source:
        yield code.source
    yield from scenario.title.values()
    yield from filter(None, map(mainland_wording, own))


def _by(entries: Iterable[Entry], key: Callable[[ErrorCode], str]) -> Mapping[str, Sequence[Entry]]:
    having = defaultdict(list)
    for scenario, code in entries:
        having[key(code)].append((scenario, code))
    return having


def _as_written(folded: str, text: str) -> str:
    """A part of a text in the letter case that it has there."""
    written = re.search(re.escape(folded), text, re.IGNORECASE)
    return written[0] if written else folded


def _unique(entries: Iterable[Entry]) -> list[Entry]:
    """Each record once; by identity, since to compare records is to compare all they hold."""
    return list({id(code): (scenario, code) for scenario, code in entries}.values())
