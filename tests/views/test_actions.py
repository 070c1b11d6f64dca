"""The board of action items: what is due, whose it is, and what is hidden."""

import datetime as dt
import re
from html import unescape

import pytest
from django.utils import timezone

from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionKind, ActionState, Priority
from incidents.models import Incident, State, User
from incidents.workflow.actions.state import set_state
from tests.counting import queries
from tests.factories import browser_of, make_draft, restrict


def make_report_of(writer: User) -> None:
    draft = make_draft(writer, actions=(Action(text="Buy fuses"),))
    Incident.objects.filter(pk=draft.pk).update(state=State.PUBLISHED)


def texts(html: str) -> list[str]:
    """The items on the page, in order."""
    return re.findall(r'<div class="what">\s*<p>(.*?)</p>', html)


def page(user: User, query: str = "") -> str:
    response = browser_of(user).get(f"/actions/{query}")
    assert response.status_code == 200
    return response.content.decode()


def groups(html: str) -> list[str]:
    found = re.findall(r"<h2>(.*?)</h2>", html)
    names = [re.sub(r" <small>.*|<[^>]*>", "", words) for words in found]
    return [unescape(name) for name in names]


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
    assert groups(html) == ["Overdue", "This week", "Later", "No date"]
    assert "12 d late" in html
    assert "Won" not in html
    assert "Did it" not in html


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("?state=done", "Did it"),
        ("?state=declined", "Forget it"),
        ("?due=overdue", "Late"),
        ("?kind=detect", "Watch"),
        ("?owner=none", "Nobody"),
        ("?owner=bo", "Of Bo"),
        ("?owner=Carla", "Of Carla"),
    ],
)
def test_a_filter_leaves_only_what_it_says(
    author: User, colleague: User, query: str, shown: str
) -> None:
    ada = Person(name="Ada", account="ada")
    make_draft(
        author,
        actions=(
            Action(text="Did it", owner=ada, state=ActionState.DONE),
            Action(
                text="Forget it",
                owner=ada,
                state=ActionState.DECLINED,
                declined_because="Too dear.",
            ),
            Action(text="Late", owner=ada, due_on=due(-2)),
            Action(text="Watch", owner=ada, kind=ActionKind.DETECT),
            Action(text="Nobody"),
            Action(text="Of Bo", owner=Person(name="Bo", account="bo")),
            Action(text="Of Carla", owner=Person(name="Carla")),
        ),
    )
    assert texts(page(author, query)) == [shown]


@pytest.mark.parametrize("group", ["owner", "service", "severity", "incident"])
def test_items_can_be_grouped_otherwise(author: User, group: str) -> None:
    first = make_draft(author, actions=(Action(text="One"), Action(text="Two")))
    second = make_draft(
        author, services=("door",), severity="SEV1", actions=(Action(text="Three"),)
    )
    sizes = {
        "owner": {"Without owner": 3},
        "service": {"door": 1, "lift": 2},
        "severity": {"SEV1": 1, "SEV2": 2},
        "incident": {str(second): 1, str(first): 2},
    }
    html = page(author, f"?group={group}")
    counted = map(int, re.findall(r"<small>(\d+) items?</small></h2>", html))
    assert list(zip(groups(html), counted, strict=True)) == [*sizes[group].items()]


def test_no_heading_comes_twice_when_dates_are_not_what_is_sorted_by(
    author: User,
) -> None:
    high, low = Priority.HIGH, Priority.LOW
    actions = (
        Action(text="Later", priority=high, due_on=due(20)),
        Action(text="Late", priority=low, due_on=due(-2)),
        Action(text="Undated", priority=low),
        Action(text="Unrated", due_on=due(30)),
        Action(text="Latest", priority=high, due_on=due(-5)),
    )
    make_draft(author, actions=actions)
    by_priority = page(author, "?sort=priority")
    assert groups(by_priority) == ["High priority", "Low priority", "No priority"]
    assert groups(page(author, "?sort=age")) == ["Oldest first"]


@pytest.mark.parametrize("sort", ["due", "age", "priority"])
@pytest.mark.parametrize("group", ["date", "owner", "service", "severity", "incident"])
def test_pages_show_each_item_once_in_every_order(
    author: User, monkeypatch: pytest.MonkeyPatch, sort: str, group: str
) -> None:
    monkeypatch.setattr("incidents.views.actions.page.PAGE_SIZE", 2)
    days = (None, due(3), due(-3), due(3), None)
    people = (None, Person(name="Zoe"), Person(name="Ada", account="ada"), None, None)
    rows = [
        Action(text=f"Item {n}", due_on=day, owner=who, priority=rank)
        for n, (day, who, rank) in enumerate(
            zip(
                days,
                people,
                (Priority.LOW, Priority.HIGH, None, None, None),
                strict=True,
            )
        )
    ]
    make_draft(author, actions=tuple(rows[:3]))
    make_draft(author, severity=None, services=(), actions=tuple(rows[3:]))
    query, seen = f"?sort={sort}&group={group}", []
    while query:
        html = page(author, query)
        seen += texts(html)
        found = re.search(r'rel="next" href="([^"]+)"', html)
        query = unescape(found[1]) if found else ""
    assert sorted(seen) == [f"Item {n}" for n in range(5)]


