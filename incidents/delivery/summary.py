"""The summary of what is overdue, to the channels that hear of it."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from incidents.documents.kinds import Rhythm
from incidents.documents.reminding import in_words, summary_falls_on, when
from incidents.models import ActionItem, ActionPolicy, State, Visibility, Webhook
from incidents.search.reminders import MOST_ROWS, ORDER, open_items
from incidents.workflow.addresses import absolute
from incidents.workflow.chat import line
from incidents.workflow.outbox import queue_hook


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
    waiting = Webhook.objects.hearing("overdue").exclude(
        deliveries__key__startswith=begins
    )
    if hooks := list(waiting):
        said = summary(today)
        for hook in hooks if said else []:
            key = f"{begins}{hook.pk}"
            queue_hook(hook, key=key, payload=line(said), now=now)


def summary(today: dt.date) -> str:
    """What is overdue of what everybody may read, the oldest first; or nothing."""
    rows = open_items().filter(
        due_order__lt=today,
        incident__state=State.PUBLISHED,
        incident__visibility=Visibility.EVERYONE,
    )
    count = rows.count()
    if not count:
        return ""
    items = "action item is" if count == 1 else "action items are"
    first = [told(row, today) for row in rows.order_by(*ORDER)[:MOST_ROWS]]
    more = [f"And {count - MOST_ROWS:,} more."] if count > MOST_ROWS else []
    board = absolute(reverse("incidents:actions") + "?due=overdue")
    return "\n".join([f"{count:,} {items} overdue", *first, *more, board])


def told(row: ActionItem, today: dt.date) -> str:
    owner = row.owner.name if row.owner else row.owner_name or "no owner"
    late = when(row.due_order, today)
    return f"• {in_words(row.text)} ({owner}, {late}; {row.incident.label})"
