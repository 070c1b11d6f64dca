"""When something is due, as people say it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.search.board import SOON, when

FRIDAY = dt.date(2026, 3, 6)


@pytest.mark.parametrize(
    ("days", "group"),
    [
        (-1, "Overdue"),
        (0, "This week"),
        (2, "This week"),
        (3, "Later"),
    ],
)
def test_a_week_ends_on_sunday(days: int, group: str) -> None:
    assert when(FRIDAY + dt.timedelta(days=days), FRIDAY) == group


@given(st.none() | st.dates(), st.dates(dt.date(1, 1, 8), dt.date(9999, 12, 20)))
def test_everything_has_its_group(due: dt.date | None, today: dt.date) -> None:
    assert when(due, today) in SOON
