"""Reports by a number of theirs: how long something took, how many people read it."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from incidents.documents.calendar.durations import in_words

NAMES: Final = {
    "lasted": "Duration",
    "detect": "Time to detect",
    "mitigate": "Time to mitigate",
    "resolve": "Time to resolve",
    "publish": "From resolved to published",
    "readers": "Readers",
}
WRITTEN: Final = re.compile(r"([a-z]+)(?::(\d{1,9})-(\d{0,9}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Those whose number is known and lies between two others, both included.

    Lengths are in minutes. Without an end there is none.
    """

    name: str
    least: int = 0
    most: int | None = None

    def __str__(self) -> str:
        """As an address has it; `span_in` reads it."""
        if not self.least and self.most is None:
            return self.name
        return f"{self.name}:{self.least}-{'' if self.most is None else self.most}"

    @property
    def words(self) -> str:
        what = NAMES[self.name]
        least, most = self.spoken(self.least), self.spoken(self.most or 0)
        if self.most is None:
            return f"{what} from {least} up" if self.least else f"{what} known"
        return f"{what} {least}" if least == most else f"{what} {least} to {most}"

    def spoken(self, number: int) -> str:
        if self.name == "readers":
            return str(number)
        return in_words(dt.timedelta(minutes=number)) if number else "0 min"

    @property
    def condition(self) -> Q:
        column = f"incident__tally__{self.name}"
        if self.most is None:
            return Q(**{f"{column}__gte": self.least})
        return Q(**{f"{column}__range": (self.least, self.most)})


def span_in(text: str) -> Span | None:
    """The span that an address names; None where it names none."""
    found = WRITTEN.fullmatch(text)
    if found is None or found[1] not in NAMES:
        return None
    return Span(found[1], int(found[2] or 0), int(found[3]) if found[3] else None)
