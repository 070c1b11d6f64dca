"""Refuses an action item that cannot be kept: due too early, or with a blind owner."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError

from incidents import models
from incidents.documents.calendar.days import day_in_words
from incidents.models import Visibility
from incidents.models.incident import named_to
from incidents.permissions import may_manage


def refuse_unkeepable(row: models.ActionItem, values: Mapping[str, Any]) -> None:
    """Refuse a new date before the incident, and a new owner without access to it.

    What stood there before is not asked again: it may have been right then.
    """
    due, owner = values["due_on"], values["owner"]
    if due and due != row.due_on:
        refuse_due_before_start(row.incident, due)
    if owner and owner.pk != row.owner_id:
        refuse_closed_account(owner)
        refuse_owner_without_access(row.incident, owner)


def refuse_due_before_start(incident: models.Incident, due: dt.date) -> None:
    if incident.started_at is None:
        return
    began = incident.started_at.astimezone(incident.tzinfo).date()
    if due < began:
        raise ValidationError(
            {
                "due_on": f"{day_in_words(due)} is before the incident, which began on "
                f"{day_in_words(began)}. Choose a later day."
            }
        )


def refuse_closed_account(owner: models.User) -> None:
    if not owner.is_active:
        raise ValidationError(
            {
                "owner": f"{owner.name} has left: the account {owner.username} is "
                "closed. Name somebody who is still here."
            }
        )


def refuse_owner_without_access(incident: models.Incident, owner: models.User) -> None:
    """Only a restricted incident refuses: other owners may be let in by a new role."""
    if incident.visibility == Visibility.EVERYONE or may_manage(owner):
        return
    if owner.pk in (incident.owner_id, incident.created_by_id):
        return
    circle = models.Incident.objects.filter(named_to(owner, ""), pk=incident.pk)
    if not circle.exists():
        raise ValidationError(
            {
                "owner": f"{owner.name} may not see {incident.label}. Name somebody "
                "who may, or let them see it first."
            }
        )
