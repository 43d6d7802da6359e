"""Catalogues as histories: whatever is changed, each published address answers or the check fails.

Each history begins with the good catalogue, its ledger, and the real templates.
"""

from __future__ import annotations

import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html

from errorcatalog.__main__ import main
from errorcatalog.diagnostics import CatalogError
from errorcatalog.project import Project
from support import ROOT, written_names

SITE_URL = "https://docs.example/codes/"
LOCALES = ("zh-TW", "en")
PREFIX = "ACME"

_DAY = re.compile(r'"(\d{4}-\d\d-\d\d)"')


def texts(text: str) -> dict[str, str]:
    return {locale: f"{text} ({locale})" for locale in LOCALES}


def new_code(name: str) -> dict[str, Any]:
    return {"code": name, "message": f"Message of {name}", "description": texts(f"About {name}")}


@dataclass(frozen=True)
class History:
    """A project that is changed as an editor would change it."""

    root: Path

    @property
    def ledger(self) -> Path:
        return self.root / "catalog" / "permalinks.txt"

    def file(self, scenario: str) -> Path:
        return self.root / "catalog" / "scenarios" / f"{scenario}.yml"

    def read(self, scenario: str) -> dict[str, Any]:
        record: dict[str, Any] = yaml.safe_load(self.file(scenario).read_text(encoding="utf-8"))
        return record

    def write(self, scenario: str, record: dict[str, Any]) -> None:
        # JSON is YAML, all texts in quotes; a date is none.
        text = _DAY.sub(r"\1", json.dumps(record, default=str))
        self.file(scenario).write_text(text, encoding="utf-8")

    def list_scenarios(self, *scenarios: str) -> None:
        group = {"id": "all", "title": texts("All"), "scenarios": list(scenarios)}
        head = {"message_language": "en", "codes": {"prefix": PREFIX}, "groups": [group]}
        file = self.root / "catalog" / "catalog.yml"
        file.write_text(json.dumps(head), encoding="utf-8")

    def add(self, scenario: str, code: dict[str, Any], at: int = 0) -> None:
        record = self.read(scenario)
        record["codes"].insert(at, code)
        self.write(scenario, record)

    def remove(self, scenario: str, code: str) -> dict[str, Any]:
        record = self.read(scenario)
        (gone,) = (item for item in record["codes"] if item["code"] == code)
        record["codes"].remove(gone)
        self.write(scenario, record)
        return dict(gone)

    def change(self, scenario: str, code: str, /, **fields: Any) -> None:
        record = self.read(scenario)
        (item,) = (item for item in record["codes"] if item["code"] == code)
        item.update(fields)
        self.write(scenario, record)

    def retire(self, scenario: str, code: str, successor: str | None = None) -> None:
        retired: dict[str, Any] = {"on": "2027-01-31", "reason": texts("Merged")}
        if successor:
            retired["replaced_by"] = successor
        self.change(scenario, code, retired=retired)

    def rename(self, old: str, new: str, former: list[str] | None) -> None:
        record = self.read(old)
        self.file(old).unlink()
        self.write(new, {**record, **({"former_ids": former} if former else {})})

    def publish(self) -> None:
        """`make permalinks`."""
        assert main(["--root", str(self.root), "permalinks"]) == 0

    def files(self) -> dict[str, str]:
        """Every file of the site that the catalogue makes, with its text."""
        reference = Project(self.root).load(site_url=SITE_URL)
        pages = [(f"{item.page.address}index.html", item.page.html()) for item in reference.pages]
        files = [*pages, *reference.files([])]
        names = Counter(name.casefold() for name, _ in dict(files).items())
        assert max(Counter(name for name, _ in files).values()) == 1, "a file is made twice"
        folded = {name for name, count in names.items() if count > 1}
        # File systems that do not tell letter case keep one of them: they must be the same.
        for name in folded:
            assert len({text for other, text in files if other.casefold() == name}) == 1
        return dict(files)

    def page(self, address: str) -> Any:
        return html.document_fromstring(self.files()[f"{address}index.html"])

    def promised(self) -> set[str]:
        """Every file that must answer for the lines of the ledger."""
        lines = self.ledger.read_text(encoding="utf-8").splitlines()
        published = [line.split() for line in lines if not line.startswith("#")]
        addresses = set()
        for scenario, code, *names in published:
            for name in names or [code]:
                addresses |= {f"{name}/" for name in written_names(name, PREFIX)}
            addresses |= {f"{scenario}/", f"{scenario}/{code}/"}
            for locale in LOCALES:
                addresses |= {f"{locale}/{scenario}/", f"{locale}/{scenario}/{code}/"}
        return {f"{address}index.html" for address in addresses}

    def problems(self) -> Counter[str]:
        """How often each check fails."""
        try:
            self.files()
        except CatalogError as error:
            return Counter(problem.check for problem in error.diagnostics)
        return Counter()


