"""What to do about a code: who acts, whether to try again, and the rules its texts must keep."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal, get_args

from errorcatalog.diagnostics import Diagnostic, did_you_mean
from errorcatalog.locales import Locale
from errorcatalog.model import Catalog, ErrorCode, Party, Retry, Undisclosed

PARTIES: tuple[str, ...] = get_args(Party)
RETRIES: tuple[str, ...] = get_args(Retry)

# The end of a sentence, in Latin and in Chinese punctuation.
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|[\u3002\uff01\uff1f]")
_HAN = re.compile(r"[\u3400-\u9fff]")

# How long a text may be: in Chinese characters, and in others, which say less each.
_LENGTHS: Mapping[str, tuple[int, int]] = {"action": (140, 360), "payer_text": (60, 160)}

# A code, whatever it is called: three digits and more, or capitals joined by "_".
_CODE = re.compile(r"[0-9]{3,}|[A-Z]+_[A-Z_]+")

# Of how many unknown names the nearest known one is looked for: each takes as long as reading some
# records, and where there are more, spelling is not the reason.
_MOST_HINTS = 10

# The fields that stand together.
_WHOLE = ("party", "retry", "action")

TextField = Literal["action", "payer_text"]
_FIELDS: tuple[TextField, ...] = get_args(TextField)


def missing_fields(code: ErrorCode) -> tuple[str, ...]:
    """The fields of guidance that a record lacks; the text for the payer may be left out."""
    return tuple(name for name in _WHOLE if getattr(code, name) is None)


def check_guidance(catalog: Catalog) -> Iterator[Diagnostic]:
    """All rules about guidance, over every record."""
    for _, code in catalog.records():
        yield from guidance_is_whole(code)
        for field in _FIELDS:
            yield from sentences_agree(code, field)
            yield from texts_are_short(code, field)
        for locale in catalog.locales:
            yield from payer_text_is_plain(code, locale, catalog.prefix)
            yield from terms_are_of_the_glossary(code, locale)
    if catalog.undisclosed:
        yield from refusals_are_neutral(catalog, catalog.undisclosed)


def guidance_is_whole(code: ErrorCode) -> Iterator[Diagnostic]:
    """Who acts, whether to retry and what to do stand together: one without the others misleads."""
    missing = missing_fields(code)
    if missing and (len(missing) < len(_WHOLE) or code.payer_text is not None):
        for name in missing:
            yield code.origin.problem(
                name,
                found="missing",
                remedy="`party`, `retry` and `action` stand together; add it",
                check="guidance",
            )


def sentences_agree(code: ErrorCode, field: TextField) -> Iterator[Diagnostic]:
    """A text has as many sentences in one locale as in another: so nothing was left out."""
    texts = getattr(code, field) or {}
    counts = {locale: len(_SENTENCE_END.findall(text)) for locale, text in texts.items()}
    if len(set(counts.values())) > 1 or 0 in counts.values():
        shown = ", ".join(f"{locale} {count}" for locale, count in counts.items())
        yield code.origin.problem(
            field,
            found=f"sentences by locale: {shown}",
            remedy="write as many in each, and end each with a full stop",
            check="sentences",
        )


def texts_are_short(code: ErrorCode, field: TextField) -> Iterator[Diagnostic]:
    """A text is read in a hurry, or on a payer's phone."""
    for locale, text in (getattr(code, field) or {}).items():
        most = _LENGTHS[field][0 if _HAN.search(text) else 1]
        if len(text) > most:
            yield code.origin.problem(
                field,
                locale,
                found=f"{len(text)} characters long",
                remedy=f"expected at most {most}",
                check="text-length",
            )


def payer_text_is_plain(
    code: ErrorCode, locale: Locale, prefix: str | None
) -> Iterator[Diagnostic]:
    """A payer knows neither codes nor the words of the trade, which each locale lists."""
    text = (code.payer_text or {}).get(locale.id, "")
    words = [*locale.record.trade_words, *([prefix] if prefix else [])]
    found = [word for word in words if _has_word(text, word)] + _CODE.findall(text)
    for word in found:
        yield code.origin.problem(
            "payer_text",
            locale.id,
            found=f"`{word}` is not for payers",
            remedy="say it in everyday words",
            check="payer-text",
        )


def terms_are_of_the_glossary(code: ErrorCode, locale: Locale) -> Iterator[Diagnostic]:
    """One thing has one name throughout, the one that this language's readers use."""
    for field in _FIELDS:
        text = (getattr(code, field) or {}).get(locale.id, "")
        for word, term in locale.record.glossary.items():
            if _has_word(text, word):
                yield code.origin.problem(
                    field,
                    locale.id,
                    found=f"`{word}` is not a term of this reference",
                    remedy=f"write `{term}`",
                    check="glossary",
                )


def refusals_are_neutral(catalog: Catalog, undisclosed: Undisclosed) -> Iterator[Diagnostic]:
    """Why these are refused is not for the payer: a reason would help who commits fraud."""
    records = {f"{scenario.id}/{code.code}": code for scenario, code in catalog.records()}
    unknown = [name for name in undisclosed.codes if name not in records]
    candidates = records if len(unknown) <= _MOST_HINTS else ()
    for index, name in enumerate(undisclosed.codes):
        code = records.get(name)
        if code is None:
            yield undisclosed.origin.problem(
                "codes",
                index,
                found=f"`{name}` is not a record",
                remedy=did_you_mean(name, candidates) or "write it as scenario/code",
                check="undisclosed",
            )
        elif code.payer_text != undisclosed.payer_text:
            yield code.origin.problem(
                "payer_text",
                found="tells why it was refused",
                remedy="expected the text of `undisclosed` in catalog.yml, in every locale",
                check="undisclosed",
            )


def _has_word(text: str, word: str) -> bool:
    """Whether a text has a word; in a script without spaces, anywhere."""
    if word.casefold() not in text.casefold():
        return False  # Most words: a pattern takes ten times as long to say so.
    if _HAN.search(word):
        return word in text
    pattern = rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])"
    return re.search(pattern, text, re.IGNORECASE) is not None
