"""The table of terms: FTS5 on SQLite, a tsvector on PostgreSQL, one meaning.

Its rows and the questions to it, in the dialect of either database. The terms come
ready from `searching.words`: no database takes a text apart by rules of its own.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from django.db import connection

from incidents.documents.searching.pieces import Field, Piece
from incidents.documents.searching.query import Clause, Query
from incidents.documents.searching.words import terms

# Stands behind every piece: no phrase reaches from one into the next, and what is
# asked for by what it lacks is looked for among all.
END: Final = "¶"
# PostgreSQL's names for the four, and its last position.
LETTERS: Final = dict(zip(Field, "ABCD", strict=True))
LAST: Final = 16_383

Fields = dict[Field, list[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """The terms of one side of a postmortem, to be put in its place."""

    place: int
    digest: str
    fields: Fields


@dataclass(frozen=True, slots=True)
class Dialect:
    insert: str
    row: Callable[[Entry], tuple[Any, ...]]


def fields_of(pieces: Iterable[Piece]) -> Fields:
    """The terms of each field, each piece with its end."""
    found: Fields = {field: [] for field in Field}
    for piece in pieces:
        found[Field(piece.field)] += [*terms_of(piece.text), END]
    return found


@lru_cache(maxsize=4096)
def terms_of(text: str) -> tuple[str, ...]:
    """Most of what a save puts into the index stood there before."""
    return tuple(terms(text))


def put(entries: Iterable[Entry]) -> None:
    """These places say this from now on."""
    entries = list(entries)
    speak = dialect()
    take_away([entry.place for entry in entries])
    with connection.cursor() as cursor:
        cursor.executemany(speak.insert, [speak.row(entry) for entry in entries])


def take_away(places: Iterable[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(DELETE, [(place,) for place in places])


def fts_row(entry: Entry) -> tuple[Any, ...]:
    texts = (" ".join(entry.fields[field]) for field in Field)
    return (entry.place, *texts, entry.digest)


def fts_query(asked: Query) -> str:
    wanted = " AND ".join(map(fts_clause, asked.wanted)) or f'"{END}"'
    unwanted = " OR ".join(map(fts_clause, asked.unwanted))
    return f"({wanted}) NOT ({unwanted})" if unwanted else wanted


def fts_clause(clause: Clause) -> str:
    *first, last = clause.terms
    phrases = [f'"{" ".join([*first, term])}"' for term in (last, *clause.also)]
    if clause.begins:
        phrases[0] += " *"
    return f"({' OR '.join(phrases)})"


def vector_row(entry: Entry) -> tuple[Any, ...]:
    return entry.place, vector(entry.fields), entry.digest


def vector(fields: Fields) -> str:
    """The positions of each term, with the letter of its field.

    A term has 256 of them at most, which is PostgreSQL's measure, too.
    """
    places: dict[str, list[str]] = defaultdict(list)
    at = 0
    for field, found in fields.items():
        for term in found:
            at += 1
            places[term].append(f"{min(at, LAST)}{LETTERS[field]}")
    return " ".join(f"'{term}':{','.join(at[:256])}" for term, at in places.items())


def vector_query(asked: Query) -> str:
    wanted = [f"({vector_clause(clause)})" for clause in asked.wanted]
    unwanted = [f"!({vector_clause(clause)})" for clause in asked.unwanted]
    return " & ".join((wanted or [f"'{END}'"]) + unwanted)


def vector_clause(clause: Clause) -> str:
    *first, last = (f"'{term}'" for term in clause.terms)
    ends = [f"{last}:*" if clause.begins else last, *(f"'{t}'" for t in clause.also)]
    return " <-> ".join([*first, f"({' | '.join(ends)})"])


DELETE: Final = "DELETE FROM incidents_searchterms WHERE rowid = %s"


def dialect() -> Dialect:
    return DIALECTS[connection.vendor]


DIALECTS: Final = {
    "sqlite": Dialect(
        "INSERT INTO incidents_searchterms "
        "(rowid, title, names, summary, body, digest) VALUES (%s, %s, %s, %s, %s, %s)",
        fts_row,
    ),
    "postgresql": Dialect(
        "INSERT INTO incidents_searchterms "
        "(rowid, terms, digest) VALUES (%s, %s::tsvector, %s)",
        vector_row,
    ),
}
