"""What every record of the catalogue has in common."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from pydantic.json_schema import SkipJsonSchema

from errorcatalog.yaml_source import Origin

# The loader hands each record its origin under a key that no YAML file can hold.
ORIGIN_KEY = "\0origin"

Text = Annotated[str, StringConstraints(pattern=r"\S")]
LocalizedText = Mapping[str, Text]


class Record(BaseModel):
    """A frozen record that knows its fields and where it was written."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True
    )

    origin: SkipJsonSchema[Origin] = Field(alias=ORIGIN_KEY, exclude=True, repr=False)
