"""What can be done to an item on the board, by the name of the button for it."""

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
class Given:
    """What a form gave to a deed, by whom, and when."""

    values: dict[str, Any]
    version: int | None
    by: User
    now: dt.datetime

    def text(self, name: str) -> str:
        return str(self.values.get(name) or "").strip()


Deed = Callable[[ActionItem, Given], SavedItem]


def tick(item: ActionItem, given: Given) -> SavedItem:
    if faster := state.closed_by_another(item, given.by):
        raise RefusedError(faster)
    evidence = given.text("evidence")
    return to_state(ActionState.DONE, evidence=evidence)(item, given)


def to_state(to: ActionState, reason: str = "", evidence: str = "") -> Deed:
    def deed(item: ActionItem, given: Given) -> SavedItem:
        return state.set_state(
            item.incident,
            item.key,
            to,
            reason=reason,
            evidence=evidence,
            by=given.by,
            now=given.now,
        )

    return deed


def decline(item: ActionItem, given: Given) -> SavedItem:
    reason = given.text("why")
    if not reason:
        raise RefusedError("Say why it is declined.")
    return to_state(ActionState.DECLINED, reason=reason)(item, given)


def change(item: ActionItem, given: Given) -> SavedItem:
    """The owner and the date as the row's form shows them now."""
    changes = {"owner": given.values["owner"] or None, "due_on": given.values["due_on"]}
    return put(item, changes, given)


def assign(item: ActionItem, given: Given) -> SavedItem:
    if not given.values["owner"]:
        raise RefusedError("Say who gets it.")
    return put(item, {"owner": given.values["owner"]}, given)


def move(item: ActionItem, given: Given) -> SavedItem:
    if not given.values["due_on"]:
        raise RefusedError("Say to which day it moves.")
    return put(item, {"due_on": given.values["due_on"]}, given)


def give_evidence(item: ActionItem, given: Given) -> SavedItem:
    return put(item, {"evidence": given.text("evidence")}, given)


def snooze(item: ActionItem, given: Given) -> SavedItem:
    until = given.values.get("until")
    if not until:
        raise RefusedError("Say until when nobody is reminded.")
    return promises.snooze(
        item, until, given.text("because"), by=given.by, now=given.now
    )


def wake(item: ActionItem, given: Given) -> SavedItem:
    return promises.snooze(item, None, "", by=given.by, now=given.now)


def put(item: ActionItem, changes: dict[str, Any], given: Given) -> SavedItem:
    version = item.version if given.version is None else given.version
    return promises.change(
        item,
        changes,
        version=version,
        why=given.text("why"),
        by=given.by,
        now=given.now,
    )


def ask_which(item: ActionItem, given: Given) -> SavedItem:
    raise RefusedError("Say whether it worked: press one of the two buttons.")


def verified(worked: bool) -> Deed:
    def deed(item: ActionItem, given: Given) -> SavedItem:
        return promises.verify(
            item, worked=worked, note=given.text("note"), by=given.by, now=given.now
        )

    return deed


DEEDS: dict[str, Deed] = {
    "tick": tick,
    "take": to_state(ActionState.IN_PROGRESS),
    "reopen": to_state(ActionState.OPEN),
    "decline": decline,
    "change": change,
    "assign": assign,
    "move": move,
    "evidence": give_evidence,
    "snooze": snooze,
    "wake": wake,
    "worked": verified(True),
    "failed": verified(False),
    "noted": ask_which,
}


def meant_by(do: str, item: ActionItem, values: dict[str, Any]) -> str:
    """What was asked for: Enter presses the first button, in whatever field it was."""
    if do != "change" or not is_as_it_was(item, values):
        return do
    if values.get("until") or values.get("because"):
        return "snooze"
    return "noted" if values.get("note") else do


def is_as_it_was(item: ActionItem, values: dict[str, Any]) -> bool:
    owner = values["owner"]
    named = (owner.account, owner.name) if owner else (None, "")
    account = item.owner.username if item.owner else None
    same = named[0] == account if account else named == (None, item.owner_name)
    return same and values["due_on"] == item.due_on
