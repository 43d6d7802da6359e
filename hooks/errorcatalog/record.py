"""What every record of the catalogue has in common, and what a field of one can hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, ClassVar, Literal, get_args, get_origin

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, field_validator
from pydantic.fields import FieldInfo
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import PydanticCustomError

from errorcatalog.yaml_source import Origin

# The loader hands each record its origin under a key that no YAML file can hold.
ORIGIN_KEY = "\0origin"


class PerLocale:
    """Marks a text that stands once in every locale."""


Text = Annotated[str, StringConstraints(pattern=r"\S")]
LocalizedText = Annotated[Mapping[str, Text], PerLocale()]


class Record(BaseModel):
    """A frozen record that knows its fields and where it was written.

    Each field that an editor may write has a `description`, a phrase that goes on after
    "expected", and `examples`; the example of a localized text is the text of one locale. A field
    that holds records has none of its own: it is made of the examples of their fields.
    """

    model_config = ConfigDict(
        frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True
    )

    moved: ClassVar[Mapping[str, str]] = {}
    """Fields that this record used to have, each with what to write instead."""

    origin: SkipJsonSchema[Origin] = Field(alias=ORIGIN_KEY, exclude=True, repr=False)

    @field_validator("*", mode="before")
    @classmethod
    def _says_something(cls, value: Any) -> Any:
        """A field that is there has something in it; what may be missing is left out whole."""
        if value is None:
            kind, message = "empty", "a field without a value"
            raise PydanticCustomError(kind, message)
        return value


def written_fields(record: type[Record]) -> dict[str, FieldInfo]:
    """The fields that an editor may write."""
    return {name: field for name, field in record.model_fields.items() if name != "origin"}


def record_type(field: FieldInfo) -> type[Record] | None:
    """The record type in an annotation such as `X`, `X | None` or `list[X]`."""
    types = (part for part in _parts(field) if isinstance(part, type))
    return next((part for part in types if issubclass(part, Record)), None)


def record_types(records: Iterable[type[Record]]) -> Iterator[type[Record]]:
    """Each record type and every one inside it, as often as it is met."""
    for record in records:
        yield record
        inner = (record_type(field) for field in written_fields(record).values())
        yield from record_types(item for item in inner if item)


def is_localized(field: FieldInfo) -> bool:
    """Whether a field holds a text per locale."""
    return any(isinstance(part, PerLocale) for part in _parts(field))


def choices(field: FieldInfo) -> tuple[str, ...]:
    """The values of a field that has just a few, otherwise none."""
    literals = (part for part in _parts(field) if get_origin(part) is Literal)
    return get_args(next(literals, None))


def _parts(field: FieldInfo) -> Iterator[Any]:
    """A field's annotation, and all that it is made of."""
    pending: list[Any] = [field.annotation, *field.metadata]
    while pending:
        part = pending.pop()
        yield part
        pending += get_args(part)
