"""Set a hint aside, and take it up again."""

import datetime as dt

from django.db import transaction

from incidents import models
from incidents.workflow.record import lock


@transaction.atomic
def dismiss(
    incident: models.Incident, hint: str, *, by: models.User, now: dt.datetime
) -> None:
    """Show this hint to nobody any more. It changes no words, so there is no Event."""
    held = lock(incident, by)
    held.dismissed_hints.get_or_create(
        hint=hint, defaults={"by": by, "by_name": by.name, "at": now}
    )


@transaction.atomic
def take_up(incident: models.Incident, hint: str, *, by: models.User) -> None:
    lock(incident, by).dismissed_hints.filter(hint=hint).delete()
