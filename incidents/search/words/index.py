"""Keep what search finds in step with the record: called by every verb.

`keep`, `publish` and `withdraw` write one postmortem, in the transaction of the verb
that changed it. `rebuild` writes many.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery

from incidents.database.prepared import children
from incidents.documents.document import Document
from incidents.documents.formats.as_json import from_json
from incidents.documents.searching.pieces import (
    NOTHING,
    Known,
    Piece,
    draft_pieces,
    read_before,
    report_pieces,
)
from incidents.documents.searching.words import ANALYSIS, spellings
from incidents.models import Incident, Publication, Revision, SearchDocument, State
from incidents.search.words.places import place_of
from incidents.search.words.terms import Entry, fields_of, put, take_away
from incidents.search.words.vocabulary import remember

SIDES: Final = children(SearchDocument)
# So many at a time: a batch holds up those who write meanwhile.
BATCH: Final = 50


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a postmortem, as it should stand in the index."""

    incident: int
    is_draft: bool
    place: int
    pieces: list[Piece]
    digest: str

    def says_what(self, other: "Side") -> bool:
        """Whether both say the same; where it stands on the page may differ."""
        return texts_of(self.pieces) == texts_of(other.pieces)


def keep(
    incident: Incident, document: Document, before: Mapping[str, Any] | None = None
) -> None:
    """The record says this now. What its report says already, no draft repeats.

    `before` is the revision that the index holds: a section that it has too is not
    read again.
    """
    draft, report = held_of(incident.pk)
    side = draft_side(incident, document, known_from(draft or report, before))
    repeats = report is not None and texts_of(report.pieces) == texts_of(side.pieces)
    put_in_place(draft, None if repeats else side, beside=report)


def known_from(
    held: SearchDocument | None, document: Mapping[str, Any] | None
) -> Known:
    """What the sections of this revision say, if these rules have read it."""
    if held is None or document is None or held.digest != digest_of(held.pieces):
        return NOTHING
    return read_before(held.pieces, document)


def publish(publication: Publication, document: Document) -> None:
    """Readers find this from now on, and no draft says anything else."""
    draft, report = held_of(publication.incident_id)
    put_in_place(report, report_side(publication.incident_id, document))
    put_in_place(draft, None)


def withdraw(incident: Incident, document: Document) -> None:
    """Nobody finds the report; those who write find what its record says."""
    _, report = held_of(incident.pk)
    put_in_place(report, None)
    keep(incident, document)


def held_of(number: int) -> tuple[SearchDocument | None, SearchDocument | None]:
    """What the index holds of its draft, and of its report."""
    there = {row.is_draft: row for row in SIDES.rows(None, incident=number)}
    return there.get(True), there.get(False)


def put_in_place(
    held: SearchDocument | None,
    side: Side | None,
    beside: SearchDocument | None = None,
) -> None:
    """What is held says this from now on. Most of it stood there before, or stands
    in the side `beside` it.
    """
    if held and side and (held.place, held.digest) == (side.place, side.digest):
        return
    if held and not (side and side.place == held.place):
        erase([held.place])
    if side:
        add([side])
        old = held or beside
        remember_new_words(side.pieces, old.pieces if old else [])


def remember_new_words(
    pieces: Iterable[Sequence[str]], old: Iterable[Sequence[str]]
) -> None:
    """The words of these pieces. What stood in the old ones is known."""
    texts, before = ({text for _, text in texts_of(some)} for some in (pieces, old))
    known = {word for text in before - texts for word in spellings(text)}
    remember(texts - before, known)


def add(sides: Sequence[Side]) -> None:
    SearchDocument.objects.bulk_create(
        (
            SearchDocument(
                place=side.place,
                incident_id=side.incident,
                is_draft=side.is_draft,
                pieces=side.pieces,
                digest=side.digest,
            )
            for side in sides
        ),
        update_conflicts=True,
        unique_fields=["place"],
        update_fields=["pieces", "digest"],
    )
    put(Entry(side.place, side.digest, fields_of(side.pieces)) for side in sides)


def erase(places: list[int]) -> None:
    SearchDocument.objects.filter(pk__in=places).delete()
    take_away(places)


def rebuild(incidents: QuerySet[Incident], say: Callable[[int], None]) -> int:
    """Index these anew, some at a time, while people go on writing.

    `say` hears after each batch how many are done.
    """
    done, last = 0, 0
    known: set[str] = set()
    while batch := rebuild_batch(incidents.filter(pk__gt=last), known):
        done, last = done + len(batch), batch[-1]
        say(done)
    return done


@transaction.atomic
def rebuild_batch(incidents: QuerySet[Incident], known: set[str]) -> list[int]:
    """The numbers of the first of these, which are as they should be from now on."""
    held = incidents.order_by("pk").select_for_update(of=("self",))
    numbers = list(held.values_list("pk", flat=True)[:BATCH])
    sides = [s for row in with_documents(numbers) for s in sides_of(row)]
    stale = SearchDocument.objects.filter(incident__in=numbers)
    erase(list(stale.values_list("pk", flat=True)))
    add(sides)
    remember((piece.text for side in sides for piece in side.pieces), known)
    return numbers


def with_documents(numbers: Iterable[int]) -> QuerySet[Incident]:
    """Each with what its record says now, and what was published of it last."""
    revisions = Revision.objects.filter(incident=OuterRef("pk")).order_by("-number")
    versions = Publication.objects.filter(incident=OuterRef("pk")).order_by("-number")
    return (
        Incident.objects.filter(pk__in=numbers)
        .order_by("pk")
        .annotate(
            written=Subquery(revisions.values("document")[:1]),
            published=Subquery(versions.values("document")[:1]),
        )
    )


def sides_of(incident: Incident) -> Iterator[Side]:
    """What the index should hold of an incident from `with_documents`."""
    written: Any = vars(incident)["written"]
    published: Any = vars(incident)["published"]
    report = None
    if incident.state == State.PUBLISHED and published and published.get("started_at"):
        report = report_side(incident.pk, from_json(published))
        yield report
    if written and not (report and written == published):
        draft = draft_side(incident, from_json(written))
        if not (report and draft.says_what(report)):
            yield draft


def report_side(number: int, document: Document) -> Side:
    assert document.started_at is not None
    return side_of(number, report_pieces(document, number), document.started_at)


def draft_side(incident: Incident, document: Document, known: Known = NOTHING) -> Side:
    pieces = draft_pieces(document, incident.pk, known)
    at = document.started_at or incident.created_at
    return side_of(incident.pk, pieces, at, is_draft=True)


def side_of(
    number: int, pieces: list[Piece], at: dt.datetime, *, is_draft: bool = False
) -> Side:
    place = place_of(number, at, is_draft=is_draft)
    return Side(number, is_draft, place, pieces, digest_of(pieces))


def texts_of(pieces: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    return [(label, text) for _, _, label, text in pieces]


def digest_of(pieces: Sequence[Sequence[str]]) -> str:
    text = json.dumps([ANALYSIS, pieces], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
