"""The numbers of the insights: each leads on to as many rows as it says."""

import csv
import datetime as dt
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from django.http import QueryDict
from django.utils import timezone

from incidents.documents.document import Action, Factor
from incidents.documents.kinds import ActionKind, ActionState, Detection
from incidents.forms.board import BoardFilter
from incidents.forms.insights import InsightsFilter
from incidents.forms.reports import ReportFilter
from incidents.insights.figures import Cell
from incidents.insights.names import names
from incidents.insights.page import ABOUT_ONE, FIGURES
from incidents.insights.question import Question
from incidents.insights.reading import read
from incidents.insights.tiles import tiles
from incidents.models import Incident, Listing, User
from incidents.search.actions import board
from incidents.search.reports import filtering
from incidents.workflow.reviewing.readership import mark_read
from tests.counting import queries
from tests.factories import DAY, HOUR, MINUTE, browser_of, make_report, make_user

NOW = timezone.now()
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def months(lasting: None) -> User:
    """Reports with all that is counted, this period and before; read by the reader."""
    reviewer, reader = make_user("rita", "reviewer"), make_user("remy", "reader")
    for number in range(12):
        start = NOW - (20 + 55 * number) * DAY
        report = make_report(
            reviewer,
            now=start + 9 * DAY,
            severity=("SEV1", "SEV2", None)[number % 3],
            started_at=start,
            detected_at=start + (7 * number + 1) * MINUTE,
            mitigated_at=None,
            resolved_at=start + 3 ** (number % 7) * HOUR / 9,
            detection=(*Detection, None)[number % 5],
            services=(("lift",), ("lift", "door"), ())[number % 3],
            tags=("dns",) if number % 2 else (),
            factors=(Factor(text="So.", category=("Load", "Test")[number % 2]),),
            actions=tuple(items(number, start + 30 * DAY)),
        )
        if number % 3:
            mark_read(report, by=reader, now=NOW)
    return reader


def items(number: int, due: dt.datetime) -> Iterator[Action]:
    for place, kind in enumerate((*ActionKind, None)):
        done = (place + number) % 2 == 0
        yield Action(
            text=f"Item {number}.{place}",
            kind=kind,
            due_on=due.date() if place else None,
            state=ActionState.DONE if done else ActionState.OPEN,
            done_at=due + (number - 6) * DAY if done and place != 2 else None,
        )
    yield Action(text="No", state=ActionState.DECLINED, declined_because="Too dear.")


def asked(user: User, query: str) -> Question:
    form = InsightsFilter(QueryDict(query), today=NOW.date())
    called = names()
    sums = read(user, form.wanted, called)
    return Question(form.period, sums, called, form.links, NOW.date())


def cells(question: Question) -> Iterator[Cell]:
    for draw in (FIGURES | ABOUT_ONE).values():
        for row in draw(question).table.rows:
            yield from row
    for tile in tiles(question):
        yield from (tile.head, *tile.details)


def rows_behind(link: str, user: User) -> int:
    """How many rows the page of this address has."""
    page, query = urlsplit(link).path, QueryDict(urlsplit(link).query)
    if page == "/reports/":
        seen = Listing.objects.visible_to(user)
        return filtering.find(
            seen, ReportFilter(query).wanted, today=NOW.date()
        ).count()
    assert page == "/actions/", link
    items = board.items_of(Incident.objects.visible_to(user))
    return board.find(items, BoardFilter(query).wanted, user=user, now=NOW).count()


@pytest.mark.parametrize("query", ["", "service=lift", "severity=none&months=24"])
def test_every_number_leads_to_so_many_rows(months: User, query: str) -> None:
    known: dict[str, int] = {}
    counted = 0
    for cell in cells(asked(months, query)):
        if not cell.link or cell.link.startswith("/insights/"):
            continue
        rows = known.setdefault(cell.link, -1)
        rows = known[cell.link] = rows_behind(cell.link, months) if rows < 0 else rows
        if cell.text == f"{cell.value:,}":
            counted += 1
            assert rows == cell.value, cell
        elif cell.value:
            assert rows > 0, cell
    assert counted > 20


def test_every_sort_of_link_opens_a_page(months: User) -> None:
    browser = browser_of(months)
    told = {"from", "to", "promised_from", "promised_to"}
    sorts = {}
    for cell in cells(asked(months, "service=lift")):
        if cell.link:
            address = urlsplit(cell.link)
            query = QueryDict(address.query).items()
            asks = (f"{n}={v}" for n, v in query if n not in told and n != "span")
            sorts[(address.path, *asks)] = cell.link
    assert len(sorts) > 20
    for link in sorts.values():
        assert browser.get(link).status_code == 200, link


def test_a_file_holds_the_table_of_its_picture(months: User) -> None:
    browser = browser_of(months)
    for name in FIGURES:
        text = browser.get(f"/insights/{name}.csv?service=lift").content.decode(
            "utf-8-sig"
        )
        head, *rows = csv.reader(text.splitlines())
        table = FIGURES[name](asked(months, "service=lift")).table
        assert head == list(table.head)
        assert rows == [[str(cell.value) for cell in row] for row in table.rows]
    assert browser.get("/insights/nothing.csv").status_code == 404


def test_a_median_of_few_says_so(months: User) -> None:
    page = browser_of(months).get("/insights/?months=3").content.decode()
    assert "With fewer than 10" in page
    assert "mean" not in page


def test_insights_ask_as_much_of_few_reports_as_of_many(months: User) -> None:
    assert queries(months, "/insights/") == 4


def test_a_label_has_a_page_of_its_own(months: User) -> None:
    browser = browser_of(months)
    for address in ("services/LIFT/", "tags/dns/", "factors/Load/"):
        page = browser.get(f"/insights/{address}")
        assert page.status_code == 200
        html = page.content.decode()
        assert "Still open" in html
        assert '/#action-items">' in html
    assert browser.get("/insights/services/stairs/").status_code == 404


def test_the_board_counts_the_closed_items_that_a_number_led_to(months: User) -> None:
    question = asked(months, "")
    link = question.links.actions(state="kept")
    html = browser_of(months).get(link).content.decode()
    assert f"<h2>Done on time <small>{question.now.get('kept')} item" in html
