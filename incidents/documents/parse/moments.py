"""Written times as this package needs them: found at the start of a slice, resolved."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from incidents.documents.parse.source import Slice
from incidents.documents.times import (
    Clock,
    Resolved,
    WrittenDate,
    WrittenTime,
    find_leading_time,
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


DIGITS = re.compile(r"((?!19|20)[0-2]\d[0-5]\d)[ \t]+(?=\S)")
ENDING = 80
TWIN = re.compile(
    r"\s*(?P<twin>\((?P<inside>[^()\[\]]{3,40})\)"
    r"|[/|=]\s*(?P<beside>\d{1,2}[:.h]\d\d[^/|:–—-]{1,12}?)(?=\s*(?:[:–—|-]|$)))"
    r"(?:\s*[*_`]+)?\s*[:–—|-]*\s*"
)
CLOSING = re.compile(
    r"\s*(?:[(\[](?P<inside>[^()\[\]]{3,60})[)\]]|[\s,][@–—-]\s(?P<behind>[^()\[\]–—]{4,40}))"
    r"[\s.]*$"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A time at the start of a line, and what stands after it."""

    written: WrittenTime
    head: Slice
    rest: Slice
    lead: Slice

    @property
    def has_clock(self) -> bool:
        return has_clock(self.written)


def is_of_twelve(written: WrittenTime) -> bool:
    """Whether a clock can be one of twelve hours: "1:05", but not "01:05"."""
    clock = written.clock
    if clock is None or clock.meridiem or not 1 <= clock.hour <= 12:
        return False
    return re.search(r"(?<!\d)0\d[:.]", written.text) is None


def has_clock(written: WrittenTime) -> bool:
    return written.clock is not None or written.after_start is not None


def read_opening(piece: Slice) -> Opening | None:
    """The time that opens a slice's first line, if one does."""
    line = piece.first
    found = find_leading_time(line)
    if found is None:
        return None
    written, rest = found
    end = len(line.rstrip())
    kept = _common_end(line[:end], rest.rstrip())
    # Signs and marks that stood before the time and belong to the rest stay with it.
    signs = rest.rstrip()[: len(rest.rstrip()) - kept]
    head, after = piece.before(end - kept), piece.after(end - kept)
    before = head.first.find(signs.strip()) if signs.strip() else -1
    if before < 0:
        return _with_twin(Opening(written, head, after, Slice(piece.source, ())))
    return Opening(written, head, after, piece.cut(before, before + len(signs.strip())))


def _with_twin(opening: Opening) -> Opening:
    """The same moment in a second zone, "2:15 PM PDT (21:15 UTC)", is one time."""
    match = TWIN.match(opening.rest.first)
    second = read_time(match["inside"] or match["beside"]) if match else None
    if match is None or second is None or not has_clock(second):
        return opening
    if not second.zone or second.zone == opening.written.zone:
        return opening
    words = f"{opening.written.text} {match['twin']}"
    best = opening.written if opening.written.zone else second
    date = best.date or opening.written.date
    written = replace(best, date=date, text=words)
    rest = opening.rest.after(match.end())
    head = opening.head + opening.rest.before(match.end())
    return Opening(written, head, rest, opening.lead)


def read_closing(piece: Slice) -> Opening | None:
    """The time that ends a line: "Paged the on-call (10:05 UTC)"."""
    text = piece.text
    match = None if "\n" in text else CLOSING.search(text, max(0, len(text) - ENDING))
    written = read_time(match["inside"] or match["behind"]) if match else None
    if match is None or written is None or not has_clock(written) or not match.start():
        return None
    at = match.start()
    none = Slice(piece.source, ())
    return Opening(written, piece.cut(at, len(text)), piece.cut(0, at), none)


def read_digits(piece: Slice) -> Opening | None:
    """Four digits that open a line among other times: "0915 paged"; not a year."""
    match = DIGITS.match(piece.first)
    written = read_time(match[1]) if match else None
    if match is None or written is None:
        return None
    none = Slice(piece.source, ())
    head = piece.before(match.end())
    return Opening(written, head, piece.after(match.end()), none)


def _common_end(line: str, rest: str) -> int:
    size = min(len(line), len(rest))
    for count in range(size):
        if line[-1 - count] != rest[-1 - count]:
            return count
    return size


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
        # Whether hours go up to twelve, without saying which half of the day.
        self.twelve_hours = False
        # What could be read in two ways, and what to ask about it.
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
        if not has_clock(written) or not self._dateable(written):
            return None
        previous = self.previous if follow else None
        result = self._resolve(written, previous, "same_day")
        if (
            result
            and previous
            and written.date is None
            and self._goes_on(result, written, after)
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
        fitting = [c.resolved for c in result.choices if _fits(c.resolved, written)]
        if not fitting:
            return None
        if len(fitting) > 1:
            self.doubts.setdefault(written.text, result.sentence)
        return fitting[0]

    def _goes_on(
        self, result: Resolved, written: WrittenTime, after: WrittenTime | None
    ) -> bool:
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
    r"(?: [Tt]ime)?\b"
)


def zone_in(text: str) -> str:
    """The zone that a header or an intro names, such as "Time (UTC)"."""
    for match in ZONE_NAME.finditer(text):
        if zone_named(match[0]) is not None:
            return match[0]
    return ""
