"""Who is at which part of a postmortem at the moment."""

import datetime as dt
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from incidents.models.incident import Incident


class PresenceQuerySet(models.QuerySet["Presence"]):
    def seen_since(self, moment: dt.datetime) -> Self:
        return self.filter(seen_at__gte=moment, user__is_active=True)


class Presence(models.Model):
    """The last sign of one person at one incident. `part` is a panel of the editor."""

    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="presences"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    part = models.CharField(max_length=60, blank=True)
    seen_at = models.DateTimeField(db_index=True)

    objects: ClassVar[models.Manager["Presence"]] = PresenceQuerySet.as_manager()

    class Meta:
        ordering = ["seen_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "user"], name="presence_once_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.incident.label}"
