"""What the worker does with each thing that leaves the site.

A delivery is claimed, tried and marked. It is never lost: a worker that dies in
between leaves a claim that runs out, and `sweep` finds what has no task any more.
Only such a death, after the other side has taken it and before it is marked, can
deliver something twice; both carry the same Message-ID or Idempotency-Key.
"""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from incidents.delivery import hooks, mail
from incidents.delivery.failures import DroppedError, FailedError, HopelessError
from incidents.delivery.retries import LEASE, MOST_ATTEMPTS, pause_after
from incidents.models import Delivery
from incidents.models.outbox import Channel, Outcome
from incidents.workflow.outgoing.outbox import enqueue

SENDERS: Final[Mapping[str, Callable[[Delivery], None]]] = {
    Channel.MAIL: mail.send,
    Channel.WEBHOOK: hooks.send,
}
logger = logging.getLogger("incidents.delivery")


@task()
def deliver(pk: int) -> None:
    attempt(pk, now=timezone.now())


def attempt(pk: int, *, now: dt.datetime) -> None:
    """Try it once, if it is due and no other worker is at it."""
    claimed = Delivery.objects.claim(pk, now=now, lease=LEASE)
    if claimed is None:
        return
    try:
        send(claimed)
    except DroppedError as why:
        finish(claimed, state=Outcome.DROPPED, last_error=str(why))
    except FailedError as error:
        try_later(claimed, error, now)
    except Exception as error:
        logger.exception("Delivery %s failed in a way that nobody foresaw.", pk)
        try_later(claimed, FailedError(f"{type(error).__name__}: {error}"), now)
    else:
        finish(claimed, state=Outcome.SENT, sent_at=now, last_error="")


def send(claimed: Delivery) -> None:
    if claimed.attempts > MOST_ATTEMPTS:
        raise HopelessError("The worker stopped in the middle of every attempt.")
    SENDERS[claimed.channel](claimed)


def finish(claimed: Delivery, **result: object) -> bool:
    if Delivery.objects.finish(claimed, **result):
        return True
    logger.warning("Delivery %s was overtaken by another worker.", claimed.pk)
    return False


@transaction.atomic
def try_later(claimed: Delivery, error: FailedError, now: dt.datetime) -> None:
    pause = pause_after(claimed.attempts)
    if pause is None or isinstance(error, HopelessError):
        logger.warning("Delivery %s is given up: %s", claimed.pk, error)
        finish(claimed, state=Outcome.GIVEN_UP, last_error=str(error))
    elif finish(claimed, next_at=now + pause, last_error=str(error)):
        logger.warning("Delivery %s is tried again in %s: %s", claimed.pk, pause, error)
        enqueue(claimed, after=now + pause)


def sweep(*, now: dt.datetime) -> None:
    """A new task for what is due and has none: its worker died in mid-delivery."""
    ready = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, task_path=settings.DELIVERY_TASK
    )
    with_task = {
        said["args"][0] for said in ready.values_list("args_kwargs", flat=True)
    }
    for delivery in Delivery.objects.due(now).only("channel"):
        if delivery.pk not in with_task:
            enqueue(delivery)
