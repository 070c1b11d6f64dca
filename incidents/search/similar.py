"""Reports that have something in common: services, tags, kinds of factor.

A plain count of shared names, the newest first among equals. It reads no texts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.db.models import Count, IntegerField, ManyToManyField, OuterRef, Subquery
from django.db.models.functions import Coalesce

from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, Listing
from incidents.models.listing import ListingQuerySet

MOST: Final = 5
SHARED: Final = ("services", "tags", "categories")


@dataclass(frozen=True, slots=True)
class Similar:
    listing: Listing
    shared: int
    still_open: list[Mapping[str, str]]


def similar(rows: ListingQuerySet, number: int) -> list[Similar]:
    """The reports of these rows nearest to this one, with what they still promise."""
    services, tags, categories = (in_common(path, number) for path in SHARED)
    shared = services + tags + categories
    near = rows.exclude(pk=number).annotate(shared=shared).filter(shared__gt=0)
    found = list(
        near.select_related("publication")
        .defer("publication__document", "publication__html")
        .order_by("-shared", "-started_at", "-pk")[:MOST]
    )
    keys = open_keys([listing.pk for listing in found])
    return [
        Similar(listing, vars(listing)["shared"], still_open(listing, keys))
        for listing in found
    ]


def in_common(path: str, number: int) -> Coalesce:
    """How many names of this kind a row shares with this report."""
    column = Listing._meta.get_field(path)
    assert isinstance(column, ManyToManyField)
    through, name = column.remote_field.through, column.m2m_reverse_field_name()
    assert through is not None
    links = through._default_manager.order_by()
    own = links.filter(listing=number).values(name)
    common = links.filter(listing=OuterRef("pk"), **{f"{name}__in": own})
    counted = common.values("listing").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def open_keys(incidents: list[int]) -> set[str]:
    unfinished = ActionItem.objects.filter(
        incident__in=incidents, lane=ActionState.OPEN
    )
    return {str(key) for key in unfinished.values_list("key", flat=True)}


def still_open(listing: Listing, keys: set[str]) -> list[Mapping[str, str]]:
    """Its published items that are open now; what only a draft says is not told."""
    steps = listing.publication.card["steps"]
    return [step for step in steps if step["key"] in keys]
