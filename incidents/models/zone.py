"""Time zones, as names that the zone database knows."""

from functools import cache
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError


@cache
def zone_names() -> frozenset[str]:
    return frozenset(available_timezones())


def validate_zone(name: str) -> None:
    if name not in zone_names():
        raise ValidationError(
            "“%(zone)s” is not a time zone we know. Choose one such as "
            "Europe/Berlin or UTC.",
            code="unknown_zone",
            params={"zone": name},
        )
