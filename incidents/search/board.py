"""Which action items the board shows: filters, order, groups, numbers."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, Service, User
from incidents.models.action import NEVER, ActionItemQuerySet
from incidents.models.incident import IncidentQuerySet
from incidents.models.labels import folded
from incidents.search.keyset import Key, behind
from incidents.search.promised import OfReports
from incidents.search.reports import NONE

# How far back the board asks whether promises were kept in time.
QUARTER = dt.timedelta(days=90)
ME, NOBODY = "me", "none"


class Filled(Key):
    """A column without gaps: sorted as it stands, so that an index can do it."""

    def order(self) -> OrderBy:
        return F(self.name).desc() if self.falling else F(self.name).asc()

    def beyond(self, value: object) -> Q:
        return Q(**{f"{self.name}__{'lt' if self.falling else 'gt'}": value})


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
NEWEST_CLOSED: Final = (Key("done_at"), Filled("id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What was asked for; what is empty was not. `owner` is a user name."""

    owner: str = ""
    severity: str = ""
    service: str = ""
    kind: str = ""
    state: str = "open"
    due: str = ""
    of: OfReports | None = None

    @property
    def scope(self) -> "Wanted":
        """Whose promises and about what, in whatever state they are."""
        return replace(self, state="open", due="")


@dataclass(frozen=True, slots=True)
class Numbers:
    """What the top of the board says; each is the number of rows it leads to."""

    open: int = 0
    overdue: int = 0
    week: int = 0
    undated: int = 0
    ownerless: int = 0
    closed: int = 0
    on_time: int = 0
    unverified: int = 0

    @property
    def later(self) -> int:
        return self.open - self.overdue - self.week - self.undated

    @property
    def share_on_time(self) -> int:
        return round(100 * self.on_time / self.closed) if self.closed else 0


def items_of(incidents: IncidentQuerySet) -> ActionItemQuerySet:
    """What these incidents promise, asked item by item: for a few of very many."""
    ours = (
        incidents.exclude(state="withdrawn")
        .order_by()
        .filter(pk=OuterRef("incident_id"))
    )
    return ActionItem.objects.filter(Exists(ours))


def find(
    items: QuerySet[ActionItem], wanted: Wanted, *, user: User, now: dt.datetime
) -> QuerySet[ActionItem]:
    """Those that match. `now` is on the clock of the person who asks."""
    items = in_scope(items, wanted, user)
    today = now.date()
    if wanted.state == "open":
        return items.filter(lane=ActionState.OPEN).filter(due_in(wanted.due, today))
    if wanted.state == "declined":
        return items.filter(lane=ActionState.DECLINED)
    if wanted.state == "promised":
        return items.exclude(lane=ActionState.DECLINED)
    done = items.filter(lane=ActionState.DONE)
    if wanted.state == "closed":
        return done.filter(done_at__gte=quarter_before(now))
    if wanted.state == "on_time":
        return done.filter(KEPT, done_at__gte=quarter_before(now))
    if wanted.state in CLOSINGS:
        return done.filter(CLOSINGS[wanted.state])
    if wanted.state == "unverified":
        return done.filter(unverified_by(user, today))
    return done


def in_scope(
    items: QuerySet[ActionItem], wanted: Wanted, user: User
) -> QuerySet[ActionItem]:
    if wanted.owner == NOBODY:
        items = items.filter(ownerless=1)
    elif wanted.owner == ME:
        items = items.filter(owner=user)
    elif wanted.owner:
        items = items.filter(
            Q(owner__username=wanted.owner) | Q(owner=None, owner_name=wanted.owner)
        )
    if wanted.kind:
        items = items.filter(kind="" if wanted.kind == NONE else wanted.kind)
    if wanted.of:
        return items.filter(wanted.of.condition)
    if wanted.severity:
        items = items.filter(incident__severity__name__iexact=wanted.severity)
    if wanted.service:
        named = Service.objects.filter(
            incidents=OuterRef("incident_id"), folded=folded(wanted.service)
        )
        items = items.filter(Exists(named))
    return items


