"""How rare words are, and which texts say them, asked of the table of terms."""

import math
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections, transaction

from incidents.models import Listing, SearchTerms
from incidents.search.places import number_of, place_of, places

# So many of the newest reports tell how rare a word is.
SAMPLE: Final = 2000


@dataclass(frozen=True, slots=True)
class Sample:
    """The newest reports, from a place on."""

    size: int
    first: int


@dataclass(frozen=True, slots=True)
class Dialect:
    count: str
    term: str
    texts: str


DIALECTS: Final = {
    "sqlite": Dialect(
        "SELECT %s, count(*) FROM incidents_searchterms "
        "WHERE incidents_searchterms MATCH %s AND rowid BETWEEN %s AND %s",
        '"{}"',
        "SELECT rowid, title || ' ' || names || ' ' || summary || ' ' || body "
        "FROM incidents_searchterms WHERE rowid IN ({marks})",
    ),
    "postgresql": Dialect(
        "SELECT %s::text, count(*) FROM incidents_searchterms "
        "WHERE terms @@ %s::tsquery AND rowid BETWEEN %s AND %s",
        "'{}'",
        "SELECT rowid, array_to_string(tsvector_to_array(terms), ' ') "
        "FROM incidents_searchterms WHERE rowid IN ({marks})",
    ),
}


def sample() -> Sample:
    newest = Listing.objects.order_by("-started_at", "-incident")
    starts = list(newest.values_list("started_at", flat=True)[:SAMPLE])
    first = place_of(0, starts[-1], is_draft=False) if starts else 0
    return Sample(len(starts), first)


def rarity(terms: Iterable[str], of: Sample, *, but: int) -> dict[str, float]:
    """How much it tells that a report says a term, for each that another one says.

    `but` is the place of a report that is not to be counted.
    """
    speak = dialect()
    asked = [(term, speak.term.format(term)) for term in terms]
    if not asked:
        return {}
    last = places(drafts=False)[1]
    values: list[str | int] = [
        v for term, said in asked for v in (term, said, of.first, last)
    ]
    statement = " UNION ALL ".join([speak.count] * len(asked))
    counted = dict(asked_by_index(statement, values))
    own = int(of.first <= but <= last)
    return {
        term: math.log((of.size + 1) / (count - own + 0.5))
        for term, count in counted.items()
        if own < count <= of.size
    }


def asked_by_index(statement: str, values: Sequence[str | int]) -> list[Any]:
    """The rows of a question that the index of words is to answer."""
    database = connections[SearchTerms.objects.db]
    with ExitStack() as stack:
        if database.vendor == "postgresql":
            # What it costs to unpack the terms of a row is more than the planner knows.
            stack.enter_context(transaction.atomic(database.alias))
            stack.enter_context(database.cursor()).execute(
                "SET LOCAL enable_seqscan = off"
            )
        cursor = stack.enter_context(database.cursor())
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def dialect() -> Dialect:
    return DIALECTS[connections[SearchTerms.objects.db].vendor]


def saying(terms: Collection[str], at: Collection[int]) -> dict[int, frozenset[str]]:
    """Which of these terms the texts at these places say, by their postmortems."""
    if not at:
        return {}
    marks = ", ".join(["%s"] * len(at))
    statement = dialect().texts.replace("{marks}", marks)
    with connections[SearchTerms.objects.db].cursor() as cursor:
        cursor.execute(statement, list(at))
        return {number_of(place): those_in(text, terms) for place, text in cursor}


def those_in(text: str, terms: Collection[str]) -> frozenset[str]:
    """Those of these terms that stand among the terms of a text."""
    padded = f" {text} "
    return frozenset(term for term in terms if f" {term} " in padded)
