"""Written times as this package needs them: named, resolved, in order."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from incidents.documents.times import (
    Clock,
    Resolved,
    WrittenDate,
    WrittenTime,
    day_text,
    find_times,
    read_time,
    resolve,
    zone_name,
    zone_named,
)

_MIDNIGHT = Clock(hour=0)
COMES_BACK = dt.timedelta(hours=3)
HALF_A_DAY = dt.timedelta(hours=12)
LONG_AGO = dt.timedelta(hours=6)
NUMBERED = re.compile(
    r"(?<![\d/.-])(?P<one>\d{1,2})(?P<mark>[/-])(?P<two>\d{1,2})(?P=mark)(?:20)?\d\d(?!\d)"
)


def is_of_twelve(written: WrittenTime) -> bool:
    """Whether a clock can be one of twelve hours: "1:05", but not "01:05"."""
    clock = written.clock
    if clock is None or clock.meridiem or not 1 <= clock.hour <= 12:
        return False
    return re.search(r"(?<!\d)0\d[:.]", written.text) is None


def tells_day_first(text: str) -> bool | None:
    """Whether days such as 30/06/2025 all put the day first, or all the month."""
    found = {int(m["one"]) > 12 for m in NUMBERED.finditer(text) if _is_clear(m)}
    return found.pop() if len(found) == 1 else None


def _is_clear(match: re.Match[str]) -> bool:
    one, two = sorted((int(match["one"]), int(match["two"])))
    return one <= 12 < two <= 31


def in_order(written: WrittenTime, *, day_first: bool | None) -> WrittenTime:
    """12/06/2025 as its document writes days, if another of them tells."""
    date = written.date
    if date is None or not date.either_order or day_first is None:
        return written
    day, month = (date.day, date.month) if day_first else (date.month, date.day)
    date = replace(date, day=day, month=month, either_order=False)
    return replace(written, date=date)


def has_clock(written: WrittenTime) -> bool:
    return written.clock is not None or written.after_start is not None


def day_of(text: str) -> WrittenTime | None:
    """The day that a whole line is, without a clock."""
    bare = re.sub(
        r"^[#\s*_]*(?:day|tag|día|jour|dia)\s+\d+\s*[:,(–—-]*\s*", "", text, flags=re.I
    )
    written = read_time(bare.strip().strip("*_:：()[]# \t").strip())
    if written is None or has_clock(written) or written.date is None:
        return None
    return written


def flat_times(text: str) -> list[WrittenTime]:
    """Every clock in a sentence, with the day that the sentence gives it."""
    found = [written for _, written in find_times(text)]
    flat = [one for written in found for one in _with_end(written)]
    first = next((one.date for one in flat if one.date is not None), None)
    return list(_dated(flat, first))


def _with_end(written: WrittenTime) -> Iterator[WrittenTime]:
    if written.until is None:
        yield written
    else:
        yield replace(written, until=None)
        until = written.until
        yield replace(until, zone=until.zone or written.zone)


def _dated(
    flat: list[WrittenTime], any_day: WrittenDate | None
) -> Iterator[WrittenTime]:
    day = any_day
    for one in flat:
        day = one.date or day
        if has_clock(one):
            yield one if one.date else replace(one, date=day)


class Clockwork:
    """Turns written times into moments, one after the other, as a reader would."""

    def __init__(
        self, *, now: dt.datetime, zone: str = "", day: dt.date | None = None
    ) -> None:
        self.now = now
        self.zone = zone
        self.day = day
        self.started: dt.datetime | None = None
        self.previous: dt.datetime | None = None
        # Whether the day stands before the month, where the document shows it.
        self.day_first: bool | None = None
        # Whether hours go up to twelve, without saying which half of the day.
        self.twelve_hours = False
        # The day on which the text came out, from which it may count days.
        self.published: dt.date | None = None
        # What could be read in two ways, what to ask about it, and what was taken.
        self.doubts: dict[str, str] = {}

    def restart(self) -> None:
        """A new timeline: its first entry does not follow the last one."""
        self.previous = None

    def set_day(self, written: WrittenTime, *, not_before_start: bool = False) -> None:
        midnight = self.moment(replace(written, clock=_MIDNIGHT), follow=False)
        if midnight is None:
            return
        day, start = midnight.at.date(), self.started
        if not_before_start and start is not None and day < start.date():
            return
        self.day, self.previous = day, None

    def moment(
        self,
        written: WrittenTime,
        *,
        after: WrittenTime | None = None,
        follow: bool = True,
    ) -> Resolved | None:
        """The moment meant, or None where it cannot be known."""
        written = self._as_published(written)
        if not has_clock(written) or not self._dateable(written):
            return None
        written = in_order(written, day_first=self.day_first)
        previous = self.previous if follow else None
        result = self._resolve(written, previous, "same_day")
        if (
            result
            and previous
            and written.date is None
            and self._goes_on(result, after)
        ):
            later = self._in_the_afternoon(written, previous)
            result = later or self._resolve(written, previous, "next_day") or result
        if (
            result
            and follow
            and not previous
            and self._next_day_at_last(result, written)
        ):
            result = self._resolve(written, self.started, "next_day") or result
        if result and follow:
            self.previous = result.at
        return result

    def _as_published(self, written: WrittenTime) -> WrittenTime:
        """ "Today" was the day of the writer, and never that of the import."""
        if written.until is not None:
            written = replace(written, until=self._as_published(written.until))
        ahead = written.date.from_today if written.date else None
        if ahead is None:
            return written
        if self.published is None:
            return replace(written, date=None)
        day = self.published + dt.timedelta(days=ahead)
        date = WrittenDate(year=day.year, month=day.month, day=day.day)
        return replace(written, date=date)

    def _in_the_afternoon(
        self, written: WrittenTime, previous: dt.datetime
    ) -> Resolved | None:
        """12:40, then 1:05: on a twelve-hour clock that is after noon."""
        if not self.twelve_hours or written.clock is None:
            return None
        clock = replace(written.clock, meridiem="pm")
        later = self._resolve(replace(written, clock=clock), previous, "same_day")
        return later if later and later.at >= previous else None

    def _next_day_at_last(self, result: Resolved, written: WrittenTime) -> bool:
        """Whether a timeline starts so long before the incident that it must be
        the morning after: 00:15, where the incident began at 23:58."""
        start = self.started
        if start is None or written.date is not None or written.clock is None:
            return False
        if (result.at.tzinfo is None) != (start.tzinfo is None):
            return False
        return start - result.at > HALF_A_DAY

    def _dateable(self, written: WrittenTime) -> bool:
        if written.after_start is not None:
            return self.started is not None
        if written.date is not None and written.date.year is not None:
            return True
        return bool(self.previous or self.day or self.started)

    def _resolve(
        self, written: WrittenTime, previous: dt.datetime | None, backwards: str
    ) -> Resolved | None:
        result = resolve(
            written,
            zone=self.zone or None,
            previous=previous,
            started=self.started,
            now=self.now,
            day=self.day,
            backwards="next_day" if backwards == "next_day" else "same_day",
        )
        if isinstance(result, Resolved):
            return result
        fitting = [c for c in result.choices if _fits(c.resolved, written)]
        if not fitting:
            return None
        if len(fitting) > 1:
            is_day = written.date is not None and written.date.either_order
            taken = day_text(fitting[0].resolved.at) if is_day else fitting[0].label
            said = f"{result.sentence} It was read as {taken}."
            self.doubts.setdefault(written.text, said)
        return fitting[0].resolved

    def _goes_on(self, result: Resolved, after: WrittenTime | None) -> bool:
        """Whether an earlier clock means the next day, not a look back."""
        previous = self.previous
        assert previous is not None
        if (result.at.tzinfo is None) != (
            previous.tzinfo is None
        ) or result.at >= previous:
            return False
        if after is not None and after.clock is not None and after.date is None:
            following = self._resolve(after, previous, "same_day")
            if following and (following.at.tzinfo is None) == (previous.tzinfo is None):
                ahead = following.at - previous
                if dt.timedelta() <= ahead <= COMES_BACK:
                    return False
        return previous - result.at > LONG_AGO


def _fits(found: Resolved, written: WrittenTime) -> bool:
    """Whether a day is the weekday that was written beside it, if one was."""
    weekday = written.date.weekday if written.date else None
    return weekday is None or found.at.weekday() == weekday


def name_of_zone(written: str) -> str:
    """The name under which a written zone is kept, else as written."""
    return (zone_name(written) or written) if written else ""


ZONE_NAME = re.compile(
    r"[A-Za-z_]+(?:/[A-Za-z_]*[A-Za-z])+|(?:UTC|GMT)\s?[+-]\d{1,2}(?::?\d\d)?|\b[A-Z]{2,5}\b"
    r"|\b(?:Pacific|Eastern|Central|Mountain)(?: (?:[Ss]tandard|[Dd]aylight))?"
    r"(?: [Tt]ime)?\b|\bZulu\b"
    r"|(?<=heure de )[A-Z]\w+|(?<=hora de )[A-Z]\w+"
    r"|(?<=local \()[A-Z]\w+|\b[A-Z]{3}\d[A-Z]{3}\b"
    r"|(?<=horário de )[A-Z]\w+|(?<=Ortszeit )[A-Z]\w+"
    r"|\b[A-Z]\w+(?: [A-Z]\w+)?(?= time\b)|(?<=\bin )[A-Z]\w+(?: [A-Z]\w+)?"
)


def zone_in(text: str) -> str:
    """The zone that a header or an intro names, such as "Time (UTC)"."""
    for match in ZONE_NAME.finditer(text):
        if zone_named(match[0]) is not None:
            return match[0]
    return ""
