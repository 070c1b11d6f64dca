"""What the editor's fields propose while somebody types."""

from collections.abc import Iterable
from functools import partial
from typing import Any, Final, TypeVar

from django.db.models import Exists, OuterRef, QuerySet

from incidents.database.prepared import Prepared
from incidents.models import FactorCategory, Incident, Service, Tag, User, zone_names

Label = TypeVar("Label", Service, Tag)
# More than this no browser shows; the field takes any name all the same.
MOST = 500


class Suggestions:
    """For one person, who is told of nothing that is kept from them."""

    def __init__(self, user: User) -> None:
        self.user = user

    def people(self) -> Iterable[tuple[str, str]]:
        rows = User.objects.filter(is_active=True).order_by("username")[:MOST]
        return [(user.username, user.name) for user in rows]

    def services(self) -> Iterable[str]:
        return self.names(SERVICES)

    def tags(self) -> Iterable[str]:
        return self.names(TAGS)

    def categories(self) -> Iterable[str]:
        return FactorCategory.objects.values_list("name", flat=True)[:MOST]

    def zones(self) -> Iterable[str]:
        return sorted(name for name in zone_names() if "/" in name or name == "UTC")

    def names(self, labels: Prepared[Label]) -> Iterable[str]:
        rows = labels.tuples(self.user.rights, **self.user.reader_param)
        return [name for (name,) in rows]


def proposed(
    labels: type[Label], bears: str, rights: frozenset[str], *, reader: int = 0
) -> QuerySet[Label, Any]:
    """Not those that stand on nothing but what this person may not see."""
    bearing = Incident.objects.filter(**{bears: OuterRef("pk")}).order_by()
    seen = bearing.visible_to(User.placeholder(reader, rights))
    found = labels._default_manager.filter(Exists(seen) | ~Exists(bearing))
    return found.values_list("name")[:MOST]


SERVICES: Final[Prepared[Service]] = Prepared(
    Service, partial(proposed, Service, "services")
)
TAGS: Final[Prepared[Tag]] = Prepared(Tag, partial(proposed, Tag, "tags"))
