"""What is known around a written time when its moment is worked out."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Backwards = Literal["ask", "next_day", "same_day"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """The moments around a time, on the clock of the zone it was written in."""

    name: str
    zone: dt.tzinfo | None
    previous: dt.datetime | None
    started: dt.datetime | None
    now: dt.datetime
    day: dt.date | None
    backwards: Backwards

    @property
    def known_day(self) -> dt.date | None:
        """The day that a time without a date belongs to, as far as is known."""
        if self.previous:
            return self.previous.date()
        return self.day or (self.started.date() if self.started else None)

    @property
    def near(self) -> dt.date:
        return self.known_day or self.now.date()
