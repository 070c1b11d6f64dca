"""The position of a row among the others. The timeline is in the order of its times."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from django.db.models import F

from incidents.models import TimelineEntry
from incidents.models.part import Part
from incidents.workflow.refusals import RefusedError


class Place(NamedTuple):
    key: UUID
    position: int
    at: dt.datetime | None = None


def place_row(row: Part, after: UUID | None = None) -> None:
    """Give a new or retimed row its position: by its time, else after `after`."""
    others = other_rows(row)
    first, last = bounds(row, others, loose=False)
    wished = index_after(others, after) if after else None
    if wished is None:
        # Among rows without a time, one that has none goes to the end.
        wished = first if time_of(row) else last
    insert_at(row, others, min(max(wished, first), last))


def place_again(row: Part) -> None:
    """Keep the row's position if its time allows; else move it to where it belongs."""
    others = other_rows(row)
    here = sum(1 for other in others if other.position < row.position)
    first, last = bounds(row, others, loose=True)
    if not first <= here <= last:
        place_row(row)


def move(row: Part, after: UUID | None) -> None:
    """Put the row after another one, or first. Refused where times would not ascend."""
    others = other_rows(row)
    wished = index_after(others, after) if after else 0
    first, last = bounds(row, others, loose=True)
    if wished is None:
        raise RefusedError("The row to move to is no longer there. Look again.")
    if not first <= wished <= last:
        raise RefusedError(
            "The timeline stands in the order of its times. To move this entry, "
            "change its time."
        )
    insert_at(row, others, wished)


def other_rows(row: Part) -> list[Place]:
    columns = ["key", "position"]
    if isinstance(row, TimelineEntry):
        columns.append("at")
    rows = type(row)._default_manager.filter(incident=row.incident_id)
    return [
        Place(*found)
        for found in rows.exclude(pk=row.pk)
        .order_by("position", "pk")
        .values_list(*columns)
    ]


def index_after(others: Sequence[Place], key: UUID | None) -> int | None:
    return next(
        (index + 1 for index, other in enumerate(others) if other.key == key), None
    )


def time_of(row: Part) -> dt.datetime | None:
    return row.at if isinstance(row, TimelineEntry) else None


def bounds(row: Part, others: Sequence[Place], *, loose: bool) -> tuple[int, int]:
    """The first and the last index at which the order of times still holds.

    Entries of one minute keep the order in which they were put; `loose` lets
    the row stand anywhere among them, otherwise it comes after them.
    """
    at = time_of(row)
    first, last = 0, len(others)
    if at is None:
        return first, last
    minute = to_minute(at)
    for index, other in enumerate(others):
        if other.at is None:
            continue
        theirs = to_minute(other.at)
        if theirs < minute or (theirs == minute and not loose):
            first = index + 1
        elif theirs > minute:
            last = min(last, index)
    return first, max(first, last)


def to_minute(moment: dt.datetime) -> dt.datetime:
    return moment.replace(second=0, microsecond=0)


def insert_at(row: Part, others: Sequence[Place], index: int) -> None:
    """Save the row's position at this index; rows from there on move down by one."""
    if index == len(others):
        row.position = others[-1].position + 1 if others else 0
    else:
        row.position = others[index].position
        type(row)._default_manager.filter(
            incident=row.incident_id, position__gte=row.position
        ).exclude(pk=row.pk).update(position=F("position") + 1)
    row.save(update_fields=["position"])


def merge_entries(
    there: Sequence[TimelineEntry], new: Sequence[TimelineEntry]
) -> list[TimelineEntry]:
    """Old and new entries in one order.

    A new one without a time follows the new one before it; the old ones stay in
    their order.
    """
    merged = list(there)
    places = [Place(row.key, 0, row.at) for row in there]
    here = len(places)
    for row in new:
        first, last = bounds(row, places, loose=False)
        here = min(max(here, first), last)
        merged.insert(here, row)
        places.insert(here, Place(row.key, 0, row.at))
        here += 1
    return merged
