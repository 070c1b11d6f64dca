"""Change the owner or date of an action item, snooze it, verify that it worked."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db import transaction

from incidents import models
from incidents.documents.calendar.days import day_in_words
from incidents.documents.formats.as_json import plain
from incidents.documents.kinds import ActionState
from incidents.workflow.actions.state import SavedItem, set_state
from incidents.workflow.parts.part_kinds import ACTION
from incidents.workflow.parts.save import Saved, find, save
from incidents.workflow.record import current_revision, lock, record_event
from incidents.workflow.refusals import RefusedError


def change(
    item: models.ActionItem,
    changes: Mapping[str, Any],
    *,
    version: int,
    by: models.User,
    now: dt.datetime,
    why: str = "",
) -> SavedItem:
    """Another owner, date or evidence. A date that was set moves for a reason."""
    was = item.due_on
    moves = was and changes.get("due_on", was) != was
    if was and moves and not why.strip():
        raise RefusedError(
            f"Say why the date moves: it was promised for {day_in_words(was)}."
        )
    return save(
        ACTION,
        item.incident,
        item.key,
        changes,
        version=version,
        by=by,
        now=now,
        why=why.strip() if moves else "",
    )


@transaction.atomic
def verify(
    item: models.ActionItem,
    *,
    worked: bool,
    note: str,
    by: models.User,
    now: dt.datetime,
) -> SavedItem:
    """Say later whether it worked. What did not is open again, and says why."""
    held = lock(item.incident, by)
    row = find(ACTION, held, item.key)
    refuse_verifying(row, by)
    if not worked:
        if not note.strip():
            raise RefusedError("Say what did not work, so that its owner can go on.")
        saved = set_state(held, row.key, ActionState.OPEN, by=by, now=now, reason=note)
        record_verification(saved.row, None, note, by)
        return saved
    record_verification(row, now, note, by)
    event = record_event(
        held,
        "action verified",
        by=by,
        now=now,
        part=row.key,
        after={"text": row.text, "note": note},
        revision=current_revision(held, by=by, now=now),
    )
    return Saved(row, joined=False, event=event)


def record_verification(
    row: models.ActionItem, at: dt.datetime | None, note: str, by: models.User
) -> None:
    """Save who verified it and their note. Without a time, it had not worked."""
    row.verified_at, row.verified_by, row.verified_by_name = at, by, by.name
    row.verified_note = note
    names = ("verified_at", "verified_by", "verified_by_name", "verified_note")
    row.save(update_fields=names)


def refuse_verifying(row: models.ActionItem, by: models.User) -> None:
    if row.state != ActionState.DONE:
        raise RefusedError("This is not done, so nobody can say yet whether it worked.")
    if by.pk in (row.owner_id, row.done_by_id):
        raise RefusedError(
            "You did this yourself. Somebody else says whether it worked."
        )
    if row.verified_at:
        raise RefusedError(f"{row.verified_by_name} has already said that it worked.")


@transaction.atomic
def snooze(
    item: models.ActionItem,
    until: dt.date | None,
    why: str,
    *,
    by: models.User,
    now: dt.datetime,
) -> SavedItem:
    """Remind nobody of an item until a day; it stays due, and on the board.

    A snooze ends by itself. An empty day ends it now.
    """
    held = lock(item.incident, by)
    row = find(ACTION, held, item.key)
    if until:
        refuse_snooze(row, until, why, now.astimezone(by.tzinfo).date())
    elif row.snoozed_until is None:
        return Saved(row, joined=False)
    event = set_snooze(held, row, until, why.strip() if until else "", by=by, now=now)
    return Saved(row, joined=False, event=event)


def set_snooze(
    held: models.Incident,
    row: models.ActionItem,
    until: dt.date | None,
    why: str,
    *,
    by: models.User,
    now: dt.datetime,
) -> models.Event:
    """Save the day. Whether it may be snoozed is for the caller to check."""
    before = snooze_values(row)
    row.snoozed_until, row.snoozed_because = until, why
    row.save(update_fields=["snoozed_until", "snoozed_because"])
    return record_event(
        held,
        "action snoozed" if until else "action woken",
        by=by,
        now=now,
        part=row.key,
        before=before,
        after=snooze_values(row),
        revision=current_revision(held, by=by, now=now),
    )


def snooze_values(row: models.ActionItem) -> dict[str, Any]:
    return {
        "text": row.text,
        "until": plain(row.snoozed_until),
        "why": row.snoozed_because,
    }


def refuse_snooze(
    row: models.ActionItem, until: dt.date, why: str, today: dt.date
) -> None:
    if row.is_closed:
        raise RefusedError("This is closed, so nobody is reminded of it.")
    if until <= today:
        raise RefusedError("Choose a day to come: until then nobody is reminded.")
    most = models.ActionPolicy.objects.current().snooze_days
    if until > today + dt.timedelta(most):
        raise RefusedError(
            f"A snooze lasts {most} day{'' if most == 1 else 's'} at most, so until "
            f"{day_in_words(today + dt.timedelta(most))}. If it needs longer, move its "
            "date and say why."
        )
    if not why.strip():
        raise RefusedError("Say why it can wait: those who wait for it see that.")
