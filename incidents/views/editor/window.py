"""How much of a long timeline stands in the page at once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from incidents.models import TimelineEntry

# Rows of a stretch; the last one takes up to half as many more.
MANY: Final = 100


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows that stand in the page together, and the number of the first of them."""

    rows: Sequence[TimelineEntry]
    first: int

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1

    @property
    def start(self) -> TimelineEntry:
        return self.rows[0]

    @property
    def keys(self) -> frozenset[UUID]:
        return frozenset(row.key for row in self.rows)


@dataclass(frozen=True, slots=True)
class Window:
    """The stretches of a timeline, and the place of the one that is shown."""

    stretches: Sequence[Stretch]
    place: int

    @property
    def is_all(self) -> bool:
        return len(self.stretches) == 1

    @property
    def here(self) -> Stretch:
        return self.stretches[self.place]

    @property
    def earlier(self) -> Stretch | None:
        return self.stretches[self.place - 1] if self.place else None

    @property
    def later(self) -> Stretch | None:
        after = self.place + 1
        return self.stretches[after] if after < len(self.stretches) else None

    @property
    def total(self) -> int:
        return self.stretches[-1].last


def window_on(rows: Sequence[TimelineEntry], wanted: Iterable[str]) -> Window:
    """The window with the first of these rows that is there, else with the last row:
    there people write on.
    """
    starts = range(0, max(len(rows) - MANY // 2, 1), MANY)
    ends = [*starts[1:], len(rows)]
    stretches = [
        Stretch(rows[start:end], start + 1)
        for start, end in zip(starts, ends, strict=True)
    ]
    places = {
        str(row.key): place
        for place, stretch in enumerate(stretches)
        for row in stretch.rows
    }
    found = (places[key] for key in wanted if key in places)
    return Window(stretches, next(found, len(stretches) - 1))
