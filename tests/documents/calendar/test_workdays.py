"""Business days and the days that are free."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.calendar.workdays import add_workdays, holidays_in

FRIDAY = dt.date(2026, 12, 18)


@pytest.mark.parametrize("line", ["Christmas", "25.12.2026", "2026-13-01 Never"])
def test_a_line_without_a_date_is_quoted(line: str) -> None:
    with pytest.raises(ValueError, match="does not begin with a date"):
        holidays_in(f"2026-12-24 Eve\n{line}")


def test_a_list_of_holidays_may_have_names_and_gaps() -> None:
    found = holidays_in("2026-12-25 Christmas\n\n  2027-01-01\n")
    assert found == {dt.date(2026, 12, 25), dt.date(2027, 1, 1)}


def test_nothing_is_due_on_a_weekend_or_a_holiday() -> None:
    assert add_workdays(FRIDAY, 1) == dt.date(2026, 12, 21)
    free = {dt.date(2026, 12, 21)}
    assert add_workdays(FRIDAY, 1, free) == dt.date(2026, 12, 22)


@given(
    st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)),
    st.integers(1, 60),
    st.frozensets(st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), max_size=5),
)
def test_as_many_business_days_lie_between(
    day: dt.date, count: int, free: frozenset[dt.date]
) -> None:
    due = add_workdays(day, count, free)
    days = (day + dt.timedelta(days=n) for n in range(1, (due - day).days + 1))
    assert sum(d.weekday() < 5 and d not in free for d in days) == count
