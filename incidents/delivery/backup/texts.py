"""Values of a table as JSON, a column of many rows at a time.

A row at a time, each value would cost a call or two; a column of one sort of value
is turned by loops that run in C.
"""

import datetime as dt
import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from json.encoder import encode_basestring_ascii as quoted
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models.expressions import Col
from django.utils.duration import duration_iso_string

Column = models.Field[Any, Any]
Text = Callable[[Any], str]
NULL = "null"


def page_of(fields: Sequence[Column], rows: Sequence[Sequence[Any]]) -> bytes:
    """These rows as lines of JSON; the values are as a cursor gave them."""
    texts = [
        column(text_of(field), values)
        for field, values in zip(fields, zip(*rows, strict=True), strict=True)
    ]
    lines = map(", ".join, zip(*texts, strict=True))
    return "".join(f"[{line}]\n" for line in lines).encode()


def column(text: Text, values: Sequence[Any]) -> Iterable[str]:
    if None in values:
        return [NULL if value is None else text(value) for value in values]
    return map(text, values)


def text_of(field: Column) -> Text:
    """What makes JSON of a value of this field, as a cursor gives it."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    for sorts, text in TEXTS:
        if isinstance(field, sorts):
            return text
    return other(field)


def moment(value: dt.datetime) -> str:
    """SQLite keeps UTC without saying so."""
    return f'"{value.isoformat()}"' if value.tzinfo else f'"{value.isoformat()}+00:00"'


def key(value: UUID | str) -> str:
    """SQLite keeps the digits alone."""
    text = value if isinstance(value, str) else value.hex
    return f'"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"'


def one_line(value: str) -> str:
    """JSON already; between its values it may hold the end of a line."""
    return value.replace("\n", " ")


def other(field: Column) -> Text:
    """By way of the value that the model would have."""
    column = Col(field.model._meta.db_table, field)
    steps = [
        *connection.ops.get_db_converters(column),
        *column.get_db_converters(connection),
    ]

    def text(value: Any) -> str:
        for step in steps:
            value = step(value, column, connection)
        return json.dumps(value, default=plain)

    return text


def plain(value: Any) -> str:
    """What JSON has no word for, as the field's own `to_python` reads it."""
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, dt.timedelta):
        return duration_iso_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return b64encode(value).decode("ascii")
    raise TypeError(f"A {type(value).__name__} has no form in a backup yet.")


TEXTS: Sequence[tuple[type[Any] | tuple[type[Any], ...], Text]] = (
    (models.IntegerField, str),
    ((models.CharField, models.TextField, models.FileField), quoted),
    (models.BooleanField, {True: "true", False: "false"}.__getitem__),
    (models.DateTimeField, moment),
    (models.UUIDField, key),
    (models.JSONField, one_line),
)
