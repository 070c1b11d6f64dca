"""Pages by key: the rows after a row, however many lie before it."""

import datetime as dt
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Generic, TypeVar

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import F, Field, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

Row = TypeVar("Row", bound=Model)
# What a place that no list of ours has named can raise.
MADE_UP: Final = (ValueError, TypeError, OverflowError, ValidationError)


@dataclass(frozen=True, slots=True)
class Key:
    """A column to sort by. Rows without a value come last, either way."""

    name: str
    falling: bool = True

    def order(self) -> OrderBy:
        column = F(self.name)
        if self.falling:
            return column.desc(nulls_last=True)
        return column.asc(nulls_last=True)

    def same(self, value: object) -> Q:
        return Q(
            **{f"{self.name}__isnull": True} if value is None else {self.name: value}
        )

    def beyond(self, value: object) -> Q:
        if value is None:
            return Q(pk__in=[])
        side = "lt" if self.falling else "gt"
        return Q(**{f"{self.name}__{side}": value}) | Q(
            **{f"{self.name}__isnull": True}
        )

    def reached(self, value: object) -> Q:
        """What every row from this value on fulfils, where an index can use it."""
        return Q()


class Filled(Key):
    """A column without gaps: sorted as it stands, so that an index can do it."""

    def order(self) -> OrderBy:
        return F(self.name).desc() if self.falling else F(self.name).asc()

    def beyond(self, value: object) -> Q:
        return Q(**{f"{self.name}__{'lt' if self.falling else 'gt'}": value})

    def reached(self, value: object) -> Q:
        return Q(**{f"{self.name}__{'lte' if self.falling else 'gte'}": value})


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: list[Row]
    next_after: str | None


def page(
    rows: QuerySet[Row], keys: Sequence[Key], *, after: str, size: int
) -> Page[Row]:
    """Up to `size` rows behind the place that `after` names; the last key is unique.

    The place holds the values that are sorted by, so that finding it asks nothing,
    and a row that is gone still has its place. What names none means the beginning.
    """
    place = read_place(rows.model, keys, after)
    return page_of(list(rows_behind(rows, keys, place, size)), keys, size)


Rows = TypeVar("Rows", bound=QuerySet[Any])


def rows_behind(
    rows: Rows, keys: Sequence[Key], place: Sequence[object] | None, size: int
) -> Rows:
    """The rows of a page, and the first one of the next."""
    if place is not None:
        rows = rows.filter(behind(keys, place))
    return rows.order_by(*(key.order() for key in keys))[: size + 1]


def page_of(found: list[Row], keys: Sequence[Key], size: int) -> Page[Row]:
    """The page that a part gave."""
    more = place_of(found[size - 1], keys) if len(found) > size else None
    return Page(found[:size], more)


def place_of(row: Model, keys: Sequence[Key]) -> str:
    values = [getattr(row, key.name) for key in keys]
    text = json.dumps(values, cls=DjangoJSONEncoder, separators=(",", ":"))
    return urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_place(
    model: type[Model], keys: Sequence[Key], text: str
) -> list[object] | None:
    """The place that an address names; None where it names none."""
    try:
        padded = text + "=" * (-len(text) % 4)
        values = json.loads(urlsafe_b64decode(padded.encode()))
        return [
            as_column(model, key, value)
            for key, value in zip(keys, values, strict=True)
        ]
    except (*MADE_UP, RecursionError):
        return None


def as_column(model: type[Model], key: Key, value: object) -> object:
    column = model._meta.get_field(key.name)
    assert isinstance(column, Field)
    if value is None and isinstance(key, Filled):
        raise ValueError("A column without gaps has a value.")
    found = None if value is None else column.to_python(value)
    column.run_validators(found)
    if isinstance(found, dt.datetime):
        if found.tzinfo is None:
            raise ValueError("A place in time needs a zone.")
        # Near the ends of the calendar, no database has such a moment.
        return found.astimezone(dt.UTC)
    return found


def behind(keys: Sequence[Key], place: Sequence[object]) -> Q:
    """Rows that sort after this place: beyond it by the first key that differs."""
    wanted, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, place, strict=True):
        wanted |= same & key.beyond(value)
        same &= key.same(value)
    return keys[0].reached(place[0]) & wanted


def row_number(text: str) -> int | None:
    """The row that an address names; None where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
