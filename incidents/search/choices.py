"""What the listing offers beside its rows.

Each kind of choice is counted over the reports that the other conditions leave, so
that a number says what a click would bring. Only what stands on reports that the
member may see is offered: a name alone can tell too much.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, Final, NamedTuple

from django.core.cache import cache
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

from incidents.models import Event, Listing, Progress, SavedView, User, Watch
from incidents.models.listing import ListingQuerySet, progress_is
from incidents.models.prepared import Prepared
from incidents.search.reports import Wanted, find

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
# What is counted may hang on what is no event: who is in a group, a new name.
KEPT_SECONDS: Final = 30
# More reports than this take so long to count that the numbers may lag behind.
LARGE: Final = 5000
COLUMNS: Final = ("kind", "value", "label", "number")


class Choice(NamedTuple):
    value: str
    label: str
    number: int


@dataclass(frozen=True, slots=True)
class Numbers:
    """The reports of each choice, as they were counted when this event was newest."""

    newest: int
    found: dict[str, list[Choice]]

    @property
    def is_large(self) -> bool:
        return sum(choice.number for choice in self.found["severity"]) > LARGE


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
    """One query, and another one where the reports have to be counted anew."""
    own = by_kind(OWN.tuples((user.rights, now.date()), user=user.pk))
    newest = own["newest"][0].number if own["newest"] else 0
    found = numbers(rows, wanted, user=user, now=now, newest=newest)
    severities = found["severity"]
    chosen = wanted.severity.lower()
    return Offer(
        choices={kind: named(kind, found[kind]) for kind in (*KINDS, "actions")},
        count=sum(c.number for c in severities if chosen in ("", c.value.lower())),
        views=sorted(own["view"], key=lambda view: view.label.lower()),
        watched=frozenset(
            (kind, choice.value)
            for kind in ("service", "severity")
            for choice in own[f"watched {kind}"]
        ),
        featured=own["featured"],
    )


def by_kind(rows: Iterable[tuple[Any, ...]]) -> dict[str, list[Choice]]:
    found: dict[str, list[Choice]] = defaultdict(list)
    for kind, value, label, number in rows:
        found[kind].append(Choice(value or "", label or "", number))
    return found


def numbers(
    rows: ListingQuerySet,
    wanted: Wanted,
    *,
    user: User,
    now: dt.datetime,
    newest: int,
) -> dict[str, list[Choice]]:
    """How many reports each choice has; counted once for each newest event.

    Counting very many takes long, so then the numbers may be half a minute old.
    """
    wanted = replace(wanted, text="")
    asked = repr((user.pk, sorted(user.rights), now.date(), wanted))
    key = f"listing-{hashlib.sha256(asked.encode()).hexdigest()}"
    known: Numbers | None = cache.get(key)
    if known and (known.newest == newest or known.is_large):
        return known.found
    parts = list(counted_questions(rows, wanted, now.date()))
    found = by_kind(parts[0].union(*parts[1:], all=True))
    cache.set(key, Numbers(newest, found), KEPT_SECONDS)
    return found


def counted_questions(
    rows: ListingQuerySet, wanted: Wanted, today: dt.date
) -> Iterator[QuerySet[Any, Any]]:
    for kind, (path, label) in KINDS.items():
        left = find(rows, wanted, today=today, but=kind)
        yield counted(left, kind, F(path), label)
    left = find(rows, wanted, today=today, but="actions")
    yield counted(left, "actions", progress_of(today), Value("", CharField()))


def own_questions(shape: tuple[frozenset[str], dt.date], *, user: int) -> Any:
    """What is this member's own, what is featured, and which event is the newest."""
    rights, today = shape
    views = SavedView.objects.filter(user=user)
    parts = [plain(views, "view", F("query"), F("name"), F("pk"))]
    for kind in ("service", "severity"):
        watches = Watch.objects.filter(user=user, **{f"{kind}__isnull": False})
        name = F(f"{kind}__name")
        parts.append(plain(watches, f"watched {kind}", name, Value(""), F("pk")))
    parts.append(featured(User.standing_in(user, rights), today))
    events = Event.objects.order_by("-pk").values("pk")[:1]
    newest = Event.objects.filter(pk__in=events)
    parts.append(plain(newest, "newest", Value(""), Value(""), F("pk")))
    return parts[0].union(*parts[1:], all=True)


def featured(user: User, today: dt.date) -> Any:
    since = dt.datetime.combine(today - FEATURED_FOR, dt.time(), dt.UTC)
    rows = Listing.objects.visible_to(user).filter(featured_at__gt=since)
    newest = rows.order_by("-featured_at").values("pk")[:MOST_FEATURED]
    shown = Listing.objects.filter(pk__in=newest)
    return plain(shown, "featured", F("title"), F("summary"), F("pk"))


OWN = Prepared(Listing, own_questions)


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
