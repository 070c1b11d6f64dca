"""Ask others to look at a draft before it is published."""

import datetime as dt

from django.db import transaction

from incidents import models
from incidents.models import State
from incidents.workflow.record import lock, write_down
from incidents.workflow.refusals import RefusedError


@transaction.atomic
def ask_for_review(
    incident: models.Incident, *, by: models.User, now: dt.datetime
) -> models.Incident:
    """The draft is in review from now on."""
    incident = lock(incident, by)
    if incident.state != State.DRAFT:
        raise RefusedError(
            "Only a draft can be sent to review. This postmortem is already "
            f"{State(incident.state).label.lower()}."
        )
    incident.state = State.IN_REVIEW
    incident.save(update_fields=["state"])
    write_down(
        incident,
        "asked_for_review",
        by=by,
        now=now,
        before={"state": State.DRAFT},
        after={"state": State.IN_REVIEW},
    )
    return incident
