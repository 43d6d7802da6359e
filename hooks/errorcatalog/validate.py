"""A YAML document held against a record type, each fault told in an editor's words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from pydantic import ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from errorcatalog.diagnostics import Diagnostic, did_you_mean, foremost
from errorcatalog.record import (
    ORIGIN_KEY,
    Record,
    choices,
    is_localized,
    record_type,
    written_fields,
)
from errorcatalog.yaml_source import Document, Key, KeyPath, Origin, as_yaml

R = TypeVar("R", bound=Record)

# The fields by which people name a record.
_NAMING_FIELDS = ("code", "id")

_KINDS = {
    bool: "a truth value",
    int: "a number",
    float: "a number",
    dict: "fields",
    list: "a list",
    str: "text",
}

# What is said of a value beyond a limit, and the rule that it breaks.
_LIMITS: Mapping[str, tuple[str, str]] = {
    "string_too_long": ("longer than {max_length} characters", "characters"),
    "too_short": ("fewer than {min_length} entries", "type"),
}

# What pydantic missed, by the type of its error.
_WANTED = {
    "bool_type": "`true` or `false`",
    "date_type": "a date without quotes",
    "dict_type": "fields",
    "list_type": "a list",
    "model_type": "fields",
    "string_type": "text",
}


def validate(
    model: type[R], document: Document, *, label: str
) -> tuple[R | None, list[Diagnostic]]:
    """Build a record from a document.

    `label` names the record in diagnostics. Where only some entries of a list are wrong, the
    record is returned with the others, so that the checks on them still run; None where
    nothing can be used. The diagnostics hold every fault of both kinds.
    """
    if not isinstance(document.data, dict):
        origin = Origin(document, (), label)
        remedy = f"expected the fields {_listed(written_fields(model))}"
        found = f"{_kind(document.data)} instead of fields"
        return None, [origin.problem(found=found, remedy=remedy, check="type")]
    data = _with_origins(model, document.data, Origin(document, (), label))
    try:
        return model.model_validate(data), []
    except ValidationError as error:
        faults = error.errors(include_url=False)
    diagnostics = foremost(_diagnostic(model, data, fault) for fault in faults)
    return _without(model, data, faults), list(diagnostics)


def _without(model: type[R], data: dict[str, Any], faults: list[ErrorDetails]) -> R | None:
    """The record without the list entries that have faults."""
    bad = {fault["loc"][:2] for fault in faults}
    rest = {
        name: [entry for index, entry in enumerate(value) if (name, index) not in bad]
        if isinstance(value, list)
        else value
        for name, value in data.items()
    }
    try:
        return model.model_validate(rest)
    except ValidationError:
        return None


def _with_origins(model: type[Record], data: dict[str, Any], origin: Origin) -> dict[str, Any]:
    """The data with each record's origin put in, where the model expects a record."""
    inner = _record_types(model)
    result = {
        name: _nested(inner[name], value, origin, (*origin.path, name)) if name in inner else value
        for name, value in data.items()
    }
    return {**result, ORIGIN_KEY: origin}


def _nested(inner: type[Record], value: Any, parent: Origin, path: KeyPath) -> Any:
    if isinstance(value, list):
        return [_nested(inner, entry, parent, (*path, index)) for index, entry in enumerate(value)]
    if not isinstance(value, dict):
        return value
    return _with_origins(inner, value, Origin(parent.document, path, label_of(parent, value, path)))


def label_of(parent: Origin, value: Mapping[str, Any], path: KeyPath) -> str:
    """The name for people of the record with the data `value`, at `path`, inside another."""
    for name in _NAMING_FIELDS:
        if isinstance(value.get(name), str) and value[name]:
            return f"{parent.label}/{value[name]}"
    step = f"{path[-2]}[{path[-1]}]" if isinstance(path[-1], int) else str(path[-1])
    return f"{parent.label} {step}"


