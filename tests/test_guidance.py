"""Guidance of the real catalogue: complete, and agreeing where records differ only by layer."""

from __future__ import annotations

import pytest

from errorcatalog.model import Catalog, ErrorCode
from errorcatalog.views.code_page import code_view
from errorcatalog.views.lookup import Lookup

# Codes that differ only by the layer that returns them: pairs of scenario/code.
LAYERS = [
    ("capture/7001", "capture/7402"),
    ("refund/1022", "refund/4702"),
    ("refund/1020", "refund/4703"),
    ("refund/1021", "refund/4502"),
    ("general/1904", "onboarding/1904"),
    ("connect/URL_NOT_FOUND", "onboarding/URL_NOT_FOUND"),
]

# Risk refusals, lost or stolen and blocked cards: the payer is told no reason.
NEUTRAL = ["3000", "3001", "3002", "3003", "3004", "4350", "4457", "4463", "4464"]

# A transport failure or timeout on what moves money: the outcome is unknown.
UNKNOWN = ["order/4001", "order/4003", "payment/4400", "capture/7401", "cancel-authorization/6401"]


@pytest.fixture(scope="module")
def records(catalog: Catalog) -> dict[str, ErrorCode]:
    return {f"{scenario.id}/{code.code}": code for scenario, code in catalog.records()}


def test_every_record_says_what_to_do(records: dict[str, ErrorCode]) -> None:
    assert len(records) == 142
    for name, code in records.items():
        assert code.party, name
        assert code.retry, name
        assert code.action, name


@pytest.mark.parametrize(("one", "other"), LAYERS)
def test_codes_of_two_layers_agree(records: dict[str, ErrorCode], one: str, other: str) -> None:
    first, second = records[one], records[other]
    assert (first.party, first.retry) == (second.party, second.retry)
    assert first.payer_text == second.payer_text


def test_refusals_that_could_help_fraud_say_nothing(
    catalog: Catalog, records: dict[str, ErrorCode]
) -> None:
    assert catalog.undisclosed
    for code in NEUTRAL:
        assert f"payment/{code}" in catalog.undisclosed.codes
        assert records[f"payment/{code}"].payer_text == catalog.undisclosed.payer_text


@pytest.mark.parametrize("name", UNKNOWN)
def test_an_unknown_outcome_is_queried_first(records: dict[str, ErrorCode], name: str) -> None:
    assert records[name].retry == "check-first"


def test_where_a_payer_is_present_there_is_a_sentence_for_them(
    records: dict[str, ErrorCode],
) -> None:
    for name, code in records.items():
        if name.startswith(("payment/", "order/", "card-binding/")):
            assert code.payer_text, name


def test_the_readers_language_comes_first_for_the_payer(catalog: Catalog) -> None:
    lookup = Lookup.of(catalog)
    scenario, code = next(item for item in catalog.records() if item[1].payer_text)
    for locale in catalog.locales:
        guidance = code_view(lookup, locale, scenario, code).guidance
        assert guidance
        assert guidance.payer_texts[0].locale is locale
        assert len(guidance.payer_texts) == len(catalog.locales)
