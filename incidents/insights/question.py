"""What one person asked, with all that was counted for the answer."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from incidents.insights.counting import Counts, Sum
from incidents.insights.links import Links
from incidents.insights.names import Names
from incidents.insights.period import Period
from incidents.insights.sums import Sums


@dataclass(frozen=True)
class Question:
    """The sums of a period and of the one before; `today` is the asker's day."""

    period: Period
    sums: Sums
    names: Names
    links: Links
    today: dt.date

    @property
    def now(self) -> Sum:
        return self.sums.now

    @property
    def before(self) -> Sum:
        return self.sums.before

    @cached_property
    def cache_key(self) -> str:
        """The same for questions whose answers are the same, to the last link."""
        parts = (
            *(self.period, self.links, self.today),
            *(self.sums, self.names.by_kind),
        )
        return sha256(repr(parts).encode()).hexdigest()

    def month(self, month: int) -> Counts:
        """How many of each severity there were."""
        return self.sums.months.get(month, {})
