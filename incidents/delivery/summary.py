"""The summary of what is overdue, to the channels that hear of it."""

import datetime as dt
from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from incidents.documents.actions.reminding import in_words, summary_falls_on, when
from incidents.documents.kinds import Rhythm
from incidents.models import ActionItem, ActionPolicy, Webhook
from incidents.models.incident import public
from incidents.search.actions.reminders import MOST_ROWS, open_items
from incidents.workflow.outgoing.addresses import absolute
from incidents.workflow.outgoing.chat import chat_payload
from incidents.workflow.outgoing.outbox import queue_hook


def summarise(*, now: dt.datetime) -> None:
    """Queue today's summary to each webhook that has not got it.

    The day and the morning are those of the site's own zone.
    """
    policy = ActionPolicy.objects.current()
    here = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    today = here.date()
    if here.hour < policy.remind_at:
        return
    if not summary_falls_on(today, Rhythm(policy.summary), policy.free_days):
        return
    begins = f"overdue:{today.isoformat()}:"
    waiting = Webhook.objects.subscribed_to("overdue").exclude(
        deliveries__key__startswith=begins
    )
    hooks = list(waiting)
    rows = overdue(today)
    if not hooks or not (first := list(rows[:MOST_ROWS])):
        return
    said = chat_payload(summary(first, rows.count(), today))
    about = {row.incident_id for row in first}
    for hook in hooks:
        queue_hook(hook, key=f"{begins}{hook.pk}", payload=said, about=about, now=now)


def overdue(today: dt.date) -> QuerySet[ActionItem]:
    """What is late of what everybody may read, the oldest first."""
    rows = open_items().select_related("incident", "owner")
    return rows.filter(public("incident__"), due_order__lt=today)


def summary(first: Sequence[ActionItem], count: int, today: dt.date) -> str:
    """How many are late, and the first of them, the oldest on top."""
    items = "action item is" if count == 1 else "action items are"
    lines = [line_of(row, today) for row in first]
    more = [f"And {count - MOST_ROWS:,} more."] if count > MOST_ROWS else []
    board = absolute(reverse("incidents:actions") + "?due=overdue")
    return "\n".join([f"{count:,} {items} overdue", *lines, *more, board])


def line_of(row: ActionItem, today: dt.date) -> str:
    owner = row.owner.name if row.owner else row.owner_name or "no owner"
    late = when(row.due_order, today)
    return f"• {in_words(row.text)} ({owner}, {late}; {row.incident.label})"