@pytest.fixture
def history(tmp_path: Path) -> History:
    root = Path(shutil.copytree(ROOT / "tests" / "cases" / "good", tmp_path / "project"))
    for part in ("templates", "catalog/locales"):
        shutil.rmtree(root / part)
        shutil.copytree(ROOT / part, root / part)
    made = History(root)
    made.list_scenarios("payment", "refund")
    return made


# What an editor may do


def _adds_a_code(history: History) -> None:
    history.add("payment", new_code("4451"))


def _adds_a_code_of_another_scenario(history: History) -> None:
    history.add("refund", new_code("4454"))


def _adds_a_scenario(history: History) -> None:
    history.write("void", {**history.read("refund"), "codes": [new_code("VOID_1")]})
    history.list_scenarios("void", "payment", "refund")


def _rewords_and_reorders(history: History) -> None:
    history.write("payment", {**history.read("payment"), "title": texts("Charge")})
    history.add("payment", history.remove("payment", "TIMEOUT"))
    history.change("payment", "4454", message="No money.", description=texts("No money"))
    history.list_scenarios("refund", "payment")


def _retires_a_code(history: History) -> None:
    history.retire("payment", "4450", "4454")


def _retires_a_code_without_successor(history: History) -> None:
    history.retire("payment", "4454")


def _retires_one_of_two(history: History) -> None:
    history.retire("payment", "TIMEOUT", "4454")


def _retires_a_whole_scenario(history: History) -> None:
    history.retire("refund", "1013")
    history.retire("refund", "TIMEOUT", "TIMEOUT")


def _renames_a_code(history: History) -> None:
    """As it is to be done: the old one is retired for the new."""
    history.add("payment", new_code("4554"))
    history.retire("payment", "4454", "4554")


def _moves_a_code(history: History) -> None:
    """As it is to be done: it is retired where it was and added where it is."""
    code = history.remove("payment", "4454")
    history.add("payment", code)
    history.add("refund", code)
    history.retire("payment", "4454", "4454")


def _gives_codes_other_names(history: History) -> None:
    history.change("payment", "4454", names=["LOW_BALANCE", "51"])
    history.change("payment", "TIMEOUT", names=["68"])
    history.change("refund", "TIMEOUT", names=["68", "Timed-Out"])


def _retires_a_code_with_another_name(history: History) -> None:
    _gives_codes_other_names(history)
    history.publish()
    history.retire("payment", "4454", "4450")


def _renames_the_scenario_of_names(history: History) -> None:
    _gives_codes_other_names(history)
    history.publish()
    _renames_a_scenario(history)


def _renames_a_scenario(history: History) -> None:
    history.rename("payment", "pay", ["payment"])
    history.list_scenarios("pay", "refund")


def _renames_a_scenario_twice(history: History) -> None:
    _renames_a_scenario(history)
    history.publish()
    history.rename("pay", "charge", ["payment", "pay"])
    history.list_scenarios("charge", "refund")


def _renames_a_scenario_and_adds_to_it(history: History) -> None:
    _renames_a_scenario(history)
    history.add("pay", new_code("4499"))


def _renames_a_scenario_and_retires_a_code(history: History) -> None:
    _renames_a_scenario(history)
    history.retire("pay", "4450", "4454")


def _merges_two_scenarios(history: History) -> None:
    codes = history.read("refund")["codes"]
    history.file("refund").unlink()
    payment = history.read("payment")
    known = {code["code"] for code in payment["codes"]}
    payment["codes"] += [code for code in codes if code["code"] not in known]
    # A code that only payment had is at refund's old address too, which does no harm.
    history.write("payment", {**payment, "former_ids": ["refund"]})
    history.list_scenarios("payment")


