"""How far a postmortem has come: what of each part is filled in."""

from collections.abc import Iterable
from typing import Literal

from incidents.documents.document import Action, Document
from incidents.documents.kinds import ActionState

Filled = Literal["empty", "part", "full"]


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