@pytest.mark.parametrize(
    "after",
    [
        *("x", "[", "[1]", '["a","b"]', "[null,null]", "[{},1]", '["\\u0000",1]'),
        *("[1,2]", "[true,2]"),
    ],
)
def test_a_place_that_is_none_is_the_first_page(author: User, after: str) -> None:
    make_draft(author, actions=(Action(text="Buy fuses"),))
    assert texts(page(author, f"?after={after}")) == ["Buy fuses"]


def test_a_place_before_the_first_year_is_the_first_page(author: User) -> None:
    make_draft(author, actions=(Action(text="Buy fuses", state=ActionState.DONE),))
    after = '["0001-01-01T00:00:00%2B14:00",1]'
    assert texts(page(author, f"?state=done&after={after}")) == ["Buy fuses"]


def test_ticking_the_last_row_of_a_page_does_not_lose_the_place(
    author: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidents.views.actions.page.PAGE_SIZE", 2)
    actions = tuple(Action(text=f"Item {n}", due_on=due(n)) for n in range(4))
    draft = make_draft(author, actions=actions)
    found = re.search(r'rel="next" href="([^"]+)"', page(author))
    assert found
    last = draft.actions.get(text="Item 1")
    set_state(draft, last.key, ActionState.DONE, by=author, now=timezone.now())
    assert texts(page(author, unescape(found[1]))) == ["Item 2", "Item 3"]


def test_the_numbers_are_those_of_the_rows_they_lead_to(
    author: User, reviewer: User
) -> None:
    now = timezone.now()
    make_draft(
        reviewer,
        actions=(
            Action(text="Late", due_on=due(-1)),
            Action(text="Open", owner=Person(name="Zoe")),
            Action(text="In time", due_on=due(2), state=ActionState.DONE, done_at=now),
            Action(
                text="Too late", due_on=due(-2), state=ActionState.DONE, done_at=now
            ),
            Action(
                text="Long ago",
                state=ActionState.DONE,
                done_at=now - dt.timedelta(days=91),
            ),
        ),
    )
    restrict(make_draft(reviewer, actions=(Action(text="Secret", due_on=due(-1)),)))
    html = page(author)
    for words, rows in {
        "2 open": 2,
        "1 overdue": 1,
        "1 without owner": 1,
        "2": 2,
        "1": 1,
    }.items():
        found = re.search(rf'<a href="([^"]+)">{words}</a>', html)
        assert found, words
        assert len(texts(page(author, unescape(found[1])))) == rows, words
    assert "(50%) closed on time in 90 days" in html


def test_open_items_are_the_sum_of_the_incident_pages(
    author: User, reviewer: User, reader: User, admin: User
) -> None:
    """Whoever looks: the board counts exactly what the incidents show them."""
    make_draft(author, actions=(Action(text="A"), Action(text="B")))
    make_report_of(reviewer)
    restrict(make_draft(reviewer, actions=(Action(text="C"),)), author)
    restrict(make_draft(reviewer, actions=(Action(text="D"),)))
    for who, total in ((author, 4), (reviewer, 5), (reader, 1), (admin, 5)):
        seen = Incident.objects.visible_to(who)
        summed = sum(i.actions.filter(state=ActionState.OPEN).count() for i in seen)
        assert f">{total} open</a>" in page(who)
        assert summed == total


def test_a_file_has_the_rows_of_the_board_and_no_formulas(
    author: User, reviewer: User
) -> None:
    make_draft(author, actions=(Action(text="=1+1", due_on=due(-1)), Action(text="B")))
    restrict(make_draft(reviewer, actions=(Action(text="Secret"),)))
    response = browser_of(author).get("/actions/export.csv?due=overdue")
    assert response["Content-Type"].startswith("text/csv")
    body = b"".join(response).decode()
    assert "'=1+1" in body
    assert "Secret" not in body
    assert len(body.splitlines()) == 2


def test_a_reader_sees_the_board_and_nothing_to_change(
    author: User, reader: User
) -> None:
    make_report_of(author)
    html = page(reader)
    assert "Buy fuses" in html
    assert "<form method" not in html.split('id="board"')[1]


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
    for _ in range(30):
        make_draft(author, actions=(Action(text="Buy fuses", due_on=due(3)),) * 3)
    # The session, the account, the newest event and the page; and after a change,
    # the last events, the choices, and the numbers of one block or two.
    assert few == 7
    assert queries(author, "/actions/") <= 8
    assert queries(author, "/actions/") == 4
    assert queries(author, f'/actions/?after=["{due(0)}",1]&group=date') == 4
