"""Rows to insert all at once: made in one process, written in another."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models

from incidents.database.bulk import Column, Convert, converter, insert_values

AnyModel = type[models.Model]
Values = Mapping[str, Any]
Row = tuple[Any, ...]


class BulkRows:
    """Collects rows as the arguments of their models, without making models."""

    def __init__(self) -> None:
        self.rows: dict[AnyModel, list[Values]] = defaultdict(list)

    def add(self, model: AnyModel, **values: Any) -> None:
        """One row; all rows of a model name the same columns."""
        self.rows[model].append(values)

    def packed(self) -> list["PackedTable"]:
        return [pack(model, rows) for model, rows in self.rows.items()]


class PackedTable:
    """The rows of one table as the driver takes them; they can be pickled."""

    def __init__(self, model: AnyModel, names: list[str], rows: list[Row]) -> None:
        # A table that only joins two others has no class that could be imported.
        self.label, self.names, self.rows = model._meta.label, names, rows

    def write(self) -> None:
        model = apps.get_model(self.label)
        insert_values(model, [column(model, name) for name in self.names], self.rows)


def pack(model: AnyModel, rows: Sequence[Values]) -> PackedTable:
    """These rows, with a value for each column that the database does not fill in."""
    given = {column(model, name): name for name in rows[0]}
    left = [
        field
        for field in model._meta.concrete_fields
        if field not in given and not field.generated and not field.primary_key
    ]
    steps = [(name, converter_of(field, name)) for field, name in given.items()]
    rest = tuple(converted(converter(field), field.get_default()) for field in left)
    made = [
        (*(converted(convert, values[name]) for name, convert in steps), *rest)
        for values in rows
    ]
    return PackedTable(model, [field.name for field in (*given, *left)], made)


def column(model: AnyModel, name: str) -> Column:
    """The field of this name, or with a column of this name: a model takes both."""
    return next(f for f in model._meta.concrete_fields if name in (f.name, f.attname))


def converter_of(field: Column, name: str) -> Convert | None:
    """How to convert this argument: a row that is given instead of its number, too."""
    by_itself = field.is_relation and name == field.name
    return number_of if by_itself else converter(field)


def number_of(row: models.Model | None) -> Any:
    return None if row is None else row.pk


def converted(convert: Convert | None, value: Any) -> Any:
    return value if convert is None else convert(value)
