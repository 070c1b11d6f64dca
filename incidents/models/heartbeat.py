"""The last sign of life of each background process and chore."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import IntegrityError, models, transaction
from django.db.models import Q


class HeartbeatQuerySet(models.QuerySet["Heartbeat"]):
    def beat(self, name: str, *, now: datetime) -> None:
        self.update_or_create(name=name, defaults={"beat_at": now})

    def beats_since(self, moment: datetime, *, name: str) -> bool:
        return self.filter(name=name, beat_at__gte=moment).exists()

    def claim(self, name: str, *, every: timedelta, now: datetime) -> bool:
        """Whether the chore is due and ours to do: of several workers one gets True.

        A beat in the future means that the clock was put back: the chore is due.
        """
        due = Q(beat_at__lte=now - every) | Q(beat_at__gt=now + every)
        if self.filter(due, name=name).update(beat_at=now):
            return True
        if self.filter(name=name).exists():
            return False
        try:
            with transaction.atomic():
                self.create(name=name, beat_at=now)
        except IntegrityError:
            return False
        return True


class Heartbeat(models.Model):
    name = models.CharField(max_length=100, unique=True)
    beat_at = models.DateTimeField()

    objects: ClassVar[models.Manager["Heartbeat"]] = HeartbeatQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name
