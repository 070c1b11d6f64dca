"""Read the sums for one person: exactly those of the reports that they may see.

The sums are kept apart for reports open to everyone and for the others. A manager
reads both. For anybody else the few that are named to them are added one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import BigIntegerField, CharField, F, Q, QuerySet, Value

from incidents.insights.counting import (
    ANY,
    EVER,
    Counts,
    Place,
    Standing,
    Sum,
    add,
    counts_of,
    places_of,
)
from incidents.insights.names import LABELS, Names
from incidents.insights.standing import SCOPES
from incidents.models import MANAGE, State, Tally, Total, User
from incidents.models.incident import seen_by
from incidents.models.labels import folded

STANDS: Final = Q(incident__state=State.PUBLISHED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which reports: those of these months, both included, and of these names."""

    first: int
    last: int
    severity: str = ""
    service: str = ""
    tag: str = ""
    factor: str = ""

    @property
    def labels(self) -> dict[str, str]:
        asked = {kind: str(getattr(self, kind)) for kind in LABELS}
        return {kind: name for kind, name in asked.items() if name}


@dataclass(slots=True)
class Sums:
    """What was read: counts by month, and which names occur at all."""

    names: Names
    months: dict[int, Counts] = field(default_factory=dict)
    ever: dict[tuple[str, int], Counts] = field(default_factory=dict)

    def over(self, first: int, last: int) -> Sum:
        """The sum of the months from `first` to `last`, both included."""
        total = Sum()
        for month in range(first, last + 1):
            add(total, self.months.get(month, {}))
        return total

    def offered(self, kind: str) -> list[str]:
        """The labels of this kind that stand on a report that they may see."""
        seen = [
            label
            for (scope, label), counts in self.ever.items()
            if scope == kind and counts["n"]
        ]
        return sorted((self.names.of(kind, label) for label in seen), key=folded)


def read(user: User, wanted: Wanted, names: Names) -> Sums:
    """One query; a second one where labels of several kinds are asked for at once."""
    sums = Sums(names)
    one = place_asked(wanted, names)
    for what, scope, label, month, counts in rows(user, wanted, one):
        if what == "total":
            keep(sums, Place(scope, label, one.severity, month, False), counts, 1)
        else:
            for place, found in places_of(counts):
                if asked_for(place, one, wanted, user, named=what == "named"):
                    keep(sums, place, found, -1 if what == "folded" else 1)
    if len(wanted.labels) > 1:
        add_live(sums, user, wanted, one)
    return sums


def place_asked(wanted: Wanted, names: Names) -> Place:
    """The sums that hold it. Those of labels of several kinds are in none."""
    kind, label = "", 0
    if len(wanted.labels) == 1:
        kind, name = next(iter(wanted.labels.items()))
        label = names.number(kind, name)
    severity = names.severity(wanted.severity)
    month = EVER if len(wanted.labels) > 1 else wanted.first
    return Place(kind, label, severity, month, False)


def rows(user: User, wanted: Wanted, one: Place) -> Any:
    """All of it in one statement: between two, the worker might fold something."""
    waiting = Tally.objects.filter(waits=True)
    parts: list[QuerySet[Any, Any]] = [
        as_rows(waiting.filter(folded__isnull=False), "folded"),
        as_rows(waiting, "now"),
    ]
    if MANAGE not in user.rights:
        # Whether it stands is in the row: asked here, it would be asked of all reports.
        kept_back = Tally.objects.filter(seen_by(user, "incident__"), kept_back=True)
        parts.append(as_rows(kept_back, "named"))
    if one.month != EVER:
        months = (wanted.first, wanted.last)
        named = {"scope": one.scope, "label": one.label, "severity": one.severity}
        parts.append(totals(user, **named, month__range=months))
    return totals(user, month=EVER, severity=ANY).union(*parts, all=True)


def totals(user: User, **where: object) -> QuerySet[Total, Any]:
    """The sums that are there, for managers with what is kept from others."""
    known = Total.objects.filter(**where)
    if MANAGE not in user.rights:
        known = known.filter(kept_back=False)
    what = Value("total", CharField())
    return known.order_by().values_list(what, "scope", "label", "month", "counts")


def as_rows(tallies: QuerySet[Tally], what: str) -> QuerySet[Tally, Any]:
    """Columns as the sums have them."""
    return tallies.order_by().values_list(
        Value(what, CharField()),
        Value("", CharField()),
        Value(0, BigIntegerField()),
        "month",
        F("folded" if what == "folded" else "now"),
    )


def asked_for(
    place: Place, one: Place, wanted: Wanted, user: User, *, named: bool
) -> bool:
    """Whether this person asked for this sum of a single report."""
    if place.kept_back != named and MANAGE not in user.rights:
        return False
    if place.month == EVER:
        return place.severity == ANY
    within = one.month != EVER and wanted.first <= place.month <= wanted.last
    return within and place[:3] == one[:3]


def keep(sums: Sums, place: Place, counts: Counts, times: int) -> None:
    if place.month == EVER:
        add(sums.ever.setdefault((place.scope, place.label), {}), counts, times)
    else:
        add(sums.months.setdefault(place.month, {}), counts, times)


def add_live(sums: Sums, user: User, wanted: Wanted, one: Place) -> None:
    """Count the reports themselves: those with all of these labels are few."""
    found = Tally.objects.filter(
        STANDS, seen_by(user, "incident__"), month__range=(wanted.first, wanted.last)
    )
    for kind, name in wanted.labels.items():
        column = f"incident__listing__{SCOPES[kind]}"
        found = found.filter(**{column: sums.names.number(kind, name)})
    for standing in standings(found):
        if one.severity in (ANY, standing["severity"]):
            add(sums.months.setdefault(standing["month"], {}), counts_of(standing))


def standings(tallies: QuerySet[Tally]) -> Iterator[Standing]:
    yield from tallies.order_by().values_list("now", flat=True)
