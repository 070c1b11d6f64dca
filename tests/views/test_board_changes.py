"""What people do on the board: one click, many at once, and back again."""

import datetime as dt
import re
from html import unescape
from typing import Any

import pytest
from django.http import HttpResponse
from django.utils import timezone

from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, ActionPolicy, User
from incidents.workflow.actions.state import set_state
from tests.factories import browser_of, make_draft, restrict

TODAY = timezone.now().date()
WEEK = dt.timedelta(days=7)


@pytest.fixture
def items(author: User) -> list[ActionItem]:
    actions = tuple(
        Action(text=f"Item {n}", due_on=TODAY - dt.timedelta(days=n)) for n in range(3)
    )
    return list(make_draft(author, actions=actions).actions.all())


def post(user: User, do: str, *items: ActionItem, **more: Any) -> HttpResponse:
    data = {"do": do, "item": [item.pk for item in items], **more}
    response = browser_of(user).post("/actions/change/?due=overdue", data)
    assert isinstance(response, HttpResponse)
    return response


def followed(user: User, response: HttpResponse) -> str:
    assert response.status_code == 302, response.content.decode()
    page = browser_of(user).get(response["Location"])
    return page.content.decode()


def undo(user: User, html: str) -> HttpResponse:
    found = re.search(r'name="events" value="([\d.]+)"', html)
    assert found
    response = browser_of(user).post("/actions/undo/", {"events": found[1]})
    assert isinstance(response, HttpResponse)
    return response


def said(response: HttpResponse) -> list[str]:
    assert response.status_code == 422
    html = response.content.decode()
    found = re.findall(r'class="refused"[^>]*>(.*?)</p>', html)
    return [unescape(words) for words in found]


def state(item: ActionItem) -> str:
    item.refresh_from_db()
    return item.state


def test_a_reader_may_not_tick(items: list[ActionItem], reader: User) -> None:
    assert post(reader, "tick", items[0]).status_code == 403


def test_items_that_are_hidden_are_not_there(
    items: list[ActionItem], reviewer: User
) -> None:
    restrict(items[0].incident)
    assert post(reviewer, "tick", items[0]).status_code == 404


def test_a_stale_tick_shows_who_was_faster(
    items: list[ActionItem], author: User, colleague: User
) -> None:
    item = items[0]
    set_state(
        item.incident, item.key, ActionState.DONE, by=colleague, now=timezone.now()
    )
    (words,) = said(post(author, "tick", item))
    assert words.startswith("Bo Lind has already closed this, on ")
    item.refresh_from_db()
    assert item.done_by == colleague


def test_a_decline_without_a_reason_is_refused_at_the_row(
    items: list[ActionItem], author: User
) -> None:
    assert said(post(author, "decline", items[0])) == ["Say why it is declined."]


def test_bulk_without_a_choice_says_so(items: list[ActionItem], author: User) -> None:
    assert said(post(author, "tick")) == [
        "Choose at least one item first: tick the boxes on the left."
    ]


def test_evidence_that_is_asked_for_is_refused_with_the_row_open(
    items: list[ActionItem], author: User
) -> None:
    ActionPolicy.objects.update(evidence=True)
    item = items[0]
    response = post(author, "tick", item)
    assert said(response)[0].startswith("Show that it is done")
    assert f'id="item-{item.pk}-evidence"' in response.content.decode()
    given = {"version": item.version, "evidence": "https://example.org/shelf"}
    assert "Done." in followed(author, post(author, "tick", item, **given))
    assert state(item) == "done"


def test_what_was_typed_stays_when_it_is_refused(
    items: list[ActionItem], author: User
) -> None:
    before = dt.date(2026, 1, 1)
    given = {"due_on": before, "why": "It was my fault.", "version": items[0].version}
    response = post(author, "change", items[0], **given)
    assert "is before the incident" in said(response)[0]
    assert "It was my fault." in response.content.decode()


