"""A stretch of whole months, and the one before it."""

import calendar
import datetime as dt
from dataclasses import dataclass

from incidents.insights.counting import first_day, month_of


@dataclass(frozen=True, slots=True)
class Period:
    """The months from `first` to `last`, both included."""

    first: int
    last: int

    @classmethod
    def until(cls, day: dt.date, months: int) -> "Period":
        """So many months; the last is that of this day."""
        last = month_of(day)
        return cls(last - months + 1, last)

    @property
    def months(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def before(self) -> "Period":
        """As many months, up to where these begin."""
        length = self.last - self.first + 1
        return Period(self.first - length, self.first - 1)

    @property
    def start(self) -> dt.date:
        return first_day(self.first)

    @property
    def end(self) -> dt.date:
        return last_day(self.last)


def last_day(month: int) -> dt.date:
    first = first_day(month)
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])
