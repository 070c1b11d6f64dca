"""What the board can do to an item, by the name of the button for it."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, User
from incidents.workflow.actions import promises, state
from incidents.workflow.actions.state import SavedItem
from incidents.workflow.refusals import RefusedError


@dataclass(frozen=True, slots=True)
class Input:
    """What a form gave to a operation, by whom, and when."""

    values: dict[str, Any]
    version: int | None
    by: User
    now: dt.datetime

    def text(self, name: str) -> str:
        return str(self.values.get(name) or "").strip()


Operation = Callable[[ActionItem, Input], SavedItem]


def tick(item: ActionItem, given: Input) -> SavedItem:
    if faster := state.closed_by_another(item, given.by):
        raise RefusedError(faster)
    evidence = given.text("evidence")
    return set_state_to(ActionState.DONE, evidence=evidence)(item, given)


def set_state_to(to: ActionState, reason: str = "", evidence: str = "") -> Operation:
    def operation(item: ActionItem, given: Input) -> SavedItem:
        return state.set_state(
            item.incident,
            item.key,
            to,
            reason=reason,
            evidence=evidence,
            by=given.by,
            now=given.now,
        )

    return operation


def decline(item: ActionItem, given: Input) -> SavedItem:
    reason = given.text("why")
    if not reason:
        raise RefusedError("Say why it is declined.")
    return set_state_to(ActionState.DECLINED, reason=reason)(item, given)


def change(item: ActionItem, given: Input) -> SavedItem:
    """The owner and the date as the row's form shows them now."""
    changes = {"owner": given.values["owner"] or None, "due_on": given.values["due_on"]}
    return save_changes(item, changes, given)


def assign(item: ActionItem, given: Input) -> SavedItem:
    if not given.values["owner"]:
        raise RefusedError("Say who gets it.")
    return save_changes(item, {"owner": given.values["owner"]}, given)


def move(item: ActionItem, given: Input) -> SavedItem:
    if not given.values["due_on"]:
        raise RefusedError("Say to which day it moves.")
    return save_changes(item, {"due_on": given.values["due_on"]}, given)


def give_evidence(item: ActionItem, given: Input) -> SavedItem:
    return save_changes(item, {"evidence": given.text("evidence")}, given)


def snooze(item: ActionItem, given: Input) -> SavedItem:
    until = given.values.get("until")
    if not until:
        raise RefusedError("Say until when nobody is reminded.")
    return promises.snooze(
        item, until, given.text("because"), by=given.by, now=given.now
    )


def end_snooze(item: ActionItem, given: Input) -> SavedItem:
    return promises.snooze(item, None, "", by=given.by, now=given.now)


def save_changes(item: ActionItem, changes: dict[str, Any], given: Input) -> SavedItem:
    version = item.version if given.version is None else given.version
    return promises.change(
        item,
        changes,
        version=version,
        why=given.text("why"),
        by=given.by,
        now=given.now,
    )


def refuse_note_alone(item: ActionItem, given: Input) -> SavedItem:
    raise RefusedError("Say whether it worked: press one of the two buttons.")


def verify_as(worked: bool) -> Operation:
    def operation(item: ActionItem, given: Input) -> SavedItem:
        return promises.verify(
            item, worked=worked, note=given.text("note"), by=given.by, now=given.now
        )

    return operation


OPERATIONS: dict[str, Operation] = {
    "tick": tick,
    "take": set_state_to(ActionState.IN_PROGRESS),
    "reopen": set_state_to(ActionState.OPEN),
    "decline": decline,
    "change": change,
    "assign": assign,
    "move": move,
    "evidence": give_evidence,
    "snooze": snooze,
    "wake": end_snooze,
    "worked": verify_as(True),
    "failed": verify_as(False),
    "noted": refuse_note_alone,
}


def operation_meant(do: str, item: ActionItem, values: dict[str, Any]) -> str:
    """The operation that was meant: Enter presses the first button in any field."""
    if do != "change" or not is_unchanged(item, values):
        return do
    if values.get("until") or values.get("because"):
        return "snooze"
    return "noted" if values.get("note") else do


def is_unchanged(item: ActionItem, values: dict[str, Any]) -> bool:
    owner = values["owner"]
    named = (owner.account, owner.name) if owner else (None, "")
    account = item.owner.username if item.owner else None
    same = named[0] == account if account else named == (None, item.owner_name)
    return same and values["due_on"] == item.due_on
