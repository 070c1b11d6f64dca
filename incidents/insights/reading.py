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
from incidents.models.prepared import Prepared

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


def rows(user: User, wanted: Wanted, one: Place) -> list[tuple[Any, ...]]:
    """All of it in one statement: between two, the worker might fold something."""
    values = {} if MANAGE in user.rights else {"user": user.pk}
    if one.month != EVER:
        values |= {"first": wanted.first, "last": wanted.last}
        values |= {"label": one.label, "severity": one.severity}
    return ROWS.tuples((user.rights, one.scope, one.month == EVER), **values)


def questions(
    shape: tuple[frozenset[str], str, bool], *, user: int = 0, **months: int
) -> QuerySet[Total, Any]:
    """What somebody with these rights reads of a scope, of all time or of months."""
    rights, scope, ever = shape
    waiting = Tally.objects.filter(waits=True)
    parts: list[QuerySet[Any, Any]] = [
        as_rows(waiting.filter(folded__isnull=False), "folded"),
        as_rows(waiting, "now"),
    ]
    if MANAGE not in rights:
        # Whether it stands is in the row: asked here, it would be asked of all reports.
        theirs = seen_by(User.standing_in(user, rights), "incident__")
        parts.append(as_rows(Tally.objects.filter(theirs, kept_back=True), "named"))
    if not ever:
        first, last = months.pop("first"), months.pop("last")
        within = {"month__gte": first, "month__lte": last}
        parts.append(totals(rights, scope=scope, **within, **months))
    return totals(rights, month=EVER, severity=ANY).union(*parts, all=True)


ROWS: Final[Prepared[Any]] = Prepared(Total, questions)


def totals(rights: frozenset[str], **where: object) -> QuerySet[Total, Any]:
    """The sums that are there, for managers with what is kept from others."""
    known = Total.objects.filter(**where)
    if MANAGE not in rights:
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
