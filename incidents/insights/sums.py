"""What was counted for one question: over a period, before it, by month, and ever."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from incidents.insights.counting import EVER, Counts, Place, Sum, add
from incidents.insights.names import Names
from incidents.insights.period import Period
from incidents.models.labels import folded

# A scope and the number of one label of it.
Label = tuple[str, int]


@dataclass(slots=True)
class Sums:
    """Sums of a period and of the one before.

    Of a single month only the severities are known, and of all time which labels
    occur: so they are small enough to be kept, however many reports there are.
    """

    period: Period
    now: Sum = field(default_factory=Sum)
    before: Sum = field(default_factory=Sum)
    months: dict[int, Counts] = field(default_factory=dict)
    ever: dict[Label, Counts] = field(default_factory=dict)

    def keep(self, place: Place, counts: Mapping[str, int], times: int = 1) -> None:
        """Add what a place of one of these months, or of all time, holds."""
        if place.month == EVER:
            add(self.ever.setdefault((place.scope, place.label), {}), counts, times)
        elif place.month < self.period.first:
            add(self.before, counts, times)
        else:
            add(self.now, counts, times)
            by_month = self.months.setdefault(place.month, {})
            add(by_month, severities_of(counts), times)

    def join(self, others: "Sums") -> None:
        """Add other sums of the same period."""
        add(self.now, others.now)
        add(self.before, others.before)
        for month, counts in others.months.items():
            add(self.months.setdefault(month, {}), counts)
        for label, counts in others.ever.items():
            add(self.ever.setdefault(label, {}), counts)

    def offered(self, kind: str, names: Names) -> list[str]:
        """The labels of this kind that stand on a report that they may see."""
        seen = [
            label
            for (scope, label), counts in self.ever.items()
            if scope == kind and counts["n"]
        ]
        return sorted((names.of(kind, label) for label in seen), key=folded)


def severities_of(counts: Mapping[str, int]) -> Counts:
    return {name: n for name, n in counts.items() if name.startswith("severity:")}
