"""Due dates: exact, or counted from the incident."""

import datetime as dt
import re
from dataclasses import replace

from incidents.documents.parse.numbers import find_lengths
from incidents.documents.times import Clock, Resolved, find_times, read_time, resolve

WEEKS = re.compile(
    r"\b(?P<n>\d+|an?|one|two|three|four|six|eight|ein(?:er)?|zwei|drei|dos|tres|deux|trois)\s*-?\s*(?P<unit>weeks?|months?|wochen?|monate?n?|semanas?|mes(?:es)?|semaines?|mois|週間|周)\b",
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
    whole = read_time(text)
    found = [whole] if whole else [one for _, one in find_times(text[:200])]
    for written in found:
        if written.date is None or (written.date.year is None and day is None):
            continue
        noon = replace(written, clock=Clock(hour=12), zone="", until=None)
        # Due dates lie ahead: the year is chosen as if it were read much later.
        later = (
            now
            if day is None
            else dt.datetime.combine(day, dt.time(), dt.UTC) + dt.timedelta(days=300)
        )
        moment = resolve(
            noon, zone=None, previous=None, started=None, now=later, day=day
        )
        if isinstance(moment, Resolved):
            return moment.at.date()
        # Day and month may be the other way round; it lies ahead of the incident.
        ahead = sorted(c.resolved.at.date() for c in moment.choices)
        later_ones = [one for one in ahead if day is not None and one >= day]
        if later_ones:
            return later_ones[0]
    return _span(text, day)


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
