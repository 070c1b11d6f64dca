"""What one person asked, with all that was counted for the answer."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from incidents.insights.counting import Counts, Sum
from incidents.insights.links import Links
from incidents.insights.names import Names
from incidents.insights.period import Period
from incidents.insights.reading import Sums


@dataclass(frozen=True)
class Question:
    """The sums of a period and of the one before; `today` is the asker's day."""

    period: Period
    sums: Sums
    links: Links
    today: dt.date

    @property
    def names(self) -> Names:
        return self.sums.names

    @cached_property
    def now(self) -> Sum:
        return self.sums.over(self.period.first, self.period.last)

    @cached_property
    def before(self) -> Sum:
        return self.sums.over(self.period.before.first, self.period.before.last)

    @cached_property
    def mark(self) -> str:
        """The same for questions whose answers are the same, to the last link."""
        told = (
            *(self.period, self.links, self.today),
            *(self.sums.months, self.sums.ever, self.names.by_kind),
        )
        return sha256(repr(told).encode()).hexdigest()

    def month(self, month: int) -> Counts:
        return self.sums.months.get(month, {})