@cache
def _record_types(model: type[Record]) -> Mapping[str, type[Record]]:
    """The fields of a model that hold records, each with their type."""
    types = ((name, record_type(field)) for name, field in model.model_fields.items())
    return {name: inner for name, inner in types if inner}


def _diagnostic(model: type[Record], data: dict[str, Any], fault: ErrorDetails) -> Diagnostic:
    record, origin, rest = _innermost(model, data, fault["loc"])
    name = rest[0] if rest else ""
    field = record.model_fields.get(str(name))
    found, check = _found(fault, origin, rest)
    if fault["type"] == "extra_forbidden":
        remedy = _instead_of(str(name), record)
    elif check == "not-quoted":
        remedy = f'write "{_written(fault, origin, rest)}"'
    else:
        remedy = _expected(field, rest)
    return origin.problem(*rest, found=found, remedy=remedy, check=check)


def _innermost(
    model: type[Record], data: dict[str, Any], path: KeyPath
) -> tuple[type[Record], Origin, KeyPath]:
    """The record that a fault lies in, and the fault's path inside that record."""
    record, origin, start = model, data[ORIGIN_KEY], 0
    value: Any = data
    for index, key in enumerate(path):
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            break
        if isinstance(value, dict) and isinstance(value.get(ORIGIN_KEY), Origin):
            record = _record_types(record).get(str(path[start]), record)
            origin, start = value[ORIGIN_KEY], index + 1
    return record, origin, path[start:]


def _found(fault: ErrorDetails, origin: Origin, rest: tuple[Key, ...]) -> tuple[str, str]:
    """What was found, in words, and the name of the rule that it breaks."""
    value, kind = fault["input"], fault["type"]
    if kind == "missing":
        return "missing", "missing-field"
    if kind == "extra_forbidden":
        return "unknown field", "unknown-field"
    if value is None or (isinstance(value, str) and not value.strip()) or value in ([], {}):
        return "empty", "empty"
    if kind == "string_type" and not isinstance(value, dict | list):
        written = _written(fault, origin, rest)
        return f"not quoted, so YAML reads `{written}` as {_kind(value)} ({value})", "not-quoted"
    if kind == "string_pattern_mismatch":
        return f"`{value}` has the wrong form", "characters"
    if kind == "literal_error":
        return f"`{value}` is not one of its values", "choice"
    if kind in _LIMITS:
        found, check = _LIMITS[kind]
        return found.format_map(fault["ctx"]), check
    return f"{_kind(value)} instead of {_WANTED.get(kind, 'the value expected')}", "type"


def _written(fault: ErrorDetails, origin: Origin, rest: tuple[Key, ...]) -> str:
    """The value as it stands in the file."""
    return origin.document.written.get((*origin.path, *rest), str(fault["input"]))


def _instead_of(name: str, record: type[Record]) -> str:
    """What to write instead of a field that the record does not have."""
    if name in record.moved:
        return f"it has moved: {record.moved[name]}"
    known = written_fields(record)
    return did_you_mean(name, known) or f"known are {_listed(known)}"


def _expected(field: FieldInfo | None, rest: KeyPath) -> str:
    """What belongs at `rest`, the path of a value in its record."""
    if field is None or not field.description:
        return "expected text"
    if values := choices(field):
        return f"expected {field.description}: {', '.join(values[:-1])} or {values[-1]}"
    return f"expected {field.description}{_such_as(field, rest)}"


def _such_as(field: FieldInfo, rest: KeyPath) -> str:
    """The field's example, unless it says nothing new."""
    # The example of a localized text is of one locale: it is no example of the whole field.
    if not field.examples or (is_localized(field) and len(rest) == 1):
        return ""
    example = f"`{as_yaml(field.examples[0])}`"
    return "" if example in (field.description or "") else f", such as {example}"


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    return _KINDS.get(type(value), f"a {type(value).__name__}")


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
