"""The catalogue against the published reference, row for row, and against its own limits.

`published/error-codes.zh-TW.txt` is the text of the published page. The columns of a row are run
together, so no row is split here: each is made from the catalogue, and the two texts are compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from unicodedata import normalize

from errorcatalog.model import Catalog, ErrorCode, Scenario

PUBLISHED = Path(__file__).with_name("published") / "error-codes.zh-TW.txt"

HEAD = ["Skip to main content", "Server錯誤碼"]
COLUMNS = "場景錯誤碼错误說明错误msg"

TITLE_LIMITS = {"zh-TW": 24, "en": 60}
HEADING_LIMITS = {"zh-TW": 24, "en": 64}


def published() -> list[str]:
    lines = PUBLISHED.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line]


def as_published(catalog: Catalog) -> Iterator[str]:
    """The lines that the published page would have, were it made from the catalogue."""
    yield from HEAD
    for group, scenarios in catalog.scenarios_by_group():
        yield normalize("NFKC", group.title[catalog.default_locale.id])
        yield COLUMNS
        for scenario in scenarios:
            for code in scenario.codes:
                yield row(scenario, code, catalog.default_locale.id)


def row(scenario: Scenario, code: ErrorCode, locale: str) -> str:
    """A row of the page; the message is the only column that is kept byte for byte."""
    meaning = normalize("NFKC", code.source or code.description[locale])
    return f"{scenario.record.source}{code.code}{meaning}{code.message}"


def test_every_published_row_is_in_the_catalogue_in_order(catalog: Catalog) -> None:
    assert list(as_published(catalog)) == published()


def test_the_reference_has_142_rows_and_139_codes_in_12_scenarios(catalog: Catalog) -> None:
    codes = Counter(code.code for _, code in catalog.records())
    assert (codes.total(), len(codes), len(catalog.scenarios)) == (142, 139, 12)
    assert {code for code, times in codes.items() if times > 1} == {
        "1004",
        "1904",
        "URL_NOT_FOUND",
    }


def test_published_wording_is_kept_only_where_it_was_corrected(catalog: Catalog) -> None:
    locale = catalog.default_locale.id
    for _, code in catalog.records():
        if code.source:
            assert normalize("NFKC", code.description[locale]) != code.source, code.code


def test_a_description_is_not_a_copy_of_the_message(catalog: Catalog) -> None:
    for scenario, code in catalog.records():
        assert code.description["en"] != code.message, f"{scenario.id}/{code.code}"


def test_a_title_is_short_enough_for_a_heading(catalog: Catalog) -> None:
    titled = [(code, code.title) for _, code in catalog.records() if code.title]
    for locale, limit in TITLE_LIMITS.items():
        assert {
            code.code: title[locale] for code, title in titled if len(title[locale]) > limit
        } == {}


def test_a_description_too_long_for_a_heading_has_a_title(catalog: Catalog) -> None:
    untitled = [code for _, code in catalog.records() if not code.title]
    for locale, limit in HEADING_LIMITS.items():
        long = [code.code for code in untitled if len(code.description[locale]) > limit]
        assert long == [], locale
