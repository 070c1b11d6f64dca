"""Made-up postmortems for readers: what is frozen, and what lists show of it."""

from incidents import models
from incidents.database.bulk import Written
from incidents.documents.calendar.durations import in_words
from incidents.documents.showing.card import Card, shortened
from incidents.management.load.bulk_rows import BulkRows
from incidents.management.load.patterns import page_of
from incidents.management.load.record import Story, add_links, revision_number
from incidents.workflow.counting.listing import SHOWN, progress


def add_publication(bulk: BulkRows, story: Story, json: Written) -> None:
    """The first version of a report; it has the number of its postmortem."""
    shown = card(story)
    bulk.add(
        models.Publication,
        id=story.number,
        incident_id=story.number,
        number=1,
        revision_id=revision_number(story, 2),
        document=json,
        html=page_of(story.pattern, story.filling),
        card={**shown, "approved_by": [], "lacking": [], "despite": ""},
        published_at=story.published_at,
        published_by=story.reviewer,
        published_by_name=story.reviewer.name,
    )
    add_listing(bulk, story, shown)


def card(story: Story) -> Card:
    """As `showing.card` makes it, from the pattern's renderings."""
    document, pattern = story.document, story.pattern
    start, end = document.started_at, document.resolved_at
    words = story.filling.words
    return Card(
        title=document.title,
        severity=story.severity.name,
        rank=story.severity.rank,
        summary=shortened(pattern.summary.filled(words)),
        date=f"{start:%-d %b %Y}" if start else "",
        duration=in_words(end - start) if start and end else "",
        services=list(document.services),
        tags=list(document.tags),
        people=[[story.author.name, "owner"]],
        noticed_by=document.detection.label if document.detection else "",
        contents=pattern.contents,
        steps=[
            {
                "key": item.key,
                "anchor": anchor,
                "html": html.filled(words),
                "kind": item.kind.label if item.kind else "",
            }
            for item, (anchor, html) in zip(
                document.actions, pattern.steps, strict=True
            )
        ],
        zone="UTC",
    )


def add_listing(bulk: BulkRows, story: Story, shown: Card) -> None:
    table = models.Listing
    bulk.add(
        table,
        incident_id=story.number,
        publication_id=story.number,
        title=shown["title"],
        summary=shown["summary"],
        card={name: value for name, value in shown.items() if name in SHOWN},
        severity=story.severity,
        rank=story.severity.rank,
        owner=story.author,
        started_at=story.document.started_at,
        published_at=story.published_at,
        **progress(story.document.actions),
    )
    for through, column, rows in (
        (table.services.through, "service_id", story.services),
        (table.tags.through, "tag_id", story.tags),
        (table.categories.through, "factorcategory_id", [story.category]),
    ):
        add_links(bulk, story, through, column, rows, owner="listing_id")
