"""Made-up postmortems for readers: what is frozen, and what lists show of it."""

from collections.abc import Sequence
from typing import Any

from incidents import models
from incidents.documents.as_json import to_json
from incidents.documents.card import Card, Step, summary
from incidents.documents.durations import in_words
from incidents.documents.kinds import ActionState
from incidents.management.load.batch import (
    Kept,
    Story,
    bulk,
    incident_of,
    keep_events,
    keep_links,
    keep_parts,
    keep_revisions,
    link,
)
from incidents.management.load.moulds import filled, page_of
from incidents.workflow.listing import SHOWN


def keep(stories: Sequence[Story], accounts: dict[str, models.User]) -> None:
    """All of a batch: the record, its history, its publications and its listing."""
    incidents = bulk(models.Incident, map(incident_of, stories))
    kept = [
        Kept(story, incident, to_json(story.document))
        for story, incident in zip(stories, incidents, strict=True)
    ]
    keep_parts(kept, accounts)
    keep_links(kept)
    revisions = keep_revisions(kept)
    published = [one for one in kept if one.story.is_published]
    keep_publications(published, revisions)
    keep_events(kept, revisions)


def keep_publications(
    kept: Sequence[Kept], revisions: dict[int, list[models.Revision]]
) -> None:
    made = bulk(
        models.Publication,
        (publication(one, revisions[one.incident.pk][-1]) for one in kept),
    )
    pairs = zip(kept, made, strict=True)
    bulk(models.Listing, (listing(one, row) for one, row in pairs))
    table = models.Listing
    link(kept, table.services.through, "service_id", lambda s: s.services, "listing_id")
    link(kept, table.tags.through, "tag_id", lambda s: s.tags, "listing_id")
    link(
        kept,
        table.categories.through,
        "factorcategory_id",
        lambda s: [s.category],
        "listing_id",
    )


def publication(one: Kept, last: models.Revision) -> models.Publication:
    story = one.story
    return models.Publication(
        incident=one.incident,
        number=1,
        revision=last,
        document=one.json,
        html=page_of(story.mould, story.filling),
        card={**card(story), "approved_by": [], "lacking": [], "despite": ""},
        published_at=story.published_at,
        published_by=story.reviewer,
        published_by_name=story.reviewer.name,
    )


def card(story: Story) -> Card:
    """As `documents.card` makes it, from the mould's renderings."""
    document, mould = story.document, story.mould
    start, end = document.started_at, document.resolved_at
    return Card(
        title=document.title,
        severity=story.severity.name,
        rank=story.severity.rank,
        summary=summary(document),
        date=f"{start:%-d %b %Y}" if start else "",
        duration=in_words(end - start) if start and end else "",
        services=list(document.services),
        tags=list(document.tags),
        people=[[story.author.name, "owner"]],
        noticed_by=document.detection.label if document.detection else "",
        contents=mould.contents,
        steps=[
            Step(
                key=item.key,
                anchor=anchor,
                html=filled(html, story.filling.words),
                kind=item.kind.label if item.kind else "",
            )
            for item, (anchor, html) in zip(document.actions, mould.steps, strict=True)
        ],
        zone="UTC",
    )


def listing(one: Kept, row: models.Publication) -> models.Listing:
    story, shown, start = one.story, row.card, one.incident.started_at
    assert start is not None
    return models.Listing(
        incident=one.incident,
        publication=row,
        title=shown["title"],
        summary=shown["summary"],
        card={name: shown[name] for name in SHOWN},
        severity=story.severity,
        rank=story.severity.rank,
        owner=story.author,
        started_at=start,
        published_at=row.published_at,
        **progress(story),
    )


def progress(story: Story) -> dict[str, Any]:
    items = story.document.actions
    due = [i.due_on for i in items if i.due_on and i.state != ActionState.DONE]
    return {
        "promised": len(items),
        "done": sum(item.state == ActionState.DONE for item in items),
        "next_due": min(due, default=None),
    }
