"""The services, tags and kinds of factor of a postmortem, and who shares them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, QuerySet, Value

from incidents.models import ContributingFactor, Incident, Listing
from incidents.models.listing import ListingQuerySet

SERVICE, TAG, FACTOR = "service", "tag", "factor"
Row = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Labels:
    """The keys of what a postmortem is labelled with, by the kind of label."""

    of: Mapping[str, frozenset[int]]

    def among(self, kind: str) -> frozenset[int]:
        return self.of.get(kind, frozenset())


def of_report(number: int) -> Labels:
    """As it was published last."""
    return gathered(listed(kind, listing=number) for kind in THROUGH)


def of_draft(number: int) -> Labels:
    """As its record says now."""
    services, tags = Incident.services.through, Incident.tags.through
    factors = ContributingFactor.objects.filter(incident=number)
    return gathered(
        (
            rows(SERVICE, services._default_manager.filter(incident=number), "service"),
            rows(TAG, tags._default_manager.filter(incident=number), "tag"),
            rows(FACTOR, factors.exclude(category=None), "category"),
        ),
    )


def gathered(parts: Iterable[QuerySet[Any, Row]]) -> Labels:
    found: dict[str, set[int]] = defaultdict(set)
    first, *others = parts
    for kind, _, key, _ in first.union(*others, all=True):
        found[kind].add(key)
    return Labels({kind: frozenset(keys) for kind, keys in found.items()})


def shared(labels: Labels, numbers: Collection[int]) -> dict[int, dict[str, list[str]]]:
    """What each of these reports has of it: the names, by the kind of label."""
    found: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    parts = [
        listed(kind, listing__in=numbers, **{f"{column}__in": labels.among(kind)})
        for kind, (_, column) in THROUGH.items()
        if labels.among(kind)
    ]
    if parts and numbers:
        for kind, number, _, name in parts[0].union(*parts[1:], all=True):
            found[number][kind].append(name)
    return found


def with_same_cause(reports: ListingQuerySet, labels: Labels) -> ListingQuerySet:
    """Those of the same services to which the same kind of factor contributed."""
    for kind in (SERVICE, FACTOR):
        through, column = THROUGH[kind]
        same = through._default_manager.filter(
            listing=OuterRef("pk"), **{f"{column}__in": labels.among(kind)}
        )
        reports = reports.filter(Exists(same))
    return reports


def listed(kind: str, **wanted: Any) -> QuerySet[Any, Row]:
    through, column = THROUGH[kind]
    found = through._default_manager.filter(**wanted)
    return rows(kind, found, column, F("listing"))


def rows(
    kind: str, found: QuerySet[Any], column: str, number: Any = None
) -> QuerySet[Any, Row]:
    """Alike for each kind, so that one query can ask for all."""
    alike: QuerySet[Any, Row] = (
        found.order_by()
        .annotate(kind=Value(kind), number=number or F("incident"))
        .values_list("kind", "number", column, f"{column}__name")
    )
    return alike


THROUGH: Final[Mapping[str, tuple[Any, str]]] = {
    SERVICE: (Listing.services.through, "service"),
    TAG: (Listing.tags.through, "tag"),
    FACTOR: (Listing.categories.through, "factorcategory"),
}
