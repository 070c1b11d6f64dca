"""Tick an action item, take it up, decline it, or open it again."""

import datetime as dt
from typing import Any
from uuid import UUID

from incidents import models
from incidents.documents.document import Person
from incidents.documents.kinds import ActionState
from incidents.workflow.parts import ACTION
from incidents.workflow.refusals import RefusedError
from incidents.workflow.save import save

MOST_EVIDENCE = 1_000


def set_state(
    incident: models.Incident,
    key: UUID,
    to: ActionState,
    *,
    by: models.User,
    now: dt.datetime,
    reason: str = "",
) -> models.ActionItem:
    """Bring an item into a state. One that is there already stays as it is.

    Whoever closed it first keeps the credit; a second tick changes nothing.
    """
    row = incident.actions.get(key=key)
    if row.state == to:
        return row
    changes: dict[str, Any] = {"state": to, "done_at": None, "done_by": None}
    if to == ActionState.DONE:
        changes |= {
            "done_at": now,
            "done_by": Person(name=by.name, account=by.username),
        }
    if to == ActionState.DECLINED:
        changes["declined_because"] = reason
    saved = save(ACTION, incident, key, changes, version=row.version, by=by, now=now)
    return saved.row


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
