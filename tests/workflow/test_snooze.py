"""A snooze is for days, for a reason, and moves no date."""

import datetime as dt

import pytest

from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, ActionPolicy, User
from incidents.workflow.actions.promises import snooze
from incidents.workflow.actions.state import set_state
from incidents.workflow.refusals import NotAllowedError, RefusedError
from tests.factories import DAY, NOW, make_item

TODAY = NOW.date()


@pytest.fixture
def item(author: User) -> ActionItem:
    return make_item(author, due_on=TODAY)


def rest(
    item: ActionItem, by: User, days: int = 3, why: str = "The parts are late"
) -> None:
    snooze(item, TODAY + days * DAY, why, by=by, now=NOW)


def test_a_reader_may_not_snooze(item: ActionItem, reader: User) -> None:
    with pytest.raises(NotAllowedError):
        rest(item, reader)


def test_a_snooze_needs_a_reason(item: ActionItem, author: User) -> None:
    with pytest.raises(RefusedError, match="Say why it can wait"):
        rest(item, author, why=" ")


@pytest.mark.parametrize("days", [-1, 0])
def test_a_snooze_until_now_is_none(item: ActionItem, author: User, days: int) -> None:
    with pytest.raises(RefusedError, match="Choose a day to come"):
        rest(item, author, days)


def test_a_snooze_lasts_no_longer_than_policy_lets_it(
    item: ActionItem, author: User
) -> None:
    ActionPolicy.objects.update(snooze_days=5)
    with pytest.raises(RefusedError, match="5 days at most, so until 7 Mar 2026"):
        rest(item, author, 6)
    rest(item, author, 5)


def test_today_is_that_of_the_person_who_asks(item: ActionItem, author: User) -> None:
    """Where the ninth hour of the second is still the first, the second is to come."""
    author.zone = "Pacific/Honolulu"
    rest(item, author, 0)
    item.refresh_from_db()
    assert item.snoozed_until == TODAY


def test_what_is_closed_needs_no_snooze(item: ActionItem, author: User) -> None:
    set_state(item.incident, item.key, ActionState.DONE, by=author, now=NOW)
    with pytest.raises(RefusedError, match="closed"):
        rest(item, author)


def test_a_snooze_leaves_the_date_and_the_words_and_says_why_in_the_history(
    item: ActionItem, author: User
) -> None:
    rest(item, author)
    item.refresh_from_db()
    assert (item.due_on, item.moves, item.version) == (TODAY, 0, 1)
    assert item.snoozed_until == TODAY + 3 * DAY
    event = item.incident.events.first()
    assert event
    assert event.what == "action snoozed"
    assert event.after is not None
    assert event.after["why"] == "The parts are late"


def test_a_snooze_can_end_early_and_only_once(item: ActionItem, author: User) -> None:
    rest(item, author)
    snooze(item, None, "", by=author, now=NOW)
    count = item.incident.events.count()
    snooze(item, None, "", by=author, now=NOW + dt.timedelta(hours=1))
    item.refresh_from_db()
    assert (item.snoozed_until, item.snoozed_because) == (None, "")
    assert item.incident.events.count() == count
