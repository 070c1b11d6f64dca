"""What the listing offers beside its rows, all of it by one question.

Each kind of choice is counted over the reports that the other conditions leave, so
that a number says what a click would bring. Only what stands on reports that the
member may see is offered: a name alone can tell too much.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    Expression,
    F,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Trim

from incidents.models import Listing, Progress, SavedView, User, Watch
from incidents.models.listing import ListingQuerySet, progress_is
from incidents.search.reports import NONE, Wanted, find

# Where the names of each kind of choice stand, and the words beside a name.
KINDS: Final[dict[str, tuple[str, Expression]]] = {
    "severity": ("severity__name", Cast("rank", CharField())),
    "service": ("services__name", Value("", CharField())),
    "tag": ("tags__name", Value("", CharField())),
    "owner": (
        "owner__username",
        Trim(Concat("owner__first_name", Value(" "), "owner__last_name")),
    ),
}
FEATURED_FOR: Final = dt.timedelta(days=31)
MOST_FEATURED: Final = 3
COLUMNS: Final = ("kind", "value", "label", "number")


class Choice(NamedTuple):
    value: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands above the list; `count` is how many reports match."""

    choices: dict[str, list[Choice]]
    count: int
    views: list[Choice] = field(default_factory=list)
    watched: frozenset[tuple[str, str]] = frozenset()
    featured: list[Choice] = field(default_factory=list)


def offer(
    rows: ListingQuerySet, wanted: Wanted, *, user: User, now: dt.datetime
) -> Offer:
    """One query, however many choices there are."""
    asked = list(questions(rows, wanted, user, now))
    found: dict[str, list[Choice]] = defaultdict(list)
    for kind, value, label, number in asked[0].union(*asked[1:], all=True):
        found[kind].append(Choice(value or "", label or "", number))
    severities = found["severity"]
    chosen = wanted.severity.lower()
    return Offer(
        choices={kind: named(kind, found[kind]) for kind in (*KINDS, "actions")},
        count=sum(
            c.number for c in severities if chosen in ("", c.value.lower() or NONE)
        ),
        views=sorted(found["view"], key=lambda view: view.label.lower()),
        watched=frozenset(
            (kind, choice.value)
            for kind in ("service", "severity")
            for choice in found[f"watched {kind}"]
        ),
        featured=found["featured"],
    )


def questions(
    rows: ListingQuerySet, wanted: Wanted, user: User, now: dt.datetime
) -> Iterator[QuerySet[Any, Any]]:
    today = now.date()
    for kind, (path, label) in KINDS.items():
        left = find(rows, wanted, today=today, but=kind)
        yield counted(left, kind, F(path), label)
    left = find(rows, wanted, today=today, but="actions")
    yield counted(left, "actions", progress_of(today), Value("", CharField()))
    views = SavedView.objects.filter(user=user)
    yield plain(views, "view", F("query"), F("name"), F("pk"))
    for kind in ("service", "severity"):
        watches = Watch.objects.filter(user=user, **{f"{kind}__isnull": False})
        yield plain(watches, f"watched {kind}", F(f"{kind}__name"), Value(""), F("pk"))
    featured = rows.filter(featured_at__gt=now - FEATURED_FOR)
    newest = featured.order_by("-featured_at").values("pk")[:MOST_FEATURED]
    yield plain(
        Listing.objects.filter(pk__in=newest),
        "featured",
        F("title"),
        F("summary"),
        F("pk"),
    )


def counted(rows: QuerySet[Any], kind: str, value: Any, label: Any) -> Any:
    """Each value with the number of rows that have it."""
    named = rows.order_by().annotate(**columns(kind, value, label))
    grouped = named.values("kind", "value", "label")
    return grouped.annotate(number=Count("pk")).values_list(*COLUMNS)


def plain(rows: QuerySet[Any], kind: str, value: Any, label: Any, number: Any) -> Any:
    named = rows.order_by().annotate(**columns(kind, value, label))
    number = Cast(number, BigIntegerField())
    return named.annotate(number=number).values_list(*COLUMNS)


def columns(kind: str, value: Any, label: Any) -> dict[str, Any]:
    """The parts of a union have columns of the same types."""
    return {
        "kind": Value(kind, TextField()),
        "value": Cast(value, TextField()),
        "label": Cast(label, TextField()),
    }


def progress_of(today: dt.date) -> Case:
    """The one word for how far a report's promises are; the worst comes first."""
    return Case(
        *(
            When(progress_is(word, today), then=Value(word.value))
            for word in (Progress.NONE, Progress.DONE, Progress.OVERDUE)
        ),
        default=Value(Progress.OPEN.value),
        output_field=TextField(),
    )


def named(kind: str, found: Iterable[Choice]) -> list[Choice]:
    """The choices of a kind in the order in which they are offered."""
    if kind == "actions":
        return by_progress({choice.value: choice.number for choice in found})
    known = [choice for choice in found if choice.value]
    if kind == "owner":
        known = [c._replace(label=c.label or c.value) for c in known]
        return sorted(known, key=lambda choice: choice.label.lower())
    if kind == "severity":
        known.sort(key=lambda choice: int(choice.label))
    else:
        known.sort(key=lambda choice: choice.value.lower())
    return [choice._replace(label=choice.value) for choice in known]


def by_progress(numbers: dict[str, int]) -> list[Choice]:
    """What is overdue is open, too."""
    late = numbers.get(Progress.OVERDUE, 0)
    numbers = numbers | {Progress.OPEN: numbers.get(Progress.OPEN, 0) + late}
    return [
        Choice(word.value, str(word.label), numbers[word])
        for word in Progress
        if numbers.get(word)
    ]
