"""What every part of a postmortem has: a place, a version, a last hand."""

import uuid

from django.conf import settings
from django.db import models


class SavedRow(models.Model):
    """Who saved it last, and which version that made.

    The name is kept beside the account, so that history outlives accounts.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    saved_at = models.DateTimeField(editable=False)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    saved_by_name = models.CharField(max_length=150, editable=False)

    class Meta:
        abstract = True


class Part(SavedRow):
    """A row of one incident. `key` names it in every revision, for ever."""

    incident = models.ForeignKey(
        "incidents.Incident", on_delete=models.CASCADE, editable=False
    )
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField(editable=False)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "key"], name="%(class)s_key_once"
            )
        ]
        indexes = [
            models.Index(fields=["incident", "position"], name="%(class)s_in_order")
        ]
