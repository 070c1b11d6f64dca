"""The newest documents that say what is asked for, of those that a person may see.

SQLite reads the index of a word from the newest place down and stops when it has
enough. PostgreSQL's index has no order, so there all hits are gathered and sorted by
place, and only then, one by one until there are enough, is asked who may see them.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Final

from django.db import connections
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from incidents.documents.searching.query import Query
from incidents.models import SearchTerms
from incidents.search.words.places import NUMBER_MASK
from incidents.search.words.terms import fts_query, vector_query

# A score, where one is asked for, and a place.
Hit = tuple[float, int]
# Where a question to other rows names the place of a hit.
PLACE: Final = "{place}"


@dataclass(frozen=True, slots=True)
class HitQuery:
    """The newest hits of a stretch of places, at most so many.

    `theirs` asks, with these values, whether a person may find what is `at_place`.
    """

    theirs: str
    values: Sequence[Any]
    places: tuple[int, int]
    most: int
    scored: bool = False


def at_place(rows: QuerySet[Any]) -> QuerySet[Any]:
    """The one of these rows, one a postmortem, that a hit is about."""
    number = RawSQL("{place} & %s", [NUMBER_MASK])
    return rows.order_by().filter(pk=number).values("pk")


def newest(asked: Query, *parts: HitQuery) -> list[list[Hit]]:
    """The hits of each part, the newest first. One query."""
    database = connections[SearchTerms.objects.db]
    speak = DIALECTS[database.vendor]
    query = speak.query(asked)
    statement = " UNION ALL ".join(
        speak.asked(part, number) for number, part in enumerate(parts)
    )
    values = [value for part in parts for value in speak.values(part, query)]
    found: list[list[Hit]] = [[] for _ in parts]
    with database.cursor() as cursor:
        cursor.execute(speak.first + statement, values)
        if speak.first:
            cursor.nextset()
        for number, score, place in cursor.fetchall():
            found[number].append((score, place))
    for hits in found:
        hits.sort(key=itemgetter(1), reverse=True)
    return found


def asked_of(rows: QuerySet[Any]) -> tuple[str, Sequence[Any]]:
    """The question whether one of these rows is what a hit is about."""
    found = at_place(rows)
    sql, values = found.query.get_compiler(found.db).as_sql()
    return sql, values


# Here the weights are of the rest, the summary, the names and the title; the 1 takes
# the length of a text into account.
RANK: Final = "ts_rank_cd('{0.08, 0.17, 0.33, 1}', hit.terms, %s::tsquery, 1)"
# Nothing crosses an OFFSET: who may see a hit is asked hit by hit, of the key, and is
# no reason to look at it earlier. The sum keeps the index of places out: by that one,
# each row's terms would be unpacked.
GATHERED: Final = """
(SELECT {number}, {score}, hit.place
FROM (
    SELECT rowid + 0 AS place, terms FROM incidents_searchterms
    WHERE terms @@ %s::tsquery AND rowid + 0 BETWEEN %s AND %s
    ORDER BY 1 DESC OFFSET 0
) hit
WHERE EXISTS ({theirs} OFFSET 0)
ORDER BY hit.place DESC
LIMIT %s)
"""
# A hit in the title counts most, then one in the names and in the summary.
BM25: Final = "-bm25(incidents_searchterms, 12.0, 4.0, 2.0, 1.0)"
IN_ORDER: Final = """
SELECT * FROM (
    SELECT {number}, {score}, rowid
    FROM incidents_searchterms
    WHERE incidents_searchterms MATCH %s AND rowid BETWEEN %s AND %s
    AND EXISTS ({theirs})
    ORDER BY rowid DESC
    LIMIT %s
)
"""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a database is asked. `first` is said in the same breath, before it."""

    query: Callable[[Query], str]
    statement: str
    place: str
    score: str
    no_score: str
    first: str = ""

    def asked(self, part: HitQuery, number: int) -> str:
        """The question for one part, whose hits carry its number."""
        score = self.score if part.scored else self.no_score
        return (
            self.statement.replace("{number}", str(number))
            .replace("{score}", score)
            .replace("{theirs}", part.theirs)
            .replace(PLACE, self.place)
        )

    def values(self, part: HitQuery, query: str) -> list[Any]:
        scored = [query] if part.scored and "%s" in self.score else []
        return [*scored, query, *part.places, *part.values, part.most]


DIALECTS: Final = {
    "sqlite": Dialect(
        query=fts_query,
        statement=IN_ORDER,
        place="incidents_searchterms.rowid",
        score=BM25,
        no_score="0.0",
    ),
    "postgresql": Dialect(
        query=vector_query,
        statement=GATHERED,
        place="hit.place",
        score=RANK,
        no_score="0::float8",
        # What it costs to unpack the terms of a row is more than the planner knows.
        # Two statements sent as one are one transaction, so it ends with them.
        first="SET LOCAL enable_seqscan = off;",
    ),
}
