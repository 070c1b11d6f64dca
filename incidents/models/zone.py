"""Time zones, as names that the zone database knows."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import models


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


class ZoneField(models.CharField[str, str]):
    """The name of a zone. A plain text to migrations, which know no code of ours."""

    default_validators = [validate_zone]

    def deconstruct(self) -> tuple[str, str, Any, Any]:
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
