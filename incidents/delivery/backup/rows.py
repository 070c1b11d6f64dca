"""A table as lines of JSON, and back: the first line names the columns."""

import datetime as dt
import json
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.duration import duration_iso_string

Progress = Callable[[str], None]
Model = type[models.Model]
Column = models.Field[Any, Any]

# Rows at a time, and of wide rows fewer: what is held in memory at once.
ROWS = 200
BYTES = 4 << 20
SAY_EVERY = 50_000


def columns(model: Model) -> list[Column]:
    """In the order of their names, which is the same on every database."""
    stored = (field for field in model._meta.concrete_fields if not field.generated)
    return sorted(stored, key=lambda field: field.attname)


def lines(model: Model, say: Progress) -> Iterator[bytes]:
    """The whole table; read on from the last key, so no cursor has to hold it."""
    names = [field.attname for field in columns(model)]
    yield as_line(names)
    label, count = model._meta.label, 0
    for row in rows(model, names):
        yield as_line(row)
        count += 1
        if count % SAY_EVERY == 0:
            say(f"{label}: {count} rows so far")
    say(f"{label}: {count} rows")


def rows(model: Model, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    key = model._meta.pk.attname
    place = names.index(key)
    table = model._base_manager.order_by(key).values_list(*names)
    page = list(table[:ROWS])
    while page:
        yield from page
        page = list(table.filter(**{f"{key}__gt": page[-1][place]})[:ROWS])


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


ENCODER = json.JSONEncoder(default=plain, sort_keys=True)


def as_line(values: Sequence[Any]) -> bytes:
    return ENCODER.encode(values).encode() + b"\n"


def load(model: Model, member: Iterable[bytes], say: Progress) -> None:
    """Fills the table, which is empty, as it was written."""
    written = iter(member)
    fields = named(model, json.loads(next(written)))
    label, count = model._meta.label, 0
    for batch in batches(written):
        model._base_manager.bulk_create(row(model, fields, line) for line in batch)
        count += len(batch)
        if count // SAY_EVERY > (count - len(batch)) // SAY_EVERY:
            say(f"{label}: {count} rows so far")
    say(f"{label}: {count} rows")


def named(model: Model, names: Sequence[str]) -> list[Column]:
    known = {field.attname: field for field in columns(model)}
    return [known[name] for name in names]


def batches(written: Iterable[bytes]) -> Iterator[list[bytes]]:
    batch: list[bytes] = []
    size = 0
    for line in written:
        batch.append(line)
        size += len(line)
        if len(batch) == ROWS or size >= BYTES:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def row(model: Model, fields: Sequence[Column], line: bytes) -> models.Model:
    values = zip(fields, json.loads(line), strict=True)
    return model(**{field.attname: field.to_python(value) for field, value in values})
