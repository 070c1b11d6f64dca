"""What reports count for, asked of the record: one of them or very many at once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any, Final

from django.db.models import Count, F, Min, QuerySet
from django.utils import timezone

from incidents.database.prepared import Prepared
from incidents.documents.calendar.durations import MINUTE
from incidents.documents.document import Action
from incidents.insights.counting import (
    NO_SEVERITY,
    Counts,
    Item,
    ReportCounts,
    facts,
    month_of,
    promises,
)
from incidents.models import (
    ActionItem,
    Listing,
    Publication,
    ReadMark,
    State,
    Tally,
    Visibility,
)

# What a report can be counted under, and the column of the listing that says so.
SCOPES: Final = {"service": "services", "tag": "tags", "factor": "categories"}
MOMENTS: Final = ("started_at", "detected_at", "mitigated_at", "resolved_at")
SPANS: Final = {
    "lasted": ("started_at", "resolved_at"),
    "detect": ("started_at", "detected_at"),
    "mitigate": ("started_at", "mitigated_at"),
    "resolve": ("detected_at", "resolved_at"),
    "publish": ("resolved_at", "published_at"),
}


def tallies(reports: Collection[int]) -> Iterator[Tally]:
    """What each of these reports counts for now; none is saved."""
    labels = {name: labels_of(name, reports) for name in SCOPES}
    published = first_published(reports)
    items, readers = items_of(reports), readers_of(reports)
    for row in rows(reports):
        pk = row["incident_id"]
        scopes = {name: sorted(found[pk]) for name, found in labels.items()}
        made = tally(row, published[pk], scopes)
        set_items(made, items[pk])
        set_readers(made, readers.get(pk, 0))
        yield made


def answers_about(
    question: Prepared[Any], reports: Collection[int], what: str = ""
) -> list[tuple[Any, ...]]:
    """The rows that answer it for these reports; SQL is made once for each number
    of them."""
    each = {f"report_{place}": pk for place, pk in enumerate(reports)}
    return question.tuples((what, len(reports)), **each)


def rows(reports: Collection[int]) -> Iterator[dict[str, Any]]:
    """What was published last, of the frozen document no more than is counted."""
    for found in answers_about(LISTED, reports):
        yield dict(zip(COUNTED, found, strict=True))


COUNTED: Final = {
    "incident_id": "pk",
    "severity_id": "severity",
    "started_at": "started_at",
    "noticed": "publication__document__detection",
    "stage": "incident__state",
    "seen_by": "incident__visibility",
    **{f"said_{name}": f"publication__document__{name}" for name in MOMENTS},
}


def listing_rows(shape: object, **reports: int) -> QuerySet[Any, Any]:
    rows = Listing.objects.filter(pk__in=reports.values()).order_by()
    return rows.values_list(*map(F, COUNTED.values()))


LISTED: Final[Prepared[Any]] = Prepared(Listing, listing_rows)


def tally(row: Any, published: dt.datetime, scopes: dict[str, list[int]]) -> Tally:
    moments = {name: moment(row[f"said_{name}"]) for name in MOMENTS}
    lengths = lengths_of(moments | {"published_at": published})
    severity = row["severity_id"] or NO_SEVERITY
    noticed = row["noticed"] or ""
    made = Tally(
        incident_id=row["incident_id"],
        first_published_at=published,
        noticed=noticed,
        month=month_of(timezone.localtime(row["started_at"]).date()),
        **lengths,
    )
    made.now = ReportCounts(
        stands=False,
        kept_back=False,
        month=made.month,
        severity=severity,
        scopes=scopes,
        facts=facts(severity, noticed, lengths, scopes["factor"]),
        items={},
        readers=0,
    )
    set_place(made, row["stage"], row["seen_by"])
    return made


def moment(said: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(said) if said else None


def lengths_of(moments: dict[str, dt.datetime | None]) -> dict[str, int | None]:
    """The spans that the known moments give, in whole minutes."""
    found: dict[str, int | None] = {}
    for name, (begin, end) in SPANS.items():
        first, last = moments[begin], moments[end]
        known = first is not None and last is not None and first <= last
        found[name] = (
            int((last - first).total_seconds()) // MINUTE
            if known and first and last
            else None
        )
    return found


def set_place(tally: Tally, state: str, visibility: str) -> None:
    """Whether it counts at all, and for whom."""
    tally.kept_back = visibility != Visibility.EVERYONE
    tally.now["stands"] = state == State.PUBLISHED
    tally.now["kept_back"] = tally.kept_back


def set_items(tally: Tally, items: Collection[Item]) -> None:
    since = timezone.localtime(tally.first_published_at).date()
    counts: Counts = promises(items, since)
    tally.now["items"] = counts


def set_readers(tally: Tally, readers: int) -> None:
    tally.readers = tally.now["readers"] = readers


def labels_of(scope: str, reports: Collection[int]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for report, label in answers_about(LINKS, reports, SCOPES[scope]):
        if label is not None:
            found[report].append(label)
    return found


def label_links(shape: tuple[str, int], **reports: int) -> QuerySet[Any, Any]:
    rows = Listing.objects.filter(pk__in=reports.values()).order_by()
    return rows.values_list("pk", shape[0])


LINKS: Final[Prepared[Any]] = Prepared(Listing, label_links)


def first_published(reports: Collection[int]) -> dict[int, dt.datetime]:
    return dict(answers_about(FIRST, reports))


def first_versions(shape: object, **reports: int) -> QuerySet[Any, Any]:
    made = Publication.objects.filter(incident__in=reports.values()).order_by()
    return (
        made.values("incident")
        .annotate(first=Min("published_at"))
        .values_list("incident", "first")
    )


FIRST: Final[Prepared[Any]] = Prepared(Publication, first_versions)


def items_of(reports: Collection[int]) -> dict[int, list[Item]]:
    found: dict[int, list[Item]] = defaultdict(list)
    for report, kind, state, due_on, done_at in answers_about(ITEMS, reports):
        found[report].append(item_of(kind, state, due_on, done_at))
    return found


def action_items(shape: object, **reports: int) -> QuerySet[Any, Any]:
    rows = ActionItem.objects.filter(incident__in=reports.values()).order_by()
    return rows.values_list("incident", "kind", "state", "due_on", "done_at")


ITEMS: Final[Prepared[Any]] = Prepared(ActionItem, action_items)


def items_in(actions: Iterable[Action]) -> list[Item]:
    """What is counted of the items of a Document."""
    return [item_of(a.kind or "", a.state, a.due_on, a.done_at) for a in actions]


def item_of(
    kind: str, state: str, due_on: dt.date | None, done_at: dt.datetime | None
) -> Item:
    done_on = timezone.localtime(done_at).date() if done_at else None
    return Item(kind, state, due_on, done_on)


def readers_of(reports: Collection[int]) -> dict[int, int]:
    """How many people have said of any version that they read it."""
    return dict(answers_about(READERS, reports))


def reader_counts(shape: object, **reports: int) -> QuerySet[Any, Any]:
    of_these = {"publication__incident__in": reports.values()}
    return (
        ReadMark.objects.filter(**of_these)
        .order_by()
        .values("publication__incident")
        .annotate(number=Count("user", distinct=True))
        .values_list("publication__incident", "number")
    )


READERS: Final[Prepared[Any]] = Prepared(ReadMark, reader_counts)
