"""Made-up postmortems into rows, many at once: facts, parts and history."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID
from zoneinfo import ZoneInfo

from incidents import models
from incidents.database.bulk import Written
from incidents.documents.document import Document
from incidents.management.load.bulk_rows import AnyModel, BulkRows
from incidents.management.load.patterns import (
    ACTIONS,
    ENTRIES,
    SECTIONS,
    Filling,
    Pattern,
)
from incidents.management.load.people import World
from incidents.workflow.whole.values import (
    action_values,
    entry_values,
    factor_values,
    section_values,
)

UTC: Final = ZoneInfo("UTC")


@dataclass(slots=True)
class Story:
    """A postmortem on its way into the database."""

    number: int
    pattern: Pattern
    filling: Filling
    document: Document
    author: models.User
    reviewer: models.User
    severity: models.Severity
    services: Sequence[models.Service]
    tags: Sequence[models.Tag]
    category: models.FactorCategory
    written_at: dt.datetime
    published_at: dt.datetime
    is_published: bool
    readers: Sequence[models.User]


def add_record(bulk: BulkRows, story: Story, json: Written, world: World) -> None:
    """The postmortem and its history, as the verbs would have written it."""
    add_incident(bulk, story)
    add_parts(bulk, story, world)
    incident = models.Incident
    add_links(bulk, story, incident.services.through, "service_id", story.services)
    add_links(bulk, story, incident.tags.through, "tag_id", story.tags)
    add_links(bulk, story, incident.allowed_users.through, "user_id", story.readers)
    add_history(bulk, story, json)


def add_incident(bulk: BulkRows, story: Story) -> None:
    document, author = story.document, story.author
    state = models.State.PUBLISHED if story.is_published else models.State.DRAFT
    hidden = models.Visibility.RESTRICTED if story.readers else None
    bulk.add(
        models.Incident,
        number=story.number,
        title=document.title,
        severity=story.severity,
        zone=UTC.key,
        started_at=document.started_at,
        detected_at=document.detected_at,
        mitigated_at=document.mitigated_at,
        resolved_at=document.resolved_at,
        detection=document.detection.value if document.detection else "",
        users_affected_count=document.users_affected_count,
        owner=author,
        owner_name=author.name,
        state=state.value,
        visibility=(hidden or models.Visibility.EVERYONE).value,
        created_at=story.written_at,
        created_by=author,
        created_by_name=author.name,
        **signature(story),
    )


def signature(story: Story) -> dict[str, Any]:
    author = story.author
    return {
        "saved_at": story.written_at,
        "saved_by": author,
        "saved_by_name": author.name,
    }


def add_parts(bulk: BulkRows, story: Story, world: World) -> None:
    document = story.document
    for place, section in enumerate(document.sections):
        values = section_values(section)
        number = row_number(story, len(SECTIONS), place)
        add_part(bulk, story, models.Section, number, place, section.key, values)
    for place, entry in enumerate(document.timeline):
        values = entry_values(entry, UTC)
        number = row_number(story, ENTRIES, place)
        add_part(bulk, story, models.TimelineEntry, number, place, entry.key, values)
    for place, item in enumerate(document.actions):
        values = action_values(item, world.accounts)
        number = row_number(story, ACTIONS, place)
        add_part(bulk, story, models.ActionItem, number, place, item.key, values)
    add_factor(bulk, story, world)


def add_factor(bulk: BulkRows, story: Story, world: World) -> None:
    """With the entries that show it, and the items that answer it."""
    (factor,) = story.document.factors
    model = models.ContributingFactor
    values = factor_values(factor, world.categories)
    add_part(bulk, story, model, story.number, 0, factor.key, values)
    for place in factor.evidence:
        bulk.add(
            model.entries.through,
            contributingfactor_id=story.number,
            timelineentry_id=row_number(story, ENTRIES, place),
        )
    for place in factor.answers:
        bulk.add(
            model.actions.through,
            contributingfactor_id=story.number,
            actionitem_id=row_number(story, ACTIONS, place),
        )


def add_part(
    bulk: BulkRows,
    story: Story,
    model: AnyModel,
    number: int,
    place: int,
    key: str,
    values: dict[str, Any],
) -> None:
    bulk.add(
        model,
        id=number,
        incident_id=story.number,
        key=UUID(key),
        position=place,
        **signature(story),
        **values,
    )


def row_number(story: Story, each: int, place: int) -> int:
    """The number of a row of which each postmortem has so many."""
    return (story.number - 1) * each + place + 1


def add_links(
    bulk: BulkRows,
    story: Story,
    through: AnyModel,
    column: str,
    rows: Iterable[Any],
    owner: str = "incident_id",
) -> None:
    for row in rows:
        bulk.add(through, **{owner: story.number, column: row.pk})


def add_history(bulk: BulkRows, story: Story, json: Written) -> None:
    """A revision of the draft and, if it is published, one of the report."""
    add_revision(bulk, story, 1, json)
    if story.is_published:
        add_revision(bulk, story, 2, json)


def add_revision(bulk: BulkRows, story: Story, number: int, json: Written) -> None:
    """A revision, and the event that made it; both have the same number."""
    by = story.author if number == 1 else story.reviewer
    at = story.written_at if number == 1 else story.published_at
    bulk.add(
        models.Revision,
        id=revision_number(story, number),
        incident_id=story.number,
        number=number,
        document=json,
        author=by,
        author_name=by.name,
        created_at=at,
        saved_at=at,
    )
    bulk.add(
        models.Event,
        id=revision_number(story, number),
        incident_id=story.number,
        revision_id=revision_number(story, number),
        actor=by,
        actor_name=by.name,
        at=at,
        what="created" if number == 1 else "published",
        before=None if number == 1 else {"state": models.State.DRAFT},
        after=None if number == 1 else PUBLISHED,
    )


def revision_number(story: Story, number: int) -> int:
    return row_number(story, 2, number - 1)


PUBLISHED: Final = {
    "state": models.State.PUBLISHED,
    "version": 1,
    "note": "",
    "approved_by": [],
    "lacking": [],
    "despite": "",
}
