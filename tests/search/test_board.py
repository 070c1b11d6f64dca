"""When something is due, as people say it."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.search.board import group_of

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
