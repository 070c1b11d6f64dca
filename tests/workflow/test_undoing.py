"""Whoever snoozed or verified by mistake takes it back with one click."""

import pytest

from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, User
from incidents.workflow.actions.promises import snooze, verify
from incidents.workflow.actions.state import set_state
from incidents.workflow.actions.undoing import undo
from incidents.workflow.refusals import RefusedError
from tests.factories import DAY, NOW, make_item

TODAY = NOW.date()


@pytest.fixture
def item(author: User) -> ActionItem:
    return make_item(author, due_on=TODAY)


def test_an_undone_snooze_is_the_one_before_it_and_then_none(
    item: ActionItem, author: User
) -> None:
    first = snooze(item, TODAY + DAY, "The parts are late", by=author, now=NOW)
    second = snooze(item, TODAY + 2 * DAY, "Still late", by=author, now=NOW)
    assert first.event
    assert second.event
    with pytest.raises(RefusedError, match="changed since"):
        undo(first.event, by=author, now=NOW)
    undo(second.event, by=author, now=NOW)
    item.refresh_from_db()
    assert item.snoozed_until == TODAY + DAY
    assert item.snoozed_because == "The parts are late"
    undo(first.event, by=author, now=NOW)
    again = ActionItem.objects.get(pk=item.pk)
    assert (again.snoozed_until, again.snoozed_because) == (None, "")


def test_an_undone_look_is_asked_for_again_and_undone_once(
    item: ActionItem, author: User, colleague: User
) -> None:
    set_state(item.incident, item.key, ActionState.DONE, by=author, now=NOW)
    looked = verify(item, worked=True, note="", by=colleague, now=NOW)
    assert looked.event
    undo(looked.event, by=colleague, now=NOW)
    item.refresh_from_db()
    assert (item.verified_at, item.verified_by_name) == (None, "")
    assert item.state == ActionState.DONE
    with pytest.raises(RefusedError, match="looked at since"):
        undo(looked.event, by=colleague, now=NOW)
