"""What was published: frozen, whatever happens to the record later."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from incidents.models.history import Revision
from incidents.models.incident import Incident, State, seen_by
from incidents.models.user import User


class PublicationQuerySet(models.QuerySet["Publication"]):
    def readable_by(self, user: User) -> Self:
        """Versions of the reports that stand published and that they may see."""
        published = Q(incident__state=State.PUBLISHED)
        return self.filter(published & seen_by(user, "incident__"))

    def with_newest(self) -> Self:
        """Each with the number of the newest version beside its own."""
        versions = Publication.objects.filter(incident=OuterRef("incident"))
        newest = versions.order_by("-number").values("number")[:1]
        return self.annotate(newest=Subquery(newest))


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
    card = models.JSONField(
        help_text="What pages show around the report, and lists instead of it."
    )
    note = models.CharField(max_length=200, blank=True)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    published_by_name = models.CharField(max_length=150)

    objects = PublicationQuerySet.as_manager()

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

    @property
    def is_newest(self) -> bool:
        """Whether no later version stands beside it; asked `with_newest` only."""
        newest: int = vars(self)["newest"]
        return self.number == newest