def test_a_change_that_crosses_anothers_says_whose(
    items: list[ActionItem], author: User, colleague: User
) -> None:
    version = items[0].version
    given = {"due_on": TODAY + WEEK, "why": "Parts", "version": version}
    followed(colleague, post(colleague, "change", items[0], **given))
    given["due_on"] = TODAY + 2 * WEEK
    response = post(author, "change", items[0], **given)
    assert said(response)[0].startswith("Bo Lind changed this while you were")
    newer = f'name="version" value="{version + 1}"'
    assert newer in response.content.decode()


def test_one_tick_is_one_click_and_asks_for_evidence(
    items: list[ActionItem], author: User
) -> None:
    response = post(author, "tick", items[1])
    html = followed(author, response)
    assert state(items[1]) == "done"
    # A browser gives the focus to what the address names, if it can take it.
    assert response["Location"].endswith(f"#said-{items[1].pk}")
    assert f'id="said-{items[1].pk}" tabindex="-1"' in html
    assert "Keep the evidence" in html
    assert undo(author, html).status_code == 302
    assert state(items[1]) == "open"


@pytest.mark.parametrize("query", ["group=owner", "sort=priority", "sort=age"])
def test_a_ticked_row_stays_where_it_was(
    items: list[ActionItem], author: User, query: str
) -> None:
    browser = browser_of(author)
    there = re.findall(
        r'id="item-(\d+)"', browser.get(f"/actions/?{query}").content.decode()
    )
    data = {"do": "tick", "item": there[1]}
    answer = browser.post(f"/actions/change/?{query}", data)
    html = browser.get(answer["Location"]).content.decode()
    assert re.findall(r'id="item-(\d+)"', html) == there
    assert html.count("<h2>") == 1


def test_enter_in_the_reason_of_a_snooze_snoozes(
    items: list[ActionItem], author: User
) -> None:
    """A browser presses the first button of the form, which saves owner and date."""
    as_shown = {"owner": "", "due_on": items[1].due_on, "version": items[1].version}
    nearly = post(author, "change", items[1], **as_shown, because="A part is late.")
    assert said(nearly) == ["Say until when nobody is reminded."]
    note = post(author, "change", items[1], **as_shown, note="It failed again.")
    assert said(note) == ["Say whether it worked: press one of the two buttons."]
    until = TODAY + WEEK
    snoozed = post(
        author, "change", items[1], **as_shown, until=until, because="A part is late."
    )
    assert "Snoozed." in followed(author, snoozed)
    items[1].refresh_from_db()
    assert items[1].snoozed_until == until


def test_an_owner_without_an_account_is_said_to_hear_of_nothing(
    items: list[ActionItem], author: User
) -> None:
    typo = post(author, "assign", *items[:2], owner="amri")
    words = "No account here is called “amri”, so no reminder reaches them."
    assert words in unescape(followed(author, typo))
    assert words not in unescape(followed(author, post(author, "tick", items[0])))
    right = post(author, "assign", *items[:2], owner="ada")
    assert "No account here" not in followed(author, right)


def test_many_move_for_one_reason_with_one_event_each_and_one_undo(
    items: list[ActionItem], author: User
) -> None:
    to = TODAY + WEEK
    events = items[0].incident.events.count()
    html = followed(author, post(author, "move", *items, due_on=to, why="Parts"))
    assert "3 items: Moved." in html
    assert html.count("moved once") == 3
    assert items[0].incident.events.count() == events + 3
    undo(author, html)
    for n, item in enumerate(items):
        item.refresh_from_db()
        assert (item.due_on, item.moves) == (TODAY - dt.timedelta(days=n), 0)


def test_what_one_refuses_stops_no_other(
    items: list[ActionItem], author: User, colleague: User
) -> None:
    restrict(items[0].incident)
    other = make_draft(author, actions=(Action(text="Open to all"),)).actions.get()
    response = post(author, "assign", items[1], other, owner="bo")
    assert "Bo Lind may not see PM-" in said(response)[0]
    other.refresh_from_db()
    assert other.owner == colleague
    assert 'name="events"' in response.content.decode()


