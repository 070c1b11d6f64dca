"""Rows written with SQL that is made once.

Django takes longer to make the SQL of a save than a database to perform it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Final

from django.db import connection, models

Column = models.Field[Any, Any]
# Of one statement, where the database itself sets no lower bound.
MOST_VALUES: Final = 10_000


def insert_rows(rows: Sequence[models.Model]) -> None:
    """New rows of one model; the database numbers them. It tells no signal of it."""
    if not rows:
        return
    columns, into, returning = insert_of(type(rows[0]))
    place = f"({', '.join(['%s'] * len(columns))})"
    most = (connection.features.max_query_params or MOST_VALUES) // len(columns)
    with connection.cursor() as cursor:
        for start in range(0, len(rows), most):
            some = rows[start : start + most]
            places = ", ".join([place] * len(some))
            values = [value for row in some for value in values_of(row, columns)]
            cursor.execute(" ".join((into, places, returning)), values)
            for row, (number,) in zip(some, cursor.fetchall(), strict=True):
                row.pk = number
                row._state.adding, row._state.db = False, connection.alias


def update_row(row: models.Model, *names: str) -> None:
    """These fields of a row as they are now; without names, all that it has.

    In the transaction of a verb, which holds the row. It tells no signal of it.
    """
    columns, sql = update_of(type(row), names)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values_of(row, columns), row.pk])


def values_of(row: models.Model, columns: list[Column]) -> list[Any]:
    """As the database takes them."""
    return [
        column.get_db_prep_save(getattr(row, column.attname), connection=connection)
        for column in columns
    ]


@cache
def insert_of(model: type[models.Model]) -> tuple[list[Column], str, str]:
    """The fields in their order, and the SQL before and after their values."""
    columns = all_of(model)
    names = ", ".join(quoted(column.column) for column in columns)
    into = f"INSERT INTO {quoted(model._meta.db_table)} ({names}) VALUES"
    return columns, into, f"RETURNING {quoted(model._meta.pk.column)}"


@cache
def update_of(
    model: type[models.Model], names: tuple[str, ...]
) -> tuple[list[Column], str]:
    """The fields in their order, and the SQL that waits for their values; the number
    of the row is the last of them.
    """
    wanted: Any = [model._meta.get_field(name) for name in names]
    columns: list[Column] = wanted or all_of(model)
    settings = ", ".join(f"{quoted(column.column)} = %s" for column in columns)
    table, number = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    return columns, " ".join(
        ("UPDATE", table, "SET", settings, "WHERE", number, "= %s")
    )


def all_of(model: type[models.Model]) -> list[Column]:
    """Its fields but for those that the database fills in."""
    return [
        column
        for column in model._meta.local_concrete_fields
        if not (column.primary_key or column.generated)
    ]


def quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))
