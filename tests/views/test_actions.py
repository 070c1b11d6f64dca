"""The board of action items: what is due, whose it is, and what is hidden."""

import datetime as dt
import re

import pytest
from django.utils import timezone

from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionState
from incidents.models import State, User
from tests.counting import queries
from tests.factories import browser_of, make_draft, restrict


def page(user: User, query: str = "") -> str:
    response = browser_of(user).get(f"/actions/{query}")
    assert response.status_code == 200
    return response.content.decode()


def groups(html: str) -> list[str]:
    return re.findall(r"<h2>(.*?) <small>", html)


def due(days: int) -> dt.date:
    return timezone.now().date() + dt.timedelta(days=days)


def test_nobody_looks_without_signing_in(db: None) -> None:
    assert browser_of(None).get("/actions/").status_code == 302


def test_items_of_a_restricted_incident_are_hidden_from_others(
    author: User, reviewer: User
) -> None:
    restrict(make_draft(author, actions=(Action(text="Change the locks"),)))
    assert "Change the locks" not in page(reviewer)
    assert "Change the locks" in page(author)


def test_items_of_a_draft_are_hidden_from_readers(author: User, reader: User) -> None:
    make_draft(author, actions=(Action(text="Buy fuses"),))
    assert "Buy fuses" not in page(reader)


def test_what_a_withdrawn_postmortem_promised_is_not_on_the_board(
    author: User, admin: User
) -> None:
    draft = make_draft(author, actions=(Action(text="Buy fuses"),))
    draft.state = State.WITHDRAWN
    draft.save()
    assert "Buy fuses" not in page(admin)


def test_an_empty_board_says_what_it_is_for(reader: User) -> None:
    assert "Nothing is promised" in page(reader)


def test_items_are_grouped_by_how_soon_they_are_due(author: User) -> None:
    actions = (
        Action(text="No date"),
        Action(text="Far", due_on=due(60)),
        Action(text="Late", due_on=due(-12)),
        Action(text="Today", due_on=due(0)),
        Action(text="Did it", state=ActionState.DONE, done_at=timezone.now()),
        Action(text="Won't", state=ActionState.DECLINED, declined_because="Dear."),
    )
    make_draft(author, actions=actions)
    html = page(author)
    assert groups(html) == [
        "Overdue",
        "This week",
        "Later",
        "No date",
        "Closed in the last 30 days",
    ]
    assert "12 d late" in html
    assert "Won" not in html


def test_a_board_that_leaves_something_out_says_so(
    author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidents.search.board.MOST_OPEN", 2)
    actions = tuple(Action(text=f"Item {n}", due_on=due(n)) for n in (60, 61))
    make_draft(author, actions=actions)
    assert "More is open" not in page(author)
    make_draft(author, actions=(Action(text="Most pressing", due_on=due(-1)),))
    html = page(author)
    assert "More is open" in html
    assert "Most pressing" in html
    assert "Item 61" not in html


def test_mine_are_only_mine(author: User) -> None:
    actions = (
        Action(text="Buy fuses", owner=Person(name="Ada", account="ada")),
        Action(text="Hang a sign", owner=Person(name="Somebody")),
    )
    make_draft(author, actions=actions)
    html = page(author, "?owner=me")
    assert "Buy fuses" in html
    assert "Hang a sign" not in html


@pytest.mark.parametrize("state", [State.DRAFT, State.PUBLISHED])
def test_an_item_leads_to_its_postmortem(author: User, state: State) -> None:
    draft = make_draft(author, actions=(Action(text="Buy fuses"),))
    draft.state = state
    draft.save()
    where = "reports" if state == State.PUBLISHED else "incidents"
    assert f'href="/{where}/{draft.number}/"' in page(author)


def test_many_items_cost_as_many_queries_as_few(author: User) -> None:
    make_draft(author, actions=(Action(text="Buy fuses"),))
    few = queries(author, "/actions/")
    for _ in range(10):
        make_draft(author, actions=(Action(text="Buy fuses", due_on=due(3)),) * 3)
    # The session, the account, what is open, and what was closed.
    assert queries(author, "/actions/") == few == 4
