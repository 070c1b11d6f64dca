"""Tick an action item, take it up, decline it, or open it again."""

import datetime as dt
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from incidents import models
from incidents.documents.document import Person
from incidents.documents.kinds import ActionState
from incidents.workflow.parts.part_kinds import ACTION
from incidents.workflow.parts.save import Saved, find, save, save_found
from incidents.workflow.record import lock
from incidents.workflow.refusals import RefusedError

SavedItem = Saved[models.ActionItem]

NO_EVIDENCE = "Show that it is done: add a link or a note as evidence, then tick it."
MOST_EVIDENCE = 1_000


def closed_by_another(item: models.ActionItem, by: models.User) -> str:
    """A sentence on who has closed it before this person could; empty if nobody has."""
    if not item.is_closed or item.done_by_id == by.pk:
        return ""
    if item.state == ActionState.DECLINED:
        return f"{item.saved_by_name} has declined this: {item.declined_because}"
    who = item.done_by.name if item.done_by else item.done_by_name or "Somebody"
    if item.done_at is None:
        return f"{who} has already closed this."
    at = item.done_at.astimezone(by.tzinfo)
    return f"{who} has already closed this, on {at:%-d %b at %H:%M}."


@transaction.atomic
def set_state(
    incident: models.Incident,
    key: UUID,
    to: ActionState,
    *,
    by: models.User,
    now: dt.datetime,
    reason: str = "",
    evidence: str = "",
) -> SavedItem:
    """Set an item's state, with the event that can undo it; none if nothing changed.

    Whoever closed it first keeps the credit; a second tick changes nothing.
    """
    held = lock(incident, by)
    row = find(ACTION, held, key)
    if row.state == to:
        return Saved(row, joined=False)
    changes: dict[str, Any] = {"state": to, "done_at": None, "done_by": None}
    if to == ActionState.DONE:
        shown = evidence or row.evidence
        reset_verification(row, verify_day(shown, now))
        done_by = Person(name=by.name, account=by.username)
        changes |= {"done_at": now, "done_by": done_by, "evidence": shown}
    else:
        reset_verification(row, None)
    if to == ActionState.DECLINED:
        changes["declined_because"] = reason
    why = reason if to == ActionState.OPEN else ""
    return save_found(
        ACTION, held, row, changes, version=row.version, by=by, now=now, why=why
    )


def verify_day(evidence: str, now: dt.datetime) -> dt.date | None:
    """The day from which on to ask whether it worked, if this site asks.

    Refuses what lacks the evidence that this site requires.
    """
    policy = models.ActionPolicy.objects.current()
    if policy.evidence and not evidence.strip():
        raise RefusedError(NO_EVIDENCE)
    if policy.verify_after is None:
        return None
    return now.astimezone(ZoneInfo("UTC")).date() + dt.timedelta(policy.verify_after)


def reset_verification(row: models.ActionItem, ask_on: dt.date | None) -> None:
    """Forget that it was verified, and ask again from this day on. The caller saves."""
    row.verify_from = ask_on
    row.verified_at = row.verified_by = None
    row.verified_by_name = row.verified_note = ""


def give_evidence(
    incident: models.Incident,
    key: UUID,
    words: str,
    *,
    by: models.User,
    now: dt.datetime,
) -> models.ActionItem:
    """Say what shows that an item was done: a link, or a few words."""
    if len(words) > MOST_EVIDENCE:
        raise RefusedError(
            f"This is long for evidence. Give a link, or up to {MOST_EVIDENCE} letters."
        )
    row = incident.actions.get(key=key)
    changes = {"evidence": words}
    saved = save(ACTION, incident, key, changes, version=row.version, by=by, now=now)
    return saved.row
