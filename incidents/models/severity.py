"""How bad it was, and the promises that follow from it."""

from django.db import models
from django.db.models.functions import Lower

from incidents.documents.kinds import Priority


class Severity(models.Model):
    rank = models.PositiveSmallIntegerField(
        unique=True,
        help_text="1 is the worst.",
        error_messages={"unique": "Another severity has this rank."},
    )
    name = models.CharField(max_length=20, unique=True)
    description = models.CharField(max_length=200, blank=True)
    days_to_review = models.PositiveSmallIntegerField(
        default=5, help_text="Business days from the end of the incident to its review."
    )
    days_high = models.PositiveSmallIntegerField(
        "days for high priority", default=10, help_text="Business days to close."
    )
    days_medium = models.PositiveSmallIntegerField(
        "days for medium priority", default=30, help_text="Business days to close."
    )
    days_low = models.PositiveSmallIntegerField(
        "days for low priority", default=60, help_text="Business days to close."
    )

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(
                Lower("name"),
                name="severity_name_once",
                violation_error_message="There is already a severity of this name, "
                "whatever its capitals.",
            )
        ]
        verbose_name_plural = "severities"

    def __str__(self) -> str:
        return self.name

    def days_to_close(self, priority: Priority) -> int:
        return {
            Priority.HIGH: self.days_high,
            Priority.MEDIUM: self.days_medium,
            Priority.LOW: self.days_low,
        }[priority]
