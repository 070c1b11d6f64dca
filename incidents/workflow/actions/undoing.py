"""Taking back what was just done to an action item."""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from incidents import models
from incidents.documents.document import Action
from incidents.documents.formats.as_json import build
from incidents.workflow.actions.promises import let_rest, resting
from incidents.workflow.actions.state import begin_anew
from incidents.workflow.parts.part_kinds import ACTION
from incidents.workflow.parts.save import find, snapshot
from incidents.workflow.record import lock, standing_revision, write_down
from incidents.workflow.refusals import RefusedError


@transaction.atomic
def undo(
    event: models.Event, *, by: models.User, now: dt.datetime
) -> models.ActionItem:
    """Take one change back, unless somebody has changed the item since."""
    take_back = DEEDS.get(event.what)
    if take_back is None or not event.after:
        raise RefusedError("There is nothing to undo here.")
    held = lock(event.incident, by)
    row = find(ACTION, held, event.part)
    take_back(held, row, event, by, now)
    return row


def take_back_words(
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
        begin_anew(row, None)
    ACTION.write(row, value, by, now)
    if there.due_on != value.due_on and event.before.get("due_on"):
        row.moves = max(moves - 1, 0)
        row.save(update_fields=["moves"])
    after = snapshot(ACTION.read(row), row.version)
    write_down(
        held,
        "action changed",
        by=by,
        now=now,
        part=row.key,
        before=snapshot(there, there_version),
        after=after,
    )


def take_back_snooze(
    held: models.Incident,
    row: models.ActionItem,
    event: models.Event,
    by: models.User,
    now: dt.datetime,
) -> None:
    """Let it rest as long as before, or not at all."""
    after, before = event.after or {}, event.before or {}
    if resting(row)["until"] != after.get("until"):
        raise RefusedError("Its snooze was changed since, so it stays as it is.")
    until = before.get("until")
    day = dt.date.fromisoformat(until) if until else None
    let_rest(held, row, day, before.get("why", ""), by=by, now=now)


def take_back_look(
    held: models.Incident,
    row: models.ActionItem,
    event: models.Event,
    by: models.User,
    now: dt.datetime,
) -> None:
    """Nobody has said yet whether it worked."""
    if row.verified_at != event.at or row.verified_by_id != event.actor_id:
        raise RefusedError("This was opened or looked at since, so it stays as it is.")
    begin_anew(row, row.verify_from)
    row.save()
    write_down(
        held,
        "action unverified",
        by=by,
        now=now,
        part=row.key,
        after={"text": row.text},
        revision=standing_revision(held, by=by, now=now),
    )


TakeBack = Callable[
    [models.Incident, models.ActionItem, models.Event, models.User, dt.datetime], None
]
DEEDS: dict[str, TakeBack] = {
    "action changed": take_back_words,
    "action snoozed": take_back_snooze,
    "action woken": take_back_snooze,
    "action verified": take_back_look,
}
