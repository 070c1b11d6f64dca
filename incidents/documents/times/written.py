"""What somebody wrote about a moment: what was said, and only that."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Meridiem = Literal["", "am", "pm"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """A time of day as written. `second` is None where none was given."""

    hour: int
    minute: int = 0
    second: int | None = None
    microsecond: int = 0
    meridiem: Meridiem = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenDate:
    """A day as written: a date, a weekday, or a day counted from today.

    `either_order` says that day and month could be read the other way round.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    from_today: int | None = None
    either_order: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WrittenTime:
    """A moment as a person wrote it.

    A day without a time of day has no `clock`; `after_start` stands for times
    such as `+45m`, which need the start of the incident; `about` is set where
    the writer was not sure. `zone` is the zone's name as written.
    """

    text: str
    date: WrittenDate | None = None
    clock: Clock | None = None
    zone: str = ""
    after_start: dt.timedelta | None = None
    until: "WrittenTime | None" = None
    about: bool = False
