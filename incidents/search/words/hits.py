"""A page of what was found: each postmortem with the lines that say it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from operator import itemgetter
from typing import Any, Final

from django.db.models import F, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from incidents.database.prepared import Prepared
from incidents.documents.searching.excerpts import Finder, Marked
from incidents.documents.searching.pieces import Field, Piece
from incidents.models import Incident, Listing
from incidents.models.incident import IncidentQuerySet
from incidents.models.listing import ListingQuerySet
from incidents.search import keyset
from incidents.search.keyset import Key, row_number
from incidents.search.words.finding import Hits, Search, hits_of, newest_of
from incidents.search.words.places import number_of

MOST_EXCERPTS: Final = 2
# In place of a number, in an address that is made once.
STAND_IN: Final = "2000000011"
BEST, NEWEST = "best", "newest"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A line of a piece, with what the piece is called and where it stands."""

    label: str
    address: str
    pieces: Marked


@dataclass(frozen=True)
class Hit:
    """A postmortem that was found: as a report, or as it is written now.

    Its text is read when it is drawn: the same words may have found it before.
    """

    row: Listing | Incident
    finder: Finder

    @property
    def cache_key(self) -> tuple[object, ...]:
        """The same for hits that look the same: of a report, what it says and is."""
        report: Any = self.row
        said = (report.publication_id, report.done, report.promised, report.digest)
        return (*said, self.finder.asked_text)

    @cached_property
    def address(self) -> str:
        page = "edit" if isinstance(self.row, Incident) else "report"
        return address_of(page).replace(STAND_IN, str(self.row.pk))

    @cached_property
    def pieces(self) -> list[Piece]:
        return list(map(Piece._make, json.loads(vars(self.row)["said"])))

    @property
    def title(self) -> Marked:
        return self.finder.marked(self.pieces[0].text)

    @property
    def excerpts(self) -> list[Excerpt]:
        address, finder = self.address, self.finder
        return [
            Excerpt(piece.label, address + place_of(piece), finder.excerpt(piece.text))
            for piece in telling_pieces(self.pieces, finder)
        ]


def place_of(piece: Piece) -> str:
    """Where on the page: an entry of the editor has to be asked for by its key, since
    of a long timeline only a part is shown.
    """
    key = piece.anchor.removeprefix("entry-")
    asked = f"?at={key}" if key != piece.anchor else ""
    return f"{asked}#{piece.anchor}"


@cache
def address_of(page: str) -> str:
    return reverse(f"incidents:{page}", args=[STAND_IN])


@dataclass(frozen=True, slots=True)
class Found:
    """`count` is of all pages; `capped` says that there are more than it.

    `drafts` is how many drafts say it, too, where reports were asked for.
    """

    hits: list[Hit]
    count: int
    capped: bool
    drafts: int
    next_after: str | None


def found(
    search: Search, *, sort: str, order: Sequence[Key], after: str, size: int
) -> Found:
    """The page behind the place that `after` names; what names none is the first."""
    all_hits = hits_of(search, ranked=sort == BEST)
    if sort == BEST:
        places, more = best_places(all_hits, after, size)
    elif sort == NEWEST or search.drafts:
        places, more = newest_places(search, all_hits, after, size)
    else:
        places, more = sorted_places(order, all_hits, after, size)
    return Found(
        hits=hits_at(places, search),
        count=all_hits.count,
        capped=all_hits.capped,
        drafts=all_hits.drafts,
        next_after=more,
    )


Places = tuple[list[int], str | None]


def best_places(hits: Hits, after: str, size: int) -> Places:
    start = row_number(after) or 0
    end = start + size
    return hits.places[start:end], str(end) if end < hits.count else None


def newest_places(search: Search, hits: Hits, after: str, size: int) -> Places:
    """By key, and so however many there are."""
    place = row_number(after)
    found = hits.places
    if place:
        behind = newest_of(search, most=size + 1, below=place - 1)
        found = [place for _, place in behind]
    return found[:size], str(found[size - 1]) if len(found) > size else None


def sorted_places(order: Sequence[Key], hits: Hits, after: str, size: int) -> Places:
    place_of = {number_of(place): place for place in hits.places}
    rows = Listing.objects.filter(pk__in=place_of).only(*(key.name for key in order))
    page = keyset.page(rows, order, after=after, size=size)
    return [place_of[row.pk] for row in page.rows], page.next_after


def hits_at(places: list[int], search: Search) -> list[Hit]:
    """Each of these places that still stands, in their order. One query."""
    rows: list[Listing] | list[Incident] = []
    if places:
        values = {f"place_{number}": place for number, place in enumerate(places)}
        side: Prepared[Any] = DRAFTS if search.drafts else REPORTS
        rows = side.rows(len(places), **values)
    there = {vars(row)["place"]: row for row in rows}
    finder = Finder(search.query)
    return [Hit(there[place], finder) for place in places if place in there]


def reports(_: int, **places: int) -> ListingQuerySet:
    """What lists show of the reports at these places, with their texts."""
    return Listing.objects.filter(
        incident__search_documents__in=places.values()
    ).annotate(**text_columns("incident__search_documents"))


def drafts(_: int, **places: int) -> IncidentQuerySet:
    found = Incident.objects.filter(search_documents__in=places.values())
    rows = found.annotate(**text_columns("search_documents"))
    return rows.select_related("severity", "owner")


def text_columns(document: str) -> dict[str, Any]:
    """The text as the database holds it: most of them need not be read."""
    return {
        "place": F(document),
        "digest": F(f"{document}__digest"),
        "said": Cast(f"{document}__pieces", TextField()),
    }


# Their SQL is made once for each number of places.
REPORTS: Final = Prepared(Listing, reports)
DRAFTS: Final = Prepared(Incident, drafts)


def telling_pieces(pieces: Sequence[Piece], finder: Finder) -> list[Piece]:
    """The pieces that say the most of what was asked for, in their order.

    The title is shown anyway; what only names it comes last.
    """
    told = []
    for place in finder.likely([piece.text for piece in pieces]):
        piece = pieces[place]
        count = finder.count_in(piece.text) if piece.field != Field.TITLE else 0
        if count:
            told.append((count, piece.field != Field.NAMES, place))
    told.sort(key=itemgetter(0, 1), reverse=True)
    chosen = sorted(place for *_, place in told[:MOST_EXCERPTS])
    return [pieces[place] for place in chosen]
