"""From a clock as written, with `am` and `pm`, to hours of the day."""

import datetime as dt
from dataclasses import dataclass

from incidents.documents.times.written import Clock, Meridiem, WrittenTime


@dataclass(frozen=True, slots=True)
class SinceMidnight:
    """How long after midnight a clock can mean; `why` there are two answers."""

    all: tuple[dt.timedelta, ...]
    why: str = ""


def since_midnight(written: WrittenTime) -> SinceMidnight:
    clock = written.clock or Clock(hour=0)
    meridiem = clock.meridiem or _borrowed_meridiem(written)
    if clock.hour > 12 and meridiem == "am":
        why = f"{clock.hour}:{clock.minute:02} AM is not on any clock. Which was it?"
        return SinceMidnight(
            (_span(clock, clock.hour), _span(clock, clock.hour - 12)), why
        )
    return SinceMidnight((_span(clock, _hour(clock.hour, meridiem)),))


def _hour(hour: int, meridiem: Meridiem) -> int:
    if meridiem == "am":
        return hour % 12
    if meridiem == "pm" and hour <= 12:
        return hour % 12 + 12
    return hour


def _span(clock: Clock, hour: int) -> dt.timedelta:
    return dt.timedelta(
        hours=hour,
        minutes=clock.minute,
        seconds=clock.second or 0,
        microseconds=clock.microsecond,
    )


def _borrowed_meridiem(written: WrittenTime) -> Meridiem:
    """`8 to 9pm` starts at 8 pm, `11 to 1pm` at 11 am: the start borrows from
    the end, where its own hour leaves that open."""
    start, end = written.clock, written.until.clock if written.until else None
    if start is None or end is None or not end.meridiem or not 1 <= start.hour <= 12:
        return ""
    same = _hour(start.hour, end.meridiem), start.minute
    if same <= (_hour(end.hour, end.meridiem), end.minute):
        return end.meridiem
    return "am" if end.meridiem == "pm" else "pm"