# Closed on its day at the latest, on the site's calendar; one without a date too.
KEPT: Final = Q(done_at__date__lte=F("due_order"))
CLOSINGS: Final = {
    "kept": KEPT,
    "late": Q(done_at__date__gt=F("due_order")),
    "whenever": Q(done_at=None),
}


def unverified_by(user: User, today: dt.date) -> Q:
    """Done some time ago by somebody else, and nobody has looked whether it worked."""
    waiting = Q(verify_from__lte=today, verified_at=None)
    return (
        waiting
        & ~Q(owner=user, owner__isnull=False)
        & ~Q(done_by=user, done_by__isnull=False)
    )


def sunday_of(today: dt.date) -> dt.date:
    """The end of this week."""
    return today + dt.timedelta(days=6 - today.weekday())


def due_in(due: str, today: dt.date) -> Q:
    """The condition of a group of dates. A week ends on Sunday."""
    sunday = sunday_of(today)
    return {
        "overdue": Q(due_order__lt=today),
        "week": Q(due_order__gte=today, due_order__lte=sunday),
        "later": Q(due_order__gt=sunday, due_order__lt=NEVER),
        "none": Q(due_order=NEVER),
    }.get(due, Q())


def group_of(due: dt.date | None, today: dt.date) -> str:
    """The group of dates that a due date belongs to."""
    if due is None:
        return "none"
    if due < today:
        return "overdue"
    return "week" if due <= sunday_of(today) else "later"


def numbers(
    items: QuerySet[ActionItem],
    wanted: Wanted,
    *,
    user: User,
    now: dt.datetime,
    bits: int,
    stretch: dict[str, int],
) -> QuerySet[ActionItem, Any]:
    """How many there are of each, by blocks of postmortems.

    Of a `stretch` of postmortems, those are read; else the index of dates is.
    """
    today = now.date()
    is_open = Q(lane=ActionState.OPEN)
    recent = Q(lane=ActionState.DONE, done_at__gte=quarter_before(now))
    asked = Q(lane=ActionState.DONE) & unverified_by(user, today)
    scope = in_scope(items, wanted, user).order_by()
    if stretch:
        first, last = stretch["first"], stretch["last"]
        scope = scope.filter(incident__gte=first, incident__lte=last)
    else:
        scope = scope.filter(is_open | recent | asked)
    blocks = scope.annotate(block=F("incident_id").bitrightshift(bits))
    return (
        blocks.values("block")
        .annotate(
            open=Count("pk", filter=is_open),
            overdue=Count("pk", filter=is_open & due_in("overdue", today)),
            week=Count("pk", filter=is_open & due_in("week", today)),
            undated=Count("pk", filter=is_open & due_in("none", today)),
            ownerless=Coalesce(Sum("ownerless", filter=is_open), 0),
            closed=Count("pk", filter=recent),
            on_time=Count("pk", filter=recent & KEPT),
            unverified=Count("pk", filter=asked),
        )
        .values_list("block", *(field.name for field in fields(Numbers)))
    )


def quarter_before(now: dt.datetime) -> dt.datetime:
    """The same the whole day through, as what is counted must be."""
    return dt.datetime.combine(now.date() - QUARTER, dt.time(), now.tzinfo)


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


def page(
    items: QuerySet[ActionItem], keys: Sequence[Key], *, after: str, size: int
) -> tuple[list[ActionItem], str]:
    """Rows behind a place, and the place of the last one if there are more.

    A place is named by its keys and not by a row: ticking the row does not lose it.
    """
    place = place_in(after, keys)
    ordered = items.order_by(*(key.order() for key in keys))
    try:
        behind_it = ordered.filter(behind(keys, place)) if place else ordered
    except (TypeError, ValueError, ValidationError):
        behind_it = ordered
    rows = list(behind_it[: size + 1])
    if len(rows) <= size:
        return rows, ""
    last = rows[size - 1]
    named = [value_of(last, key.name) for key in keys]
    return rows[:size], json.dumps(named, default=str, separators=(",", ":"))


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


def order(wanted: Wanted, *, sort: str, group: str) -> Sequence[Key]:
    """Groups in their order, and in each the most pressing first."""
    within = SORTS[sort] if wanted.state == "open" else NEWEST_CLOSED
    return (*GROUPS[group], *within)
