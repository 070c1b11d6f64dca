"""What a written time turned out to be: a moment, or a question to a person."""

import datetime as dt
from dataclasses import dataclass

from incidents.documents.times.vocabulary import MONTH_NAMES


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """One moment. `at` has its offset; it is naive where no zone is known.

    `zone` is the zone to show it in: a place such as `Europe/Berlin`, an
    abbreviation such as `PST`, or `UTC+02:00`; empty where none is known.
    """

    at: dt.datetime
    until: dt.datetime | None = None
    zone: str = ""
    about: bool = False
    notes: tuple[str, ...] = ()

    @property
    def understood(self) -> str:
        """`18 Aug 2024, 10:45 UTC`: what a person reads before it is saved."""
        words = moment_text(self.at)
        if self.until:
            words = f"{words} to {self._end()}"
        zone = self.zone or "zone not known"
        comma = "" if self.zone else ","
        return f"{'about ' if self.about else ''}{words}{comma} {zone}"

    def _end(self) -> str:
        until = self.until or self.at
        same_day = until.date() == self.at.date()
        return _clock(until) if same_day else moment_text(until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One possible answer to a question, with the moment that it means."""

    label: str
    resolved: Resolved


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Why a time is not one moment yet. The likeliest choice stands first;
    there is none where the writer has to say more."""

    sentence: str
    choices: tuple[Choice, ...] = ()


def moment_text(moment: dt.datetime) -> str:
    return f"{day_text(moment)}, {_clock(moment)}"


def day_text(day: dt.date) -> str:
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def _clock(moment: dt.datetime) -> str:
    seconds = moment.second or moment.microsecond
    return moment.strftime("%H:%M:%S" if seconds else "%H:%M")
