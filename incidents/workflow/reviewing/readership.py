"""Say that one has read a report; ask others to; remind them; feature a report."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction

from incidents import models
from incidents.permissions import may_review
from incidents.workflow.counting.tallying import count_readers
from incidents.workflow.record import Values, current_revision, lock, record_event
from incidents.workflow.refusals import NotAllowedError, RefusedError


@transaction.atomic
def mark_read(
    publication: models.Publication, *, by: models.User, now: dt.datetime
) -> None:
    """This person has read this version. No Event: it changes nothing in the record."""
    models.ReadMark.objects.get_or_create(
        publication=publication, user=by, defaults={"at": now}
    )
    count_readers(publication.incident_id)
    mine = models.Notice.objects.filter(to=by, event__incident=publication.incident_id)
    mine.filter(read_at__isnull=True).update(read_at=now)


@transaction.atomic
def mark_unread(publication: models.Publication, *, by: models.User) -> None:
    publication.read_marks.filter(user=by).delete()
    count_readers(publication.incident_id)


@transaction.atomic
def ask_to_read(
    incident: models.Incident,
    people: Collection[models.User],
    groups: Collection[Group],
    *,
    by: models.User,
    now: dt.datetime,
) -> None:
    """These people and the members of these groups, and nobody else, are asked."""
    held = lock(incident, by)
    seeing = set(held.audience.values_list("pk", flat=True))
    blind = [person.name for person in people if person.pk not in seeing]
    if blind:
        raise RefusedError(
            f"{', '.join(blind)} may not see this report. Let them in first, under "
            "“Who can see it” in the editor."
        )
    before = required_readers(held)
    held.required_readers.all().delete()
    models.RequiredReader.objects.bulk_create(
        [
            *(models.RequiredReader(incident=held, user=user) for user in people),
            *(models.RequiredReader(incident=held, group=group) for group in groups),
        ]
    )
    after = required_readers(held)
    if after != before:
        record_without_words(held, "readers asked", by, now, before=before, after=after)


def required_readers(incident: models.Incident) -> dict[str, object]:
    rows = incident.required_readers.select_related("user", "group")
    return {
        "people": sorted(row.user.username for row in rows if row.user),
        "groups": sorted(row.group.name for row in rows if row.group),
    }


@transaction.atomic
def remind(incident: models.Incident, *, by: models.User, now: dt.datetime) -> int:
    """Tell those once more who have not read it; how many were told."""
    event = record_without_words(lock(incident, by), "readers reminded", by, now)
    return event.notices.count()


@transaction.atomic
def feature(
    incident: models.Incident, on: bool, *, by: models.User, now: dt.datetime
) -> None:
    """Put a report on top of the listing, or take it from there."""
    if not may_review(by):
        raise NotAllowedError("Only reviewers choose what stands on top of the list.")
    held = lock(incident, by)
    listing = models.Listing.objects.filter(incident=held)
    if listing.filter(featured_at__isnull=on).update(featured_at=now if on else None):
        record_without_words(held, "featured" if on else "not featured", by, now)


def record_without_words(
    held: models.Incident,
    what: str,
    by: models.User,
    now: dt.datetime,
    *,
    before: Values | None = None,
    after: Values | None = None,
) -> models.Event:
    """Record an event that leaves the words of the postmortem as they are."""
    standing = current_revision(held, by=by, now=now)
    return record_event(
        held, what, by=by, now=now, before=before, after=after, revision=standing
    )
