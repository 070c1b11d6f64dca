"""The numbers and choices on top of the board, counted once a change of the record."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.core.cache import cache
from django.db.models import CharField, Exists, OuterRef, Value

from incidents.models import (
    ActionItem,
    Event,
    Incident,
    Service,
    Severity,
    Tag,
    User,
)
from incidents.models.incident import IncidentQuerySet
from incidents.search.board import Numbers, Wanted, numbers

# Each change writes an Event, so a new number of the newest one makes these new. The
# time is for what is decided beside the record: who is in a group, what is named how.
KEPT_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Counted:
    numbers: Numbers
    offered: dict[str, list[str]]


def counted(wanted: Wanted, *, user: User, now: dt.datetime) -> Counted:
    """What is counted for this person now. One query, or three after a change."""
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first()
    asked = repr((user.pk, sorted(user.rights), newest, now.date(), wanted.scope))
    key = f"board-{hashlib.sha256(asked.encode()).hexdigest()}"
    found = cache.get(key)
    if not isinstance(found, Counted):
        found = count(wanted, user=user, now=now)
        cache.set(key, found, KEPT_SECONDS)
    return found


def count(wanted: Wanted, *, user: User, now: dt.datetime) -> Counted:
    """What is counted, asked of the database now."""
    incidents = Incident.objects.visible_to(user)
    items = ActionItem.objects.of(incidents)
    return Counted(numbers(items, wanted.scope, user=user, now=now), choices(incidents))


def choices(incidents: IncidentQuerySet) -> dict[str, list[str]]:
    """The severities, services and tags that these incidents have, in one query.

    Others are not offered: a name may be known only from what is not theirs to see.
    """
    own = incidents.order_by()
    kinds = {
        "severity": Severity.objects.filter(
            Exists(own.filter(severity=OuterRef("pk")))
        ),
        "service": Service.objects.filter(Exists(own.filter(services=OuterRef("pk")))),
        "tag": Tag.objects.filter(Exists(own.filter(tags=OuterRef("pk")))),
    }
    named = [
        rows.order_by().values_list(Value(kind, CharField()), "name")
        for kind, rows in kinds.items()
    ]
    offered: dict[str, list[str]] = {kind: [] for kind in kinds}
    for kind, name in named[0].union(*named[1:], all=True).order_by("name"):
        offered[kind].append(name)
    return offered
