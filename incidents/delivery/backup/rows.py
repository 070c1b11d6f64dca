"""A table as lines of JSON, and back: the first line names the columns."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from django.db import connection, models
from django.db.models.functions import Cast

from incidents.database.bulk import Convert, converter, insert_values
from incidents.delivery.backup.texts import Column, page_of

Progress = Callable[[str], None]
Model = type[models.Model]
Part = TypeVar("Part")

# Rows at a time, and of wide rows fewer: what is held in memory at once.
ROWS = 100
BYTES = 4 << 20
SAY_EVERY = 50_000


def columns(model: Model) -> list[Column]:
    """In the order of their names, which is the same on every database."""
    stored = (field for field in model._meta.concrete_fields if not field.generated)
    return sorted(stored, key=lambda field: field.attname)


def lines(model: Model, say: Progress) -> Iterator[bytes]:
    """The whole table, some lines at a time, in the order of its keys."""
    fields = columns(model)
    yield json.dumps([field.attname for field in fields]).encode() + b"\n"
    for page in reported(model, pages(model, fields), say):
        yield page_of(fields, page)


def pages(model: Model, fields: Sequence[Column]) -> Iterator[list[tuple[Any, ...]]]:
    """Rows as the database has them: JSON as its text, and nothing converted."""
    asked = [
        Cast(field.attname, models.TextField())
        if isinstance(field, models.JSONField)
        else field.attname
        for field in fields
    ]
    table = model._base_manager.order_by("pk").values_list(*asked)
    with connection.chunked_cursor() as cursor:
        cursor.execute(*table.query.sql_with_params())
        while page := cursor.fetchmany(ROWS):
            yield page


def load(model: Model, member: Iterable[bytes], say: Progress) -> None:
    """Fills the table, which is empty, as it was written."""
    written = iter(member)
    fields = named(model, json.loads(next(written)))
    steps = [(field.to_python, converter(field)) for field in fields]
    for batch in reported(model, batches(written), say):
        insert_values(model, fields, [row(steps, line) for line in batch])


def reported(
    model: Model, parts: Iterable[list[Part]], say: Progress
) -> Iterator[list[Part]]:
    """These parts of a table, while `say` hears how many rows are done with."""
    label, count = model._meta.label, 0
    for part in parts:
        yield part
        count += len(part)
        if count // SAY_EVERY > (count - len(part)) // SAY_EVERY:
            say(f"{label}, rows so far: {count}")
    say(f"{label}, rows: {count}")


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


def row(steps: Sequence[tuple[Convert, Convert | None]], line: bytes) -> list[Any]:
    """The values of a line as the driver takes them."""
    return [
        value if stored is None else stored(read(value))
        for (read, stored), value in zip(steps, json.loads(line), strict=True)
    ]
