"""Counts of very many rows that a change mends, instead of having them made anew.

Postmortems are counted in blocks of neighbouring numbers. Every change of the record
leaves an Event that names its postmortem, so after it only that block is counted
again, however many blocks there are. What is shown is exact, and each person's own:
their rights are part of every count.
"""

import hashlib
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Generic, NamedTuple, TypeVar

from django.contrib.admin.models import LogEntry
from django.core.cache import cache
from django.db.models import QuerySet

from incidents.database.prepared import Prepared
from incidents.models import Event

# All are counted anew so often, for a name that is changed without an Event and beside
# the admin site, too. Few blocks are counted quickly, many are not.
SOON: Final = 30
LATER: Final = 600
FEW_BLOCKS: Final = 8
# Of several who write at once, the later number may be seen first. So many of the
# last events are known one by one, and after a while it is looked for others.
LAST: Final = 100
LOOK_AGAIN: Final = 10
# After more events than this, counting all is the shorter way.
MOST_EVENTS: Final = 500
MOST_BLOCKS: Final = 16

Part = TypeVar("Part")
Whole = TypeVar("Whole")


class Stretch(NamedTuple):
    """Postmortems from a number on, up to another one, both included."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Counting(Generic[Part, Whole]):
    """How something is counted: some postmortems, or all of them, block by block.

    `bits` says how large a block is; `whole` makes of all blocks what is shown.
    """

    bits: int
    count: Callable[[Stretch | None], dict[int, Part]]
    whole: Callable[[Iterable[Part]], Whole]


@dataclass(frozen=True, slots=True)
class CachedCounts(Generic[Whole]):
    """What was counted when `newest` was the newest event; `known` are the last ones.

    It is `sure` when a while later still nothing else had been written before it.
    """

    newest: int
    known: frozenset[int]
    looked_at: float
    until: float
    sure: bool
    whole: Whole

    def holds(self, newest: int) -> bool:
        calm = self.sure or time.time() - self.looked_at < LOOK_AGAIN
        return self.newest == newest and calm


def counted(asked: object, newest: int, counting: Counting[Part, Whole]) -> Whole:
    """The whole as it is now; `asked` names all that it depends on but the record."""
    key = f"counted-{hashlib.sha256(repr(asked).encode()).hexdigest()}"
    kept: CachedCounts[Whole] | None = cache.get(key)
    if kept is None or not kept.holds(newest):
        kept = counted_now(key, kept, newest, counting)
    return kept.whole


def counted_now(
    key: str,
    kept: CachedCounts[Whole] | None,
    newest: int,
    counting: Counting[Part, Whole],
) -> CachedCounts[Whole]:
    """What was kept, brought up to date, or all counted again; kept from now on."""
    now = time.time()
    # Looked for before anything is counted: what comes between is counted twice.
    last = (kept.newest if kept else newest) - LAST
    events = dict(EVENTS.tuples(None, after=max(last, 0)))
    # They stand apart, because only a change needs them.
    blocks: dict[int, Part] | None = cache.get(f"{key}-blocks") if kept else None
    if kept and blocks:
        blocks = after_events(blocks, kept, events, counting)
    until = kept.until if kept else now
    if not blocks:
        blocks = counting.count(None)
        until = now + (LATER if len(blocks) > FEW_BLOCKS else SOON)
    newest = max(events, default=newest)
    fresh = CachedCounts(
        newest=newest,
        known=frozenset(event for event in events if event > newest - LAST),
        looked_at=now,
        until=until,
        sure=kept is not None and kept.newest == newest,
        whole=counting.whole(blocks.values()),
    )
    cache.set_many({key: fresh, f"{key}-blocks": blocks}, max(until - now, 0))
    return fresh


def after_events(
    blocks: dict[int, Part],
    kept: CachedCounts[Whole],
    events: Mapping[int, int],
    counting: Counting[Part, Whole],
) -> dict[int, Part] | None:
    """The blocks as they are after these events; None where they are too many."""
    if len(events) >= MOST_EVENTS or max(events, default=0) < kept.newest:
        return None
    unseen = events.keys() - kept.known
    changed = {events[event] >> counting.bits for event in unseen}
    if len(changed) > MOST_BLOCKS:
        return None
    for block in changed:
        blocks.pop(block, None)
        blocks |= counting.count(stretch_of(block, counting.bits))
    return blocks


def stretch_of(block: int, bits: int) -> Stretch:
    return Stretch(block << bits, ((block + 1) << bits) - 1)


def last_managed() -> QuerySet[LogEntry]:
    """The last change in the admin site: it may be a name, and leaves no Event."""
    last = LogEntry.objects.order_by("-pk").values("pk")[:1]
    return LogEntry.objects.filter(pk__in=last).order_by()


def last_events(_: None, *, after: int) -> Any:
    """The last events with their postmortems, from one on."""
    last = Event.objects.order_by("-pk").values("pk")[:MOST_EVENTS]
    rows = Event.objects.filter(pk__in=last, pk__gt=after)
    return rows.order_by().values_list("pk", "incident_id")


EVENTS: Final[Prepared[Any]] = Prepared(Event, last_events)