def _moves_a_scenario_to_another_group(history: History) -> None:
    groups = [
        {"id": name, "title": texts(name), "scenarios": [name]} for name in ("refund", "payment")
    ]
    head = json.dumps({"codes": {"prefix": PREFIX}, "groups": groups})
    (history.root / "catalog" / "catalog.yml").write_text(head, encoding="utf-8")


KEEPING: list[Callable[[History], None]] = [
    _adds_a_code,
    _adds_a_code_of_another_scenario,
    _adds_a_scenario,
    _rewords_and_reorders,
    _retires_a_code,
    _retires_a_code_without_successor,
    _retires_one_of_two,
    _retires_a_whole_scenario,
    _renames_a_code,
    _moves_a_code,
    _gives_codes_other_names,
    _retires_a_code_with_another_name,
    _renames_the_scenario_of_names,
    _renames_a_scenario,
    _renames_a_scenario_twice,
    _renames_a_scenario_and_adds_to_it,
    _renames_a_scenario_and_retires_a_code,
    _merges_two_scenarios,
    _moves_a_scenario_to_another_group,
]


def named(change: Callable[[History], None]) -> str:
    return change.__name__.strip("_").replace("_", " ")


def test_the_first_catalogue_answers_at_every_address_of_its_ledger(history: History) -> None:
    assert history.promised() <= history.files().keys()


@pytest.mark.parametrize("change", KEEPING, ids=named)
def test_an_editor_who_does_this_breaks_no_link(
    change: Callable[[History], None], history: History
) -> None:
    first = history.ledger.read_text(encoding="utf-8")
    promised = history.promised()
    change(history)
    history.publish()
    assert history.promised() >= promised
    assert history.promised() - history.files().keys() == set()
    assert history.ledger.read_text(encoding="utf-8").startswith(first)
    assert history.problems() == Counter()


@pytest.mark.parametrize("change", KEEPING, ids=named)
def test_what_is_new_is_not_built_before_it_is_in_the_ledger(
    change: Callable[[History], None], history: History
) -> None:
    change(history)
    before = history.ledger.read_bytes()
    problems = history.problems()
    history.publish()
    added = history.ledger.read_bytes().removeprefix(before).decode().splitlines()
    assert problems == (Counter({"ledger": len(added)}) if added else Counter())


# What an editor may not do


def _removes_a_code(history: History) -> None:
    history.remove("payment", "4454")


def _removes_one_of_two(history: History) -> None:
    history.remove("refund", "TIMEOUT")


def _removes_a_scenario(history: History) -> None:
    history.file("refund").unlink()
    history.list_scenarios("payment")


def _removes_a_retired_code(history: History) -> None:
    history.retire("payment", "4454")
    history.remove("payment", "4454")


def _writes_a_code_otherwise(history: History) -> None:
    history.change("payment", "4454", code="4554")


def _writes_a_code_in_small_letters(history: History) -> None:
    history.change("refund", "TIMEOUT", code="timeout")
    history.change("payment", "TIMEOUT", code="timeout")


def _takes_a_code_elsewhere(history: History) -> None:
    history.add("refund", history.remove("payment", "4454"))


def _renames_a_scenario_silently(history: History) -> None:
    history.rename("payment", "pay", None)
    history.list_scenarios("pay", "refund")


def _renames_a_scenario_twice_and_forgets_the_first(history: History) -> None:
    _renames_a_scenario(history)
    history.publish()
    history.rename("pay", "charge", ["pay"])
    history.list_scenarios("charge", "refund")


def _forgets_a_former_id(history: History) -> None:
    _renames_a_scenario(history)
    history.publish()
    history.write("pay", {**history.read("pay"), "former_ids": []})


def _exchanges_two_scenarios(history: History) -> None:
    payment, refund = history.read("payment"), history.read("refund")
    history.write("payment", refund)
    history.write("refund", payment)


def _removes_a_code_of_a_renamed_scenario(history: History) -> None:
    _renames_a_scenario(history)
    history.publish()
    history.remove("pay", "4454")


def _takes_a_name_away(history: History) -> None:
    _gives_codes_other_names(history)
    history.publish()
    history.change("payment", "TIMEOUT", names=[])


