"""Begin a postmortem: from a template, or from a whole document."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

from django.db import transaction

from incidents import models
from incidents.documents.document import Document, Section
from incidents.documents.kinds import SectionKind
from incidents.permissions import may_write
from incidents.workflow.record import record_event
from incidents.workflow.refusals import NotAllowedError
from incidents.workflow.whole.to_rows import to_rows


@transaction.atomic
def start(
    document: Document,
    template: models.ReportTemplate,
    *,
    key: UUID,
    by: models.User,
    now: dt.datetime,
) -> models.Incident:
    """A new draft with the sections and prompts of a template.

    The same form sent twice begins one postmortem: the key it was shown with is
    remembered.
    """
    # One beginning at a time for one person, so that a doubled click cannot race.
    models.User.objects.select_for_update().get(pk=by.pk)
    begun = models.Event.objects.filter(actor=by, what="created", part=key).first()
    if begun is not None:
        return begun.incident
    sections = tuple(
        Section(kind=SectionKind(row.kind), title=row.title, prompt=row.prompt)
        for row in template.sections.all()
    )
    return create(replace(document, sections=sections), key=key, by=by, now=now)


@transaction.atomic
def create(
    document: Document,
    *,
    by: models.User,
    now: dt.datetime,
    key: UUID | None = None,
    source_name: str = "",
    source_hash: str = "",
) -> models.Incident:
    """A new draft that says what the document says."""
    if not may_write(by):
        raise NotAllowedError(
            "Only authors can start a postmortem. Ask an admin for the role."
        )
    incident = models.Incident(
        created_at=now,
        created_by=by,
        created_by_name=by.name,
        source=models.Source.IMPORTED if source_hash else models.Source.TYPED,
        source_name=source_name,
        source_hash=source_hash,
    )
    to_rows(document, incident, by=by, now=now)
    record_event(incident, "created", by=by, now=now, part=key)
    return incident
