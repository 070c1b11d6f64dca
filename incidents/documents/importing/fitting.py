"""A document as read, made to fit what a record can hold; nothing is lost by it.

A text may say that an incident ended before it began, or have a title of three
lines. What the record cannot hold as a fact is kept as words in a section.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Person,
    Section,
)
from incidents.documents.kinds import ActionState, SectionKind
from incidents.documents.times.places import place_for

TITLE = 200
NAME = 150
LABEL = 60
ADDRESS = 500
MOST_USERS = 9_000_000_000_000_000_000
KEPT_TITLE = "Facts as written"
# Beyond these a database in another zone would leave the calendar.
YEARS = range(1000, 9999)
AFTER = (
    ("detected_at", "started_at", "Detected", "the start"),
    ("mitigated_at", "started_at", "Mitigated", "the start"),
    ("resolved_at", "started_at", "Resolved", "the start"),
    ("resolved_at", "mitigated_at", "Resolved", "the mitigation"),
)
MOMENTS = ("started_at", "detected_at", "mitigated_at", "resolved_at")


@dataclass(frozen=True, slots=True)
class Fitted:
    document: Document
    remarks: tuple[str, ...] = ()


def fit(
    document: Document, zone: str, severities: Collection[str] | None = None
) -> Fitted:
    """The document with a zone and facts that a record accepts.

    `zone` is where its times were written, if the text does not say it.
    `severities` are those that the site knows; without them any will do.
    """
    placed = in_place(document, zone)
    kept = [*_unknown(placed, severities), *_misfits(placed)]
    facts: dict[str, Any] = {name: value for name, value, _ in kept}
    fitted = replace(
        placed,
        **facts,
        sections=tuple(
            replace(one, title=_short(one.title, TITLE)) for one in placed.sections
        ),
        timeline=tuple(_entry(entry) for entry in placed.timeline),
        actions=tuple(_action(item) for item in placed.actions),
        factors=tuple(_factor(factor, placed) for factor in placed.factors),
    )
    remarks = tuple(said for _, _, said in kept)
    return Fitted(_with_remarks(fitted, remarks), remarks)


def in_place(document: Document, zone: str) -> Document:
    """Each time with a zone, and the zone a place; no moment is moved."""
    named = document.zone or zone
    place = place_for(named, _first_moment(document))
    local = ZoneInfo(place)
    times: dict[str, Any] = {
        name: _aware(getattr(document, name), local) for name in MOMENTS
    }
    return replace(
        document,
        zone=place,
        **times,
        timeline=tuple(
            replace(entry, at=_aware(entry.at, local), until=_aware(entry.until, local))
            for entry in document.timeline
        ),
        actions=tuple(
            replace(item, done_at=_aware(item.done_at, local))
            for item in document.actions
        ),
    )


def has_local_times(document: Document) -> bool:
    """Whether somebody must say in which zone its times were written."""
    moments = [getattr(document, name) for name in MOMENTS]
    for entry in document.timeline:
        moments += [entry.at, entry.until]
    return any(at is not None and at.tzinfo is None for at in moments)


def zone_remarks(document: Document, zone: str) -> tuple[str, ...]:
    """What to say where `zone` was only assumed."""
    if document.zone or not has_local_times(document):
        return ()
    return (
        "The text does not say in which time zone its times were written. They were "
        f"read in {zone}.",
    )


def _first_moment(document: Document) -> dt.datetime | None:
    moments = [document.started_at, *(entry.at for entry in document.timeline)]
    return next((at for at in moments if at), None)


def _aware(at: dt.datetime | None, zone: ZoneInfo) -> dt.datetime | None:
    if at is None or at.year not in YEARS:
        return None
    return at if at.tzinfo else at.replace(tzinfo=zone)


def _unknown(
    document: Document, severities: Collection[str] | None
) -> Iterator[tuple[str, object, str]]:
    name = document.severity
    if not name or severities is None:
        return
    if name.casefold() not in {one.casefold() for one in severities}:
        yield "severity", None, f"Severity: {name} (this site knows no such one)"


def _misfits(document: Document) -> Iterator[tuple[str, object, str]]:
    """Each fact that does not fit: its name, what it becomes, and what to say."""
    if len(document.title) > TITLE or "\n" in document.title:
        one_line = " ".join(document.title.split())
        yield "title", _short(one_line, TITLE), f"The title was: {document.title}"
    yield from _misplaced(document)
    share = document.users_affected_percent
    if share is not None and not 0 <= share <= 100:
        said = f"Users affected, per cent: {share} (more than all of them)"
        yield "users_affected_percent", None, said
    elif share is not None and share != round(share, 2):
        yield "users_affected_percent", round(share, 2), f"Users affected: {share} %"
    count = document.users_affected_count
    if count is not None and not 0 <= count <= MOST_USERS:
        yield "users_affected_count", None, f"Users affected: {count}"
    for name in ("services", "tags"):
        long = [one for one in getattr(document, name) if len(one) > LABEL]
        if long:
            short = tuple(one for one in getattr(document, name) if one not in long)
            yield name, short, f"{name.title()}: {', '.join(long)}"
    yield from _long_names(document)


def _misplaced(document: Document) -> Iterator[tuple[str, object, str]]:
    """Times that stand before what they come after."""
    gone: set[str] = set()
    for later, earlier, word, what in AFTER:
        at, base = getattr(document, later), getattr(document, earlier)
        if at and base and at < base and not gone & {later, earlier}:
            gone.add(later)
            said = at.strftime("%Y-%m-%d %H:%M %Z")
            yield later, None, f"{word}: {said} (this is before {what})"


def _long_names(document: Document) -> Iterator[tuple[str, object, str]]:
    if document.owner and len(document.owner.name) > NAME:
        yield "owner", _named(document.owner), f"Owner: {document.owner.name}"
    people = document.participants
    if any(len(one.person.name) > NAME or len(one.role) > LABEL for one in people):
        said = ", ".join(f"{one.person.name} ({one.role})" for one in people)
        short = tuple(
            replace(one, person=_named(one.person), role=_short(one.role, LABEL))
            for one in people
        )
        yield "participants", short, f"People: {said}"


def _with_remarks(document: Document, remarks: tuple[str, ...]) -> Document:
    if not remarks:
        return document
    body = "\n".join(f"- {said}" for said in remarks)
    kept = Section(kind=SectionKind.OTHER, title=KEPT_TITLE, body=body)
    return replace(document, sections=(*document.sections, kept))


def _entry(entry: Entry) -> Entry:
    ends_well = entry.at and entry.until and entry.until >= entry.at
    return replace(
        entry,
        until=entry.until if ends_well else None,
        as_written=_short(entry.as_written, TITLE),
        zone=entry.zone if len(entry.zone) <= 64 else "",
    )


def _action(item: Action) -> Action:
    declined = item.state is ActionState.DECLINED and not item.declined_because
    text = item.text if len(item.url) <= ADDRESS else f"{item.text}\n\n{item.url}"
    return replace(
        item,
        text=text,
        url=item.url if len(item.url) <= ADDRESS else "",
        owner=_named(item.owner) if item.owner else None,
        done_at=item.done_at if item.state is ActionState.DONE else None,
        declined_because="No reason was given." if declined else item.declined_because,
    )


def _factor(factor: Factor, document: Document) -> Factor:
    """A factor that points only at rows that are there."""
    entries, actions = range(len(document.timeline)), range(len(document.actions))
    return replace(
        factor,
        category=_short(factor.category, LABEL),
        evidence=tuple(place for place in factor.evidence if place in entries),
        answers=tuple(place for place in factor.answers if place in actions),
    )


def _named(person: Person) -> Person:
    return replace(person, name=_short(person.name, NAME))


def _short(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
