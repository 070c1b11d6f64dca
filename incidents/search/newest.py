"""The newest documents that say what is asked for, of those that a person may see.

SQLite reads the index of a word from the newest place down and stops when it has
enough. PostgreSQL's index has no order, so there all hits are gathered and sorted by
place, and only then, one by one until there are enough, is asked who may see them.
"""

from collections.abc import Callable
from typing import Any, Final

from django.db import connections, transaction
from django.db.models import BooleanField, Exists, FloatField, Func, OuterRef, QuerySet
from django.db.models import Value as Given
from django.db.models.expressions import RawSQL

from incidents.documents.asked import Asked
from incidents.models import SearchTerms
from incidents.search.places import NUMBER_MASK, number_in
from incidents.search.terms import fts_query, vector_query

# A score, where one is asked for, and a place.
Hit = tuple[float, int]
NO_SCORE: Final = "0::float8"
# Here the weights are of the rest, the summary, the names and the title; the 1 takes
# the length of a text into account.
RANK: Final = "ts_rank_cd('{0.08, 0.17, 0.33, 1}', hit.terms, %s::tsquery, 1)"
# Nothing crosses the OFFSET: who may see a hit is no reason to look at it earlier.
GATHERED: Final = """
SELECT {score}, hit.place
FROM (
    SELECT rowid + 0 AS place, terms FROM incidents_searchterms
    WHERE terms @@ %s::tsquery AND rowid BETWEEN %s AND %s
    ORDER BY 1 DESC OFFSET 0
) hit
WHERE EXISTS ({theirs})
ORDER BY hit.place DESC
LIMIT %s
"""


class Matches(Func):
    """Whether a row of SQLite's index has what is asked for."""

    template = "incidents_searchterms MATCH %(expressions)s"
    output_field = BooleanField()
    conditional = True


class Score(Func):
    """How well a row of SQLite's index does so: the more, the better.

    A hit in the title counts most, then one in the names and in the summary.
    """

    template = "-bm25(incidents_searchterms, 12.0, 4.0, 2.0, 1.0)"
    output_field = FloatField()


def newest(
    asked: Asked,
    theirs: QuerySet[Any],
    places: tuple[int, int],
    *,
    most: int,
    scored: bool = False,
) -> list[Hit]:
    """At most so many hits between two places, the newest first.

    `theirs` are the rows, one a postmortem, of what may be found.
    """
    found = FINDERS[connections[theirs.db].vendor]
    return found(asked, theirs.order_by(), places, most, scored)


def read_in_order(
    asked: Asked,
    theirs: QuerySet[Any],
    places: tuple[int, int],
    most: int,
    scored: bool,
) -> list[Hit]:
    score = Score() if scored else Given(0.0)
    rows = (
        SearchTerms.objects.using(theirs.db)
        .filter(Matches(Given(fts_query(asked))), place__range=places)
        .alias(number=number_in("place"))
        .filter(Exists(theirs.filter(pk=OuterRef("number"))))
        .order_by("-place")
        .annotate(score=score)
    )
    return list(rows.values_list("score", "place")[:most])


def gathered(
    asked: Asked,
    theirs: QuerySet[Any],
    places: tuple[int, int],
    most: int,
    scored: bool,
) -> list[Hit]:
    query, using = vector_query(asked), theirs.db
    own = theirs.filter(pk=RawSQL("hit.place & %s", [NUMBER_MASK])).values("pk")
    exists, known = own.query.get_compiler(using).as_sql()
    score = RANK if scored else NO_SCORE
    statement = GATHERED.replace("{score}", score).replace("{theirs}", exists)
    values = [*([query] if scored else []), query, *places, *known, most]
    with transaction.atomic(using), connections[using].cursor() as cursor:
        # What it costs to unpack the terms of a row is more than the planner knows.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(statement, values)
        return list(cursor.fetchall())


Finder = Callable[[Asked, QuerySet[Any], tuple[int, int], int, bool], list[Hit]]
FINDERS: Final[dict[str, Finder]] = {
    "sqlite": read_in_order,
    "postgresql": gathered,
}
