"""The frame of every verb: lock the incident, change it, write down what was done."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from incidents import models
from incidents.database.prepared import Prepared
from incidents.database.saving import insert_rows, update_row
from incidents.documents.formats.as_json import to_json
from incidents.models import lookup
from incidents.models.incident import IncidentQuerySet
from incidents.search.words import index
from incidents.workflow.counting.listing import count_promises
from incidents.workflow.counting.tallying import count_items
from incidents.workflow.outgoing.notices import make_notices_of
from incidents.workflow.refusals import NotAllowedError
from incidents.workflow.whole.to_document import to_document

# Saves by one person within this time share a revision.
SITTING = dt.timedelta(minutes=10)

# What a reviewer has answered about stays as they saw it.
ANSWERS = ("approved", "changes_asked")

Values = Mapping[str, Any]


def lock(incident: models.Incident, by: models.User) -> models.Incident:
    """The newest row of this incident, held until the transaction ends.

    Writers to one incident queue here, so that positions and revision numbers
    never race. SQLite has already locked when its transaction began.
    """
    return locked_or_refused(lookup.lock_editable(incident.pk, by))


def lock_among(rows: IncidentQuerySet, incident: models.Incident) -> models.Incident:
    """This incident, locked, if it is among these rows."""
    held = rows.select_for_update(of=("self",)).filter(pk=incident.pk)
    return locked_or_refused(held.first())


def locked_or_refused(held: models.Incident | None) -> models.Incident:
    if held is None:
        raise NotAllowedError(
            "You may not change this postmortem. Ask its owner or an admin."
        )
    return held


def record_event(
    incident: models.Incident,
    what: str,
    *,
    by: models.User,
    now: dt.datetime,
    part: UUID | None = None,
    before: Values | None = None,
    after: Values | None = None,
    revision: models.Revision | None = None,
) -> models.Event:
    """Record the change just made as an Event of a Revision. Call it once, and last.

    A change that leaves the words as they are names the revision that holds them.
    The notices of it are made here too, in the same transaction.
    """
    event = models.Event(
        incident=incident,
        revision=revision or revise(incident, by=by, now=now),
        actor=by,
        actor_name=by.name,
        at=now,
        what=what,
        part=part,
        before=before,
        after=after,
    )
    insert_rows([event])
    make_notices_of(event)
    return event


def current_revision(
    incident: models.Incident, *, by: models.User, now: dt.datetime
) -> models.Revision:
    """The newest revision if it holds the record as it is now, else a new one."""
    newest = incident.revisions.first()
    if newest and newest.document == to_json(to_document(incident)):
        return newest
    return revise(incident, by=by, now=now)


def revise(
    incident: models.Incident, *, by: models.User, now: dt.datetime, note: str = ""
) -> models.Revision:
    """Save the record as it is now: into the newest revision of the same sitting, or
    as a new one. The search index and the counts are brought up to date with it.
    """
    now_says = to_document(incident)
    if incident.state in (models.State.PUBLISHED, models.State.WITHDRAWN):
        count_promises(incident, now_says.actions)
        count_items(incident, now_says.actions)
    document = to_json(now_says)
    newest = NEWEST.first(None, incident=incident.pk)
    if newest is None or searched(newest.document) != searched(document):
        index.keep(incident, now_says, newest.document if newest else None)
    if newest and not note and joins_sitting(newest, by, now):
        newest.document, newest.saved_at = document, now
        update_row(newest, "document", "saved_at")
        return newest
    made = models.Revision(
        incident=incident,
        number=newest.number + 1 if newest else 1,
        document=document,
        note=note,
        author=by,
        author_name=by.name,
        created_at=now,
        saved_at=now,
    )
    insert_rows([made])
    return made


def newest_with_use(shape: None, *, incident: int) -> QuerySet[models.Revision]:
    """The newest revision, and whether something refers to its words."""
    here = OuterRef("pk")
    published = models.Publication.objects.filter(revision=here)
    answered = models.Event.objects.filter(revision=here, what__in=ANSWERS)
    rows = models.Revision.objects.filter(incident=incident)
    return rows.annotate(is_used=Exists(published) | Exists(answered))[:1]


NEWEST: Final = Prepared(models.Revision, newest_with_use)


def searched(document: Values) -> Values:
    """The parts of a revision that search indexes: not how far its items are."""
    rows = document.get("action_items", ())
    items = [(item.get("key"), item.get("text")) for item in rows]
    return {**document, "action_items": items}


def joins_sitting(newest: models.Revision, by: models.User, now: dt.datetime) -> bool:
    """Whether a save goes into the newest revision, as one of the same sitting.

    One that was published or answered by a reviewer, or made for a reason of its
    own, stays as it is.
    """
    return (
        newest.author_id == by.pk
        and not newest.note
        and newest.created_at <= now < newest.created_at + SITTING
        and not vars(newest)["is_used"]
    )
