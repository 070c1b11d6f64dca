"""What the editor's fields propose while somebody types."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, QuerySet

from incidents.models import FactorCategory, Incident, Service, Tag, User, zone_names

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
        return self.names(Service.objects.all(), "services")

    def tags(self) -> Iterable[str]:
        return self.names(Tag.objects.all(), "tags")

    def categories(self) -> Iterable[str]:
        return FactorCategory.objects.values_list("name", flat=True)[:MOST]

    def zones(self) -> Iterable[str]:
        return sorted(name for name in zone_names() if "/" in name or name == "UTC")

    def names(
        self, labels: QuerySet[Service] | QuerySet[Tag], path: str
    ) -> Iterable[str]:
        """Not those that stand on nothing but what this person may not see."""
        bearing = Incident.objects.filter(**{path: OuterRef("pk")}).order_by()
        seen = bearing.visible_to(self.user)
        found = labels.filter(Exists(seen) | ~Exists(bearing))
        return found.values_list("name", flat=True)[:MOST]
