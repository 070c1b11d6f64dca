"""Decide who may see a postmortem."""

import datetime as dt
from collections.abc import Collection

from django.contrib.auth.models import Group
from django.db import transaction

from incidents import models
from incidents.workflow.counting.tallying import count_audience
from incidents.workflow.record import lock, record_event


@transaction.atomic
def set_access(
    incident: models.Incident,
    visibility: models.Visibility,
    people: Collection[models.User],
    groups: Collection[Group],
    *,
    by: models.User,
    now: dt.datetime,
) -> None:
    """Show it to everyone, or to these people and groups and nobody else.

    Its owner, its first writer and the site's admins see it in any case.
    """
    held = lock(incident, by)
    before = access_of(held)
    held.visibility = visibility
    held.save(update_fields=["visibility"])
    count_audience(held)
    held.allowed_users.set(people)
    held.allowed_groups.set(groups)
    after = access_of(held)
    if after != before:
        what = "access changed"
        record_event(held, what, by=by, now=now, before=before, after=after)


def access_of(incident: models.Incident) -> dict[str, object]:
    people = incident.allowed_users.order_by("username")
    groups = incident.allowed_groups.order_by("name")
    return {
        "visibility": incident.visibility,
        "people": list(people.values_list("username", flat=True)),
        "groups": list(groups.values_list("name", flat=True)),
    }