def test_nobody_undoes_what_another_did(
    items: list[ActionItem], author: User, colleague: User
) -> None:
    html = followed(author, post(author, "tick", items[0]))
    undo(colleague, html)
    assert state(items[0]) == "done"


def test_an_item_is_verified_by_somebody_else(
    items: list[ActionItem], author: User, reviewer: User
) -> None:
    ActionPolicy.objects.update(verify_after=0)
    followed(author, post(author, "tick", items[0]))
    board = browser_of(reviewer).get("/actions/?state=unverified").content.decode()
    assert "1 to verify</a>" in board
    opened = browser_of(reviewer).get(f"/actions/?state=done&open={items[0].pk}")
    assert "Did it work?" in opened.content.decode()
    given = {"version": items[0].version, "note": "Quiet since."}
    html = followed(reviewer, post(reviewer, "worked", items[0], **given))
    assert "It worked,</strong> says Rita Moss" in html
    board = browser_of(reviewer).get("/actions/?state=unverified").content.decode()
    assert "to verify</a>" not in board


def test_what_did_not_work_says_why_at_its_row_until_it_is_done_again(
    items: list[ActionItem], author: User, reviewer: User
) -> None:
    followed(author, post(author, "tick", items[0]))
    followed(reviewer, post(reviewer, "failed", items[0], version=2, note="It leaks."))
    words = "It did not work,</strong> says Rita Moss: It leaks."
    board = browser_of(author).get("/actions/").content.decode()
    assert words in " ".join(board.split())
    followed(author, post(author, "tick", items[0]))
    items[0].refresh_from_db()
    assert items[0].verified_note == ""


def test_who_leaves_hands_over(
    items: list[ActionItem], author: User, colleague: User, admin: User
) -> None:
    followed(author, post(author, "assign", *items, owner="bo"))
    colleague.is_active = False
    colleague.save()
    browser, page = browser_of(admin), "/actions/owners/bo/"
    html = browser.get(page).content.decode()
    assert html.count("Another owner for “") == 3
    assert browser.post(page, {}).status_code == 422
    back = browser.post(page, {"everybody": "bo"})
    assert "Bo Lind has left: the account bo is closed." in back.content.decode()
    response = browser.post(page, {"everybody": "ada", f"owner-{items[0].pk}": "amir"})
    assert response.status_code == 302
    owners = {item.text: item.owner for item in ActionItem.objects.all()}
    assert owners == {"Item 0": admin, "Item 1": author, "Item 2": author}
    assert "Nobody waits for Bo Lind" in browser.get(page).content.decode()


def test_who_has_left_gets_nothing_and_loses_nothing_by_another_date(
    items: list[ActionItem], author: User, colleague: User
) -> None:
    followed(author, post(author, "assign", items[0], owner="bo"))
    User.objects.filter(pk=colleague.pk).update(is_active=False)
    [words] = said(post(author, "assign", items[1], owner="bo"))
    assert words.startswith("Bo Lind has left: the account bo is closed.")
    items[0].refresh_from_db()
    later = {"owner": "bo", "due_on": TODAY + WEEK, "why": "The part is late."}
    followed(
        author, post(author, "change", items[0], version=items[0].version, **later)
    )
    owners = [(item.owner, item.owner_name) for item in ActionItem.objects.all()[:2]]
    assert owners == [(colleague, "Bo Lind"), (None, "")]


def test_a_plain_name_is_joined_to_an_account(author: User, colleague: User) -> None:
    plain = Person(name="B. Lind")
    actions = (
        Action(text="Open", owner=plain),
        Action(text="Done", owner=plain, state=ActionState.DONE),
    )
    make_draft(author, actions=actions)
    browser, page = browser_of(author), "/actions/owners/B.%20Lind/"
    refused = browser.post(page, {"everybody": "Somebody"})
    assert "has no account here" in refused.content.decode()
    assert browser.post(page, {"everybody": "bo"}).status_code == 302
    assert set(ActionItem.objects.values_list("owner__username", flat=True)) == {"bo"}
    assert browser.get(page).status_code == 404
