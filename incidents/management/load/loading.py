"""A site full of made-up postmortems, the same ones for the same day and number.

One process writes into the database while others make the rows of the next batches.
"""

import datetime as dt
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from itertools import islice
from random import Random
from typing import Final

import django
from django.core.management.color import no_style
from django.db import connection, reset_queries, transaction

from incidents import models
from incidents.management.load.making import Batch, Made, make
from incidents.management.load.patterns import patterns
from incidents.management.load.people import make_world
from incidents.search.words.terms import dialect
from incidents.search.words.vocabulary import remember
from incidents.workflow.counting.recounting import sum_up

PATTERNS: Final = 300
BATCH: Final = 500
# Rows with numbers of their own, after which the database goes on to number.
NUMBERED: Final = (
    models.Incident,
    models.Section,
    models.TimelineEntry,
    models.ActionItem,
    models.ContributingFactor,
    models.Revision,
    models.Event,
    models.Publication,
)


def load(count: int, *, now: dt.datetime, say: Callable[[str], None]) -> None:
    """So many published postmortems, some restricted, and a few drafts besides."""
    world, random = make_world(now), Random(count)
    shapes = patterns(random, sorted(world.categories), min(PATTERNS, count))
    batches = (
        Batch(world, shapes, now.date(), count, range(count)[start : start + BATCH])
        for start in range(0, count, BATCH)
    )
    done, words = 0, {word for shape in shapes for word in shape.spellings}
    for made in all_made(batches, alone=count <= BATCH):
        write(made)
        words |= made.spellings
        done += made.reports
        say(f"{done:,} of {count:,}")
    finish(words)


def all_made(batches: Iterable[Batch], *, alone: bool) -> Iterator[Made]:
    """Each batch in its turn; alone, without the seconds that a process needs."""
    if alone:
        yield from map(make, batches)
        return
    helpers = max(1, (os.cpu_count() or 1) - 1)
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(helpers, spawn, initializer=django.setup) as pool:
        yield from ahead(pool, batches, helpers + 1)


def ahead(pool: Executor, batches: Iterable[Batch], most: int) -> Iterator[Made]:
    """In order, with no more than so many under way: memory stays small."""
    left = iter(batches)
    waiting = deque(pool.submit(make, batch) for batch in islice(left, most))
    while waiting:
        made = waiting.popleft().result()
        waiting.extend(pool.submit(make, batch) for batch in islice(left, 1))
        yield made


@transaction.atomic
def write(made: Made) -> None:
    for table in made.tables:
        table.write()
    with connection.cursor() as cursor:
        cursor.executemany(dialect().insert, made.terms)
    # In development each statement would be remembered.
    reset_queries()


def finish(words: set[str]) -> None:
    """Write the search words and the sums, which follow from all rows together."""
    remember(words)
    sum_up()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), NUMBERED):
            cursor.execute(statement)
