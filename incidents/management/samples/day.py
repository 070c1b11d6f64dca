"""Days near now with clock times that never move, for samples that look alive."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Self
from zoneinfo import ZoneInfo

from incidents.documents.document import Entry
from incidents.documents.kinds import EntryKind

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Day:
    """One date on the clocks of one zone.

    `second_pass` means the second of two equal hours, where clocks go back.
    """

    date: dt.date
    zone: str
    second_pass: bool = False

    @classmethod
    def latest(cls, weekday: int, *, by: dt.datetime, zone: str) -> Self:
        """The last such weekday that was over at this moment."""
        yesterday = by.astimezone(ZoneInfo(zone)).date() - ONE_DAY
        back = (yesterday.weekday() - weekday) % 7
        return cls(yesterday - dt.timedelta(days=back), zone)

    @classmethod
    def clocks_back(cls, *, by: dt.datetime, zone: str) -> Self:
        """The last day, over at this moment, on which one hour came twice."""
        day = cls(by.astimezone(ZoneInfo(zone)).date() - ONE_DAY, zone)
        while day.at("23:59") - day.at("00:00") < ONE_DAY:
            day = day.later(-1)
        return day

    def later(self, days: int) -> Self:
        return replace(self, date=self.date + dt.timedelta(days=days))

    def at(self, clock: str) -> dt.datetime:
        """The moment of a clock time such as "08:15", in UTC."""
        local = dt.datetime.combine(
            self.date, dt.time.fromisoformat(clock), ZoneInfo(self.zone)
        )
        return local.replace(fold=int(self.second_pass)).astimezone(dt.UTC)

    def entry(
        self,
        written: str,
        text: str,
        kind: EntryKind = EntryKind.NOTE,
        *,
        pinned: bool = False,
    ) -> Entry:
        """An entry at "08:15", at "09:20 JST", or from "23:10" to "01:40".

        An end that is earlier on the clock than its start is on the next day.
        """
        clock, _, end = written.partition(" to ")
        at = self.at(clock[:5])
        until = self.at(end[:5]) if end else None
        if until and until < at:
            until = self.later(1).at(end[:5])
        return Entry(
            text=text,
            at=at,
            until=until,
            as_written=written,
            zone=self.zone,
            kind=kind,
            pinned=pinned,
        )
