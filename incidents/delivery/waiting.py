"""How much waits to be done in the background, and for how long already."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Min
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from incidents.models import Delivery


@dataclass(frozen=True)
class Waiting:
    number: int
    oldest_seconds: float


def waiting(now: dt.datetime) -> dict[str, Waiting]:
    """How many deliveries and tasks wait, and since when."""
    deliveries = (
        Delivery.objects.waiting()
        .order_by()
        .aggregate(number=Count("pk"), since=Min("queued_at"))
    )
    tasks = DBTaskResult.objects.filter(status=TaskResultStatus.READY).order_by()
    ready = tasks.aggregate(number=Count("pk"), since=Min("enqueued_at"))
    return {
        "deliveries": waiting_since(deliveries["number"], deliveries["since"], now),
        "tasks": waiting_since(ready["number"], ready["since"], now),
    }


def waiting_since(number: int, since: dt.datetime | None, now: dt.datetime) -> Waiting:
    waited = (now - since).total_seconds() if since else 0.0
    return Waiting(number, max(waited, 0.0))
