"""Why it could happen: causes, each with its evidence and its answer."""

from django.db import models

from incidents.documents.comparing.reading import short
from incidents.models.action import ActionItem
from incidents.models.entry import TimelineEntry
from incidents.models.labels import FactorCategory
from incidents.models.part import Part


class ContributingFactor(Part):
    incident = models.ForeignKey(
        "incidents.Incident",
        on_delete=models.CASCADE,
        editable=False,
        related_name="factors",
    )
    text = models.TextField()
    category = models.ForeignKey(
        FactorCategory, on_delete=models.PROTECT, null=True, blank=True
    )
    entries = models.ManyToManyField(
        TimelineEntry, blank=True, related_name="factors", verbose_name="evidence"
    )
    actions = models.ManyToManyField(
        ActionItem, blank=True, related_name="factors", verbose_name="answered by"
    )
    accepted = models.TextField(
        "accepted because",
        blank=True,
        help_text="Say why nothing will be done about it, where nothing will.",
    )

    def __str__(self) -> str:
        return short(self.text)
