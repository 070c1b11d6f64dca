"""Ticking on the published report: who may, what it shows, and how it is undone."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from incidents.documents.document import Action
from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, ActionPolicy, Listing, Publication, State, User
from incidents.workflow.actions.state import set_state
from incidents.workflow.reviewing.publish import publish
from tests.factories import DAY, DOCUMENT, NOW, browser_of, make_report, restrict

STORY = replace(
    DOCUMENT, actions=(Action(text="Buy **fuses**"), Action(text="Hang a sign"))
)


@pytest.fixture
def report(reviewer: User) -> Publication:
    return make_report(reviewer, document=STORY)


@pytest.fixture
def item(report: Publication) -> ActionItem:
    return report.incident.actions.all()[0]


def address(item: ActionItem, rest: str = "") -> str:
    return f"/reports/{item.incident_id}/actions/{item.key}/{rest}"


def page(user: User, item: ActionItem) -> str:
    response = browser_of(user).get(f"/reports/{item.incident_id}/")
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("rest", ["", "evidence/"])
def test_a_reader_sees_a_disabled_box_and_may_not_post(
    item: ActionItem, reader: User, rest: str
) -> None:
    assert '<input type="checkbox" disabled' in page(reader, item)
    assert 'name="done"' not in page(reader, item)
    response = browser_of(reader).post(address(item, rest), {"done": "1"})
    assert response.status_code == 403
    item.refresh_from_db()
    assert item.state == ActionState.OPEN


def test_a_box_of_a_restricted_report_is_not_there_for_others(
    item: ActionItem, author: User
) -> None:
    restrict(item.incident)
    response = browser_of(author).post(address(item), {"done": "1"})
    assert response.status_code == 404


def test_a_box_of_a_withdrawn_report_is_not_there(
    item: ActionItem, author: User
) -> None:
    item.incident.state = State.WITHDRAWN
    item.incident.save()
    response = browser_of(author).post(address(item), {"done": "1"})
    assert response.status_code == 404


def test_a_box_of_another_report_is_not_there(item: ActionItem, reviewer: User) -> None:
    other = make_report(reviewer).incident_id
    response = browser_of(reviewer).post(f"/reports/{other}/actions/{item.key}/")
    assert response.status_code == 404
    nowhere = f"/reports/{item.incident_id}/actions/{uuid4()}/"
    assert browser_of(reviewer).post(nowhere).status_code == 404


def test_a_tick_shows_on_the_report_the_board_the_list_and_in_the_history(
    item: ActionItem, author: User
) -> None:
    response = browser_of(author).post(address(item), {"done": "1"})
    to = f"/reports/{item.incident_id}/?ticked={item.key}#action.1"
    assert response["Location"] == to
    assert "by Ada Byron" in page(author, item)
    assert "1 of 2" in page(author, item)
    listing = Listing.objects.get()
    assert (listing.promised, listing.done) == (2, 1)
    browser = browser_of(author)
    closed = browser.get("/actions/?state=done").content.decode()
    assert "Buy <strong>fuses</strong>" in closed
    history = browser.get(f"/incidents/{item.incident_id}/history/").content.decode()
    assert "Ticked the action item" in history


def test_what_was_declined_is_not_counted_by_the_report_either(
    report: Publication, item: ActionItem, author: User
) -> None:
    declined, why = ActionState.DECLINED, "The lamp is gone."
    set_state(report.incident, item.key, declined, by=author, now=NOW, reason=why)
    listing = Listing.objects.get()
    counted = f"{listing.done} of {listing.promised}"
    assert f'<small id="kept">{counted}</small>' in page(author, item)
    assert counted == "0 of 1"


def test_a_tick_can_be_undone(item: ActionItem, author: User) -> None:
    browser = browser_of(author)
    browser.post(address(item), {"done": "1"})
    browser.post(address(item))
    item.refresh_from_db()
    assert (item.state, item.done_by, item.done_at) == (ActionState.OPEN, None, None)
    assert Listing.objects.get().done == 0


def test_whoever_ticked_first_keeps_the_credit(
    item: ActionItem, author: User, colleague: User
) -> None:
    browser_of(author).post(address(item), {"done": "1"})
    browser_of(colleague).post(address(item), {"done": "1"})
    item.refresh_from_db()
    assert item.done_by == author


def test_a_stale_tick_on_the_report_says_who_was_faster(
    item: ActionItem, author: User, colleague: User
) -> None:
    browser_of(colleague).post(address(item), {"done": "1"})
    response = browser_of(author).post(address(item), {"done": "1"}, follow=True)
    assert "Bo Lind has already closed this, on " in response.content.decode()


def test_an_empty_box_does_not_stop_what_is_in_progress(
    item: ActionItem, author: User
) -> None:
    ActionItem.objects.filter(pk=item.pk).update(state=ActionState.IN_PROGRESS)
    browser_of(author).post(address(item))
    item.refresh_from_db()
    assert item.state == ActionState.IN_PROGRESS


def test_what_was_declined_has_no_box(item: ActionItem, author: User) -> None:
    ActionItem.objects.filter(pk=item.pk).update(
        state=ActionState.DECLINED, declined_because="Too dear."
    )
    html = page(author, item)
    assert html.count('name="done"') == 1
    assert "Declined: Too dear." in html


def test_an_old_version_has_no_boxes_to_tick(item: ActionItem, reviewer: User) -> None:
    publish(item.incident, by=reviewer, now=NOW + DAY)
    old = browser_of(reviewer).get(f"/reports/{item.incident_id}/v/1/")
    assert 'name="done"' not in old.content.decode()


def test_what_no_database_keeps_is_left_out_of_the_evidence(
    item: ActionItem, author: User
) -> None:
    browser_of(author).post(address(item, "evidence/"), {"evidence": "a\0b"})
    item.refresh_from_db()
    assert item.evidence == "ab"


def test_evidence_is_kept_and_shown(item: ActionItem, author: User) -> None:
    browser = browser_of(author)
    browser.post(address(item), {"done": "1"})
    open_details = r'<details class="evidence no-print" open>'
    ticked = browser.get(f"/reports/{item.incident_id}/?ticked={item.key}")
    assert re.search(open_details, ticked.content.decode())
    browser.post(address(item, "evidence/"), {"evidence": "https://t.example/1"})
    assert '<a href="https://t.example/1" rel="noopener">evidence</a>' in page(
        author, item
    )


def test_evidence_that_is_no_web_address_is_no_link(
    item: ActionItem, author: User
) -> None:
    evil = "javascript:alert(1)"
    browser_of(author).post(address(item, "evidence/"), {"evidence": evil})
    assert f'href="{evil}' not in page(author, item)


def test_evidence_that_is_too_long_is_refused(item: ActionItem, author: User) -> None:
    browser = browser_of(author)
    browser.post(address(item, "evidence/"), {"evidence": "x" * 1001})
    item.refresh_from_db()
    assert item.evidence == ""


def test_scripts_get_the_list_alone(item: ActionItem, author: User) -> None:
    response = browser_of(author).post(
        address(item), {"done": "1"}, headers={"HX-Request": "true"}
    )
    html = response.content.decode()
    assert "Ticked as done. Untick the box to undo." in html
    assert '<small id="kept" hx-swap-oob="true">1 of 2</small>' in html
    assert "<html" not in html


def test_a_tick_without_the_evidence_that_is_asked_for_is_refused_in_words(
    item: ActionItem, reviewer: User
) -> None:
    ActionPolicy.objects.update(evidence=True)
    ticked = browser_of(reviewer).post(address(item), {"done": 1}, follow=True)
    assert "Show that it is done" in ticked.content.decode()
    item.refresh_from_db()
    assert item.state == "open"


def test_the_evidence_that_is_asked_for_is_given_where_it_was_ticked(
    item: ActionItem, reviewer: User
) -> None:
    ActionPolicy.objects.update(evidence=True)
    browser = browser_of(reviewer)
    refused = browser.post(address(item), {"done": 1}, headers={"HX-Request": "true"})
    html = refused.content.decode()
    assert 'role="alert">Show that it is done' in html
    assert html.count("Tick with this evidence") == 1
    given = {"done": 1, "evidence": "It rang in the drill."}
    browser.post(address(item, "evidence/"), given)
    item.refresh_from_db()
    assert (item.state, item.evidence) == ("done", "It rang in the drill.")


def test_the_day_of_a_tick_is_that_of_the_reader_here_as_on_the_board(
    report: Publication, item: ActionItem, author: User
) -> None:
    late = NOW.replace(hour=23, minute=30)
    set_state(report.incident, item.key, ActionState.DONE, by=author, now=late)
    User.objects.filter(pk=author.pk).update(zone="Asia/Tokyo")
    author.refresh_from_db()
    tomorrow = f"{NOW + DAY:%-d %b %Y} by {author.name}"
    assert tomorrow in page(author, item)
