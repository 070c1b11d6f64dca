"""Which action items the board shows: filters, order, groups, numbers."""

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any, Final

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, Service, User
from incidents.models.action import NEVER, ActionItemQuerySet
from incidents.models.incident import IncidentQuerySet
from incidents.models.labels import folded
from incidents.search.actions.promised import OfReports
from incidents.search.reports.filtering import NONE

# How far back the board asks whether promises were kept in time.
QUARTER = dt.timedelta(days=90)
ME, NOBODY = "me", "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedItems:
    """What was asked for; what is empty was not. `owner` is a username."""

    owner: str = ""
    severity: str = ""
    service: str = ""
    kind: str = ""
    state: str = "open"
    due: str = ""
    of: OfReports | None = None

    @property
    def scope(self) -> "WantedItems":
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


NUMBERS: Final = tuple(field.name for field in fields(Numbers))


def items_of(incidents: IncidentQuerySet) -> ActionItemQuerySet:
    """What these incidents promise, asked item by item: for a few of very many."""
    ours = (
        incidents.exclude(state="withdrawn")
        .order_by()
        .filter(pk=OuterRef("incident_id"))
    )
    return ActionItem.objects.filter(Exists(ours))


def find(
    items: QuerySet[ActionItem], wanted: WantedItems, *, user: User, now: dt.datetime
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
    items: QuerySet[ActionItem], wanted: WantedItems, user: User
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
    wanted: WantedItems,
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
    unverified = Q(lane=ActionState.DONE) & unverified_by(user, today)
    counts = {
        "open": Count("pk", filter=is_open),
        "overdue": Count("pk", filter=is_open & due_in("overdue", today)),
        "week": Count("pk", filter=is_open & due_in("week", today)),
        "undated": Count("pk", filter=is_open & due_in("none", today)),
        "ownerless": Coalesce(Sum("ownerless", filter=is_open), 0),
        "closed": Count("pk", filter=recent),
        "on_time": Count("pk", filter=recent & KEPT),
        "unverified": Count("pk", filter=unverified),
    }
    scope = in_scope(items, wanted, user).order_by()
    if stretch:
        first, last = stretch["first"], stretch["last"]
        scope = scope.filter(incident__gte=first, incident__lte=last)
    else:
        scope = scope.filter(is_open | recent | unverified)
    blocks = scope.annotate(block=F("incident_id").bitrightshift(bits)).values("block")
    return blocks.annotate(**counts).values_list("block", *NUMBERS)


def quarter_before(now: dt.datetime) -> dt.datetime:
    """The same the whole day through, as what is counted must be."""
    return dt.datetime.combine(now.date() - QUARTER, dt.time(), now.tzinfo)
