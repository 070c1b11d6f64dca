"""Document <-> JSON: what a revision keeps and what `export --format json` prints.

Driven by the types of the Document, so that a new field is carried without a
line here. The names are those of the import object where the two overlap.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from incidents.documents.document import Document

FORMAT = 1
NAMES = {"zone": "timezone", "actions": "action_items"}


class UnreadableError(ValueError):
    """This JSON does not hold a postmortem that we can read. The message says why."""


def to_json(document: Document) -> dict[str, Any]:
    return {"format": FORMAT, **plain(document)}


def from_json(data: Any) -> Document:
    """The document of this JSON; `UnreadableError` where it holds none."""
    if not isinstance(data, Mapping) or not isinstance(data.get("format"), int):
        raise UnreadableError("This is not a postmortem in JSON: it names no format.")
    if data["format"] > FORMAT:
        raise UnreadableError(
            f"This was written in format {data['format']} by a newer version of the "
            f"program; this one reads up to format {FORMAT}. Upgrade first."
        )
    document = build(Document, data, "the postmortem")
    assert isinstance(document, Document)
    return document


def plain(value: Any) -> Any:
    """A value in the types that JSON has."""
    # Nearly all are words: asked first, because a save asks it of a whole document.
    if value is None or type(value) in (str, int, bool):
        return value
    if is_dataclass(value):
        kind: Any = type(value)
        names = json_names(kind)
        return {json: plain(getattr(value, name)) for name, json in names.items()}
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value.value if isinstance(value, Enum) else value


@cache
def json_names(cls: type) -> dict[str, str]:
    """Field -> JSON name. Only the postmortem itself has names of its own."""
    own = NAMES if cls is Document else {}
    return {field.name: own.get(field.name, field.name) for field in fields(cls)}


@cache
def types_of(cls: type) -> dict[str, Any]:
    return get_type_hints(cls)


def build(kind: Any, data: Any, where: str) -> Any:
    """The value of this type that the JSON describes."""
    if get_origin(kind) is UnionType:
        if data is None:
            return None
        (kind,) = (option for option in get_args(kind) if option is not NoneType)
    if get_origin(kind) is tuple:
        rows = expect(list, data, where)
        return tuple(build(get_args(kind)[0], row, where) for row in rows)
    if is_dataclass(kind):
        return build_parts(kind, expect(Mapping, data, where), where)
    return build_leaf(kind, data, where)


def build_parts(kind: Any, data: Mapping[str, Any], where: str) -> Any:
    types, names = types_of(kind), json_names(kind)
    values = {
        name: build(types[name], data[json], f"“{json}”")
        for name, json in names.items()
        if json in data
    }
    try:
        return kind(**values)
    except TypeError as error:
        raise UnreadableError(f"Something is missing in {where}: {error}.") from error


def build_leaf(kind: Any, data: Any, where: str) -> Any:
    if kind in (str, bool, int):
        return expect(kind, data, where)
    try:
        if issubclass(kind, dt.date):
            return kind.fromisoformat(expect(str, data, where))
        return kind(str(data))
    except (ValueError, InvalidOperation) as error:
        raise UnreadableError(f"{where} cannot be “{data}”.") from error


def expect(kind: Any, data: Any, where: str) -> Any:
    if not isinstance(data, kind):
        raise UnreadableError(f"{where} cannot be “{str(data)[:60]}”.")
    return data
