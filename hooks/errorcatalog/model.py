"""The catalogue as typed, frozen values: what an editor writes, and nothing derived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, get_args

from pydantic import Field, StringConstraints

from errorcatalog.locales import Locale
from errorcatalog.placeholders import STYLES
from errorcatalog.record import LocalizedText, Record, Text

# RFC 3986 unreserved characters without "~"; a letter or digit at both ends, so that no code is
# "." or ".." and none is cut by what follows it in a sentence.
CODE_PATTERN = r"^[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?$"
PLACEHOLDERS_PATTERN = rf"^({'|'.join(STYLES)}|/.+/)$"
SCENARIO_ID_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"

Code = Annotated[str, StringConstraints(pattern=CODE_PATTERN, max_length=100)]
ScenarioId = Annotated[str, StringConstraints(pattern=SCENARIO_ID_PATTERN, max_length=60)]


# Who has to act, the first to do so.
Party = Literal["payer", "merchant", "integrator", "platform", "channel", "issuer"]
PARTY_MEANINGS: Mapping[Party, str] = {
    "payer": "The payer acts first, for example by paying in another way or by verification.",
    "merchant": "The merchant acts first, for example on account status, permissions or balance.",
    "integrator": "The developer who calls the API acts first, for example on parameters or keys.",
    "platform": "The platform that runs the API acts first.",
    "channel": "The payment channel acts first.",
    "issuer": "The issuing bank acts first.",
}

# Whether the same request may be sent again.
Retry = Literal["never", "after-fix", "later", "check-first"]
RETRY_MEANINGS: Mapping[Retry, str] = {
    "never": "The same request can never succeed.",
    "after-fix": "A request can succeed once something named is changed.",
    "later": "The same request may succeed after waiting.",
    "check-first": (
        "The outcome is unknown: the transaction is queried before anything else, in order not to"
        " charge or refund twice."
    ),
}


def _meanings(values: Any, meanings: Mapping[Any, str]) -> dict[str, Any]:
    """What each value means, as editors show it beside the values."""
    return {"enumDescriptions": [meanings[value] for value in get_args(values)]}


class Retired(Record):
    """That a code is returned no more; its page and its links stay."""

    on: date = Field(
        description="the day from which the code is not returned", examples=[date(2027, 1, 31)]
    )
    reason: LocalizedText = Field(
        description="why, as one text per locale",
        examples=["Expired cards are reported as 4455."],
    )
    replaced_by: Text | None = Field(
        default=None,
        description="the code that is returned instead, in double quotes",
        examples=["4455"],
    )


class ErrorCode(Record):
    """One code in one scenario."""

    code: Code = Field(
        description="the code in double quotes: letters, digits, and `.`, `_`, `-` between them",
        examples=["4403"],
    )
    message: Text = Field(
        description="the API message as it comes over the wire, byte for byte",
        examples=["The card used has expired."],
    )
    description: LocalizedText = Field(
        description="what the code means, as one text per locale",
        examples=["The payer's card is past its expiry date."],
    )
    title: LocalizedText | None = Field(
        default=None,
        description="a short heading per locale, where the description is too long for one",
        examples=["Expired card"],
    )
    source: Text | None = Field(
        default=None,
        description="the published wording, where the description corrects it",
        examples=["The payers card is past it's expiry date"],
    )
    names: list[Code] = Field(
        default=[],
        description=(
            "other names of the same code, such as its number, each in double quotes: letters,"
            " digits, and `.`, `_`, `-` between them"
        ),
        examples=[["16"]],
    )
    party: Party | None = Field(
        default=None,
        description="who has to act first",
        examples=["payer"],
        json_schema_extra=_meanings(Party, PARTY_MEANINGS),
    )
    retry: Retry | None = Field(
        default=None,
        description="whether the same request may be sent again",
        examples=["after-fix"],
        json_schema_extra=_meanings(Retry, RETRY_MEANINGS),
    )
    action: LocalizedText | None = Field(
        default=None,
        description="what to check and do, in order, in one to three sentences per locale",
        examples=["Ask the payer to use another card."],
    )
    payer_text: LocalizedText | None = Field(
        default=None,
        description="a sentence per locale that may be shown to the payer as it is",
        examples=["Your card has expired. Please use another card."],
    )
    added: date | None = Field(
        default=None,
        description="the day on which the code entered this reference",
        examples=[date(2026, 11, 22)],
    )
    retired: Retired | None = Field(
        default=None, description="`on`, `reason` and `replaced_by` of a code no longer returned"
    )
    aliases: list[Text] = Field(
        default=[],
        description="other words that people search for, in any language; they are never shown",
        examples=[["insufficient funds", "額度不足"]],
    )


class ScenarioRecord(Record):
    """One file under `scenarios/`."""

    title: LocalizedText = Field(
        description="the scenario's name, as one text per locale", examples=["Payouts"]
    )
    source: Text | None = Field(
        default=None,
        description="the scenario's name in the published reference",
        examples=["Pay-out"],
    )
    former_ids: list[ScenarioId] = Field(
        default=[],
        description="the ids it had before, so that their addresses go on answering",
        examples=[["pay"]],
    )
    summary: LocalizedText = Field(
        description="when an integrator meets these codes, as one text per locale",
        examples=["Errors when a balance is paid out to a bank account."],
    )
    codes: list[ErrorCode] = Field(
        min_length=1, description="the scenario's codes, each an entry that begins with `- code:`"
    )


class Group(Record):
    """A group of scenarios, in reading order."""

    id: ScenarioId = Field(description="lower-case words joined by hyphens", examples=["payouts"])
    title: LocalizedText = Field(
        description="the group's name, as one text per locale", examples=["Payout error codes"]
    )
    scenarios: list[ScenarioId] = Field(
        description="the ids of its scenarios: their file names, in lower case with hyphens",
        examples=[["payment", "card-binding"]],
    )


class Undisclosed(Record):
    """Refusals whose reason a payer is not told, and what is said instead."""

    payer_text: LocalizedText = Field(
        description="the one sentence for all of them, per locale",
        examples=["The payment could not be completed. Please use another payment method."],
    )
    codes: list[Text] = Field(
        description="the records, each as scenario/code", examples=[["payment/3000"]]
    )


class Journey(Record):
    """The life of a payment as a picture: general practice, in which scenario ids are stations."""

    stages: list[list[ScenarioId]] = Field(
        min_length=1,
        description="the stages in order, each a list of scenario ids",
        examples=[[["order"], ["payment"], ["capture", "refund"]]],
    )
    beside: list[ScenarioId] = Field(
        default=[], description="scenarios that stand beside the way", examples=[["transfer"]]
    )


class CodesRecord(Record):
    """What is said about the codes as such."""

    prefix: Code | None = Field(
        default=None,
        description=(
            "what people put before a code to say whose it is: letters, digits, and `.`, `_`, `-`"
            " between them"
        ),
        examples=["ACME"],
    )
    placeholders: Annotated[str, StringConstraints(pattern=PLACEHOLDERS_PATTERN)] | None = Field(
        default=None,
        description=(
            "how messages mark their parameters: "
            + ", ".join(f"`{style}`" for style in STYLES)
            + ", or a regular expression between slashes"
        ),
        examples=[*STYLES, r"/\$[A-Z]+/"],
    )


class CatalogRecord(Record):
    """The file `catalog.yml`."""

    moved: ClassVar[Mapping[str, str]] = {"prefix": "write it as `prefix` below `codes:`"}

    message_language: Text | None = Field(
        default=None,
        description="the language of the API messages, as a BCP 47 tag",
        examples=["en"],
    )
    codes: CodesRecord | None = Field(
        default=None,
        description="`prefix` and `placeholders`: what is said about the codes as such",
    )
    undisclosed: Undisclosed | None = Field(
        default=None, description="`payer_text` and `codes` of refusals without a reason"
    )
    journey: Journey | None = Field(
        default=None, description="`stages` and `beside`: the life of a payment on the home page"
    )
    groups: list[Group] = Field(
        min_length=1, description="the groups in reading order, each with its scenarios"
    )


class Change(Record):
    """What changed in the catalogue on one day; records are named scenario/code."""

    on: date = Field(description="the day of the change", examples=[date(2026, 11, 22)])
    summary: LocalizedText | None = Field(
        default=None,
        description="what it was about, in a sentence per locale",
        examples=["Two codes of card binding are new."],
    )
    added: list[Text] = Field(
        default=[], description="the records that are new", examples=[["payment/4454"]]
    )
    reworded: list[Text] = Field(
        default=[],
        description="the records that say something in other words",
        examples=[["payment/4454"]],
    )
    retired: list[Text] = Field(
        default=[], description="the records that were retired", examples=[["payment/4454"]]
    )


class ChangesRecord(Record):
    """The file `changes.yml`."""

    changes: list[Change] = Field(
        description="the changes by day, the latest first, each an entry that begins with `- on:`"
    )


@dataclass(frozen=True)
class Scenario:
    """A scenario with its place in the catalogue."""

    id: str
    group: Group
    record: ScenarioRecord

    @property
    def title(self) -> LocalizedText:
        return self.record.title

    @property
    def summary(self) -> LocalizedText:
        return self.record.summary

    @property
    def codes(self) -> list[ErrorCode]:
        return self.record.codes

    @property
    def former_ids(self) -> list[str]:
        return list(dict.fromkeys(self.record.former_ids))


@dataclass(frozen=True)
class Catalog:
    """Everything, in reading order. `locales` begins with the default one."""

    message_language: str | None
    prefix: str | None
    placeholders: str | None
    """As the field of `CodesRecord`; None if messages have no parameters."""
    undisclosed: Undisclosed | None
    journey: Journey | None
    groups: tuple[Group, ...]
    scenarios: tuple[Scenario, ...]
    locales: tuple[Locale, ...]
    changes: tuple[Change, ...] = ()
    """What readers are told has changed, the latest first."""

    @property
    def default_locale(self) -> Locale:
        return self.locales[0]

    def scenarios_by_group(self) -> Iterator[tuple[Group, tuple[Scenario, ...]]]:
        """Every group with its scenarios, in reading order."""
        for group in self.groups:
            yield group, tuple(item for item in self.scenarios if item.group is group)

    def records(self) -> Iterator[tuple[Scenario, ErrorCode]]:
        """Every code with its scenario, in reading order."""
        for scenario in self.scenarios:
            for code in scenario.codes:
                yield scenario, code
