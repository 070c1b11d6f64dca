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
        if day.weekday() < SATURDAY and day not in holidays:
            count -= 1
    return day
