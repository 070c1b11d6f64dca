"""Publish: freeze the record as it stands now, for everybody who may see it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

from django.db import transaction
from django.db.models import QuerySet
from django.template.loader import render_to_string

from incidents import models
from incidents.charts.phases import strip
from incidents.database.prepared import Prepared
from incidents.documents.checks import failed
from incidents.documents.document import Document
from incidents.documents.formats.as_json import from_json
from incidents.documents.render import TooLong
from incidents.documents.showing.card import Verdict, card, summary
from incidents.documents.showing.report import Report, report
from incidents.permissions import may_review
from incidents.search.words import index
from incidents.workflow.counting.listing import list_report
from incidents.workflow.counting.tallying import count_report
from incidents.workflow.record import lock, record_event
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.reviewing.review import refuse_unseen
from incidents.workflow.reviewing.standing import checks_of, standing_answers
from incidents.workflow.whole.to_document import to_document


@transaction.atomic
def publish(
    incident: models.Incident,
    *,
    by: models.User,
    now: dt.datetime,
    note: str = "",
    despite: str = "",
    seen: str = "",
    after: int | None = None,
) -> models.Publication:
    """The next version of the report, which nothing changes afterwards.

    `despite` is the reason to publish although a required check fails, `seen` the
    digest of the words that whoever publishes has looked at, `after` the version that
    readers had then, 0 for none. A doubled click publishes once.
    """
    refuse_non_reviewers(by)
    incident = lock(incident, by)
    refuse_unseen(incident, seen)
    verdict = verdict_on(incident, despite)
    newest = NEWEST.first(None, incident=incident.pk)
    if newest and after is not None and newest.number > after:
        return own_publication(newest, by)
    number = newest.number + 1 if newest else 1
    said = {"version": number, "note": note, **verdict}
    revision = mark_published(incident, said, by=by, now=now)
    made = unsaved_publication(incident, revision, number, verdict, by=by, now=now)
    made.note = note
    made.save()
    published = from_json(made.document)
    list_report(made, published)
    index.publish(made, published)
    count_report(incident)
    return made


def newest_version(shape: None, *, incident: int) -> QuerySet[models.Publication]:
    versions = models.Publication.objects.filter(incident=incident)
    return versions.defer("document", "html", "card")[:1]


NEWEST: Final = Prepared(models.Publication, newest_version)


def refuse_non_reviewers(by: models.User) -> None:
    if not may_review(by):
        raise NotAllowedError(
            "Only reviewers can publish. Ask a reviewer to look at this postmortem."
        )


def own_publication(newest: models.Publication, by: models.User) -> models.Publication:
    """This person's own new publication; refused if it is somebody else's."""
    if newest.published_by_id != by.pk:
        raise RefusedError(
            f"{newest.published_by_name} has published version {newest.number} since "
            "this page was opened. Look at it: yours would be the version after it."
        )
    return newest


def mark_published(
    incident: models.Incident,
    said: Mapping[str, Any],
    *,
    by: models.User,
    now: dt.datetime,
) -> models.Revision:
    """Set the state, and return the revision that holds what is published."""
    was = incident.state
    incident.state = models.State.PUBLISHED
    incident.save(update_fields=["state"])
    before, after = {"state": was}, {"state": incident.state, **said}
    event = record_event(
        incident, "published", by=by, now=now, before=before, after=after
    )
    assert event.revision is not None
    return event.revision


def verdict_on(incident: models.Incident, despite: str) -> Verdict:
    """Who approved it as it stands, and which checks fail. Refuses without a reason."""
    document = to_document(incident)
    refuse_if_bare(document)
    answers = standing_answers(incident, document)
    lacking = failed(checks_of(incident, document, answers))
    if lacking and not despite.strip():
        named = "; ".join(check.sentence for check in lacking)
        raise RefusedError(
            f"This site requires more before a report is published. Missing: {named}. "
            "Mend it, or give a reason, which the report will show."
        )
    return Verdict(
        approved_by=[
            answer.request.reviewer_name for answer in answers if answer.holds
        ],
        lacking=[check.sentence for check in lacking],
        despite=despite.strip() if lacking else "",
    )


def unsaved_publication(
    incident: models.Incident,
    revision: models.Revision,
    number: int,
    verdict: Verdict,
    *,
    by: models.User,
    now: dt.datetime,
) -> models.Publication:
    """The next publication with all that readers get; the caller saves it."""
    document = from_json(revision.document)
    drawn = drawn_report(document)
    rank = incident.severity.rank if incident.severity else None
    return models.Publication(
        incident=incident,
        number=number,
        revision=revision,
        document=revision.document,
        html=report_html(drawn),
        card={**card(document, drawn, rank=rank), **verdict},
        published_at=now,
        published_by=by,
        published_by_name=by.name,
    )


def refuse_if_bare(document: Document) -> None:
    if why := why_bare(document):
        raise RefusedError(why)


def why_bare(document: Document) -> str:
    """What no report can do without, whatever a site asks for besides."""
    if not document.title.strip():
        return "Give it a title first."
    try:
        if not summary(document):
            return "Write the summary first: it is what most people read."
    except TooLong as error:
        return str(error)
    if document.started_at is None:
        return "Say when it started: reports are listed by that time."
    return ""


def drawn_report(document: Document) -> Report:
    try:
        return report(document)
    except TooLong as error:
        raise RefusedError(str(error)) from error


def report_html(drawn: Report) -> str:
    return render_to_string(
        "reports/body.html", {"report": drawn, "strip": strip(drawn.moments)}
    )
