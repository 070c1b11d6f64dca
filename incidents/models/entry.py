"""One line of what happened, and when."""

from django.db import models
from django.db.models import F, Q

from incidents.documents.comparing.reading import short
from incidents.documents.kinds import EntryKind
from incidents.documents.times import says_about
from incidents.models.part import Part


class TimelineEntry(Part):
    """An entry. `at` is empty where nobody knows the moment.

    `as_written` and `zone` keep what the person wrote, so that editing the text
    never has to guess the time again.
    """

    incident = models.ForeignKey(
        "incidents.Incident",
        on_delete=models.CASCADE,
        editable=False,
        related_name="timeline",
    )
    at = models.DateTimeField(null=True, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    as_written = models.CharField(max_length=200, blank=True)
    zone = models.CharField(max_length=64, blank=True)
    kind = models.CharField(
        max_length=20, choices=EntryKind.choices(), default=EntryKind.NOTE.value
    )
    text = models.TextField()
    pinned = models.BooleanField(default=False)

    class Meta(Part.Meta):
        verbose_name_plural = "timeline entries"
        constraints = [
            *Part.Meta.constraints,
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("at")),
                name="timelineentry_ends_after_start",
                violation_error_code="until",
                violation_error_message="The end of the entry is before its start.",
            ),
        ]

    @property
    def is_about(self) -> bool:
        """Whether its time is only about right, as it was written."""
        return says_about(self.as_written)

    def __str__(self) -> str:
        return short(self.text)
