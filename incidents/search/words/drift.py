"""Where the index does not say what the record says."""

from collections.abc import Iterator
from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from incidents.models import Incident, SearchDocument, SearchTerms
from incidents.search.words.index import sides_of, with_documents
from incidents.search.words.places import number_of
from incidents.search.words.terms import take_away

BATCH: Final = 200

# A place in the index, with the digest of what stands there.
Stand = tuple[int, str]


def drift() -> Iterator[int]:
    """The numbers of the postmortems that are not as they should be, ascending."""
    last = 0
    while numbers := next_numbers(last):
        last = numbers[-1]
        yield from out_of_step(numbers)
    yield from sorted({number_of(place) for place in orphaned_places()})


def out_of_step(numbers: list[int]) -> list[int]:
    """Those of these whose sides, documents and terms are not the same."""
    rows = with_documents(numbers)
    wanted = {(s.place, s.digest) for row in rows for s in sides_of(row)}
    documents = SearchDocument.objects.filter(incident__in=numbers)
    held: set[Stand] = set(documents.values_list("place", "digest"))
    places = {place for place, _ in wanted | held}
    terms = SearchTerms.objects.filter(place__in=places)
    indexed: set[Stand] = set(terms.values_list("place", "digest"))
    different = (wanted ^ held) | (wanted ^ indexed)
    return sorted({number_of(place) for place, _ in different})


def missing() -> QuerySet[Incident]:
    """The postmortems that the index knows nothing of."""
    documents = SearchDocument.objects.filter(incident=OuterRef("pk"))
    return Incident.objects.filter(~Exists(documents))


def next_numbers(last: int) -> list[int]:
    found = Incident.objects.filter(pk__gt=last).order_by("pk")
    return list(found.values_list("pk", flat=True)[:BATCH])


def orphaned_places() -> list[int]:
    """The places of terms that belong to no document."""
    documents = SearchDocument.objects.filter(pk=OuterRef("pk"))
    found = SearchTerms.objects.filter(~Exists(documents))
    return list(found.values_list("pk", flat=True))


def delete_orphans() -> None:
    """Take away what belongs to no document."""
    take_away(orphaned_places())
