"""Which days a written date can mean, seen from what is known around it."""

import datetime as dt
from dataclasses import dataclass, replace

from incidents.documents.times.answers import day_text
from incidents.documents.times.dates import is_possible
from incidents.documents.times.vocabulary import WEEKDAY_NAMES
from incidents.documents.times.written import WrittenDate

_ONE_DAY = dt.timedelta(days=1)
# Leap days come at most eight years apart.
_YEARS_AROUND = range(-8, 9)


@dataclass(frozen=True, slots=True)
class Days:
    """The days that a date can mean; `why` there are several."""

    all: tuple[dt.date, ...]
    why: str = ""
    notes: tuple[str, ...] = ()


def days_of(written: WrittenDate, *, near: dt.date, today: dt.date) -> Days:
    """The days meant by a written date: `near` is the day that the text speaks
    of so far, `today` the day on which it is read."""
    if written.from_today is not None:
        return Days((today + written.from_today * _ONE_DAY,))
    if written.day is None:
        return Days((_weekday_near(written.weekday or 0, near, today),))
    first = _dated(written, near, today)
    if not written.either_order:
        return Days((first,), notes=_weekday_note(written, first))
    other = replace(written, day=written.month, month=written.day)
    second = _dated(other, near, today)
    why = f"Is this {day_text(first)} or {day_text(second)}?"
    return Days(tuple(sorted((first, second), key=lambda day: abs(day - near))), why)


def _dated(written: WrittenDate, near: dt.date, today: dt.date) -> dt.date:
    year, month, day = written.year, written.month or 1, written.day or 1
    if year is not None:
        return dt.date(year, month, day)
    years = (near.year + step for step in _YEARS_AROUND)
    dates = [
        dt.date(year, month, day)
        for year in years
        if dt.MINYEAR <= year <= dt.MAXYEAR
        and is_possible(WrittenDate(year=year, month=month, day=day))
    ]
    past = [date for date in dates if date <= today + _ONE_DAY] or dates
    fitting = [date for date in past if date.weekday() == written.weekday]
    return min(_close_to(fitting, near) or past, key=lambda date: abs(date - near))


def _close_to(dates: list[dt.date], near: dt.date) -> list[dt.date]:
    """Only a near year may be chosen for its weekday's sake."""
    return [date for date in dates if abs(date - near) < dt.timedelta(days=550)]


def _weekday_near(weekday: int, near: dt.date, today: dt.date) -> dt.date:
    """The first such weekday from `near` on, and the last one before tomorrow is
    over where that would lie ahead."""
    ahead = near + ((weekday - near.weekday()) % 7) * _ONE_DAY
    return ahead if ahead <= today + _ONE_DAY else ahead - 7 * _ONE_DAY


def _weekday_note(written: WrittenDate, day: dt.date) -> tuple[str, ...]:
    if written.weekday is None or written.weekday == day.weekday():
        return ()
    real, wrong = WEEKDAY_NAMES[day.weekday()], WEEKDAY_NAMES[written.weekday]
    return (f"{day_text(day)} was a {real}, not a {wrong}; the date was kept.",)
