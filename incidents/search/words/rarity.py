"""How rare words are, and which texts say them, asked of the table of terms."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Final

from django.db import connections, transaction

from incidents.models import SearchTerms
from incidents.models.listing import ListingQuerySet
from incidents.search.words.places import number_of, place_of

# So many of the newest reports that a person may see tell how rare a word is.
SAMPLE: Final = 1000
# Hits of a word that are looked at, where others than these are many.
MOST_HITS: Final = 2000


@dataclass(frozen=True, slots=True)
class Dialect:
    hits: str
    term: str
    texts: str


HITS: Final = (
    "SELECT * FROM (SELECT {name} AS term, {place} AS place FROM incidents_searchterms "
    "WHERE {match} AND {place} BETWEEN %s AND %s ORDER BY 2 DESC LIMIT %s) hits"
)
DIALECTS: Final = {
    "sqlite": Dialect(
        HITS.format(name="%s", place="rowid", match="incidents_searchterms MATCH %s"),
        '"{}"',
        "SELECT rowid, title || ' ' || names || ' ' || summary || ' ' || body "
        "FROM incidents_searchterms WHERE rowid IN ({marks})",
    ),
    "postgresql": Dialect(
        # The sum keeps its index of places out: no row is unpacked to be read.
        HITS.format(name="%s::text", place="rowid + 0", match="terms @@ %s::tsquery"),
        "'{}'",
        "SELECT rowid, array_to_string(tsvector_to_array(terms), ' ') "
        "FROM incidents_searchterms WHERE rowid IN ({marks})",
    ),
}


def sample(reports: ListingQuerySet) -> frozenset[int]:
    """The places of the newest of these reports."""
    newest = reports.order_by("-started_at", "-incident")
    rows = newest.values_list("pk", "started_at")[:SAMPLE]
    return frozenset(place_of(number, at, is_draft=False) for number, at in rows)


def rarity(terms: Iterable[str], among: frozenset[int]) -> dict[str, float]:
    """How much it tells that a report says a term, for each that one of these says.

    Nothing but these reports is reckoned with: what a person may not see does not
    change what they are shown.
    """
    speak = dialect()
    asked = [(term, speak.term.format(term)) for term in terms]
    if not (asked and among):
        return {}
    within = (min(among), max(among), MOST_HITS)
    values = [v for term, said in asked for v in (term, said, *within)]
    statement = " UNION ALL ".join([speak.hits] * len(asked))
    rows = asked_by_index(statement, values)
    counted = Counter(term for term, place in rows if place in among)
    return {
        term: math.log((len(among) + 1) / (count + 0.5))
        for term, count in counted.items()
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
