"""How far a postmortem has come: what is filled in, and what is still asked."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from incidents.documents.document import Action, Document
from incidents.documents.kinds import ActionKind, ActionState, EntryKind, SectionKind

Filled = Literal["empty", "part", "full"]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a reader will look for. `part` is where it can be mended."""

    sentence: str
    holds: bool
    part: str


def filled(values: Iterable[object]) -> Filled:
    """Whether all, some or none of these were given."""
    given = [value not in (None, "", (), []) for value in values]
    if all(given):
        return "full"
    return "part" if any(given) else "empty"


def basics(document: Document) -> Filled:
    return filled(
        [document.title, document.severity, document.services, document.owner]
    )


def when(document: Document) -> Filled:
    return filled([document.started_at, document.detected_at, document.resolved_at])


def impact(document: Document) -> Filled:
    users = document.users_affected_percent
    if users is None:
        return filled([document.detection, document.users_affected_count])
    return filled([document.detection, users])


def timeline(document: Document) -> Filled:
    known = [entry.at for entry in document.timeline]
    return filled(known) if known else "empty"


def actions(document: Document) -> Filled:
    owned = [item.owner and item.due_on for item in open_actions(document)]
    if not document.actions:
        return "empty"
    return "full" if all(owned) else "part"


def factors(document: Document) -> Filled:
    answered = [bool(f.answers or f.accepted) for f in document.factors]
    if not answered:
        return "empty"
    return "full" if all(answered) else "part"


def open_actions(document: Document) -> list[Action]:
    closed = (ActionState.DONE, ActionState.DECLINED)
    return [item for item in document.actions if item.state not in closed]


def checks(document: Document) -> tuple[Check, ...]:
    """What a postmortem should have before others rely on it."""
    return (
        Check(
            "The summary is written", wrote(document, SectionKind.SUMMARY), "summary"
        ),
        Check(
            "Start and end are set",
            bool(document.started_at and document.resolved_at),
            "when",
        ),
        Check("Impact is a number", has_impact_number(document), "impact"),
        Check("It says how it was noticed", document.detection is not None, "impact"),
        Check("Detection is on the timeline", shows_detection(document), "timeline"),
        Check("The root cause is written", has_cause(document), "root_cause"),
        Check("Every action item has an owner and a date", owned(document), "actions"),
        Check("At least one item prevents a repeat", prevents(document), "actions"),
        Check("Every factor is answered or accepted", answered(document), "factors"),
    )


def wrote(document: Document, kind: SectionKind) -> bool:
    return any(s.kind == kind and s.body.strip() for s in document.sections)


def has_impact_number(document: Document) -> bool:
    numbers = (document.users_affected_percent, document.users_affected_count)
    return any(number is not None for number in numbers)


def shows_detection(document: Document) -> bool:
    return any(entry.kind == EntryKind.DETECTED for entry in document.timeline)


def has_cause(document: Document) -> bool:
    return wrote(document, SectionKind.ROOT_CAUSE) or any(
        entry.kind == EntryKind.FINDING for entry in document.timeline
    )


def owned(document: Document) -> bool:
    return actions(document) == "full"


def prevents(document: Document) -> bool:
    return any(item.kind == ActionKind.PREVENT for item in document.actions)


def answered(document: Document) -> bool:
    return all(factor.answers or factor.accepted for factor in document.factors)
