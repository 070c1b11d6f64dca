"""Rows -> Document: the whole postmortem as it stands in the database now."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db.models import QuerySet

from incidents import models
from incidents.database.prepared import Prepared, children
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
from incidents.models.part import Part


def names(labels: str, *, incident: int) -> QuerySet[Any, Any]:
    rows = models.Incident.objects.filter(pk=incident, **{f"{labels}__isnull": False})
    return rows.order_by(f"{labels}__name").values_list(f"{labels}__name")


def links(link: str, *, incident: int) -> QuerySet[Any, Any]:
    """What the factors point at, as pairs: the keys of a factor and of a row."""
    linked = {"incident": incident, f"{link}__isnull": False}
    rows = models.ContributingFactor.objects.filter(**linked)
    return rows.order_by().values_list("pk", link)


NAMES: Final = Prepared(models.Incident, names)
LINKS: Final = Prepared(models.ContributingFactor, links)
PARTICIPANTS: Final = children(models.Participant, "user")
SECTIONS: Final = children(models.Section)
ENTRIES: Final = children(models.TimelineEntry)
ACTIONS: Final = children(models.ActionItem, "owner", "done_by")
FACTORS: Final = children(models.ContributingFactor, "category")


def to_document(incident: models.Incident) -> Document:
    timeline = ENTRIES.rows(None, incident=incident.pk)
    actions = ACTIONS.rows(None, incident=incident.pk)
    sections = SECTIONS.rows(None, incident=incident.pk)
    return Document(
        **facts_of(incident),
        participants=participants_of(incident),
        sections=tuple(section_of(row) for row in sections),
        timeline=tuple(entry_of(row) for row in timeline),
        actions=tuple(action_of(row) for row in actions),
        factors=factors_of(incident, timeline, actions),
    )


def facts_of(incident: models.Incident) -> dict[str, Any]:
    return {
        **columns_of(incident),
        "services": names_of("services", incident),
        "tags": names_of("tags", incident),
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
        "owner": person_if_named(incident.owner, incident.owner_name),
    }


def names_of(labels: str, incident: models.Incident) -> tuple[str, ...]:
    return tuple(name for (name,) in NAMES.tuples(labels, incident=incident.pk))


def participants_of(incident: models.Incident) -> tuple[Participant, ...]:
    return tuple(
        Participant(person=person(row.user, row.name), role=row.role)
        for row in PARTICIPANTS.rows(None, incident=incident.pk)
    )


def person(user: models.User | None, name: str) -> Person:
    return Person(name=user.name, account=user.username) if user else Person(name=name)


def person_if_named(user: models.User | None, name: str) -> Person | None:
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
        owner=person_if_named(row.owner, row.owner_name),
        due_on=row.due_on,
        state=ActionState(row.state),
        done_at=row.done_at,
        done_by=person_if_named(row.done_by, row.done_by_name),
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
    rows = FACTORS.rows(None, incident=incident.pk)
    if not rows:
        return ()
    evidence = places_of("entries", timeline, incident)
    answers = places_of("actions", actions, incident)
    return tuple(factor_of(row, evidence[row.pk], answers[row.pk]) for row in rows)


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


def places_of(
    link: str, rows: Sequence[Part], incident: models.Incident
) -> dict[int, list[int]]:
    """Where the rows stand that each factor points at through this link."""
    place = {row.pk: place for place, row in enumerate(rows)}
    found: dict[int, list[int]] = defaultdict(list)
    for factor, pointed_at in LINKS.tuples(link, incident=incident.pk):
        found[factor].append(place[pointed_at])
    return found
