"""Queue what leaves the site: a row and a task in the transaction of the change.

Nothing is sent here. The task is known by name only, as the database keeps it:
`settings.DELIVERY_TASK` says which function the worker runs.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string
from django_tasks.base import Task

from incidents import models
from incidents.models.outbox import Channel, Outcome

# How long the words of what was sent are kept for an admin to look at.
KEPT_FOR: Final = dt.timedelta(days=30)
# A mail server that hangs keeps no webhook waiting.
PRIORITY: Final[Mapping[str, int]] = {Channel.MAIL: 0, Channel.WEBHOOK: 10}


def queue_mail(
    to: models.User,
    *,
    key: str,
    subject: str,
    text: str,
    html: str,
    now: dt.datetime,
    incident: models.Incident | None = None,
    about: Collection[int] = (),
    unsubscribe: str = "",
) -> models.Delivery | None:
    """A mail to this person, or None if one with this key was queued before.

    The address is read when it is sent; so is whether they may see the incident, or
    all those that a digest is `about`. `unsubscribe` is an absolute address that ends
    such mails without a login.
    """
    return queue(
        Channel.MAIL,
        key,
        now,
        to=to,
        subject=one_line(subject),
        text=text,
        html=html,
        incident=incident,
        about=sorted(set(about)),
        unsubscribe=unsubscribe,
    )


def queue_hook(
    webhook: models.Webhook,
    *,
    key: str,
    payload: Mapping[str, Any],
    now: dt.datetime,
    incident: models.Incident | None = None,
    about: Collection[int] = (),
) -> models.Delivery | None:
    """A post of this JSON, or None if one with this key was queued before.

    Dropped when it is sent if what it tells of is not for everybody by then.
    """
    return queue(
        Channel.WEBHOOK,
        key,
        now,
        hook=webhook,
        subject=one_line(str(payload.get("text", key))),
        payload=payload,
        incident=incident,
        about=sorted(set(about)),
    )


def one_line(text: str) -> str:
    return " ".join(text.split())[:200]


@transaction.atomic
def queue(
    channel: Channel, key: str, now: dt.datetime, **fields: Any
) -> models.Delivery | None:
    made = {"channel": channel, "queued_at": now, "next_at": now, **fields}
    delivery, new = models.Delivery.objects.get_or_create(key=key, defaults=made)
    if not new:
        return None
    enqueue(delivery)
    return delivery


def enqueue(delivery: models.Delivery, *, after: dt.datetime | None = None) -> None:
    """Give the worker a task for it, at once or after a moment."""
    task: Task[[int], None] = import_string(settings.DELIVERY_TASK)
    priority = PRIORITY[delivery.channel]
    task.using(priority=priority, run_after=after).enqueue(delivery.pk)


@transaction.atomic
def send_again(delivery: models.Delivery, *, now: dt.datetime) -> bool:
    """Start anew with what was given up or dropped, where its words are still known."""
    ended = models.Delivery.objects.with_content().filter(
        pk=delivery.pk, state__in=[Outcome.GIVEN_UP, Outcome.DROPPED]
    )
    if not ended.update(state=Outcome.WAITING, attempts=0, next_at=now, last_error=""):
        return False
    enqueue(delivery)
    return True


def empty_old(*, now: dt.datetime) -> None:
    """Forget the words of what is done with. The rows stay: no key is used again."""
    done = models.Delivery.objects.with_content().filter(
        state__in=[Outcome.SENT, Outcome.DROPPED], queued_at__lt=now - KEPT_FOR
    )
    done.update(subject="", text="", html="", unsubscribe="", payload=None)
