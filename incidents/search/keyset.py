"""Pages by key: the rows after a row, however many lie before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import F, Model, Q, QuerySet
from django.db.models.expressions import OrderBy

Row = TypeVar("Row", bound=Model)


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


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    rows: list[Row]
    next_after: int | None


def page(
    rows: QuerySet[Row], keys: Sequence[Key], *, after: int | None, size: int
) -> Page[Row]:
    """Up to `size` rows behind the one named `after`; the last key is unique.

    A row that is gone has no place to go on from: then this is the first page.
    """
    names = [key.name for key in keys]
    place = rows.filter(pk=after).values_list(*names).first() if after else None
    if place:
        rows = rows.filter(behind(keys, place))
    found = list(rows.order_by(*(key.order() for key in keys))[: size + 1])
    more = found[size - 1].pk if len(found) > size else None
    return Page(found[:size], more)


def behind(keys: Sequence[Key], place: Sequence[object]) -> Q:
    """Rows that sort after this place: beyond it by the first key that differs."""
    wanted, same = Q(pk__in=[]), Q()
    for key, value in zip(keys, place, strict=True):
        wanted |= same & key.beyond(value)
        same &= key.same(value)
    return wanted


def row_number(text: str) -> int | None:
    """The row that an address names; None where it names none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None
