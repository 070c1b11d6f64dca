"""A batch of made-up postmortems as rows: work that needs no database."""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from incidents.database.bulk import Written
from incidents.documents.formats.as_json import to_json
from incidents.documents.searching.words import spellings
from incidents.management.load.bulk_rows import BulkRows, PackedTable, Row
from incidents.management.load.indexed import add_counts, add_search_rows, names_of
from incidents.management.load.patterns import Pattern
from incidents.management.load.people import World
from incidents.management.load.published import add_publication
from incidents.management.load.record import Story, add_record
from incidents.management.load.stories import Writer
from incidents.search.words.terms import dialect

# After so many reports there is a draft.
REPORTS_A_DRAFT: Final = 33


@dataclass(frozen=True, slots=True)
class Batch:
    """Which of how many reports to make, the same ones whoever makes them."""

    world: World
    shapes: Sequence[Pattern]
    today: dt.date
    count: int
    places: range


@dataclass(frozen=True, slots=True)
class Made:
    """The rows of a batch, the terms of it for search, and its words."""

    tables: list[PackedTable]
    terms: list[Row]
    spellings: set[str]
    reports: int


def make(batch: Batch) -> Made:
    bulk, speak = BulkRows(), dialect()
    terms: list[Row] = []
    said: set[str] = set()
    for story in stories(batch):
        text = Written(json.dumps(to_json(story.document)))
        add_record(bulk, story, text, batch.world)
        if story.is_published:
            add_publication(bulk, story, text)
            add_counts(bulk, story)
        terms.append(speak.row(add_search_rows(bulk, story)))
        said |= words_of(story)
    return Made(bulk.packed(), terms, said, len(batch.places))


def stories(batch: Batch) -> Iterator[Story]:
    """From the oldest to the newest, with a draft among them now and then."""
    random = Random(f"{batch.count} {batch.places.start}")
    writer = Writer(random, batch.world, batch.shapes, batch.today)
    for place in batch.places:
        progress = place / batch.count
        drafts, since = divmod(place, REPORTS_A_DRAFT)
        yield writer.story(place + drafts + 1, progress, published=True)
        if since == REPORTS_A_DRAFT - 1:
            yield writer.story(place + drafts + 2, progress, published=False)


def words_of(story: Story) -> set[str]:
    """The words in which it differs from others of its pattern."""
    return spellings(f"{' '.join(story.filling.words)} {names_of(story)}")