def _gives_a_name_to_another_code(history: History) -> None:
    _gives_codes_other_names(history)
    history.publish()
    history.change("payment", "4454", names=["LOW_BALANCE"])
    history.change("payment", "4450", names=["51"])


def _makes_a_name_a_code(history: History) -> None:
    _gives_codes_other_names(history)
    history.publish()
    history.change("payment", "4454", names=["LOW_BALANCE"])
    history.add("payment", new_code("51"))


def _makes_a_code_a_name(history: History) -> None:
    history.change("payment", "4454", code="LOW_BALANCE", names=["4454"])


BREAKING: list[Callable[[History], None]] = [
    _removes_a_code,
    _removes_one_of_two,
    _removes_a_scenario,
    _removes_a_retired_code,
    _writes_a_code_otherwise,
    _writes_a_code_in_small_letters,
    _takes_a_code_elsewhere,
    _renames_a_scenario_silently,
    _renames_a_scenario_twice_and_forgets_the_first,
    _forgets_a_former_id,
    _exchanges_two_scenarios,
    _removes_a_code_of_a_renamed_scenario,
    _takes_a_name_away,
    _gives_a_name_to_another_code,
    _makes_a_name_a_code,
    _makes_a_code_a_name,
]


@pytest.mark.parametrize("change", BREAKING, ids=named)
def test_an_editor_who_would_break_a_link_is_stopped(
    change: Callable[[History], None], history: History
) -> None:
    change(history)
    assert history.problems()["ledger"]
    # Nor does publishing what is new make it good.
    history.publish()
    problems = history.problems()
    assert problems.keys() == {"ledger"}
    assert all(
        ("former_ids" in problem.remedy and "retire" in problem.remedy) or "names" in problem.remedy
        for problem in _diagnostics(history)
    )


def _diagnostics(history: History) -> list[Any]:
    with pytest.raises(CatalogError) as raised:
        history.files()
    return list(raised.value.diagnostics)


@pytest.mark.parametrize("claimed", ["payment", "4454", "acme-4454", "guide", "en", "search"])
def test_a_new_scenario_cannot_take_an_address_that_was_promised(
    claimed: str, history: History
) -> None:
    _renames_a_scenario(history)
    history.publish()
    history.write(claimed, {**history.read("refund"), "codes": [new_code("NEW")]})
    history.list_scenarios("pay", "refund", claimed)
    assert history.problems()["address-taken"]


@pytest.mark.parametrize("claimed", ["payment", "pay", "Refund", "ACME-4454", "EN"])
def test_a_new_code_cannot_take_an_address_that_was_promised(
    claimed: str, history: History
) -> None:
    _renames_a_scenario(history)
    history.publish()
    history.add("refund", new_code(claimed))
    assert history.problems()["address-taken"]


@pytest.mark.parametrize("claimed", ["payment", "1013", "ACME-4450", "EN", "codes"])
def test_a_new_name_cannot_take_an_address_that_was_promised(
    claimed: str, history: History
) -> None:
    history.change("payment", "4454", names=[claimed])
    assert history.problems()["address-taken"]


def test_a_new_code_cannot_take_the_name_of_another(history: History) -> None:
    _gives_codes_other_names(history)
    history.publish()
    history.add("refund", new_code("low-balance"))
    assert history.problems()["address-taken"]


def test_a_former_id_given_twice_makes_no_file_twice(history: History) -> None:
    history.rename("payment", "pay", ["payment", "payment"])
    history.list_scenarios("pay", "refund")
    history.publish()
    assert history.problems() == Counter()


# What the pages then say


def text(element: Any) -> str:
    return " ".join(element.text_content().split())


DAYS = {"zh-TW": "2027年1月31日", "en": "January 31, 2027"}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_of_a_retired_code_says_so_and_leads_to_its_successor(
    locale: str, history: History
) -> None:
    _retires_a_code(history)
    page = history.page(f"{locale}/payment/4450/")
    (notice,) = page.cssselect("[role=note]")
    assert DAYS[locale] in text(notice)
    assert f"Merged ({locale})" in text(notice)
    assert [link.get("href") for link in notice.cssselect("a")] == ["../4454/"]
    assert "4454" in text(notice)
    # At the top: before the page's heading.
    marked = page.cssselect("[role=note], h1")
    assert [element.tag for element in marked] == ["div", "h1"]


