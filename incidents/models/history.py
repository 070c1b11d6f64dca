"""What the record was, and who changed what."""

from django.conf import settings
from django.db import models

from incidents.models.incident import Incident


class Revision(models.Model):
    """The whole postmortem as it stood after a save, as a Document in JSON."""

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="revisions"
    )
    number = models.PositiveIntegerField()
    document = models.JSONField()
    note = models.CharField(max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    author_name = models.CharField(max_length=150)
    created_at = models.DateTimeField()
    saved_at = models.DateTimeField(help_text="The last save that this revision holds.")

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "number"], name="revision_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident.label}, revision {self.number}"


class Event(models.Model):
    """One change: who, when, what, before and after. Written by verbs only."""

    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="events"
    )
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, null=True, related_name="events"
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    actor_name = models.CharField(max_length=150)
    at = models.DateTimeField()
    what = models.CharField(max_length=40)
    part = models.UUIDField(null=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["incident", "-id"], name="event_newest"),
            models.Index(fields=["incident", "part"], name="event_of_part"),
        ]

    def __str__(self) -> str:
        return f"{self.what} by {self.actor_name}"
