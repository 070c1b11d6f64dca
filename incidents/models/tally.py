"""What published reports count for: one by one, and in sums that a page can read."""

from typing import Self

from django.db import models
from django.db.models import Q

from incidents.documents.kinds import Detection
from incidents.models.incident import Incident

LENGTHS = ("lasted", "detect", "mitigate", "resolve", "publish")
# Of several who write at once, the later number may be seen first. So many of the last
# changes are known one by one.
MOST_KNOWN = 20


def minutes_field() -> "models.PositiveIntegerField[int | None, int | None]":
    return models.PositiveIntegerField(null=True)


class Tally(models.Model):
    """What one report counts for, kept by the verbs.

    `now` is what it adds to the sums as it stands, `folded` what they hold of it.
    While the two differ it waits: whoever reads the sums makes up for it, and the
    worker folds it in. So no verb waits for another one that counts the same month.
    """

    incident = models.OneToOneField(
        Incident, on_delete=models.CASCADE, primary_key=True, related_name="tally"
    )
    first_published_at = models.DateTimeField()
    noticed = models.CharField(max_length=20, choices=Detection.choices(), blank=True)
    lasted = minutes_field()
    detect = minutes_field()
    mitigate = minutes_field()
    resolve = minutes_field()
    publish = minutes_field()
    readers = models.PositiveIntegerField(default=0)
    month = models.PositiveIntegerField(help_text="Of its start, from the year 0 on.")
    now = models.JSONField()
    folded = models.JSONField(null=True)
    waits = models.BooleanField(default=True)
    kept_back = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "tallies"
        indexes = [
            models.Index(fields=["month"], name="tally_month"),
            models.Index(
                fields=["incident"], condition=Q(waits=True), name="tally_waits"
            ),
            models.Index(
                fields=["incident"], condition=Q(kept_back=True), name="tally_kept_back"
            ),
        ]

    def __str__(self) -> str:
        return f"PM-{self.incident_id}"


class Total(models.Model):
    """What the reports of a month add up to, or those of it about one label.

    A month of 0 stands for all of time, a severity of 0 for any, and a scope without
    a name for every report.
    """

    month = models.PositiveIntegerField()
    kept_back = models.BooleanField(help_text="Of reports that not everyone may see.")
    severity = models.IntegerField()
    scope = models.CharField(max_length=10, blank=True)
    label = models.BigIntegerField()
    counts = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["month", "severity"], name="total_of_month")]
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "label", "severity", "month", "kept_back"],
                name="total_once",
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.label} in month {self.month}"


class ChangeQuerySet(models.QuerySet["Change"]):
    def newest(self, *, kept_back: bool) -> Self:
        """The newest of one sort, as many as have to be known."""
        rows = self.filter(kept_back=kept_back).order_by("-pk")
        return self.filter(pk__in=rows.values("pk")[:MOST_KNOWN]).order_by()

    def forget_old(self) -> None:
        """Delete what nobody looks at any more."""
        for sort in (True, False):
            known = [row.pk for row in self.newest(kept_back=sort)]
            self.filter(kept_back=sort, pk__lt=min(known, default=0)).delete()


class Change(models.Model):
    """That sums which somebody may have kept are others now.

    Either some were folded, or a report that is kept back counts for something else
    or is seen by others.
    """

    kept_back = models.BooleanField()

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["kept_back", "-id"], name="change_newest")]

    def __str__(self) -> str:
        return "of a report that is kept back" if self.kept_back else "of the sums"
