"""Made-up postmortems into the record, many at once: facts, parts and history."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import models as columns

from incidents import models
from incidents.documents.document import Document
from incidents.management.load.moulds import Filling, Mould
from incidents.models.part import Part
from incidents.workflow.to_rows import (
    action_values,
    entry_values,
    factor_values,
    section_values,
)

UTC: Final = ZoneInfo("UTC")
AnyRow = TypeVar("AnyRow", bound=columns.Model)
AnyPart = TypeVar("AnyPart", bound=Part)


@dataclass(slots=True)
class Story:
    """A postmortem on its way into the database."""

    mould: Mould
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


@dataclass(frozen=True, slots=True)
class Kept:
    """A story with its row, its text as JSON, and its revisions."""

    story: Story
    incident: models.Incident
    json: dict[str, Any]


def bulk(model: type[AnyRow], rows: Iterable[AnyRow]) -> list[AnyRow]:
    return model._default_manager.bulk_create(rows)


def incident_of(story: Story) -> models.Incident:
    document, author = story.document, story.author
    state = models.State.PUBLISHED if story.is_published else models.State.DRAFT
    hidden = models.Visibility.RESTRICTED if story.readers else None
    return models.Incident(
        title=document.title,
        severity=story.severity,
        zone=UTC.key,
        started_at=document.started_at,
        detected_at=document.detected_at,
        mitigated_at=document.mitigated_at,
        resolved_at=document.resolved_at,
        detection=document.detection or "",
        users_affected_count=document.users_affected_count,
        owner=author,
        owner_name=author.name,
        state=state,
        visibility=hidden or models.Visibility.EVERYONE,
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


def keep_parts(kept: Sequence[Kept], accounts: dict[str, models.User]) -> None:
    parts(models.Section, kept, lambda d: d.sections, section_values)
    entries = parts(
        models.TimelineEntry,
        kept,
        lambda d: d.timeline,
        lambda entry: entry_values(entry, UTC),
    )
    items = parts(
        models.ActionItem,
        kept,
        lambda d: d.actions,
        lambda item: action_values(item, accounts),
    )
    categories = {one.story.category.name: one.story.category for one in kept}
    factors = parts(
        models.ContributingFactor,
        kept,
        lambda d: d.factors,
        lambda factor: factor_values(factor, categories),
    )
    keep_reasons(kept, factors, entries, items)


def parts(
    model: type[AnyPart],
    kept: Sequence[Kept],
    of: Callable[[Document], Sequence[Any]],
    values: Callable[[Any], dict[str, Any]],
) -> list[AnyPart]:
    return bulk(
        model,
        (
            model(
                incident=one.incident,
                key=UUID(row.key),
                position=place,
                **signed(one.story),
                **values(row),
            )
            for one in kept
            for place, row in enumerate(of(one.story.document))
        ),
    )


def keep_reasons(
    kept: Sequence[Kept],
    factors: Sequence[models.ContributingFactor],
    entries: Sequence[models.TimelineEntry],
    items: Sequence[models.ActionItem],
) -> None:
    """Which entries show each factor, and which items answer it."""
    factor = models.ContributingFactor
    shown = {(row.incident_id, row.position): row.pk for row in entries}
    answered = {(row.incident_id, row.position): row.pk for row in items}
    told = {row.pk: row for row in factors}
    document = {one.incident.pk: one.story.document for one in kept}
    for through, column, found, name in (
        (factor.entries.through, "timelineentry_id", shown, "evidence"),
        (factor.actions.through, "actionitem_id", answered, "answers"),
    ):
        bulk(
            through,
            (
                through(
                    contributingfactor_id=pk,
                    **{column: found[row.incident_id, place]},
                )
                for pk, row in told.items()
                for place in getattr(
                    document[row.incident_id].factors[row.position], name
                )
            ),
        )


def keep_links(kept: Sequence[Kept]) -> None:
    incident = models.Incident
    link(kept, incident.services.through, "service_id", lambda s: s.services)
    link(kept, incident.tags.through, "tag_id", lambda s: s.tags)
    link(kept, incident.allowed_users.through, "user_id", lambda s: s.readers)


def link(
    kept: Sequence[Kept],
    through: type[AnyRow],
    column: str,
    of: Callable[[Story], Sequence[columns.Model]],
    owner: str = "incident_id",
) -> None:
    bulk(
        through,
        (
            through(**{owner: one.incident.pk, column: row.pk})
            for one in kept
            for row in of(one.story)
        ),
    )


def keep_revisions(kept: Sequence[Kept]) -> dict[int, list[models.Revision]]:
    """As it was written, and as it was published; the newest one comes last."""
    made: dict[int, list[models.Revision]] = {one.incident.pk: [] for one in kept}
    for number in (1, 2):
        rows = bulk(
            models.Revision,
            (revision(one, number) for one in kept if written(one, number)),
        )
        for row in rows:
            made[row.incident_id].append(row)
    return made


def written(one: Kept, number: int) -> bool:
    return number == 1 or one.story.is_published


def revision(one: Kept, number: int) -> models.Revision:
    story = one.story
    by = story.author if number == 1 else story.reviewer
    at = story.written_at if number == 1 else story.published_at
    return models.Revision(
        incident=one.incident,
        number=number,
        document=one.json,
        author=by,
        author_name=by.name,
        created_at=at,
        saved_at=at,
    )


def keep_events(
    kept: Sequence[Kept], revisions: dict[int, list[models.Revision]]
) -> None:
    bulk(models.Event, (begun(one, revisions[one.incident.pk][0]) for one in kept))
    bulk(
        models.Event,
        (
            released(one, revisions[one.incident.pk][-1])
            for one in kept
            if one.story.is_published
        ),
    )


def begun(one: Kept, first: models.Revision) -> models.Event:
    author = one.story.author
    return models.Event(
        incident=one.incident,
        revision=first,
        actor=author,
        actor_name=author.name,
        at=one.story.written_at,
        what="created",
    )


def released(one: Kept, last: models.Revision) -> models.Event:
    reviewer = one.story.reviewer
    return models.Event(
        incident=one.incident,
        revision=last,
        actor=reviewer,
        actor_name=reviewer.name,
        at=one.story.published_at,
        what="published",
        before={"state": models.State.DRAFT},
        after={
            "state": models.State.PUBLISHED,
            "version": 1,
            "note": "",
            "approved_by": [],
            "lacking": [],
            "despite": "",
        },
    )
