"""Due dates: exact, or counted from the incident."""

import datetime as dt
import re
from dataclasses import replace

from incidents.documents.parse.numbers import find_lengths
from incidents.documents.times import Clock, Resolved, find_times, read_time, resolve

AHEAD = dt.timedelta(days=300)
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


def read_due(text: str, day: dt.date | None, now: dt.datetime) -> dt.date | None:
    """The day that a text names, or that lies its span after the incident."""
    try:
        return _exact(text, day, now) or _span(text, day)
    except OverflowError:
        return None


def _exact(text: str, day: dt.date | None, now: dt.datetime) -> dt.date | None:
    whole = read_time(text)
    found = [whole] if whole else [one for _, one in find_times(text[:200])]
    # Due dates lie ahead: the year is chosen as if it were read much later.
    later = _midnight(day) + AHEAD if day else now
    for written in found:
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
