"""What leaves the site: each mail and each post to another program, until it is out."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Literal, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from incidents.models.incident import Incident, IncidentQuerySet

# What a webhook can subscribe to; each is a column of its row.
Topic = Literal["published", "overdue"]


class WebhookQuerySet(models.QuerySet["Webhook"]):
    def subscribed_to(self, what: Topic) -> Self:
        return self.filter(active=True, **{what: True})


class Webhook(models.Model):
    """Another program's address, and what is posted to it. It belongs to the site."""

    name = models.CharField(max_length=100, unique=True)
    url = models.URLField(
        "address",
        max_length=500,
        help_text='It gets a POST with JSON such as {"text": "…"}, '
        "as Slack, Mattermost and others take it. Who knows the address can post "
        "there: keep it to the admins.",
    )
    published = models.BooleanField("hears of published reports", default=True)
    overdue = models.BooleanField("hears of overdue action items", default=False)
    active = models.BooleanField(
        default=True, help_text="Off: nothing is sent, and nothing new is queued."
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )

    objects = WebhookQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Channel(models.TextChoices):
    MAIL = "mail", "Mail"
    WEBHOOK = "webhook", "Webhook"


class Outcome(models.TextChoices):
    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    GIVEN_UP = "given_up", "Given up"
    DROPPED = "dropped", "Dropped"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def waiting(self) -> Self:
        return self.filter(state=Outcome.WAITING)

    def due(self, now: datetime) -> Self:
        """What may be tried now: its pause is over, and no worker has claimed it."""
        free = Q(claimed_until=None) | Q(claimed_until__lte=now)
        return self.waiting().filter(free, next_at__lte=now)

    def with_content(self) -> Self:
        """Those whose content was not deleted by `empty_old`: they can be sent."""
        return self.exclude(text="", payload__isnull=True)

    def claim(self, pk: int, *, now: datetime, lease: timedelta) -> "Delivery | None":
        """This delivery, ours until the lease ends: of several workers one gets it.

        One statement looks and takes, so that the database decides who was first.
        """
        until = now + lease
        ours = self.due(now).filter(pk=pk)
        if not ours.update(claimed_until=until, attempts=F("attempts") + 1):
            return None
        related = self.select_related("to", "hook", "incident")
        return related.filter(pk=pk, claimed_until=until).first()

    def finish(self, claimed: "Delivery", **result: Any) -> bool:
        """Write down how an attempt ended, unless it was overtaken meanwhile."""
        still = self.waiting().filter(pk=claimed.pk, attempts=claimed.attempts)
        return bool(still.update(claimed_until=None, **result))


class Delivery(models.Model):
    """One mail to one person, or one post to one webhook. The key makes it unique."""

    channel = models.CharField(max_length=10, choices=Channel)
    key = models.CharField(max_length=200, unique=True)
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        related_name="deliveries",
    )
    hook = models.ForeignKey(
        Webhook, on_delete=models.CASCADE, null=True, related_name="deliveries"
    )
    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, null=True, related_name="deliveries"
    )
    # The numbers of the incidents that a summary of many tells of.
    about = models.JSONField[list[int]](default=list)
    subject = models.CharField(max_length=200, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    unsubscribe = models.CharField(max_length=500, blank=True)
    payload = models.JSONField[Mapping[str, Any]](null=True)

    state = models.CharField(max_length=10, choices=Outcome, default=Outcome.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True)
    last_error = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["next_at"],
                condition=Q(state="waiting"),
                name="delivery_waiting",
            ),
            models.Index(fields=["state", "-id"], name="delivery_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(channel="mail", to__isnull=False, hook__isnull=True)
                | Q(channel="webhook", to__isnull=True, hook__isnull=False),
                name="delivery_to_one",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="delivery_sent_at_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject or self.key}, to {self.to or self.hook}"

    @property
    def tells_of(self) -> IncidentQuerySet:
        return Incident.objects.filter(pk__in={*self.about, self.incident_id})
