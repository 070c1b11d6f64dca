"""Due dates: exact, counted from the incident, or the end of a stretch of time."""

import datetime as dt
import re
from calendar import monthrange
from dataclasses import replace

from incidents.documents.parse.moments import in_order
from incidents.documents.parse.numbers import find_lengths
from incidents.documents.times import Clock, Resolved, find_times, read_time, resolve
from incidents.documents.times.vocabulary import MONTHS, WEEKDAYS, plain

AHEAD = dt.timedelta(days=300)
WEEK = dt.timedelta(days=7)
WEEKS = re.compile(
    r"\b(?P<n>\d{1,6}|an?|one|two|three|four|six|eight|ein(?:er)?|zwei|drei|dos|tres|deux|trois)\s*(?:-\s*)?(?P<unit>weeks?|months?|wochen?|monate?n?|semanas?|mes(?:es)?|semaines?|mois|週間|周)\b",
    re.I,
)
COUNT = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "six": 6,
    "eight": 8,
    "ein": 1,
    "einer": 1,
    "zwei": 2,
    "drei": 3,
    "dos": 2,
    "tres": 3,
    "deux": 2,
    "trois": 3,
}
# "Q3", "Q3 2025", "Q3/25": due on its last day.
QUARTER = re.compile(
    r"\bQ(?P<quarter>[1-4])(?:\s*[/'’ -]?\s*(?P<year>(?:20)?\d\d))?\b", re.I
)
MONTH_END = re.compile(
    r"\b(?:end of|ende|fin(?: de)?|finales de|fim de)\s+(?P<month>[^\W\d_]{3,10})"
    r"(?:,?\s+(?P<year>20\d\d))?\b",
    re.I,
)
MONTH_ALONE = re.compile(r"^\s*(?P<month>[^\W\d_]{3,10})\s+(?P<year>20\d\d)\s*$")
WEEKDAY = re.compile(
    r"\b(?P<next>next|coming|n[äa]chste[nr]?|pr[óo]ximo)?\s*\b(?P<day>[^\W\d_]{5,10})\b",
    re.I,
)
# "2026-W48", "KW 48", "week 48": due on its last day.
WEEK_NUMBER = re.compile(
    r"\b(?:(?P<year>20\d\d)-?W|(?:KW|CW|wk|week|woche|semaine|semana)\s?)"
    r"(?P<week>[0-5]?\d)(?![\d:.])",
    re.I,
)
# "next week", "nächsten Monat": due on its last day.
COMING = re.compile(
    r"\b(?:next|n[äa]chste[nr]?|pr[óo]xim[ao])"
    r" (?:week|month|woche|monat|semana|m[eê]s)\b|\b(?:semaine|mois) prochaine?\b",
    re.I,
)
ABOUT = re.compile(r"\b(?:within|weeks?|days?|tage?n?|wochen?)\b", re.I)


def read_due(
    text: str, day: dt.date | None, now: dt.datetime, *, day_first: bool | None = None
) -> dt.date | None:
    """The day that a text names, or that lies its span after the incident.

    `day_first` tells how the document writes 12/06/2025, where it shows it.
    """
    try:
        exact = _exact(text, day, now, day_first)
        counted = (_end_of_week, _coming, _span, _last_day, _weekday)
        return exact or next(filter(None, (read(text, day) for read in counted)), None)
    except (OverflowError, ValueError):
        return None


def is_about(text: str) -> bool:
    """Whether the words of a due date say something else than its day."""
    shapes = (ABOUT, COMING, QUARTER, MONTH_END, MONTH_ALONE, WEEK_NUMBER)
    return any(shape.search(text) for shape in shapes) or bool(_named_weekday(text))


def _exact(
    text: str, day: dt.date | None, now: dt.datetime, day_first: bool | None
) -> dt.date | None:
    whole = read_time(text)
    found = [whole] if whole else [one for _, one in find_times(text[:200])]
    # Due dates lie ahead: the year is chosen as if it were read much later.
    later = _midnight(day) + AHEAD if day else now
    for one in found:
        written = in_order(one, day_first=day_first)
        if written.date is None or (written.date.year is None and day is None):
            continue
        noon = replace(written, clock=Clock(hour=12), zone="", until=None)
        moment = resolve(
            noon, zone=None, previous=None, started=None, now=later, day=day
        )
        if isinstance(moment, Resolved):
            return moment.at.date()
        # Day and month may be the other way round: it lies ahead of the incident.
        both = sorted(choice.resolved.at.date() for choice in moment.choices)
        ahead = [one for one in both if day is not None and one >= day]
        if ahead:
            return ahead[0]
    return None


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def _span(text: str, day: dt.date | None) -> dt.date | None:
    if day is None:
        return None
    if match := WEEKS.search(text):
        count = int(match["n"]) if match["n"].isdigit() else COUNT[match["n"].lower()]
        month = match["unit"].lower().startswith("mo") or match[
            "unit"
        ].lower().startswith("mes")
        return day + dt.timedelta(days=count * (30 if month else 7))
    for length in find_lengths(text):
        if length.minutes >= 1440:
            return day + length.delta
    return None


def _coming(text: str, day: dt.date | None) -> dt.date | None:
    """The last day of the week or month after that of the incident."""
    match = COMING.search(text)
    if match is None or day is None:
        return None
    if re.search(r"w|sem", match[0], re.I):
        return day + dt.timedelta(days=13 - day.weekday())
    following = _end_of(day.year, day.month) + dt.timedelta(days=1)
    return _end_of(following.year, following.month)


def _last_day(text: str, day: dt.date | None) -> dt.date | None:
    """The end of a quarter or a month; without a year, the next that comes."""
    if match := QUARTER.search(text):
        month = 3 * int(match["quarter"])
    elif match := MONTH_END.search(text) or MONTH_ALONE.match(text):
        month = MONTHS.get(plain(match["month"]), 0)
    if match is None or not month:
        return None
    if match["year"]:
        return _end_of(2000 + int(match["year"]) % 100, month)
    if day is None:
        return None
    this_year = _end_of(day.year, month)
    return this_year if this_year >= day else _end_of(day.year + 1, month)


def _end_of_week(text: str, day: dt.date | None) -> dt.date | None:
    """The Sunday of a numbered week; without a year, the next that comes."""
    match = WEEK_NUMBER.search(text)
    if match is None or not (match["year"] or day):
        return None
    year, week = int(match["year"] or day.year if day else 0), int(match["week"])
    sunday = dt.date.fromisocalendar(year, week, 7)
    passed = day is not None and not match["year"] and sunday < day
    return dt.date.fromisocalendar(year + 1, week, 7) if passed else sunday


def _end_of(year: int, month: int) -> dt.date:
    return dt.date(year, month, monthrange(year, month)[1])


def _weekday(text: str, day: dt.date | None) -> dt.date | None:
    """The first such day after the incident; "next" is that of the week after."""
    match = _named_weekday(text)
    if match is None or day is None:
        return None
    wanted = WEEKDAYS[plain(match["day"])]
    if match["next"]:
        monday = day - dt.timedelta(days=day.weekday())
        return monday + WEEK + dt.timedelta(days=wanted)
    return day + dt.timedelta(days=(wanted - day.weekday() - 1) % 7 + 1)


def _named_weekday(text: str) -> re.Match[str] | None:
    every = WEEKDAY.finditer(text[:200])
    return next((m for m in every if plain(m["day"]) in WEEKDAYS), None)
