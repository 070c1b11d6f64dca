"""Rows -> Document: the whole postmortem as it stands in the database now."""

from collections.abc import Iterable
from typing import Any

from incidents import models
from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Participant,
    Person,
    Section,
)
from incidents.documents.kinds import (
    ActionKind,
    ActionState,
    Detection,
    EntryKind,
    Priority,
    SectionKind,
)


def to_document(incident: models.Incident) -> Document:
    timeline = list(incident.timeline.all())
    actions = list(incident.actions.select_related("owner", "done_by"))
    return Document(
        **facts_of(incident),
        participants=participants_of(incident),
        sections=tuple(section_of(row) for row in incident.sections.all()),
        timeline=tuple(entry_of(row) for row in timeline),
        actions=tuple(action_of(row) for row in actions),
        factors=factors_of(incident, timeline, actions),
    )


def facts_of(incident: models.Incident) -> dict[str, Any]:
    return {
        **columns_of(incident),
        "services": tuple(row.name for row in incident.services.all()),
        "tags": tuple(row.name for row in incident.tags.all()),
    }


def columns_of(incident: models.Incident) -> dict[str, Any]:
    """The facts that stand in the row itself, or in one that it names."""
    return {
        "title": incident.title,
        "severity": incident.severity.name if incident.severity else None,
        "zone": incident.zone,
        "started_at": incident.started_at,
        "detected_at": incident.detected_at,
        "mitigated_at": incident.mitigated_at,
        "resolved_at": incident.resolved_at,
        "detection": Detection(incident.detection) if incident.detection else None,
        "users_affected_percent": incident.users_affected_percent,
        "users_affected_count": incident.users_affected_count,
        "owner": known(incident.owner, incident.owner_name),
    }


def participants_of(incident: models.Incident) -> tuple[Participant, ...]:
    return tuple(
        Participant(person=person(row.user, row.name), role=row.role)
        for row in incident.participants.select_related("user")
    )


def person(user: models.User | None, name: str) -> Person:
    return Person(name=user.name, account=user.username) if user else Person(name=name)


def known(user: models.User | None, name: str) -> Person | None:
    return person(user, name) if user or name else None


def section_of(row: models.Section) -> Section:
    return Section(
        kind=SectionKind(row.kind),
        title=row.title,
        body=row.body,
        prompt=row.prompt,
        key=str(row.key),
    )


def entry_of(row: models.TimelineEntry) -> Entry:
    return Entry(
        text=row.text,
        at=row.at,
        until=row.until,
        as_written=row.as_written,
        zone=row.zone,
        kind=EntryKind(row.kind),
        pinned=row.pinned,
        key=str(row.key),
    )


def action_of(row: models.ActionItem) -> Action:
    return Action(
        text=row.text,
        kind=ActionKind(row.kind) if row.kind else None,
        priority=Priority(row.priority) if row.priority else None,
        owner=known(row.owner, row.owner_name),
        due_on=row.due_on,
        state=ActionState(row.state),
        done_at=row.done_at,
        done_by=known(row.done_by, row.done_by_name),
        evidence=row.evidence,
        declined_because=row.declined_because,
        url=row.url,
        key=str(row.key),
    )


def factors_of(
    incident: models.Incident,
    timeline: list[models.TimelineEntry],
    actions: list[models.ActionItem],
) -> tuple[Factor, ...]:
    entry_at = {row.pk: place for place, row in enumerate(timeline)}
    action_at = {row.pk: place for place, row in enumerate(actions)}
    rows = incident.factors.select_related("category").prefetch_related(
        "entries", "actions"
    )
    return tuple(
        factor_of(
            row,
            [entry_at[entry.pk] for entry in row.entries.all()],
            [action_at[item.pk] for item in row.actions.all()],
        )
        for row in rows
    )


def factor_of(
    row: models.ContributingFactor, evidence: Iterable[int], answers: Iterable[int]
) -> Factor:
    return Factor(
        text=row.text,
        category=row.category.name if row.category else "",
        evidence=tuple(sorted(evidence)),
        answers=tuple(sorted(answers)),
        accepted=row.accepted,
        key=str(row.key),
    )
