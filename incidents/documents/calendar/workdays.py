"""Business days: what a policy counts in."""

import datetime as dt
from collections.abc import Collection

SATURDAY = 5


def add_workdays(
    day: dt.date, count: int, holidays: Collection[dt.date] = ()
) -> dt.date:
    """The business day that lies so many business days after a day."""
    while count > 0:
        day += dt.timedelta(days=1)
        if is_workday(day, holidays):
            count -= 1
    return day


def is_workday(day: dt.date, holidays: Collection[dt.date] = ()) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def holidays_in(text: str) -> frozenset[dt.date]:
    """The days in a list of one a line, each with its name or without.

    A line that does not begin with a date is a `ValueError` that quotes it.
    """
    return frozenset(_holiday(line) for line in text.splitlines() if line.strip())


def _holiday(line: str) -> dt.date:
    written = line.split(maxsplit=1)[0]
    try:
        return dt.date.fromisoformat(written)
    except ValueError as error:
        raise ValueError(
            f"“{line.strip()[:40]}” does not begin with a date. Write the year, the "
            "month and the day: 2026-12-25 Christmas."
        ) from error
