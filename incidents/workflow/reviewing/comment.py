"""Remark on a part of a postmortem, answer a remark, and settle it."""

import datetime as dt
from uuid import UUID

from django.db import transaction

from incidents import models
from incidents.models.part import Part
from incidents.workflow.record import current_revision, lock, record_event
from incidents.workflow.refusals import RefusedError

ABOUT_LENGTH = 200
# The same words again within this time are a button that was pressed twice.
TWICE = dt.timedelta(minutes=1)
KINDS: tuple[type[Part], ...] = (
    models.Section,
    models.TimelineEntry,
    models.ContributingFactor,
    models.ActionItem,
)


@transaction.atomic
def comment(
    incident: models.Incident,
    text: str,
    *,
    by: models.User,
    now: dt.datetime,
    part: UUID | None = None,
) -> models.Comment:
    """A new thread about a part, or about the whole where none is named."""
    held = lock(incident, by)
    about = title_of(find(held, part)) if part else ""
    return add_comment(held, "commented", text, by, now, part=part, about=about)


@transaction.atomic
def reply(
    thread: models.Comment, text: str, *, by: models.User, now: dt.datetime
) -> models.Comment:
    """One more comment in a thread, open or resolved."""
    held = lock(thread.incident, by)
    first = thread.reply_to or thread
    part, about = first.part, first.about
    return add_comment(held, "replied", text, by, now, part=part, about=about, to=first)


@transaction.atomic
def resolve(
    thread: models.Comment, *, by: models.User, now: dt.datetime
) -> models.Comment:
    """Resolve a thread. A resolved one keeps the name of who resolved it first."""
    row = lock_thread(thread, by)
    if row.resolved_at is None:
        row.resolved_at, row.resolved_by, row.resolved_by_name = now, by, by.name
        row.save(update_fields=["resolved_at", "resolved_by", "resolved_by_name"])
        record_comment(row, "comment_resolved", by, now)
    return row


@transaction.atomic
def reopen(
    thread: models.Comment, *, by: models.User, now: dt.datetime
) -> models.Comment:
    row = lock_thread(thread, by)
    if row.resolved_at is not None:
        row.resolved_at, row.resolved_by, row.resolved_by_name = None, None, ""
        row.save(update_fields=["resolved_at", "resolved_by", "resolved_by_name"])
        record_comment(row, "comment_reopened", by, now)
    return row


def lock_thread(thread: models.Comment, by: models.User) -> models.Comment:
    """The first comment of the thread as it is now, its incident locked."""
    held = lock(thread.incident, by)
    return held.comments.get(pk=thread.reply_to_id or thread.pk)


def find(held: models.Incident, part: UUID) -> Part:
    """The row of this key, if this incident has one."""
    for kind in KINDS:
        row = kind._default_manager.filter(incident=held, key=part).first()
        if row is not None:
            return row
    raise RefusedError(
        "The part that you commented on is gone. Comment on the whole instead, and "
        "say what you mean."
    )


def title_of(row: Part) -> str:
    """What a part is called at the moment: its title, or how its text begins."""
    words = row.title if isinstance(row, models.Section) else vars(row)["text"]
    return " ".join(words.split())[:ABOUT_LENGTH]


def add_comment(
    held: models.Incident,
    what: str,
    text: str,
    by: models.User,
    now: dt.datetime,
    *,
    part: UUID | None,
    about: str,
    to: models.Comment | None = None,
) -> models.Comment:
    text = text.strip()
    if not text:
        raise RefusedError("Write something first.")
    just_now = held.comments.filter(author=by, at__gt=now - TWICE)
    if said := just_now.filter(part=part, reply_to=to, text=text).first():
        return said
    row = models.Comment.objects.create(
        incident=held,
        part=part,
        about=about,
        author=by,
        author_name=by.name,
        at=now,
        text=text,
        reply_to=to,
    )
    record_comment(row, what, by, now)
    return row


def record_comment(
    row: models.Comment, what: str, by: models.User, now: dt.datetime
) -> None:
    """An event at the current revision: no words of the postmortem have changed."""
    record_event(
        row.incident,
        what,
        by=by,
        now=now,
        part=row.part,
        after={"comment": row.pk, "about": row.about, "text": row.text},
        revision=current_revision(row.incident, by=by, now=now),
    )
