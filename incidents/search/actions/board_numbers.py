"""The numbers and choices on top of the board, as they are now, however many items."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

from django.core.cache import cache
from django.db.models import (
    BigIntegerField,
    CharField,
    Exists,
    OuterRef,
    QuerySet,
    Value,
)
from django.db.models.functions import Cast

from incidents.database.prepared import Prepared
from incidents.models import (
    ActionItem,
    Event,
    Incident,
    Service,
    Severity,
    Tag,
    User,
)
from incidents.search import block_counts
from incidents.search.actions.board import Numbers, WantedItems, items_of, numbers
from incidents.search.block_counts import Counting, Stretch

# A block of so many postmortems is counted in a moment.
BITS: Final = 7
# A name may change beside the record and the admin site.
KEPT_SECONDS: Final = 30

Day = tuple[dt.date, dt.tzinfo | None]


@dataclass(frozen=True, slots=True)
class Counted:
    numbers: Numbers
    offered: dict[str, list[str]]


def counted(wanted: WantedItems, *, user: User, now: dt.datetime) -> Counted:
    """What is counted for this person now.

    One query; after a change of the record some more, about what was changed.
    """
    day = dt.datetime.combine(now.date(), dt.time(), now.tzinfo)
    stamps = sorted(STAMPS.tuples(None, user=user.pk))
    newest = max((pk for kind, pk in stamps if kind == "event"), default=0)
    groups = [pk for kind, pk in stamps if kind == "group"]
    managed = [pk for kind, pk in stamps if kind == "managed"]
    who = (user.pk, sorted(user.rights), groups, managed)
    count = partial(count_blocks, user, wanted.scope, day)
    counting = Counting(BITS, count, total)
    found = block_counts.counted((who, day.isoformat(), wanted.scope), newest, counting)
    return Counted(found, offered(user, (who, newest)))


def stamps(_: None, *, user: int) -> Any:
    """The newest event and change of the catalogue, and the groups of somebody."""
    newest = Event.objects.order_by("-pk").values("pk")[:1]
    events = Event.objects.filter(pk__in=newest).order_by()
    groups = User.groups.through.objects.filter(user=user).order_by()
    first, *others = (
        stamped(events, "event", "pk"),
        stamped(groups, "group", "group_id"),
        stamped(block_counts.last_managed(), "managed", "pk"),
    )
    return first.union(*others, all=True)


def stamped(rows: QuerySet[Any], kind: str, number: str) -> Any:
    whole = Cast(number, BigIntegerField())
    found = rows.annotate(kind=Value(kind), whole=whole)
    return found.values_list("kind", "whole")


STAMPS: Final[Prepared[Any]] = Prepared(Event, stamps)


def count_blocks(
    user: User, wanted: WantedItems, midnight: dt.datetime, stretch: Stretch | None
) -> dict[int, tuple[int, ...]]:
    """The numbers of what this person may see, block by block."""
    within = stretch._asdict() if stretch else {}
    # One moment is midnight of two days, so it would not tell them apart.
    day = (midnight.date(), midnight.tzinfo)
    shape = (user.rights, wanted, day, bool(stretch))
    rows = NUMBERS.tuples(shape, user=user.pk, **within)
    return {block: tuple(found) for block, *found in rows}


def by_blocks(
    shape: tuple[frozenset[str], WantedItems, Day, bool],
    *,
    user: int,
    **stretch: int,
) -> QuerySet[Any, Any]:
    rights, wanted, (day, zone), some = shape
    midnight = dt.datetime.combine(day, dt.time(), zone)
    who = User.placeholder(user, rights)
    theirs = Incident.objects.visible_to(who)
    # Very many are counted by joining with what may be seen, a few one by one.
    items = items_of(theirs) if some else ActionItem.objects.of(theirs)
    return numbers(items, wanted, user=who, now=midnight, bits=BITS, stretch=stretch)


NUMBERS: Final[Prepared[Any]] = Prepared(ActionItem, by_blocks)


def total(blocks: Iterable[Iterable[int]]) -> Numbers:
    return Numbers(*map(sum, zip(*blocks, strict=True)))


def offered(user: User, asked: object) -> dict[str, list[str]]:
    """The severities, services and tags that stand on what somebody may see.

    Others are not offered: a name may be known only from what is not theirs to see.
    """
    key = f"offered-{hashlib.sha256(repr(asked).encode()).hexdigest()}"
    found: dict[str, list[str]] | None = cache.get(key)
    if found is None:
        found = {"severity": [], "service": [], "tag": []}
        for kind, name in CHOICES.tuples(user.rights, **user.reader_param):
            found[kind].append(name)
        cache.set(key, found, KEPT_SECONDS)
    return found


def choices(rights: frozenset[str], *, reader: int = 0) -> Any:
    own = Incident.objects.visible_to(User.placeholder(reader, rights)).order_by()
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
    return named[0].union(*named[1:], all=True).order_by("name")


CHOICES: Final[Prepared[Any]] = Prepared(Severity, choices)
