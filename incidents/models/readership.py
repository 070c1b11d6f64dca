"""Who has read a report, and who is asked to."""

from typing import Final

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import Q

from incidents.database.prepared import children
from incidents.models.incident import Incident
from incidents.models.publication import Publication
from incidents.models.user import User, UserQuerySet


class ReadMark(models.Model):
    """Somebody has said that they read this version."""

    publication = models.ForeignKey(
        Publication, on_delete=models.CASCADE, related_name="read_marks"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["publication", "user"], name="readmark_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} read {self.publication}"


class RequiredReader(models.Model):
    """A person or a group that is asked to read every version of a report."""

    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="required_readers"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="+"
    )
    group = models.ForeignKey(
        Group, on_delete=models.CASCADE, null=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "user"], name="requiredreader_person_once"
            ),
            models.UniqueConstraint(
                fields=["incident", "group"], name="requiredreader_group_once"
            ),
            models.CheckConstraint(
                condition=Q(user__isnull=False, group__isnull=True)
                | Q(user__isnull=True, group__isnull=False),
                name="requiredreader_person_or_group",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.group)


REQUIRED: Final = children(RequiredReader)


def asked_to_read(incident: Incident) -> UserQuerySet:
    """The people who are asked to read it, of those who may see it."""
    asked = REQUIRED.rows(None, incident=incident.pk)
    if not asked:
        return User.objects.get_queryset().none()
    people = Q(pk__in=[row.user_id for row in asked if row.user_id])
    groups = Q(groups__in=[row.group_id for row in asked if row.group_id])
    return incident.audience.filter(people | groups).distinct()
