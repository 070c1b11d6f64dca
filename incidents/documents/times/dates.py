"""Finding a day at one place of a text."""

import datetime as dt
import re
from dataclasses import dataclass, replace

from incidents.documents.times.vocabulary import (
    DAYS_FROM_TODAY,
    EVERYDAY_MONTHS,
    MONTHS,
    WEEKDAYS,
    plain,
)
from incidents.documents.times.written import WrittenDate


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A day and where it ends. `alone`: clear enough without a clock beside it."""

    date: WrittenDate
    end: int
    alone: bool = True


_LEAP_YEAR = 2000
_WORD = re.compile(r"[^\W\d_]+(?:[-'][^\W\d_]+)?")
# "last Sunday", where somebody writes soon after.
_LAST = re.compile(rf"(?:last|letzte[nr]?)\s+(?=(?:{'|'.join(WEEKDAYS)})\b)", re.I)
_AFTER_WEEKDAY = re.compile(r"\.?,?\s+(?:the\s+|den\s+|der\s+|le\s+)?|,", re.I)
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d|:\d)"
_CJK = re.compile(
    r"(?:(?P<year>\d{4})\s?[年년]\s?)?(?P<month>\d{1,2})\s?[月월]\s?(?P<day>\d{1,2})\s?[日号號일]"
)
_ISO = re.compile(
    r"(?P<year>\d{4})(?P<mark>[-/.])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?!\d)"
)
_ISO_CLOSE = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?=T\d)")
_NUMBERS = re.compile(
    r"(?P<one>\d{1,2})(?P<mark>[/.-])(?P<two>\d{1,2})(?P=mark)(?P<year>\d{4}|\d\d)"
    r"(?!\d|[.:]\d)"
)
# Jira's "12/Aug/25".
_SLASHED = re.compile(
    r"(?P<day>\d{1,2})(?P<mark>[/-])(?P<name>[^\W\d_]{3,9})(?P=mark)(?P<year>\d{4}|\d\d)(?!\d)"
)
_TWO_NUMBERS = re.compile(
    r"(?P<one>\d{1,2})"
    r"(?:(?P<mark>/|-(?=\d{1,2}\s\d{1,2}:\d\d))(?P<two>\d{1,2})(?![\d/])"
    r"|\.(?P<two_dotted>\d{1,2})\.(?=[\s,)]|$))"
)
_DAY_MONTH = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|º|°|\.)?(?:\s+(?:of\s+|de\s+)?|-)"
    rf"(?P<name>[^\W\d_]{{3,10}})\.?(?:(?:,\s*|\s+(?:del?\s+)?|-){_YEAR})?(?![^\W\d_])",
    re.IGNORECASE,
)
_MONTH_DAY = re.compile(
    r"(?P<name>[^\W\d_]{3,10})\.?\s+(?:the\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    rf"(?:(?:,\s*|\s+){_YEAR})?(?!\d|[:.]\d|[^\W\d_])",
    re.IGNORECASE,
)


def date_at(text: str, place: int) -> FoundDate | None:
    """The day that starts at this place."""
    if text[place : place + 1].isdigit():
        return _calendar_day(text, place)
    last = _LAST.match(text, place)
    word = _WORD.match(text, last.end() if last else place)
    if word is None:
        return None
    days = DAYS_FROM_TODAY.get(plain(word[0]))
    if days is not None:
        return FoundDate(WrittenDate(from_today=days), word.end(), alone=False)
    weekday = WEEKDAYS.get(plain(word[0]))
    if weekday is not None:
        return _after_weekday(text, word.end(), weekday)
    return _calendar_day(text, place)


def _after_weekday(text: str, place: int, weekday: int) -> FoundDate:
    gap = _AFTER_WEEKDAY.match(text, place)
    found = _calendar_day(text, gap.end()) if gap else None
    if found is None:
        return FoundDate(WrittenDate(weekday=weekday), place, alone=False)
    return replace(found, date=replace(found.date, weekday=weekday))


def _calendar_day(text: str, place: int) -> FoundDate | None:
    if text[place : place + 1].isdigit():
        slashed = _named(_SLASHED.match(text, place))
        day_month = slashed or _named(_DAY_MONTH.match(text, place))
        return _numeric(text, place) or day_month
    return _named(_MONTH_DAY.match(text, place))


def _numeric(text: str, place: int) -> FoundDate | None:
    for shape in (_CJK, _ISO, _ISO_CLOSE):
        found = shape.match(text, place)
        if found:
            return _dated(found, int(found["month"]))
    numbers = _NUMBERS.match(text, place)
    if numbers:
        return _of_numbers(numbers, int(numbers["two"]), _full_year(numbers["year"]))
    two = _TWO_NUMBERS.match(text, place)
    if two:
        return _of_numbers(two, int(two["two"] or two["two_dotted"]), None)
    return None


def _full_year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _of_numbers(found: re.Match[str], two: int, year: int | None) -> FoundDate | None:
    """Day and month by numbers: only `/` and `-` leave open which is which."""
    one = int(found["one"])
    day, month = (two, one) if two > 12 and found["mark"] in {"/", "-"} else (one, two)
    open_order = found["mark"] in {"/", "-"} and max(one, two) <= 12 and one != two
    date = WrittenDate(year=year, month=month, day=day, either_order=open_order)
    alone = "year" in found.groupdict() and len(found["year"]) == 4
    return FoundDate(date, found.end(), alone) if is_possible(date) else None


def _named(found: re.Match[str] | None) -> FoundDate | None:
    month = MONTHS.get(plain(found["name"])) if found else None
    if found is None or month is None:
        return None
    dated = _dated(found, month)
    everyday = found["name"].islower() and plain(found["name"]) in EVERYDAY_MONTHS
    if dated and everyday and dated.date.year is None:
        return replace(dated, alone=False)
    return dated


def _dated(found: re.Match[str], month: int) -> FoundDate | None:
    year = _full_year(found["year"]) if found["year"] else None
    date = WrittenDate(year=year, month=month, day=int(found["day"]))
    return FoundDate(date, found.end()) if is_possible(date) else None


def is_possible(date: WrittenDate) -> bool:
    """Whether the calendar has this day, in some year if none was written."""
    year = _LEAP_YEAR if date.year is None else date.year
    try:
        dt.date(year, date.month or 0, date.day or 0)
    except ValueError:
        return False
    return True
