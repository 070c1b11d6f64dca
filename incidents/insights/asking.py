"""What one person asks the sums for, and the statement that reads them."""

from collections import defaultdict
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final

from django.db.models import BigIntegerField, CharField, F, JSONField, QuerySet, Value

from incidents.database.prepared import Prepared
from incidents.insights.counting import ANY, EVER, Place
from incidents.insights.names import LABELS, Names
from incidents.insights.period import Period
from incidents.models import MANAGE, Change, Tally, Total, User
from incidents.models.incident import seen_by

# What is asked for in parts: the sums of reports that many see, and those of the few
# that are named to somebody.
TOTALS, NAMED = "total", "named"


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedSums:
    """Which reports: those of this period, and of the one before, with these names."""

    period: Period
    severity: str = ""
    service: str = ""
    tag: str = ""
    factor: str = ""

    @property
    def first(self) -> int:
        return self.period.before.first

    @property
    def last(self) -> int:
        return self.period.last

    @property
    def labels(self) -> dict[str, str]:
        asked = {kind: str(getattr(self, kind)) for kind in LABELS}
        return {kind: name for kind, name in asked.items() if name}


# What a row is about, the scope and the number of a label, a month, and what counts.
Row = tuple[str, str, int, int, Any]
# Those of one moment, by what they are about.
Found = dict[str, list[Row]]


@dataclass(frozen=True, slots=True)
class SumsRequest:
    """What one person wants to read, and the place of the sums that hold it."""

    user: User
    wanted: WantedSums
    names: Names
    one: Place

    @property
    def manages(self) -> bool:
        return MANAGE in self.user.rights

    def key(self, part: str) -> str:
        """Where a part is kept. The totals are the same for many people."""
        rights = sorted(self.user.rights)
        who = (self.user.pk, rights) if part == NAMED else self.manages
        about = repr((part, who, self.one, self.wanted.period))
        return f"sums-{sha256(about.encode()).hexdigest()}"

    def holds(self, place: Place, *, named: bool) -> bool:
        """Whether this person asked for this sum of a single report."""
        if place.kept_back != named and not self.manages:
            return False
        if place.month == EVER:
            return place.severity == ANY
        if self.one.month == EVER or place[:3] != self.one[:3]:
            return False
        return self.wanted.first <= place.month <= self.wanted.last


def place_asked(wanted: WantedSums, names: Names) -> Place:
    """The sums that hold it. Those of labels of several kinds are in none."""
    kind, label = "", 0
    if len(wanted.labels) == 1:
        kind, name = next(iter(wanted.labels.items()))
        label = names.number(kind, name)
    severity = names.severity(wanted.severity)
    month = EVER if len(wanted.labels) > 1 else wanted.first
    return Place(kind, label, severity, month, False)


def rows(asked: SumsRequest, parts: tuple[str, ...]) -> Found:
    """What waits and what was changed last, with these parts, by what it is about."""
    wanted, one = asked.wanted, asked.one
    values = {"user": asked.user.pk}
    if TOTALS in parts and one.month != EVER:
        values |= {"first": wanted.first, "last": wanted.last}
        values |= {"label": one.label, "severity": one.severity}
    shape = (asked.user.rights, one.scope, one.month == EVER, parts)
    found: Found = defaultdict(list)
    for row in ROWS.tuples(shape, **values):
        found[row[0]].append(row)
    return found


Shape = tuple[frozenset[str], str, bool, tuple[str, ...]]


def questions(shape: Shape, *, user: int, **months: int) -> QuerySet[Any, Any]:
    """What somebody with these rights reads of a scope, of all time or of months."""
    rights, scope, ever, wanted = shape
    waiting = Tally.objects.filter(waits=True)
    groups = User.groups.through.objects.filter(user=user)
    parts: list[QuerySet[Any, Any]] = [
        as_rows(waiting.filter(folded__isnull=False), "folded"),
        numbers(groups, "group", "group_id"),
        numbers(Change.objects.newest(kept_back=False), "fold", "pk"),
        numbers(Change.objects.newest(kept_back=True), "change", "pk"),
    ]
    if NAMED in wanted:
        # Whether it stands is in the row: asked here, it would be asked of all reports.
        theirs = seen_by(User.placeholder(user, rights), "incident__")
        parts.append(as_rows(Tally.objects.filter(theirs, kept_back=True), NAMED))
    if TOTALS in wanted:
        parts.append(totals(rights, month=EVER, severity=ANY))
        if not ever:
            first, last = months.pop("first"), months.pop("last")
            within = {"month__gte": first, "month__lte": last}
            parts.append(totals(rights, scope=scope, **within, **months))
    return as_rows(waiting, "now").union(*parts, all=True)


ROWS: Final[Prepared[Any]] = Prepared(Tally, questions)


def totals(rights: frozenset[str], **where: object) -> QuerySet[Total, Any]:
    """The sums that are there, for managers with what is kept from others."""
    known = Total.objects.filter(**where)
    if MANAGE not in rights:
        known = known.filter(kept_back=False)
    what = Value(TOTALS, CharField())
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


def numbers(rows: QuerySet[Any], what: str, number: str) -> QuerySet[Any, Any]:
    """Numbers of rows alone, in the same columns."""
    return rows.order_by().values_list(
        Value(what, CharField()),
        Value("", CharField()),
        number,
        Value(EVER, BigIntegerField()),
        Value({}, JSONField()),
    )
