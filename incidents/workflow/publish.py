"""Publish: freeze the record as it stands now, for everybody who may see it."""

import datetime as dt

from django.db import transaction
from django.template.loader import render_to_string

from incidents import models
from incidents.charts.phases import strip
from incidents.documents.as_json import from_json
from incidents.documents.card import card, summary
from incidents.documents.document import Document
from incidents.documents.render import TooLong
from incidents.documents.report import Report, report
from incidents.permissions import may_review
from incidents.workflow.listing import list_report
from incidents.workflow.record import lock, write_down
from incidents.workflow.refusals import NotAllowedError, RefusedError


@transaction.atomic
def publish(
    incident: models.Incident, *, by: models.User, now: dt.datetime, note: str = ""
) -> models.Publication:
    """The next version of the report, which nothing changes afterwards."""
    if not may_review(by):
        raise NotAllowedError(
            "Only reviewers can publish. Ask a reviewer to look at this postmortem."
        )
    incident = lock(incident, by)
    newest = incident.publications.defer("document", "html", "card").first()
    number = newest.number + 1 if newest else 1
    was = incident.state
    incident.state = models.State.PUBLISHED
    incident.save(update_fields=["state"])
    event = write_down(
        incident,
        "published",
        by=by,
        now=now,
        before={"state": was},
        after={"state": incident.state, "version": number, "note": note},
    )
    assert event.revision is not None
    return freeze(incident, event.revision, number, by=by, now=now, note=note)


def freeze(
    incident: models.Incident,
    revision: models.Revision,
    number: int,
    *,
    by: models.User,
    now: dt.datetime,
    note: str,
) -> models.Publication:
    document = from_json(revision.document)
    drawn = draw(document)
    refuse_if_bare(document)
    rank = incident.severity.rank if incident.severity else None
    publication = models.Publication.objects.create(
        incident=incident,
        number=number,
        revision=revision,
        document=revision.document,
        html=body(drawn),
        card=card(document, drawn, rank=rank),
        note=note,
        published_at=now,
        published_by=by,
        published_by_name=by.name,
    )
    list_report(publication, document)
    return publication


def refuse_if_bare(document: Document) -> None:
    """What no report can do without, whatever a site asks for besides."""
    if not document.title.strip():
        raise RefusedError("Give it a title first.")
    if not summary(document):
        raise RefusedError("Write the summary first: it is what most people read.")
    if document.started_at is None:
        raise RefusedError("Say when it started: reports are listed by that time.")


def draw(document: Document) -> Report:
    try:
        return report(document)
    except TooLong as error:
        raise RefusedError(str(error)) from error


def body(drawn: Report) -> str:
    return render_to_string(
        "reports/body.html", {"report": drawn, "strip": strip(drawn.moments)}
    )
