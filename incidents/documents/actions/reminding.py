"""Who is reminded of which open action item on which day: the policy alone.

An owner hears of an item some days before its date, on the day, and in each digest
once it is late. After a while the owner of the incident hears of it too, and at last
the site's managers. What is snoozed is kept from its owner, and holds the others back
for no longer than a snooze may last.
"""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from incidents.documents.calendar.workdays import is_workday
from incidents.documents.kinds import Kind, Rhythm
from incidents.documents.render import plain

# The days until the next weekly digest, which tells what is due on its own day.
REST_OF_WEEK = 6
MONDAY = 0
# Characters. What is longer is read on the site.
LONGEST_LINE = 200
LONGEST_TEXT = 1_000


class DigestPart(Kind):
    """The parts of a digest as they are read, and what its subject says of each."""

    LATE = "late", "late"
    TODAY = "today", "due today"
    SOON = "soon", "due soon"
    LEAD = "lead", "late in incidents that you own"
    SITE = "site", "late for a long time"

    def in_words(self, rhythm: Rhythm) -> str:
        """The words for it: a weekly digest looks ahead until the next one."""
        weekly = self == DigestPart.SOON and rhythm == Rhythm.WEEKLY
        return "due this week" if weekly else self.label


@dataclass(frozen=True, slots=True)
class Reach:
    """The last due date that somebody hears of, and the last one of what is snoozed."""

    awake: dt.date
    snoozed: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The site's policy, in days. `None` tells that nobody hears of it."""

    before: int = 3
    lead_after: int | None = 7
    managers_after: int | None = 14
    snooze: int = 14

    def ahead(self, rhythm: Rhythm) -> int:
        """How many days before its date an owner hears of an item."""
        weekly = rhythm == Rhythm.WEEKLY
        return max(self.before, REST_OF_WEEK) if weekly else self.before

    def of_owner(self, today: dt.date, rhythm: Rhythm) -> Reach:
        return Reach(today + dt.timedelta(self.ahead(rhythm)))

    def of_lead(self, today: dt.date) -> Reach | None:
        return self.late(today, self.lead_after)

    def of_managers(self, today: dt.date) -> Reach | None:
        return self.late(today, self.managers_after)

    def late(self, today: dt.date, after: int | None) -> Reach | None:
        if after is None:
            return None
        since = today - dt.timedelta(after)
        return Reach(since, since - dt.timedelta(self.snooze))


def morning(now: dt.datetime, zone: str, *, hour: int) -> dt.date | None:
    """The date in a zone if the hour of its morning has come there; else None.

    The clock is read and never set: an hour that a change of clocks leaves out has
    come with the next one, and one that comes twice is still of the same date.
    """
    there = now.astimezone(ZoneInfo(zone))
    return there.date() if there.hour >= hour else None


def falls_on(day: dt.date, rhythm: Rhythm, weekday: int) -> bool:
    """Whether a digest of this rhythm comes on this day."""
    weekly = rhythm == Rhythm.WEEKLY and day.weekday() == weekday
    return rhythm == Rhythm.DAILY or weekly


def summary_falls_on(
    today: dt.date, rhythm: Rhythm, holidays: Collection[dt.date] = ()
) -> bool:
    """Whether a channel hears today: on each business day, or on Mondays."""
    free = rhythm == Rhythm.DAILY and not is_workday(today, holidays)
    return falls_on(today, rhythm, MONDAY) and not free


def part_of(due: dt.date, today: dt.date) -> DigestPart:
    """Where an owner reads of an item of their own."""
    if due < today:
        return DigestPart.LATE
    return DigestPart.TODAY if due == today else DigestPart.SOON


def in_words(text: str) -> str:
    """A promise on one line, without the signs of Markdown."""
    words = " ".join(plain(text[:LONGEST_TEXT]).split())
    return words if len(words) < LONGEST_LINE else f"{words[:LONGEST_LINE].rstrip()}…"


def when(due: dt.date, today: dt.date) -> str:
    """How a line tells the date of an item."""
    days = (due - today).days
    if days < 0:
        return "1 day late" if days == -1 else f"{-days:,} days late"
    if days == 0:
        return "due today"
    return f"due {'tomorrow, ' if days == 1 else ''}{due:%a %-d %b}"


def subject(counts: Mapping[DigestPart, int], rhythm: Rhythm) -> str:
    """What a digest says at a glance: “3 action items are late, 2 due this week”."""
    told = [(part, counts[part]) for part in DigestPart if counts.get(part)]
    (part, count), *others = told
    items = "action item is" if count == 1 else "action items are"
    words = [f"{count:,} {items} {part.in_words(rhythm)}"]
    return ", ".join([*words, *(f"{n:,} {p.in_words(rhythm)}" for p, n in others)])
