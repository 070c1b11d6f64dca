"""Very many rows at once, as plain values: for restores and for loads.

An instance of a model costs more than its row. Nothing here fills in a default or
checks a value: whoever calls it has every value, and the database refuses the rest.
"""

import json
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.db import connection, models

Column = models.Field[Any, Any]
Convert = Callable[[Any], Any]

# The drivers take numbers, words and nothing at all as they are.
AS_IT_IS = (
    models.BooleanField,
    models.CharField,
    models.FileField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
)


class Written(str):
    """The text of a JSON value, so that it is not written once more."""

    __slots__ = ()


def converter(field: Column) -> Convert | None:
    """What makes of a value what the driver takes; None where nothing has to."""
    if isinstance(field, models.JSONField):
        return partial(written, encoder=field.encoder)
    if isinstance(field, AS_IT_IS):
        return None
    return partial(field.get_db_prep_save, connection=connection)


def written(value: Any, encoder: type[json.JSONEncoder] | None = None) -> str | None:
    if value is None or isinstance(value, Written):
        return value
    return json.dumps(value, cls=encoder)


def insert_values(
    model: type[models.Model],
    fields: Sequence[Column],
    rows: Sequence[Sequence[Any]],
) -> None:
    """Add rows with these columns; their values have been converted."""
    quote = connection.ops.quote_name
    columns = [quote(str(field.column)) for field in fields]
    into = f"{quote(model._meta.db_table)} ({', '.join(columns)})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            values = f"({', '.join(['%s'] * len(columns))})"
            cursor.executemany(" ".join(("INSERT INTO", into, "VALUES", values)), rows)
