"""Rows that are there, written with SQL that is made once.

Django takes longer to make the SQL of a save than a database to perform it.
"""

from functools import cache
from typing import Any

from django.db import connection, models

Column = models.Field[Any, Any]


def update(row: models.Model, *names: str) -> None:
    """These fields of a row as they are now; without names, all that it has.

    In the transaction of a verb, which holds the row. It tells no signal of it.
    """
    columns, sql = update_of(type(row), names)
    values = [
        column.get_db_prep_save(getattr(row, column.attname), connection=connection)
        for column in columns
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])


@cache
def update_of(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[list[Column], str]:
    """The fields in their order, and the SQL that waits for their values."""
    about = model._meta
    quote = connection.ops.quote_name
    wanted: Any = [about.get_field(name) for name in names]
    columns = wanted or [
        column
        for column in about.local_concrete_fields
        if not (column.primary_key or column.generated)
    ]
    settings = ", ".join(f"{quote(column.column)} = %s" for column in columns)
    there = f"{quote(str(about.pk.column))} = %s"
    return columns, f"UPDATE {quote(about.db_table)} SET {settings} WHERE {there}"
