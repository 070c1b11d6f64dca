"""What was published: frozen, whatever happens to the record later."""

from django.conf import settings
from django.db import models
from django.urls import reverse

from incidents.models.history import Revision
from incidents.models.incident import Incident


class Publication(models.Model):
    incident = models.ForeignKey(
        Incident, on_delete=models.PROTECT, related_name="publications"
    )
    number = models.PositiveIntegerField()
    revision = models.ForeignKey(
        Revision, on_delete=models.PROTECT, related_name="publications"
    )
    document = models.JSONField()
    html = models.TextField(help_text="The report as it was rendered at publication.")
    note = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    published_by_name = models.CharField(max_length=150)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "number"], name="publication_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident.label}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:publication", args=[self.incident_id, self.number])
