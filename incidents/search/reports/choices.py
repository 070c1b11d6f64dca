"""What the listing offers beside its rows.

Each kind of choice is counted over the reports that the other conditions leave, so
that a number says what a click would bring. Only what stands on reports that the
member may see is offered: a name alone can tell too much.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
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

from incidents.database.prepared import Prepared
from incidents.models import Event, Listing, Progress, SavedView, User, Watch
from incidents.models.listing import ListingQuerySet, progress_is
from incidents.search.block_counts import Counting, Stretch, counted, last_managed
from incidents.search.reports.filtering import NONE, WantedReports, find

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
# A block of so many reports is counted in a moment, and there are not many blocks.
BITS: Final = 9
COLUMNS: Final = ("kind", "value", "label", "number")


class Choice(NamedTuple):
    value: str
    label: str
    number: int


class Numbers(NamedTuple):
    """What can be chosen, and how many reports have each severity.

    These go by name in small letters, and none is empty.
    """

    choices: dict[str, list[Choice]]
    severities: dict[str, int]

    def of(self, severity: str) -> int:
        """How many reports match, of all that the other conditions leave."""
        if not severity:
            return sum(self.severities.values())
        return self.severities.get("" if severity == NONE else severity.lower(), 0)


@dataclass(frozen=True, slots=True)
class Offer:
    """What stands above the list; `count` is how many reports match."""

    choices: dict[str, list[Choice]]
    count: int
    views: list[Choice] = field(default_factory=list)
    watched: frozenset[tuple[str, str]] = frozenset()
    featured: list[Choice] = field(default_factory=list)


def offer(wanted: WantedReports, *, user: User, now: dt.datetime) -> Offer:
    """One query; after a change of the record some more, about what was changed."""
    own = by_kind(OWN.tuples((user.rights, now.date()), user=user.pk))
    found = numbers(wanted, own, user=user, today=now.date())
    return Offer(
        choices=found.choices,
        count=found.of(wanted.severity),
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
    wanted: WantedReports,
    own: Mapping[str, list[Choice]],
    *,
    user: User,
    today: dt.date,
) -> Numbers:
    """How many reports each choice has. Words do not matter: they are no choice."""
    wanted = replace(wanted, text="")
    newest = max((event.number for event in own["newest"]), default=0)
    groups = sorted(group.number for group in own["group"])
    managed = [change.number for change in own["managed"]]
    asked = (user.pk, sorted(user.rights), groups, managed, today, wanted)
    count = partial(count_blocks, user, wanted, today)
    return counted(("listing", asked), newest, Counting(BITS, count, total))


def count_blocks(
    user: User, wanted: WantedReports, today: dt.date, stretch: Stretch | None
) -> dict[int, list[tuple[Any, ...]]]:
    """The choices among what this person may see, block by block."""
    within = stretch._asdict() if stretch else {}
    shape = ((user.rights, wanted, today), bool(stretch))
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for block, *row in COUNTED.tuples(shape, **user.reader_param, **within):
        found[block].append(tuple(row))
    return found


def total(blocks: Iterable[list[tuple[Any, ...]]]) -> Numbers:
    sums: dict[tuple[str, str, str], int] = defaultdict(int)
    for block in blocks:
        for kind, value, label, number in block:
            sums[kind, value or "", label or ""] += number
    found = by_kind((*names, number) for names, number in sums.items())
    severities: dict[str, int] = defaultdict(int)
    for choice in found["severity"]:
        severities[choice.value.lower()] += choice.number
    choices = {kind: named(kind, found[kind]) for kind in (*KINDS, "actions")}
    return Numbers(choices, dict(severities))


def by_blocks(
    shape: tuple[tuple[frozenset[str], WantedReports, dt.date], bool],
    *,
    reader: int = 0,
    **stretch: int,
) -> Any:
    (rights, wanted, today), some = shape
    rows = Listing.objects.visible_to(User.placeholder(reader, rights))
    if some:
        first, last = stretch["first"], stretch["last"]
        rows = rows.filter(incident__gte=first, incident__lte=last)
    parts = list(counted_questions(rows, wanted, today))
    return parts[0].union(*parts[1:], all=True)


COUNTED: Final[Prepared[Any]] = Prepared(Listing, by_blocks)


def counted_questions(
    rows: ListingQuerySet, wanted: WantedReports, today: dt.date
) -> Iterator[QuerySet[Any, Any]]:
    for kind, (path, label) in KINDS.items():
        left = find(rows, wanted, today=today, but=kind)
        yield in_blocks(left, kind, F(path), label)
    left = find(rows, wanted, today=today, but="actions")
    yield in_blocks(left, "actions", progress_of(today), Value("", CharField()))


def own_questions(shape: tuple[frozenset[str], dt.date], *, user: int) -> Any:
    """What is this member's own, their groups, what is featured, the newest event."""
    rights, today = shape
    views = SavedView.objects.filter(user=user)
    parts = [plain(views, "view", F("query"), F("name"), F("pk"))]
    for kind in ("service", "severity"):
        watches = Watch.objects.filter(user=user, **{f"{kind}__isnull": False})
        name = F(f"{kind}__name")
        parts.append(plain(watches, f"watched {kind}", name, Value(""), F("pk")))
    groups = User.groups.through.objects.filter(user=user)
    parts.append(plain(groups, "group", Value(""), Value(""), F("group")))
    parts.append(featured(User.placeholder(user, rights), today))
    events = Event.objects.order_by("-pk").values("pk")[:1]
    newest = Event.objects.filter(pk__in=events)
    parts.append(plain(newest, "newest", Value(""), Value(""), F("pk")))
    parts.append(plain(last_managed(), "managed", Value(""), Value(""), F("pk")))
    return parts[0].union(*parts[1:], all=True)


def featured(user: User, today: dt.date) -> Any:
    since = dt.datetime.combine(today - FEATURED_FOR, dt.time(), dt.UTC)
    rows = Listing.objects.visible_to(user).filter(featured_at__gt=since)
    newest = rows.order_by("-featured_at").values("pk")[:MOST_FEATURED]
    shown = Listing.objects.filter(pk__in=newest)
    return plain(shown, "featured", F("title"), F("summary"), F("pk"))


OWN = Prepared(Listing, own_questions)


def in_blocks(rows: QuerySet[Any], kind: str, value: Any, label: Any) -> Any:
    """Each value with the number of rows that have it, block by block."""
    block = F("incident_id").bitrightshift(BITS)
    named = rows.order_by().annotate(block=block, **columns(kind, value, label))
    grouped = named.values("block", "kind", "value", "label")
    return grouped.annotate(number=Count("pk")).values_list("block", *COLUMNS)


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
