"""Months in their order, and the same week of another year."""

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.calendar.months import (
    Month,
    week_of_years_before,
    years_before,
)

DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2200, 12, 31))


@given(DAYS)
def test_the_month_before_the_next_is_this_one(day: dt.date) -> None:
    month = Month.of(day)
    assert month.before < month == month.next.before < month.next
    assert month.first <= month.first_workday < month.first + dt.timedelta(days=3)


@given(DAYS, st.integers(1, 50))
def test_the_week_of_an_earlier_year_holds_the_day(day: dt.date, years: int) -> None:
    start, end = week_of_years_before(day, years, ZoneInfo("Europe/Berlin"))
    assert start.date() <= years_before(day, years) < end.date()
    assert (start.weekday(), end.weekday()) == (0, 0)


def test_a_leap_day_is_remembered_the_day_before() -> None:
    assert years_before(dt.date(2024, 2, 29), 1) == dt.date(2023, 2, 28)
    assert years_before(dt.date(2024, 2, 29), 4) == dt.date(2020, 2, 29)
