"""One page of the rows of the board: in which order, and behind which place."""

import datetime as dt
import json
import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any, Final

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from incidents.database.prepared import Prepared
from incidents.models import MANAGE, ActionItem, Incident, Service, User
from incidents.search.actions.board import ME, WantedItems, find, items_of
from incidents.search.keyset import MADE_UP, Filled, Key, behind

BY_ID: Final = Filled("id", falling=False)
BY_DUE: Final = (Filled("due_order", falling=False), BY_ID)
SORTS: Final[dict[str, tuple[Key, ...]]] = {
    "due": BY_DUE,
    "age": (BY_ID,),
    "priority": (Filled("urgency", falling=False), *BY_DUE),
}
GROUPS: Final[dict[str, tuple[Key, ...]]] = {
    "date": (),
    "owner": (Filled("whose", falling=False),),
    "service": (Key("first_service", falling=False),),
    "severity": (Key("incident__severity__rank", falling=False),),
    "incident": (Filled("incident_id"),),
}
# What stands on the board of the postmortem and of the owner of an item.
PRINTED: Final = (
    "incident__title",
    "incident__state",
    "owner__username",
    "owner__first_name",
    "owner__last_name",
)
NEWEST_CLOSED: Final = (Key("done_at"), Filled("id"))


def place_in(text: str, keys: Sequence[Key]) -> list[object] | None:
    """The place of a row that an address names by its keys; None where it is none."""
    try:
        values = json.loads(text) if text else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(values, list) or len(values) != len(keys):
        return None
    return values if all(map(is_plain, values)) else None


def is_plain(value: object) -> bool:
    """Whether a database can compare with it."""
    if isinstance(value, str):
        return "\0" not in value
    return value is None or (isinstance(value, int) and abs(value) < 2**31)


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardRows:
    """The rows that somebody wants to see, on one of their days."""

    wanted: WantedItems
    sort: str
    group: str
    today: dt.date
    zone: dt.tzinfo | None

    @property
    def keys(self) -> tuple[Key, ...]:
        """Groups in their order, and in each the most pressing first."""
        within = SORTS[self.sort] if self.wanted.state == "open" else NEWEST_CLOSED
        return (*GROUPS[self.group], *within)

    def of(self, user: User) -> QuerySet[ActionItem]:
        """All of them, each with all that is known of it."""
        midnight = dt.datetime.combine(self.today, dt.time(), self.zone)
        rows = grouped(rows_of(user), self.group)
        found = find(rows, self.wanted, user=user, now=midnight)
        return found.order_by(*(key.order() for key in self.keys))

    def printed(self, user: User) -> QuerySet[ActionItem]:
        """The same rows with what a page prints, which is read in half the time."""
        severity = ("incident__severity",) if self.group == "severity" else ()
        columns = (column.name for column in ActionItem._meta.concrete_fields)
        rows = self.of(user).select_related(None)
        rows = rows.select_related("incident", "owner", *severity)
        return rows.only(*columns, *PRINTED, *severity)

    def names(self, user: User) -> bool:
        """Whether the answer depends on who asks, beside what they have a right to."""
        own = self.wanted.owner == ME or self.wanted.state == "unverified"
        return own or MANAGE not in user.rights


def rows_of(user: User) -> QuerySet[ActionItem]:
    """Every item on the table that this person may see, with what its row shows."""
    seen = items_of(Incident.objects.visible_to(user))
    return seen.select_related("incident__severity", "owner", "done_by")


def page(
    asked: BoardRows, user: User, *, after: str, size: int
) -> tuple[list[ActionItem], str]:
    """Rows behind a place, and the place of the last one if there are more.

    A place is named by its keys and not by a row: ticking the row does not lose it.
    """
    place = place_in(after, asked.keys)
    rows = rows_behind(place, asked, user, size + 1) if place else None
    if rows is None:
        who = {"user": user.pk} if asked.names(user) else {}
        rows = FIRST_ROWS.rows((user.rights, asked, size + 1), **who)
    if len(rows) <= size:
        return rows, ""
    last = rows[size - 1]
    named = [value_of(last, key.name) for key in asked.keys]
    return rows[:size], json.dumps(named, default=str, separators=(",", ":"))


def totals(
    asked: BoardRows, user: User, shown: Sequence[ActionItem]
) -> dict[object, int]:
    """How many rows each group of these has on all pages, by its value; one query."""
    if not (shown and GROUPS[asked.group]):
        return {}
    (key,) = GROUPS[asked.group]
    here = {same_in_group(asked.group, row) for row in shown}
    same = reduce(operator.or_, map(key.same, here))
    found = asked.of(user).filter(same).order_by()
    return dict(found.values_list(key.name).annotate(Count("pk")))


def same_in_group(group: str, row: ActionItem) -> object:
    """What the rows of a group have in common."""
    (key,) = GROUPS[group]
    return value_of(row, key.name)


def rows_behind(
    place: list[object], asked: BoardRows, user: User, most: int
) -> list[ActionItem] | None:
    """None where nothing can be behind it, because the place is made up."""
    try:
        return list(asked.printed(user).filter(behind(asked.keys, place))[:most])
    except MADE_UP:
        return None


def first_rows(
    shape: tuple[frozenset[str], BoardRows, int], *, user: int = 0
) -> QuerySet[ActionItem]:
    rights, asked, most = shape
    return asked.printed(User.placeholder(user, rights))[:most]


# What nearly everybody looks at.
FIRST_ROWS: Final = Prepared(ActionItem, first_rows)


def value_of(row: ActionItem, path: str) -> Any:
    value: object = row
    for name in path.split("__"):
        value = getattr(value, name, None)
    return value


def comes_before(row: ActionItem, other: ActionItem, keys: Sequence[Key]) -> bool:
    """Whether a row sorts before another one; without a value it comes last."""
    for key in keys:
        mine, its = value_of(row, key.name), value_of(other, key.name)
        if mine != its:
            if mine is None or its is None:
                return its is None
            return bool(mine > its if key.falling else mine < its)
    return False


def grouped(items: QuerySet[ActionItem], group: str) -> QuerySet[ActionItem]:
    """With the column that this group is made by."""
    if group == "owner":
        return items.annotate(whose=Coalesce("owner__username", "owner_name"))
    if group == "service":
        services = Service.objects.filter(incidents=OuterRef("incident_id"))
        first = services.order_by("name").values("name")[:1]
        return items.annotate(first_service=Subquery(first))
    return items
