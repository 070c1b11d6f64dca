"""What search finds of a made-up postmortem, and what the insights count of it."""

from incidents import models
from incidents.documents.searching.pieces import Field, labels
from incidents.documents.searching.words import stemmed, terms
from incidents.insights.tallies import MOMENTS, items_in, set_items, set_readers, tally
from incidents.management.load.bulk_rows import BulkRows
from incidents.management.load.record import Story
from incidents.search.words.index import Side, draft_side, side_of
from incidents.search.words.terms import END, Entry, Fields, fields_of
from incidents.workflow.counting.tallying import COLUMNS


def add_search_rows(bulk: BulkRows, story: Story) -> Entry:
    """Its side of the index; the terms are given back, they are no model's row."""
    side = published(story) if story.is_published else written(story)
    bulk.add(
        models.SearchDocument,
        place=side.place,
        incident_id=side.incident,
        is_draft=side.is_draft,
        pieces=side.pieces,
        digest=side.digest,
    )
    found = fields(story) if story.is_published else fields_of(side.pieces)
    return Entry(side.place, side.digest, found)


def published(story: Story) -> Side:
    """As `search.words.index` makes it of a report, from the pattern's readings."""
    words, start = story.filling.words, story.document.started_at
    assert start is not None
    pieces = [
        piece._replace(text=text.filled(words)) for piece, text in story.pattern.pieces
    ]
    names = next(place for place, one in enumerate(pieces) if one.field == Field.NAMES)
    pieces[names] = pieces[names]._replace(text=names_of(story))
    return side_of(story.number, pieces, start)


def written(story: Story) -> Side:
    row = models.Incident(number=story.number, created_at=story.written_at)
    return draft_side(row, story.document)


def names_of(story: Story) -> str:
    return labels(story.document, story.number)


def fields(story: Story) -> Fields:
    """The terms of a report, without taking its text apart once more."""
    words = [stemmed(word) for word in story.filling.words]
    found = {
        field: text.filled(words).split() for field, text in story.pattern.terms.items()
    }
    return found | {Field.NAMES: [*terms(names_of(story)), END]}


def add_counts(bulk: BulkRows, story: Story) -> None:
    """What a report counts for, already in the sums that are made at the end."""
    document = story.document
    row = {
        "incident_id": story.number,
        "severity_id": story.severity.pk,
        "started_at": document.started_at,
        "noticed": document.detection.value if document.detection else "",
        "stage": models.State.PUBLISHED,
        "seen_by": models.Visibility.RESTRICTED
        if story.readers
        else models.Visibility.EVERYONE,
    }
    for name in MOMENTS:
        row[f"said_{name}"] = getattr(document, name).isoformat()
    scopes = {
        "service": sorted(service.pk for service in story.services),
        "tag": sorted(tag.pk for tag in story.tags),
        "factor": [story.category.pk],
    }
    made = tally(row, story.published_at, scopes)
    set_items(made, items_in(document.actions))
    set_readers(made, 0)
    made.waits = False
    bulk.add(
        models.Tally,
        incident_id=story.number,
        folded=made.now,
        **{name: getattr(made, name) for name in COLUMNS},
    )
