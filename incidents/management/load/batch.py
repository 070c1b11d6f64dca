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
from incidents.management.load.patterns import (
    ACTIONS,
    ENTRIES,
    SECTIONS,
    Filling,
    Pattern,
)
from incidents.management.load.people import World
from incidents.management.load.shelf import AnyModel, Shelf
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


def keep_record(shelf: Shelf, story: Story, json: Written, world: World) -> None:
    """The postmortem and its history, as the verbs would have written it."""
    keep_incident(shelf, story)
    keep_parts(shelf, story, world)
    incident = models.Incident
    link(shelf, story, incident.services.through, "service_id", story.services)
    link(shelf, story, incident.tags.through, "tag_id", story.tags)
    link(shelf, story, incident.allowed_users.through, "user_id", story.readers)
    keep_history(shelf, story, json)


def keep_incident(shelf: Shelf, story: Story) -> None:
    document, author = story.document, story.author
    state = models.State.PUBLISHED if story.is_published else models.State.DRAFT
    hidden = models.Visibility.RESTRICTED if story.readers else None
    shelf.add(
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
        **signed(story),
    )


def signed(story: Story) -> dict[str, Any]:
    author = story.author
    return {
        "saved_at": story.written_at,
        "saved_by": author,
        "saved_by_name": author.name,
    }


def keep_parts(shelf: Shelf, story: Story, world: World) -> None:
    document = story.document
    for place, section in enumerate(document.sections):
        values = section_values(section)
        number = numbered(story, len(SECTIONS), place)
        part(shelf, story, models.Section, number, place, section.key, values)
    for place, entry in enumerate(document.timeline):
        values = entry_values(entry, UTC)
        number = numbered(story, ENTRIES, place)
        part(shelf, story, models.TimelineEntry, number, place, entry.key, values)
    for place, item in enumerate(document.actions):
        values = action_values(item, world.accounts)
        number = numbered(story, ACTIONS, place)
        part(shelf, story, models.ActionItem, number, place, item.key, values)
    keep_factor(shelf, story, world)


def keep_factor(shelf: Shelf, story: Story, world: World) -> None:
    """With the entries that show it, and the items that answer it."""
    (factor,) = story.document.factors
    model = models.ContributingFactor
    values = factor_values(factor, world.categories)
    part(shelf, story, model, story.number, 0, factor.key, values)
    for place in factor.evidence:
        shelf.add(
            model.entries.through,
            contributingfactor_id=story.number,
            timelineentry_id=numbered(story, ENTRIES, place),
        )
    for place in factor.answers:
        shelf.add(
            model.actions.through,
            contributingfactor_id=story.number,
            actionitem_id=numbered(story, ACTIONS, place),
        )


def part(
    shelf: Shelf,
    story: Story,
    model: AnyModel,
    number: int,
    place: int,
    key: str,
    values: dict[str, Any],
) -> None:
    shelf.add(
        model,
        id=number,
        incident_id=story.number,
        key=UUID(key),
        position=place,
        **signed(story),
        **values,
    )


def numbered(story: Story, each: int, place: int) -> int:
    """The number of a row of which each postmortem has so many."""
    return (story.number - 1) * each + place + 1


def link(
    shelf: Shelf,
    story: Story,
    through: AnyModel,
    column: str,
    rows: Iterable[Any],
    owner: str = "incident_id",
) -> None:
    for row in rows:
        shelf.add(through, **{owner: story.number, column: row.pk})


def keep_history(shelf: Shelf, story: Story, json: Written) -> None:
    """As it was written, and as it was published."""
    keep_revision(shelf, story, 1, json)
    if story.is_published:
        keep_revision(shelf, story, 2, json)


def keep_revision(shelf: Shelf, story: Story, number: int, json: Written) -> None:
    """A revision, and the event that made it; both have the same number."""
    by = story.author if number == 1 else story.reviewer
    at = story.written_at if number == 1 else story.published_at
    shelf.add(
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
    shelf.add(
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
    return numbered(story, 2, number - 1)


PUBLISHED: Final = {
    "state": models.State.PUBLISHED,
    "version": 1,
    "note": "",
    "approved_by": [],
    "lacking": [],
    "despite": "",
}
