"""What lists show of a published report, and what they can be narrowed by."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from incidents.models.incident import Incident, seen_by
from incidents.models.labels import FactorCategory, Service, Tag
from incidents.models.publication import Publication
from incidents.models.severity import Severity
from incidents.models.user import User


class Progress(models.TextChoices):
    """How far the promises of a report are."""

    OPEN = "open", "Some still open"
    OVERDUE = "overdue", "Some overdue"
    DONE = "done", "All done"
    NONE = "none", "None promised"


class ListingQuerySet(models.QuerySet["Listing"]):
    def visible_to(self, user: User) -> Self:
        """The reports that stand published and that this person may see.

        Asked row by row: nearly all are, so a page of them in an order that has an
        index is read from that index, and no database sorts all of them first.
        """
        seen = Incident.objects.published().filter(seen_by(user), pk=OuterRef("pk"))
        return self.filter(Exists(seen.order_by()))


def progress_is(progress: str, today: dt.date) -> Q:
    """The reports whose promises have come this far."""
    some_open = Q(done__lt=F("promised"))
    return {
        Progress.OPEN: some_open,
        Progress.OVERDUE: some_open & Q(next_due__lt=today),
        Progress.DONE: Q(promised__gt=0, done=F("promised")),
        Progress.NONE: Q(promised=0),
    }.get(Progress(progress), Q())


class Listing(models.Model):
    """One row a report, kept by the verbs, so that a list asks no other table.

    It says what was published last, not what the draft says; only the progress of
    the action items is alive.
    """

    incident = models.OneToOneField(
        Incident, on_delete=models.CASCADE, primary_key=True, related_name="listing"
    )
    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="+"
    )
    title = models.CharField(max_length=200)
    summary = models.TextField()
    card = models.JSONField(help_text="Severity, date, duration, services as shown.")
    severity = models.ForeignKey(
        Severity, on_delete=models.PROTECT, null=True, related_name="+"
    )
    rank = models.PositiveSmallIntegerField(null=True)
    services = models.ManyToManyField(Service, related_name="+")
    tags = models.ManyToManyField(Tag, related_name="+")
    categories = models.ManyToManyField(FactorCategory, related_name="+")
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    started_at = models.DateTimeField()
    published_at = models.DateTimeField()
    promised = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    next_due = models.DateField(null=True)
    featured_at = models.DateTimeField(null=True)

    objects = ListingQuerySet.as_manager()

    class Meta:
        ordering = ["-started_at", "-incident"]
        indexes = [
            models.Index(fields=["-started_at", "-incident"], name="listing_newest"),
            models.Index(
                fields=["rank", "-started_at", "-incident"], name="listing_worst"
            ),
            models.Index(fields=["-published_at"], name="listing_published"),
            models.Index(
                fields=["-featured_at"],
                condition=Q(featured_at__isnull=False),
                name="listing_featured",
            ),
        ]

    def __str__(self) -> str:
        return f"PM-{self.incident_id} {self.title}"

    @property
    def cache_key(self) -> tuple[int, int, int]:
        """The same for rows that look the same."""
        return self.publication_id, self.promised, self.done

    @property
    def address(self) -> str:
        return reverse("incidents:report", args=[self.incident_id])
