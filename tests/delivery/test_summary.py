"""What channels hear of overdue action items."""

import datetime as dt
from typing import Any

import pytest

from incidents.delivery.summary import summarise
from incidents.documents.document import Action
from incidents.models import ActionPolicy, Delivery, User, Webhook
from tests.factories import DAY, HOUR, NOW, make_draft, make_report, restrict

# NOW is on a Monday.
TODAY = NOW.date()
MORNING = dt.datetime.combine(TODAY, dt.time(8), tzinfo=dt.UTC)


@pytest.fixture
def hook(db: None) -> Webhook:
    return Webhook.objects.create(
        name="ops", url="https://chat.example.org/ops", overdue=True
    )


def posts(now: dt.datetime = MORNING) -> list[str]:
    before = set(Delivery.objects.values_list("pk", flat=True))
    summarise(now=now)
    new = Delivery.objects.exclude(pk__in=before)
    return [post.payload["text"] for post in new if post.payload]


def late(text: str, days: int = 3) -> Action:
    return Action(text=text, due_on=TODAY - days * DAY)


LONG_AGO: dict[str, Any] = {
    "now": NOW - 90 * DAY,
    "started_at": NOW - 90 * DAY,
    "detected_at": None,
    "mitigated_at": None,
    "resolved_at": NOW - 89 * DAY,
}


def test_a_channel_hears_of_nothing_that_is_not_for_everybody(
    hook: Webhook, reviewer: User
) -> None:
    make_draft(reviewer, actions=(late("In a draft"),), **LONG_AGO)
    restrict(make_report(reviewer, actions=(late("Kept"),), **LONG_AGO).incident)
    assert posts() == []


def test_a_channel_that_does_not_hear_of_it_is_left_alone(
    hook: Webhook, reviewer: User
) -> None:
    make_report(reviewer, actions=(late("Buy fuses"),), **LONG_AGO)
    Webhook.objects.update(overdue=False)
    assert posts() == []


def test_on_mondays_a_channel_hears_once_what_is_overdue(
    hook: Webhook, reviewer: User
) -> None:
    actions = (late("Buy `fuses`"), late("Sell them", 40), late("Later", -1))
    label = make_report(reviewer, actions=actions, **LONG_AGO).incident.label
    assert posts(MORNING - HOUR) == []
    (said,) = posts()
    assert said.splitlines() == [
        "2 action items are overdue",
        f"• Sell them (no owner, 40 days late; {label})",
        f"• Buy fuses (no owner, 3 days late; {label})",
        "http://127.0.0.1:8000/actions/?due=overdue",
    ]
    assert [posts(MORNING + n * DAY) for n in range(7)] == [[]] * 7
    assert len(posts(MORNING + 7 * DAY)) == 1


def test_a_daily_summary_leaves_free_days_out(hook: Webhook, reviewer: User) -> None:
    make_report(reviewer, actions=(late("Buy fuses"),), **LONG_AGO)
    ActionPolicy.objects.update(summary="daily", holidays="2026-03-04 Founding day")
    days = [n for n in range(8) if posts(MORNING + n * DAY)]
    assert days == [0, 1, 3, 4, 7]
