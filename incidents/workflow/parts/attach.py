"""Keep a picture with a postmortem."""

import datetime as dt
from hashlib import sha256
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction

from incidents import models
from incidents.documents.pictures import Picture
from incidents.workflow.record import current_revision, lock, record_event
from incidents.workflow.refusals import RefusedError

MOST_PICTURES = 500


def attach(
    incident: models.Incident,
    picture: Picture,
    *,
    name: str,
    alt: str,
    by: models.User,
    now: dt.datetime,
) -> models.Attachment:
    """The picture, kept once: the same one with the same words is not kept again.

    The file is sent to its store outside of any transaction: a store that hangs
    must hold up nobody who writes.
    """
    digest = sha256(picture.data).hexdigest()
    if same := same_or_room(incident, digest, alt, by=by):
        return same
    new = unsaved_attachment(incident, picture, name=name, alt=alt, digest=digest)
    new.uploaded_by, new.uploaded_by_name, new.uploaded_at = by, by.name, now
    place = f"incidents/{new.incident_id}/{new.key}.{picture.extension}"
    new.file.save(place, ContentFile(picture.data), save=False)
    kept = None
    try:
        kept = save_or_same(new, by=by, now=now)
    finally:
        if kept is not new:
            new.file.delete(save=False)
    return kept


@transaction.atomic
def save_or_same(
    new: models.Attachment, *, by: models.User, now: dt.datetime
) -> models.Attachment:
    """The new row, saved; or the same picture, kept while the file was on its way."""
    same = same_or_room(new.incident, new.sha256, new.alt, by=by)
    if same is None:
        save_with_event(new, by=by, now=now)
    return same or new


@transaction.atomic
def same_or_room(
    incident: models.Incident, digest: str, alt: str, *, by: models.User
) -> models.Attachment | None:
    """The same picture if it is kept already; else None, or a refusal if it is full."""
    held = lock(incident, by)
    same = held.attachments.filter(sha256=digest, alt=alt).first()
    if same is None and held.attachments.count() >= MOST_PICTURES:
        raise RefusedError(
            f"A postmortem holds up to {MOST_PICTURES} pictures. Use one that is "
            "here already, or link to where the others are."
        )
    return same


def unsaved_attachment(
    held: models.Incident, picture: Picture, *, name: str, alt: str, digest: str
) -> models.Attachment:
    return models.Attachment(
        incident=held,
        key=uuid4(),
        name=name[-255:],
        alt=alt,
        content_type=picture.content_type,
        size=len(picture.data),
        width=picture.width,
        height=picture.height,
        sha256=digest,
    )


def save_with_event(
    kept: models.Attachment, *, by: models.User, now: dt.datetime
) -> None:
    """Save the row of a file that its store has, in the caller's transaction."""
    kept.save()
    record_event(
        kept.incident,
        "picture added",
        by=by,
        now=now,
        part=kept.key,
        after={"name": kept.name, "alt": kept.alt, "sha256": kept.sha256},
        revision=current_revision(kept.incident, by=by, now=now),
    )
