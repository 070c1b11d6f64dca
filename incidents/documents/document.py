"""A postmortem as one plain frozen value: what every other form is made from.

Text, rows, JSON and HTML are all forms of a Document. It holds what people
wrote and decided about one incident; it does not hold who may see it or how
far its review has come, which belong to the record.

Times are aware wherever a zone is known. Only a freshly read text may hold a
time without one, until somebody says which zone was meant.
"""

import datetime as dt
from dataclasses import dataclass, field
from decimal import Decimal

from incidents.documents.kinds import (
    ActionKind,
    ActionState,
    Detection,
    EntryKind,
    Priority,
    SectionKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody by name, and by account where they have one here."""

    name: str
    account: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    person: Person
    role: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A titled part of the text; `prompt` is what its template asks for."""

    kind: SectionKind
    title: str
    body: str = ""
    prompt: str = field(default="", compare=False)
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the timeline. `at` is None where the moment is not known."""

    text: str
    at: dt.datetime | None = None
    until: dt.datetime | None = None
    as_written: str = ""
    zone: str = ""
    kind: EntryKind = EntryKind.NOTE
    pinned: bool = False
    derived: bool = field(default=False, compare=False)
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    text: str
    kind: ActionKind | None = None
    priority: Priority | None = None
    owner: Person | None = None
    due_on: dt.date | None = None
    state: ActionState = ActionState.OPEN
    done_at: dt.datetime | None = None
    done_by: Person | None = None
    evidence: str = ""
    declined_because: str = ""
    url: str = ""
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A cause, with the places in this document that show and answer it.

    `evidence` and `answers` are positions in the timeline and the actions.
    """

    text: str
    category: str = ""
    evidence: tuple[int, ...] = ()
    answers: tuple[int, ...] = ()
    accepted: str = ""
    key: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    title: str
    severity: str | None = None
    zone: str | None = None
    started_at: dt.datetime | None = None
    detected_at: dt.datetime | None = None
    mitigated_at: dt.datetime | None = None
    resolved_at: dt.datetime | None = None
    detection: Detection | None = None
    users_affected_percent: Decimal | None = None
    users_affected_count: int | None = None
    services: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    owner: Person | None = None
    participants: tuple[Participant, ...] = ()
    sections: tuple[Section, ...] = ()
    timeline: tuple[Entry, ...] = ()
    actions: tuple[Action, ...] = ()
    factors: tuple[Factor, ...] = ()
