"""What the editor's fields propose while somebody types."""

from collections.abc import Iterable

from incidents.models import FactorCategory, Service, Tag, User, zone_names

# More than this no browser shows; the field takes any name all the same.
MOST = 500


class Suggestions:
    def people(self) -> Iterable[tuple[str, str]]:
        rows = User.objects.filter(is_active=True).order_by("username")[:MOST]
        return [(user.username, user.name) for user in rows]

    def services(self) -> Iterable[str]:
        return Service.objects.values_list("name", flat=True)[:MOST]

    def tags(self) -> Iterable[str]:
        return Tag.objects.values_list("name", flat=True)[:MOST]

    def categories(self) -> Iterable[str]:
        return FactorCategory.objects.values_list("name", flat=True)[:MOST]

    def zones(self) -> Iterable[str]:
        return sorted(name for name in zone_names() if "/" in name or name == "UTC")
