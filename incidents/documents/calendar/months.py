"""Months and anniversaries on the calendar."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from incidents.documents.calendar.workdays import is_workday

WEEK = dt.timedelta(days=7)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    year: int
    month: int

    @classmethod
    def of(cls, day: dt.date) -> "Month":
        return cls(day.year, day.month)

    def __str__(self) -> str:
        """As an address has it: 2026-03."""
        return f"{self.year:04}-{self.month:02}"

    @property
    def first(self) -> dt.date:
        return dt.date(self.year, self.month, 1)

    @property
    def before(self) -> "Month":
        return Month.of(self.first - dt.timedelta(days=1))

    @property
    def next(self) -> "Month":
        return Month.of(self.first + dt.timedelta(days=31))

    @property
    def first_workday(self) -> dt.date:
        """The first day from Monday to Friday."""
        week = (self.first + dt.timedelta(days=n) for n in range(7))
        return next(day for day in week if is_workday(day))

    def moments(self, zone: ZoneInfo) -> tuple[dt.datetime, dt.datetime]:
        """When it begins, and when the next one does."""
        return midnight(self.first, zone), midnight(self.next.first, zone)


def midnight(day: dt.date, zone: ZoneInfo) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=zone)


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day of an earlier year; of 29 February, the 28th where there is none."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


def week_of_years_before(
    day: dt.date, years: int, zone: ZoneInfo
) -> tuple[dt.datetime, dt.datetime]:
    """The week from Monday on around this day of an earlier year: from, and until."""
    same = years_before(day, years)
    monday = same - dt.timedelta(days=same.weekday())
    return midnight(monday, zone), midnight(monday + WEEK, zone)
