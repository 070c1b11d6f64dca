"""What becomes of a promise: another owner or date, a snooze, a second look."""

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
from incidents.workflow.record import lock, standing_revision, write_down
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
    refuse_second_look(row, by)
    if not worked:
        if not note.strip():
            raise RefusedError("Say what did not work, so that its owner can go on.")
        saved = set_state(held, row.key, ActionState.OPEN, by=by, now=now, reason=note)
        sign_look(saved.row, None, note, by)
        return saved
    sign_look(row, now, note, by)
    event = write_down(
        held,
        "action verified",
        by=by,
        now=now,
        part=row.key,
        after={"text": row.text, "note": note},
        revision=standing_revision(held, by=by, now=now),
    )
    return Saved(row, joined=False, event=event)


def sign_look(
    row: models.ActionItem, at: dt.datetime | None, note: str, by: models.User
) -> None:
    """Who looked and what they saw. Without a time it did not work; see the note."""
    row.verified_at, row.verified_by, row.verified_by_name = at, by, by.name
    row.verified_note = note
    names = ("verified_at", "verified_by", "verified_by_name", "verified_note")
    row.save(update_fields=names)


def refuse_second_look(row: models.ActionItem, by: models.User) -> None:
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
    """Let an item rest until a day; its date stays, and so does who waits for it.

    It ends by itself. An empty day ends it now.
    """
    held = lock(item.incident, by)
    row = find(ACTION, held, item.key)
    if until:
        refuse_snooze(row, until, why, now.astimezone(by.tzinfo).date())
    elif row.snoozed_until is None:
        return Saved(row, joined=False)
    event = let_rest(held, row, until, why.strip() if until else "", by=by, now=now)
    return Saved(row, joined=False, event=event)


def let_rest(
    held: models.Incident,
    row: models.ActionItem,
    until: dt.date | None,
    why: str,
    *,
    by: models.User,
    now: dt.datetime,
) -> models.Event:
    """Set the day without a question: whether it may be so is known."""
    before = resting(row)
    row.snoozed_until, row.snoozed_because = until, why
    row.save(update_fields=["snoozed_until", "snoozed_because"])
    return write_down(
        held,
        "action snoozed" if until else "action woken",
        by=by,
        now=now,
        part=row.key,
        before=before,
        after=resting(row),
        revision=standing_revision(held, by=by, now=now),
    )


def resting(row: models.ActionItem) -> dict[str, Any]:
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
