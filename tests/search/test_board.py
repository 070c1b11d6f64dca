"""When something is due, as people say it."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.document import Action
from incidents.models import User
from incidents.search.actions.board import WantedItems, group_of
from incidents.search.actions.board_numbers import counted
from incidents.search.actions.board_pages import BoardRows, page
from tests.factories import make_incident

FRIDAY = dt.date(2026, 3, 6)


@pytest.mark.parametrize(
    ("days", "group"),
    [
        (-1, "overdue"),
        (0, "week"),
        (2, "week"),
        (3, "later"),
    ],
)
def test_a_week_ends_on_sunday(days: int, group: str) -> None:
    assert group_of(FRIDAY + dt.timedelta(days=days), FRIDAY) == group


@given(st.none() | st.dates(), st.dates(dt.date(1, 1, 8), dt.date(9999, 12, 20)))
def test_everything_has_its_group(due: dt.date | None, today: dt.date) -> None:
    assert group_of(due, today) in ("overdue", "week", "later", "none")


@pytest.mark.django_db
def test_what_is_overdue_in_tonga_is_not_yet_in_midway(author: User) -> None:
    """Midnight there is midnight here, of another day."""
    due = Action(text="Buy fuses", due_on=dt.date(2026, 3, 3))
    make_incident(author, actions=(due,))
    moment = dt.datetime(2026, 3, 3, 11, tzinfo=dt.UTC)
    overdue = WantedItems(due="overdue")
    found = []
    for zone in map(ZoneInfo, ("Pacific/Tongatapu", "Pacific/Midway")):
        now = moment.astimezone(zone)
        asked = BoardRows(
            wanted=overdue, sort="due", group="date", today=now.date(), zone=zone
        )
        rows, _ = page(asked, author, after="", size=5)
        numbers = counted(WantedItems(), user=author, now=now).numbers
        found.append((len(rows), numbers.overdue))
    assert found == [(1, 1), (0, 0)]