def test_a_code_that_is_returned_says_nothing_of_it(history: History) -> None:
    _retires_a_code(history)
    assert not history.page("en/payment/4454/").cssselect("[role=note]")


def test_a_retired_code_without_successor_leads_nowhere(history: History) -> None:
    _retires_a_code_without_successor(history)
    (notice,) = history.page("en/payment/4454/").cssselect("[role=note]")
    assert not notice.cssselect("a")


@pytest.mark.parametrize("locale", LOCALES)
def test_a_retired_code_stands_in_the_retired_section_and_keeps_its_row(
    locale: str, history: History
) -> None:
    _retires_a_code(history)
    page = history.page(f"{locale}/payment/")
    tables = page.cssselect("table")
    rows = [[row.get("id") for row in table.cssselect("tbody tr")] for table in tables]
    assert rows == [["4454", "TIMEOUT"], ["4450"]]
    section = tables[1].getparent()
    assert len(section.cssselect("h2")) == 1
    assert not history.page(f"{locale}/refund/").cssselect("section")


def test_the_permalink_of_a_retired_code_says_so_in_every_language(history: History) -> None:
    _retires_a_code(history)
    for address in ("4450/", "acme-4450/", "payment/4450/"):
        said = text(history.page(address))
        for locale in LOCALES:
            assert DAYS[locale] in said
            assert f"Merged ({locale})" in said
    assert "Merged" not in text(history.page("4454/"))


def test_the_permalink_of_a_code_that_is_retired_in_one_of_two_says_which(
    history: History,
) -> None:
    _retires_one_of_two(history)
    sections = history.page("TIMEOUT/").cssselect("main section")
    assert ["Merged" in text(section) for section in sections] == [True, False]


def test_a_code_that_moved_leads_to_where_it_is_now(history: History) -> None:
    _moves_a_code(history)
    history.publish()
    (notice,) = history.page("en/payment/4454/").cssselect("[role=note]")
    assert [link.get("href") for link in notice.cssselect("a")] == ["../../refund/4454/"]


def test_a_successor_is_looked_for_in_the_same_scenario_first(history: History) -> None:
    history.retire("refund", "1013", "TIMEOUT")
    (notice,) = history.page("en/refund/1013/").cssselect("[role=note]")
    assert [link.get("href") for link in notice.cssselect("a")] == ["../TIMEOUT/"]


def test_a_successor_is_a_record_that_is_returned(history: History) -> None:
    """TIMEOUT is retired in payment, where 4450 was, but not in refund."""
    _retires_one_of_two(history)
    history.retire("payment", "4450", "TIMEOUT")
    (notice,) = history.page("en/payment/4450/").cssselect("[role=note]")
    assert [link.get("href") for link in notice.cssselect("a")] == ["../../refund/TIMEOUT/"]


@pytest.mark.parametrize("former", ["payment", "pay"])
def test_the_old_addresses_of_a_renamed_scenario_lead_to_the_new_ones(
    former: str, history: History
) -> None:
    _renames_a_scenario_twice(history)
    history.publish()
    for locale in LOCALES:
        for old, new in {
            f"{locale}/{former}/": "../charge/",
            f"{locale}/{former}/4454/": "../../charge/4454/",
        }.items():
            page = history.page(old)
            (refresh,) = page.xpath("//meta[@http-equiv='refresh']/@content")
            assert refresh == f"0; url={new}"
            assert [link.get("href") for link in page.cssselect("a")] == [new]
            (canonical,) = page.xpath("//link[@rel='canonical']/@href")
            assert canonical == SITE_URL + old.replace(f"/{former}/", "/charge/")
            assert page.get("lang") == locale
            assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    for old, pages in {
        f"{former}/": ["../zh-TW/charge/", "../en/charge/"],
        f"{former}/4454/": ["../../zh-TW/charge/4454/", "../../en/charge/4454/"],
    }.items():
        links = history.page(old).cssselect("[data-forward] a")
        assert [link.get("href") for link in links] == pages


def test_a_renamed_scenario_is_no_second_entry_anywhere(history: History) -> None:
    _renames_a_scenario(history)
    history.publish()
    files = history.files()
    assert "/payment/" not in files["en/sitemap.xml"]
    links = [link.get("href") for link in history.page("en/").cssselect("a")]
    assert [link for link in links if link.startswith("payment")] == []
