"""What the insights ought to say, counted plainly: report by report, in a loop."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from incidents.documents.document import Document
from incidents.documents.formats.as_json import from_json
from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, Listing, Publication, ReadMark, User

MINUTE = dt.timedelta(minutes=1)


def shown_to(user: User) -> Iterator[tuple[Publication, Document]]:
    """The newest version of every report that stands and that they may see."""
    for listing in Listing.objects.visible_to(user):
        newest = Publication.objects.filter(incident=listing.pk).latest("number")
        yield newest, from_json(newest.document)


def counted(user: User, **wanted: str) -> Counter[str]:
    """Everything that is counted of the reports with these names."""
    found: Counter[str] = Counter()
    for newest, document in shown_to(user):
        if matches(document, wanted):
            found.update(counts_of(newest, document))
    return found


def matches(document: Document, wanted: dict[str, str]) -> bool:
    has = {
        "severity": {document.severity or "none"},
        "service": set(document.services),
        "tag": set(document.tags),
        "factor": {factor.category for factor in document.factors},
    }
    return all(value in has[name] for name, value in wanted.items())


def counts_of(newest: Publication, document: Document) -> Iterator[str]:
    yield "n"
    yield f"severity {document.severity or 'none'}"
    yield f"noticed {document.detection or 'none'}"
    yield from lengths(newest, document)
    items = list(ActionItem.objects.filter(incident=newest.incident_id))
    for item in items:
        yield from promised(newest, item)
    still = [item for item in items if item.state in ("open", "in_progress")]
    for category in {factor.category for factor in document.factors} - {""}:
        yield f"factor {category}"
        yield from [f"factor_open {category}"] * len(still)
    marks = ReadMark.objects.filter(publication__incident=newest.incident_id)
    yield f"readers {len(set(marks.values_list('user', flat=True)))}"


def lengths(newest: Publication, document: Document) -> Iterator[str]:
    start, end = document.started_at, document.resolved_at
    first = newest.incident.publications.earliest("number").published_at
    for name, begin, finish in (
        ("lasted", start, end),
        ("detect", start, document.detected_at),
        ("mitigate", start, document.mitigated_at),
        ("resolve", document.detected_at, end),
        ("publish", end, first),
    ):
        if begin and finish and begin <= finish:
            yield f"{name} {coarse((finish - begin) // MINUTE)}"


def coarse(minutes: int) -> int:
    """Minutes up to two hours, ten of them up to a day, then two hours, then days."""
    for limit, step in ((120, 1), (1440, 10), (14400, 120)):
        if minutes < limit:
            return minutes - minutes % step
    return minutes - minutes % 1440


def promised(newest: Publication, item: ActionItem) -> Iterator[str]:
    if item.state == ActionState.DECLINED:
        yield "declined"
        return
    yield f"kind {item.kind or 'none'}"
    if item.state == ActionState.DONE:
        day = item.done_at.date() if item.done_at else None
        in_time = day and (item.due_on is None or day <= item.due_on)
        yield "whenever" if day is None else "kept" if in_time else "late"
        return
    yield "open"
    first = newest.incident.publications.earliest("number").published_at
    yield f"since {first.date().toordinal()}"
    if item.due_on:
        yield f"due {item.due_on.toordinal()}"
