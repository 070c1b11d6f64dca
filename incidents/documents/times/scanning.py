"""Putting day, clock, zone and end together at one place of a text."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from incidents.documents.times.clocks import NOTHING, Support, clock_at
from incidents.documents.times.dates import FoundDate, date_at, is_possible
from incidents.documents.times.vocabulary import ABOUT_WORDS, PREPOSITIONS
from incidents.documents.times.written import Clock, WrittenDate, WrittenTime
from incidents.documents.times.zonewords import zone_at

_ABOUT = rf"~|\b(?:{ABOUT_WORDS})(?!\w)"
_PREPOSITION = rf"\b(?:{PREPOSITIONS})(?!\w)"
_OPENING = re.compile(rf"(?:(?:{_ABOUT}|{_PREPOSITION})\s*)+", re.IGNORECASE)
_IS_ABOUT = re.compile(_ABOUT, re.IGNORECASE)
_BETWEEN = re.compile(
    rf"T(?=\d)|[\s,)\]*_]*(?:\s[-@·]\s?|@\s?)?(?:(?:{_ABOUT}|{_PREPOSITION})\s*)*[(\[*_]*",
    re.IGNORECASE,
)
_LATE_YEAR = re.compile(r"\s+((?:19|20)\d\d)(?![\w:])")
_BEFORE_DATE = re.compile(r"\s*,?\s*\(?\s*(?:(?:on|of|am|den|le|el|em)\s+)?", re.I)
_RANGE = re.compile(
    r"\s*(?:-+>?|→|\b(?:to|until|till|til|bis|a|à|até|hasta)\b)\s*", re.IGNORECASE
)
_BETWEEN_WORD = re.compile(r"\b(?:between|entre|zwischen)\s+$", re.IGNORECASE)
_AND = re.compile(r"\s*(?:-|\b(?:and|y|et|und|e)\b)\s*", re.IGNORECASE)
_BARE_START = re.compile(r"(\d{1,2})(?=\s?(?:-|to\b|and\b|until\b)\s?\d)", re.I)
_ENDS_PHRASE = re.compile(r"\s*(?:[,.;:)\]*|-]|$)")
_ZERO = re.compile(r"T-?0(?![\w.])")
_OFFSET = re.compile(
    r"(?:T\s?(?P<sign>[+-])\s?|\+\s?)(?:"
    r"(?P<h_clock>\d{1,3}):(?P<m_clock>[0-5]\d)(?::(?P<s_clock>[0-5]\d))?"
    r"|(?:(?P<d>\d{1,3})\s?d(?:ays?)?)?\s?(?:(?P<h>\d{1,4})\s?h(?:ours?|rs?)?)?\s?"
    r"(?:(?P<m>\d{1,5})\s?m(?:in(?:ute)?s?)?|(?<=h)(?P<m_bare>[0-5]\d))?\s?"
    r"(?:(?P<s>\d{1,6})\s?s(?:ec(?:ond)?s?)?)?|(?P<zero>0)|(?P<alone>\d{1,3}))(?!\w|\.\d)",
    re.IGNORECASE,
)
# Seconds since 1970, as a machine writes them: 2014 to 2033.
_SECONDS = re.compile(r"(?<![\w.])1[4-9]\d{8}(?![\w]|\.\d{4})")
_SET_APART = Support.ENCLOSED | Support.SEPARATED


@dataclass(frozen=True, slots=True)
class Found:
    """A time read at `start`, its words starting there and ending at `end`."""

    written: WrittenTime
    start: int
    end: int
    needs: Support = NOTHING
    has: Support = NOTHING

    def believable(self, around: Support = NOTHING) -> bool:
        return not self.needs or bool(self.needs & (self.has | around))


def found_at(text: str, place: int) -> Found | None:
    """The time that starts here: `from`, `around` and the like may open it."""
    opening = _OPENING.match(text, place)
    start = opening.end() if opening else place
    found = _after_start_at(text, start) or _moment_at(text, start)
    if found is None or opening is None:
        return found
    has = found.has | Support.PREPOSITION
    about = _IS_ABOUT.search(text, place, start)
    if about is None:
        return replace(found, has=has)
    written = replace(found.written, about=True, text=text[about.start() : found.end])
    return Found(written, about.start(), found.end, found.needs, has)


def _after_start_at(text: str, place: int) -> Found | None:
    if zero := _ZERO.match(text, place):
        written = WrittenTime(text=zero[0], after_start=dt.timedelta())
        return Found(written, place, zero.end(), _SET_APART | Support.WHOLE)
    shape = _OFFSET.match(text, place)
    if shape is None or not any(character.isdigit() for character in shape[0]):
        return None
    parts = shape.groupdict("0")
    span = dt.timedelta(
        days=int(parts["d"]),
        hours=int(parts["h"]) + int(parts["h_clock"]),
        minutes=sum(int(parts[name]) for name in ("m", "m_clock", "m_bare", "alone")),
        seconds=int(parts["s"]) + int(parts["s_clock"]),
    )
    span = -span if shape["sign"] == "-" else span
    written = WrittenTime(text=shape[0].strip(), after_start=span)
    needs = _needs_for_minutes(shape) if shape["alone"] else NOTHING
    return Found(written, place, shape.end(), needs)


def _needs_for_minutes(shape: re.Match[str]) -> Support:
    """What makes a number without a unit minutes: `T+15` needs only to come first."""
    return _SET_APART | Support.WHOLE | Support.OPENING if shape["sign"] else _SET_APART


def _moment_at(text: str, place: int) -> Found | None:
    clock = _dated_clock_at(text, place) or _seconds_at(text, place)
    if clock is None:
        return _day_alone(text, place) or _bare_start_of_range(text, place)
    found = _with_end(text, clock)
    return found if found.written.date else _with_late_date(text, found)


def _seconds_at(text: str, place: int) -> Found | None:
    """`1747304400`: a moment only where nothing but a moment can stand."""
    seconds = _SECONDS.match(text, place)
    if seconds is None:
        return None
    at = dt.datetime.fromtimestamp(int(seconds[0]), dt.UTC)
    date = WrittenDate(year=at.year, month=at.month, day=at.day)
    clock = Clock(hour=at.hour, minute=at.minute, second=at.second)
    written = WrittenTime(text=seconds[0], date=date, clock=clock, zone="UTC")
    needs = _SET_APART | Support.WHOLE | Support.OPENING
    return Found(written, place, seconds.end(), needs)


def _dated_clock_at(text: str, place: int) -> Found | None:
    """A clock with the day before it and the zone after it, where they are said."""
    date = date_at(text, place)
    if date is None:
        return _clock_with_zone(text, place, exact=False)
    between = _BETWEEN.match(text, date.end)
    start = between.end() if between else date.end
    exact = text[date.end : start] in {"T", "t"}
    found = _clock_with_zone(text, start, exact=exact)
    if found is None or (start == date.end and text[start - 1].isdigit()):
        return None
    between_words = text[date.end : start]
    closes = "(" in between_words and text[found.end : found.end + 1] == ")"
    about = _IS_ABOUT.search(between_words) is not None
    found = replace(found, start=place, end=found.end + closes)
    return _with_late_year(text, _with_date(text, found, date.date, about=about))


def _with_late_year(text: str, found: Found) -> Found:
    """`Mon Aug 19 10:45:00 UTC 2024`, as the `date` command prints it."""
    date, clock = found.written.date, found.written.clock
    year = _LATE_YEAR.match(text, found.end)
    if date is None or clock is None or year is None:
        return found
    if date.day is None or date.year is not None or clock.second is None:
        return found
    dated = replace(date, year=int(year[1]))
    if not is_possible(dated):
        return found
    return _with_date(text, replace(found, end=year.end()), dated, about=False)


def _clock_with_zone(text: str, place: int, *, exact: bool) -> Found | None:
    clock = clock_at(text, place)
    if clock is None:
        return None
    exact = exact or clock.clock.second is not None
    zone, end = zone_at(text, clock.end, exact=exact) or ("", clock.end)
    written = WrittenTime(text=text[place:end], clock=clock.clock, zone=zone)
    return Found(written, place, end, clock.needs, Support.ZONE if zone else NOTHING)


def _with_date(text: str, found: Found, date: WrittenDate, *, about: bool) -> Found:
    words = text[found.start : found.end]
    about = found.written.about or about
    written = replace(found.written, date=date, about=about, text=words)
    return replace(found, written=written, has=found.has | Support.DATE)


def _with_end(text: str, found: Found) -> Found:
    between = _BETWEEN_WORD.search(text[max(0, found.start - 12) : found.start])
    to = (_AND if between else _RANGE).match(text, found.end)
    last = _dated_clock_at(text, to.end()) if to else None
    if last is None or not last.believable():
        return found
    written = replace(
        found.written,
        text=text[found.start : last.end],
        zone=found.written.zone or last.written.zone,
        until=last.written,
    )
    return replace(found, written=written, end=last.end, has=found.has | last.has)


def _with_late_date(text: str, found: Found) -> Found:
    """`10:00 AM UTC, April 10th`: the day may follow the clock, then the zone."""
    gap = _BEFORE_DATE.match(text, found.end)
    date = date_at(text, gap.end()) if gap and gap.end() > found.end else None
    if gap is None or date is None or not _belongs(text, date):
        return found
    closes = "(" in gap[0] and text[date.end : date.end + 1] == ")"
    found = replace(found, end=date.end + closes)
    return _with_late_zone(text, _with_date(text, found, date.date, about=False))


def _belongs(text: str, date: FoundDate) -> bool:
    """`10:45 Friday deploys stop` speaks of Friday; `10:45 Friday:` dates it."""
    if date.date.day is not None and date.alone:
        return True
    return _ENDS_PHRASE.match(text, date.end) is not None


def _with_late_zone(text: str, found: Found) -> Found:
    zone = None if found.written.zone else zone_at(text, found.end, exact=False)
    if zone is None:
        return found
    name, end = zone
    written = replace(found.written, zone=name, text=text[found.start : end])
    return Found(written, found.start, end, found.needs, found.has | Support.ZONE)


def _day_alone(text: str, place: int) -> Found | None:
    found = date_at(text, place)
    if found is None:
        return None
    written = WrittenTime(text=text[place : found.end], date=found.date)
    needs = NOTHING if found.alone else Support.WHOLE
    return Found(written, place, found.end, needs)


def _bare_start_of_range(text: str, place: int) -> Found | None:
    """`from 8 to 9pm`: the end says what the bare number is."""
    bare = _BARE_START.match(text, place)
    if bare is None or int(bare[1]) > 23:
        return None
    written = WrittenTime(text=bare[1], clock=Clock(hour=int(bare[1])))
    found = _with_end(text, Found(written, place, bare.end()))
    until = found.written.until
    if until is None or until.clock is None or not until.clock.meridiem:
        return None
    return found
