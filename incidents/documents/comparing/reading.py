"""Values of a postmortem as people read them."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Participant,
    Person,
    Section,
)
from incidents.documents.kinds import Kind

NOT_SET = "not set"
_SHORT = 60
Names = Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Described:
    """A row in words: what to call it, its text, and its values by label."""

    label: str
    text: str
    values: dict[str, str] = field(default_factory=dict)


def moment(at: dt.datetime | None, zone: str | None) -> str:
    """`18 August 2024, 08:15 UTC`, in the zone that it was written in."""
    if at is None:
        return NOT_SET
    local = _in_zone(at, zone)
    clock = "%H:%M:%S" if local.second else "%H:%M"
    return f"{local.day} {local.strftime(f'%B %Y, {clock} %Z')}".strip()


def day(on: dt.date | None) -> str:
    return f"{on.day} {on:%B %Y}" if on else NOT_SET


def short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1].rstrip()}…"


FACTS: tuple[tuple[str, Callable[[Document], str]], ...] = (
    ("Title", lambda of: _words(of.title)),
    ("Severity", lambda of: _words(of.severity)),
    ("Time zone", lambda of: _words(of.zone)),
    ("Started", lambda of: moment(of.started_at, of.zone)),
    ("Detected", lambda of: moment(of.detected_at, of.zone)),
    ("Mitigated", lambda of: moment(of.mitigated_at, of.zone)),
    ("Resolved", lambda of: moment(of.resolved_at, of.zone)),
    ("Noticed by", lambda of: _kind(of.detection)),
    ("Users affected", lambda of: _percent(of.users_affected_percent)),
    ("Number of users affected", lambda of: _number(of.users_affected_count)),
    ("Services", lambda of: _list(of.services)),
    ("Tags", lambda of: _list(of.tags)),
    ("Owner", lambda of: _person(of.owner)),
    ("Participants", lambda of: _list(map(_participant, of.participants))),
)


def section(row: Section) -> Described:
    return Described(
        row.title,
        row.body,
        {"Heading": _words(row.title), "Kind of section": _kind(row.kind)},
    )


def entry(row: Entry, zone: str | None) -> Described:
    zone = row.zone or zone
    time = moment(row.at, zone)
    return Described(
        short(row.text) if row.at is None else time,
        row.text,
        {
            "Time": time,
            "Until": moment(row.until, zone),
            "As written": _words(row.as_written),
            "Zone": _words(row.zone),
            "Kind": _kind(row.kind),
            "Pinned": "yes" if row.pinned else NOT_SET,
        },
    )


def action(row: Action, zone: str | None) -> Described:
    return Described(
        short(row.text),
        row.text,
        {
            "State": _kind(row.state),
            "Kind": _kind(row.kind),
            "Priority": _kind(row.priority),
            "Owner": _person(row.owner),
            "Due": day(row.due_on),
            "Done": moment(row.done_at, zone),
            "Done by": _person(row.done_by),
            "Evidence": _words(row.evidence),
            "Declined because": _words(row.declined_because),
            "Link": _words(row.url),
        },
    )


def factor(row: Factor, entries: Names, actions: Names) -> Described:
    """`entries` and `actions` name what the factor points at, by its place."""
    return Described(
        short(row.text),
        row.text,
        {
            "Category": _words(row.category),
            "Shown by": _list(_named(row.evidence, entries)),
            "Answered by": _list(_named(row.answers, actions)),
            "Accepted because": _words(row.accepted),
        },
    )


def _named(places: Iterable[int], names: Names) -> list[str]:
    return [names[place] for place in places if place in names]


def _in_zone(at: dt.datetime, zone: str | None) -> dt.datetime:
    if at.tzinfo is None or not zone:
        return at
    try:
        return at.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return at


def _words(text: str | None) -> str:
    return text or NOT_SET


def _kind(kind: Kind | None) -> str:
    return kind.label if kind else NOT_SET


def _number(count: int | None) -> str:
    return NOT_SET if count is None else f"{count:,}"


def _percent(share: Decimal | None) -> str:
    return NOT_SET if share is None else f"{share.normalize():f}%"


def _list(names: Iterable[str]) -> str:
    return _words(", ".join(names))


def _person(person: Person | None) -> str:
    if person is None:
        return NOT_SET
    return f"{person.name} (@{person.account})" if person.account else person.name


def _participant(participant: Participant) -> str:
    role = f" ({participant.role})" if participant.role else ""
    return f"{_person(participant.person)}{role}"
