"""Undo what was just done to an action item."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from incidents import models
from incidents.documents.document import Action
from incidents.documents.formats.as_json import build
from incidents.workflow.actions.promises import set_snooze, snooze_values
from incidents.workflow.actions.state import reset_verification
from incidents.workflow.parts.part_kinds import ACTION
from incidents.workflow.parts.save import find, snapshot
from incidents.workflow.record import current_revision, lock, record_event
from incidents.workflow.refusals import RefusedError


@transaction.atomic
def undo(
    event: models.Event, *, by: models.User, now: dt.datetime
) -> models.ActionItem:
    """Take one change back, unless somebody has changed the item since."""
    undo_it = UNDOERS.get(event.what)
    if undo_it is None or not event.after:
        raise RefusedError("There is nothing to undo here.")
    held = lock(event.incident, by)
    row = find(ACTION, held, event.part)
    undo_it(held, row, event, by, now)
    return row


def undo_change(
    held: models.Incident,
    row: models.ActionItem,
    event: models.Event,
    by: models.User,
    now: dt.datetime,
) -> None:
    if not event.before or row.version != (event.after or {}).get("version"):
        raise RefusedError(
            f"{row.saved_by_name} has changed this since, so it stays as it is."
        )
    there, there_version, moves = ACTION.read(row), row.version, row.moves
    value = build(Action, event.before, "action")
    if there.state != value.state:
        reset_verification(row, None)
    ACTION.write(row, value, by, now)
    if there.due_on != value.due_on and event.before.get("due_on"):
        row.moves = max(moves - 1, 0)
        row.save(update_fields=["moves"])
    after = snapshot(ACTION.read(row), row.version)
    record_event(
        held,
        "action changed",
        by=by,
        now=now,
        part=row.key,
        before=snapshot(there, there_version),
        after=after,
    )


def undo_snooze(
    held: models.Incident,
    row: models.ActionItem,
    event: models.Event,
    by: models.User,
    now: dt.datetime,
) -> None:
    """Set the snooze that it had before, or none."""
    after, before = event.after or {}, event.before or {}
    if snooze_values(row)["until"] != after.get("until"):
        raise RefusedError("Its snooze was changed since, so it stays as it is.")
    until = before.get("until")
    day = dt.date.fromisoformat(until) if until else None
    set_snooze(held, row, day, before.get("why", ""), by=by, now=now)


def undo_verification(
    held: models.Incident,
    row: models.ActionItem,
    event: models.Event,
    by: models.User,
    now: dt.datetime,
) -> None:
    """Not verified again, and asked about from the same day on."""
    if row.verified_at != event.at or row.verified_by_id != event.actor_id:
        raise RefusedError("This was opened or looked at since, so it stays as it is.")
    reset_verification(row, row.verify_from)
    row.save()
    record_event(
        held,
        "action unverified",
        by=by,
        now=now,
        part=row.key,
        after={"text": row.text},
        revision=current_revision(held, by=by, now=now),
    )


Undo = Callable[
    [models.Incident, models.ActionItem, models.Event, models.User, dt.datetime], None
]
UNDOERS: dict[str, Undo] = {
    "action changed": undo_change,
    "action snoozed": undo_snooze,
    "action woken": undo_snooze,
    "action verified": undo_verification,
}
