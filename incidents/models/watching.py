"""What somebody wants to hear of, and what they were told."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from incidents.models.history import Event
from incidents.models.incident import Incident, open_to, seen_by
from incidents.models.labels import Service
from incidents.models.severity import Severity
from incidents.models.user import User

KINDS = ("incident", "service", "severity")
OF_TALK = ("commented", "replied")
# Those who are told of these read the draft and what is said about it.
OF_REVIEW = ("asked_for_review", "approved", "changes_asked", *OF_TALK)


def only_field(kind: str) -> Q:
    return Q(**{f"{name}__isnull": name != kind for name in KINDS})


class Watch(models.Model):
    """One person wants to hear of one incident, of a service, or of a severity."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="watches"
    )
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, null=True)
    service = models.ForeignKey(Service, on_delete=models.CASCADE, null=True)
    severity = models.ForeignKey(Severity, on_delete=models.CASCADE, null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=only_field("incident")
                | only_field("service")
                | only_field("severity"),
                name="watch_one_thing",
            ),
            *(
                models.UniqueConstraint(
                    fields=["user", kind], name=f"watch_{kind}_once"
                )
                for kind in KINDS
            ),
        ]

    def __str__(self) -> str:
        return str(self.incident or self.service or self.severity)

    @property
    def kind(self) -> str:
        return next(kind for kind in KINDS if getattr(self, f"{kind}_id"))


class NoticeQuerySet(models.QuerySet["Notice"]):
    def for_user(self, user: User) -> Self:
        """This person's notices, without incidents that they may not see any more."""
        return self.filter(open_to(user, "event__incident__"), to=user)

    def with_openable(self, user: User) -> Self:
        """Each with `can_be_opened`: whether this person may see its page now."""
        shown = Q(event__incident__state="published") | Q(event__what__in=OF_REVIEW)
        there = shown & seen_by(user, "event__incident__")
        return self.annotate(
            can_be_opened=models.Case(
                models.When(there, then=True),
                default=False,
                output_field=models.BooleanField(),
            )
        )

    def mark_read(self, now: dt.datetime) -> None:
        self.filter(read_at=None).update(read_at=now)


class Notice(models.Model):
    """One person is told of one event, and why it concerns them."""

    to = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices"
    )
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="notices")
    why = models.CharField(max_length=200)
    read_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["to", "event"], name="notice_once")
        ]
        indexes = [models.Index(fields=["to", "-id"], name="notice_newest")]

    def __str__(self) -> str:
        return f"{self.event}, to {self.to}"

    def get_absolute_url(self) -> str:
        page = "incidents:review" if self.is_of_review else "incidents:report"
        return f"{reverse(page, args=[self.event.incident_id])}{self.anchor}"

    @property
    def anchor(self) -> str:
        """The place on its page: a comment stands at its part."""
        if self.event.what not in OF_TALK:
            return ""
        return f"#part-{self.event.part}" if self.event.part else "#comments"

    @property
    def is_of_review(self) -> bool:
        return self.event.what in OF_REVIEW

    @property
    def title(self) -> str:
        """The report's title; the draft's where the notice is about its review."""
        incident = self.event.incident
        return incident.title if self.is_of_review else incident.listing.title
