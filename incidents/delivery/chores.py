"""What the worker does by itself, without anybody asking."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from incidents.delivery.digest import send_digests
from incidents.delivery.reminders import remind
from incidents.delivery.summary import summarise
from incidents.delivery.tasks import sweep
from incidents.workflow.counting.recounting import count_missing
from incidents.workflow.counting.tallying import fold
from incidents.workflow.outgoing.outbox import empty_old
from incidents.workflow.parts.presence import forget_old


@dataclass(frozen=True)
class Chore:
    """Some work that is done again once `every` has passed."""

    name: str
    every: timedelta
    work: Callable[[], object]


CHORES = (
    Chore("clear sessions", timedelta(days=1), lambda: call_command("clearsessions")),
    Chore(
        "prune task results",
        timedelta(days=1),
        lambda: call_command("prune_db_task_results", verbosity=0),
    ),
    # The first time after an upgrade; there is nothing to do from then on.
    Chore("count what is missing", timedelta(days=1), count_missing),
    # Until then the pages add what waits by themselves, so nothing shown is late.
    Chore("fold tallies", timedelta(minutes=1), fold),
    Chore(
        "forget presences", timedelta(days=1), lambda: forget_old(now=timezone.now())
    ),
    Chore("sweep deliveries", timedelta(minutes=1), lambda: sweep(now=timezone.now())),
    Chore("remind", timedelta(minutes=5), lambda: remind(now=timezone.now())),
    Chore(
        "send digests",
        timedelta(minutes=5),
        lambda: send_digests(now=timezone.now()),
    ),
    Chore(
        "summarise overdue",
        timedelta(minutes=5),
        lambda: summarise(now=timezone.now()),
    ),
    Chore("empty deliveries", timedelta(days=1), lambda: empty_old(now=timezone.now())),
)
