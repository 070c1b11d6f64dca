"""What becomes of a promise, and what nobody may do to it."""

import datetime as dt
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, ActionPolicy, Event, Incident, User
from incidents.workflow.actions.promises import change, verify
from incidents.workflow.actions.state import NO_EVIDENCE, set_state
from incidents.workflow.actions.undoing import undo
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.whole.to_document import to_document
from tests.factories import DAY, NOW, make_draft, make_item, restrict

DUE = NOW.date() + 10 * DAY
BO = Person(name="Bo Lind", account="bo")


@pytest.fixture
def item(author: User) -> ActionItem:
    return make_item(author, due_on=DUE)


def move(item: ActionItem, to: dt.date | None, by: User, why: str = "Parts") -> Event:
    item.refresh_from_db()
    saved = change(item, {"due_on": to}, version=item.version, why=why, by=by, now=NOW)
    assert saved.event
    return saved.event


def close(item: ActionItem, by: User, now: dt.datetime = NOW) -> ActionItem:
    saved = set_state(item.incident, item.key, ActionState.DONE, by=by, now=now)
    return saved.row


def policy(**fields: object) -> None:
    ActionPolicy.objects.filter(pk=1).update(**fields)


def test_a_reader_changes_nothing(item: ActionItem, reader: User) -> None:
    with pytest.raises(NotAllowedError):
        move(item, DUE + DAY, reader)


def test_a_date_moves_only_for_a_reason(item: ActionItem, author: User) -> None:
    with pytest.raises(RefusedError, match="Say why the date moves"):
        move(item, DUE + DAY, author, why="  ")


def test_a_date_before_the_incident_is_refused(item: ActionItem, author: User) -> None:
    with pytest.raises(ValidationError, match="before the incident"):
        move(item, NOW.date() - DAY, author)


def test_an_owner_who_may_not_see_the_incident_is_refused(
    item: ActionItem, author: User, colleague: User
) -> None:
    restrict(item.incident)
    with pytest.raises(ValidationError, match="Bo Lind may not see"):
        change(item, {"owner": BO}, version=item.version, by=author, now=NOW)
    restrict(item.incident, colleague)
    change(item, {"owner": BO}, version=item.version, by=author, now=NOW)
    item.refresh_from_db()
    assert item.owner == colleague


def test_a_site_can_ask_for_evidence(item: ActionItem, author: User) -> None:
    policy(evidence=True)
    with pytest.raises(RefusedError, match="Show that it is done"):
        close(item, author)
    assert NO_EVIDENCE.startswith("Show that")
    set_state(
        item.incident,
        item.key,
        ActionState.DONE,
        by=author,
        now=NOW,
        evidence="See the shelf.",
    )
    item.refresh_from_db()
    assert (item.state, item.evidence) == ("done", "See the shelf.")


def test_nobody_verifies_what_they_did_themselves(
    item: ActionItem, author: User, colleague: User
) -> None:
    close(item, colleague)
    for own in (author, colleague):
        with pytest.raises(RefusedError, match="Somebody else says"):
            verify(item, worked=True, note="", by=own, now=NOW)


def test_what_is_not_done_cannot_have_worked(item: ActionItem, reviewer: User) -> None:
    with pytest.raises(RefusedError, match="not done"):
        verify(item, worked=True, note="", by=reviewer, now=NOW)


def test_what_did_not_work_is_open_again_and_says_why(
    item: ActionItem, author: User, reviewer: User
) -> None:
    close(item, author)
    with pytest.raises(RefusedError, match="what did not work"):
        verify(item, worked=False, note=" ", by=reviewer, now=NOW)
    verify(item, worked=False, note="It blew again.", by=reviewer, now=NOW)
    item.refresh_from_db()
    assert item.state == "open"
    event = item.incident.events.first()
    assert event
    assert event.after is not None
    assert event.after["why"] == "It blew again."


def test_what_worked_is_said_once(
    item: ActionItem, author: User, reviewer: User, colleague: User
) -> None:
    policy(verify_after=14)
    close(item, author)
    item.refresh_from_db()
    assert item.verify_from == NOW.date() + 14 * DAY
    verify(item, worked=True, note="Quiet since.", by=reviewer, now=NOW)
    item.refresh_from_db()
    assert (item.verified_by, item.verified_note) == (reviewer, "Quiet since.")
    with pytest.raises(RefusedError, match="Rita Moss has already said"):
        verify(item, worked=True, note="", by=colleague, now=NOW)
    set_state(item.incident, item.key, ActionState.OPEN, by=author, now=NOW)
    item.refresh_from_db()
    assert item.verified_at is item.verify_from is None


def test_moves_are_counted_and_undone(item: ActionItem, author: User) -> None:
    move(item, DUE + DAY, author)
    event = move(item, DUE + 2 * DAY, author)
    item.refresh_from_db()
    assert item.moves == 2
    undo(event, by=author, now=NOW)
    item.refresh_from_db()
    assert (item.moves, item.due_on) == (1, DUE + DAY)


def test_the_first_date_is_no_move(author: User) -> None:
    item = make_draft(author, actions=(Action(text="Buy fuses"),)).actions.get()
    move(item, DUE, author, why="")
    item.refresh_from_db()
    assert item.moves == 0


def test_what_somebody_changed_since_is_not_undone(
    item: ActionItem, author: User, colleague: User
) -> None:
    event = move(item, DUE + DAY, author)
    close(item, colleague)
    with pytest.raises(RefusedError, match="Bo Lind has changed this since"):
        undo(event, by=author, now=NOW)


def test_an_undone_tick_leaves_the_postmortem_as_it_was(
    item: ActionItem, author: User
) -> None:
    before = to_document(item.incident)
    saved = set_state(item.incident, item.key, ActionState.DONE, by=author, now=NOW)
    assert saved.event
    incident = Incident.objects.get(pk=item.incident_id)
    assert to_document(incident) != before
    undo(saved.event, by=author, now=NOW)
    assert to_document(incident) == replace(before)
