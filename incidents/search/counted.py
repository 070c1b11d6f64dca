"""The numbers and choices on top of the board, counted once a change of the record."""

import datetime as dt
import hashlib
from dataclasses import dataclass

from django.core.cache import cache

from incidents.models import ActionItem, Event, Incident, User
from incidents.search.board import Numbers, Wanted, numbers
from incidents.search.reports import choices

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
