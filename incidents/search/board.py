"""Action items of many postmortems, grouped by how soon they are due."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import F, QuerySet

from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, State, User
from incidents.models.incident import IncidentQuerySet

OPEN = (ActionState.OPEN, ActionState.IN_PROGRESS)
SOON = ("Overdue", "This week", "Later", "No date")
RECENTLY = dt.timedelta(days=30)
# A page of more is not read; whoever has more closes some, or narrows the board.
MOST_OPEN, MOST_CLOSED = 200, 30


@dataclass(frozen=True, slots=True)
class Item:
    row: ActionItem
    days_late: int


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Board:
    """The groups that have items, most pressing first; `cut` where more are open."""

    groups: list[Group]
    cut: bool


def board(
    incidents: IncidentQuerySet, *, owner: User | None, now: dt.datetime
) -> Board:
    """What these incidents have promised, or what one owner has; two queries."""
    items = ActionItem.objects.filter(
        incident__in=incidents.exclude(state=State.WITHDRAWN)
    ).select_related("incident", "owner")
    if owner:
        items = items.filter(owner=owner)
    soonest = (F("due_on").asc(nulls_last=True), "pk")
    pressing = list(items.filter(state__in=OPEN).order_by(*soonest)[: MOST_OPEN + 1])
    groups = [*by_date(pressing[:MOST_OPEN], now.date()), closed(items, now)]
    shown = [group for group in groups if group.items]
    return Board(shown, cut=len(pressing) > MOST_OPEN)


def by_date(rows: Sequence[ActionItem], today: dt.date) -> Iterator[Group]:
    groups = {name: Group(name, []) for name in SOON}
    for row in rows:
        late = (today - row.due_on).days if row.due_on else 0
        groups[when(row.due_on, today)].items.append(Item(row, late))
    yield from groups.values()


def when(due: dt.date | None, today: dt.date) -> str:
    """The group of a due date. A week ends on Sunday."""
    if due is None:
        return "No date"
    if due < today:
        return "Overdue"
    sunday = today + dt.timedelta(days=6 - today.weekday())
    return "This week" if due <= sunday else "Later"


def closed(items: QuerySet[ActionItem], now: dt.datetime) -> Group:
    rows = items.filter(state=ActionState.DONE, done_at__gte=now - RECENTLY)
    newest = rows.order_by("-done_at", "-pk")[:MOST_CLOSED]
    return Group("Closed in the last 30 days", [Item(row, 0) for row in newest])
