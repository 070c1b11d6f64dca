"""Withdraw a published report, and restore it. Nothing of it is lost."""

import datetime as dt

from django.db import transaction

from incidents import models
from incidents.documents.formats.as_json import from_json
from incidents.models import State
from incidents.permissions import may_review, may_write
from incidents.search.words import index
from incidents.workflow.counting.tallying import count_audience
from incidents.workflow.record import current_revision, lock_among, record_event
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.whole.to_document import to_document


@transaction.atomic
def withdraw(
    incident: models.Incident, reason: str, *, by: models.User, now: dt.datetime
) -> models.Incident:
    """Readers find the report no longer, in no version, until it is restored."""
    held = lock_for_reviewer(incident, by)
    if held.state != State.PUBLISHED:
        raise RefusedError(
            "Only a published report can be withdrawn. This postmortem is "
            f"{State(held.state).label.lower()}."
        )
    if not reason.strip():
        raise RefusedError("Say why it is withdrawn: whoever looks for it will ask.")
    after = {"reason": reason.strip()}
    set_state(held, State.WITHDRAWN, "withdrawn", by, now, after)
    index.withdraw(held, to_document(held))
    return held


@transaction.atomic
def reinstate(
    incident: models.Incident, *, by: models.User, now: dt.datetime
) -> models.Incident:
    """The report stands published again, in all its versions."""
    held = lock_for_reviewer(incident, by)
    if held.state != State.WITHDRAWN:
        raise RefusedError(
            "Only a withdrawn report can be restored. This postmortem is "
            f"{State(held.state).label.lower()}."
        )
    set_state(held, State.PUBLISHED, "reinstated", by, now, {})
    newest = held.publications.first()
    assert newest is not None
    index.publish(newest, from_json(newest.document))
    index.keep(held, to_document(held))
    return held


def lock_for_reviewer(incident: models.Incident, by: models.User) -> models.Incident:
    """This incident, locked, withdrawn or not; refused to who may not withdraw it."""
    if not (may_review(by) and may_write(by)):
        raise NotAllowedError(
            "Only reviewers can withdraw and restore reports. Ask a reviewer."
        )
    return lock_among(models.Incident.objects.visible_to(by), incident)


def set_state(
    held: models.Incident,
    to: State,
    what: str,
    by: models.User,
    now: dt.datetime,
    after: dict[str, str],
) -> None:
    was, held.state = held.state, to
    held.save(update_fields=["state"])
    count_audience(held)
    record_event(
        held,
        what,
        by=by,
        now=now,
        before={"state": was},
        after={"state": to, **after},
        revision=current_revision(held, by=by, now=now),
    )
