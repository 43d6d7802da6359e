"""The shape of the published data: a promise to the programs that read it.

Within one schema version a field is added, never renamed or removed, and keeps its meaning and
type. `catalog.schema.json` is made of these types.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel
from pydantic.json_schema import models_json_schema

SCHEMA_VERSION: Literal[1] = 1
_DIALECT = "https://json-schema.org/draft/2020-12/schema"

Texts = Mapping[str, str]
Addresses = Mapping[str, str]


class Published(BaseModel):
    """A record of the published data."""

    # A program that holds what it reads against the schema must go on working when a field is
    # added, so the schema forbids no other fields; that there are none is held by the model.
    model_config = ConfigDict(
        frozen=True, extra="ignore", validate_by_name=True, serialize_by_alias=True
    )


class PublishedLocale(Published):
    """A language of the reference."""

    id: str = Field(description="A BCP 47 language tag; texts have it as a key.")
    name: str = Field(description="The language as its readers call it.")
    default: bool = Field(description="Whether readers of whom nothing is known get it.")


class PublishedGroup(Published):
    """A group of scenarios."""

    id: str = Field(description="Lower-case words joined by hyphens.")
    title: Texts = Field(description="The group's name in every language.")


class PublishedScenario(Published):
    """A scenario: where an integrator meets a code."""

    id: str = Field(description="Lower-case words joined by hyphens; part of addresses.")
    group: str = Field(description="The id of its group.")
    title: Texts = Field(description="The scenario's name in every language.")
    summary: Texts = Field(description="When an integrator meets its codes, in every language.")
    source: str | None = Field(description="Its name in the publication, where that is known.")
    former_ids: list[str] = Field(description="Ids it had before; their addresses still answer.")
    pages: Addresses = Field(description="Its page in every language.")


class PublishedChoice(Published):
    """A value of `party` or `retry`, in words."""

    value: str = Field(description="The value as codes have it.")
    label: Texts = Field(description="Its name in every language.")
    meaning: Texts = Field(description="What it means, in every language.")


class PublishedRetirement(Published):
    """That a code is returned no more."""

    on: date = Field(description="The day from which it is not returned.")
    reason: Texts = Field(description="Why, in every language.")
    replaced_by: str | None = Field(description="The code that is returned instead.")


class PublishedCode(Published):
    """One code in one scenario. Scenario and code together name it; a code alone may not."""

    scenario: str = Field(description="The id of its scenario.")
    group: str = Field(description="The id of the scenario's group.")
    code: str = Field(description="The code as the API returns it; text, also where it is digits.")
    message: str = Field(description="The API message, byte for byte.")
    title: Texts = Field(description="A short heading in every language.")
    description: Texts = Field(description="What the code means, in every language.")
    source: str | None = Field(
        description="The published wording, where the description corrects it."
    )
    names: list[str] = Field(
        description="Other names of the same code, such as its number; their addresses answer too."
    )
    party: str | None = Field(description="Who acts first: a value of `parties`.")
    retry: str | None = Field(description="Whether to send it again: a value of `retries`.")
    action: Texts | None = Field(description="What to check and do, in every language.")
    payer_text: Texts | None = Field(
        description="What may be shown to the payer as it is, in every language."
    )
    added: date | None = Field(description="The day on which it entered the reference.")
    retired: PublishedRetirement | None = Field(description="Null for a code that is returned.")
    permalink: str = Field(
        description="Its shortest address: no language in it, and never another record's."
    )
    pages: Addresses = Field(description="Its page in every language.")
    markdown: Addresses = Field(description="The same page as Markdown, in every language.")


class PublishedChange(Published):
    """What changed on one day; records are named scenario/code."""

    on: date = Field(description="The day.")
    summary: Texts | None = Field(description="What it was about, in every language.")
    added: list[str] = Field(description="Records that are new.")
    reworded: list[str] = Field(description="Records that say something in other words.")
    retired: list[str] = Field(description="Records that are returned no more.")


class PublishedCatalog(Published):
    """The whole catalogue. Every list is in reading order.

    Addresses are full where the site's own is known, and else relative to the file's.
    """

    schema_address: str = Field(
        alias="$schema", description="The address of the schema that describes this file."
    )
    schema_version: Literal[1] = Field(
        description="Within one version, fields are added, never renamed or removed."
    )
    content_hash: str = Field(
        pattern="^sha256:[0-9a-f]{64}$",
        description="Changes with the content alone, not with the site's address.",
    )
    message_language: str | None = Field(description="The language of the API messages.")
    locales: list[PublishedLocale] = Field(description="Every language, the default one first.")
    groups: list[PublishedGroup] = Field(description="Every group of scenarios.")
    scenarios: list[PublishedScenario] = Field(description="Every scenario.")
    parties: list[PublishedChoice] = Field(description="What `party` may be.")
    retries: list[PublishedChoice] = Field(description="What `retry` may be.")
    codes: list[PublishedCode] = Field(description="Every code in every scenario.")
    changes: list[PublishedChange] = Field(description="What changed when, the latest first.")


class PublishedRecords(RootModel[PublishedCode | list[PublishedCode]]):
    """The file of one code: the record, or a list where it stands in several scenarios."""


def schema(address: str) -> str:
    """The JSON Schema (2020-12) of `catalog.json`; `address` is its own full one, or "".

    The file of a single code is described by `#/$defs/PublishedRecords` in it.
    """
    models: list[tuple[type[BaseModel], Literal["serialization"]]] = [
        (PublishedCatalog, "serialization"),
        (PublishedRecords, "serialization"),
    ]
    _, definitions = models_json_schema(models, by_alias=True)
    whole: dict[str, Any] = {"$schema": _DIALECT}
    if address:
        whole["$id"] = address
    whole |= {"$ref": "#/$defs/PublishedCatalog", "$defs": definitions["$defs"]}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
