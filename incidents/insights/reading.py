"""Read the sums for one person: exactly those of the reports that they may see.

The sums are kept apart for reports open to everyone and for the others. A manager
reads both. For anybody else the few that are named to them are added one by one.

What was read is kept, too, until a `Change` says that it is another one. Only what
waits to be folded is read every time.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from django.core.cache import cache
from django.db.models import Q, QuerySet

from incidents.insights.asking import (
    NAMED,
    TOTALS,
    Found,
    SumsRequest,
    WantedSums,
    place_asked,
    rows,
)
from incidents.insights.counting import ANY, Place, ReportCounts, counts_of, places_of
from incidents.insights.names import Names
from incidents.insights.sums import Sums
from incidents.insights.tallies import SCOPES
from incidents.models import State, Tally, User
from incidents.models.incident import seen_by

STANDS: Final = Q(incident__state=State.PUBLISHED)
# Each part that is kept, with the rows that tell when it is to be read anew.
STAMPED_BY: Final = {TOTALS: ("fold",), NAMED: ("change", "group")}
# A worker of the release before folds and does not say so.
KEPT_SECONDS: Final = 300

Stamp = list[tuple[str, int]]


class CachedSums(NamedTuple):
    """Sums, with what they were told by."""

    stamp: Stamp
    sums: Sums


def read(user: User, wanted: WantedSums, names: Names) -> Sums:
    """One query, two after a change; one more where labels of several kinds are asked.

    All that is read together is of one moment: between two statements, the worker
    might fold something.
    """
    asked = SumsRequest(user, wanted, names, place_asked(wanted, names))
    kept, found = up_to_date(asked)
    sums, *others = (known.sums for known in kept)
    for other in others:
        sums.join(other)
    for what, times in (("folded", -1), ("now", 1)):
        for *_, counted in found[what]:
            add_one(sums, counted, asked, times)
    if len(wanted.labels) > 1:
        add_live(sums, asked)
    return sums


def up_to_date(asked: SumsRequest) -> tuple[list[CachedSums], Found]:
    """Each part as it is now, and what was found in the same moment."""
    parts = (TOTALS,) if asked.manages else (TOTALS, NAMED)
    known: dict[str, CachedSums] = {
        part: kept for part in parts if (kept := cache.get(asked.key(part)))
    }
    found = rows(asked, tuple(part for part in parts if part not in known))
    if any(kept.stamp != stamp_of(part, found) for part, kept in known.items()):
        known, found = {}, rows(asked, parts)
    return [known.get(part) or keep(part, found, asked) for part in parts], found


def stamp_of(part: str, found: Found) -> Stamp:
    return sorted((what, row[2]) for what in STAMPED_BY[part] for row in found[what])


def keep(part: str, found: Found, asked: SumsRequest) -> CachedSums:
    """A part as it was just read, kept from now on."""
    sums = Sums(asked.wanted.period)
    for _, scope, label, month, counts in found[part]:
        if part == NAMED:
            add_one(sums, counts, asked, named=True)
        else:
            sums.keep(Place(scope, label, asked.one.severity, month, False), counts)
    kept = CachedSums(stamp_of(part, found), sums)
    cache.set(asked.key(part), kept, KEPT_SECONDS)
    return kept


def add_one(
    sums: Sums,
    counted: ReportCounts,
    asked: SumsRequest,
    times: int = 1,
    *,
    named: bool = False,
) -> None:
    """Add what a single report counts for."""
    for place, counts in places_of(counted):
        if asked.holds(place, named=named):
            sums.keep(place, counts, times)


def add_live(sums: Sums, asked: SumsRequest) -> None:
    """Count the reports themselves: those with all of these labels are few."""
    wanted, one = asked.wanted, asked.one
    found = Tally.objects.filter(
        STANDS,
        seen_by(asked.user, "incident__"),
        month__range=(wanted.first, wanted.last),
    )
    for kind, name in wanted.labels.items():
        column = f"incident__listing__{SCOPES[kind]}"
        found = found.filter(**{column: asked.names.number(kind, name)})
    for counted in counted_now(found):
        if one.severity in (ANY, counted["severity"]):
            place = one._replace(month=counted["month"])
            sums.keep(place, counts_of(counted))


def counted_now(tallies: QuerySet[Tally]) -> Iterator[ReportCounts]:
    yield from tallies.order_by().values_list("now", flat=True)
