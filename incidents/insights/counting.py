"""What a report counts for, as plain numbers under plain names.

A count is named by what it counts and, behind a colon, by which: `noticed:alert`,
`lasted:42`. So a sum of many reports is a sum of names, and nothing else has to be
known to keep one.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Final, NamedTuple, TypedDict

from incidents.documents.kinds import ActionState

Counts = dict[str, int]

# In minutes.
HOUR: Final = 60
DAY: Final = 24 * HOUR

# In place of a month, of a severity: all there are, and reports that have none.
EVER: Final = 0
ANY: Final = 0
NO_SEVERITY: Final = -1


class ReportCounts(TypedDict):
    """What one report counts for, and where."""

    stands: bool
    kept_back: bool
    month: int
    severity: int
    scopes: dict[str, list[int]]
    facts: Counts
    items: Counts
    readers: int


class Place(NamedTuple):
    """The name of one sum."""

    scope: str
    label: int
    severity: int
    month: int
    kept_back: bool


class Item(NamedTuple):
    """What of an action item is counted. The days are those of the site."""

    kind: str
    state: str
    due_on: dt.date | None
    done_on: dt.date | None


def month_of(day: dt.date) -> int:
    return day.year * 12 + day.month - 1


def first_day(month: int) -> dt.date:
    return dt.date(month // 12, month % 12 + 1, 1)


def step_of(minutes: int) -> int:
    """How exactly a length is kept, so that a sum of very many stays small."""
    if minutes < 2 * HOUR:
        return 1
    if minutes < DAY:
        return 10
    return 2 * HOUR if minutes < 10 * DAY else DAY


def stepped(minutes: int) -> int:
    """The step that a length has reached. The middle one of many stays the middle."""
    step = step_of(minutes)
    return minutes // step * step


def facts(
    severity: int,
    noticed: str,
    lengths: Mapping[str, int | None],
    categories: Iterable[int],
) -> Counts:
    """What a report says about its incident; it changes when it is published anew."""
    known = {
        f"{name}:{stepped(length)}": 1
        for name, length in lengths.items()
        if length is not None
    }
    causes = {f"factor:{category}": 1 for category in categories}
    own = {"n": 1, f"severity:{severity}": 1, f"noticed:{noticed or 'none'}": 1}
    return own | known | causes


def promises(items: Iterable[Item], since: dt.date) -> Counts:
    """What became of the items. Those that are open count from the day `since`."""
    counts: Counts = {}
    for item in items:
        for name in names_of(item, since):
            counts[name] = counts.get(name, 0) + 1
    return counts


def names_of(item: Item, since: dt.date) -> Iterator[str]:
    if item.state == ActionState.DECLINED:
        yield "declined"
        return
    yield f"kind:{item.kind or 'none'}"
    if item.state == ActionState.DONE:
        yield closing_of(item)
        return
    yield "open"
    yield f"since:{since.toordinal()}"
    if item.due_on:
        yield f"due:{item.due_on.toordinal()}"


def closing_of(item: Item) -> str:
    """Whether it was closed on its day at the latest; what has no day was."""
    if item.done_on is None:
        return "whenever"
    in_time = item.due_on is None or item.done_on <= item.due_on
    return "kept" if in_time else "late"


def counts_of(counted: ReportCounts) -> Counts:
    still_open = counted["items"].get("open", 0)
    causes = counted["scopes"].get("factor", ())
    beside = {f"factor_open:{label}": still_open for label in causes if still_open}
    readers = {f"readers:{counted['readers']}": 1}
    return counted["facts"] | counted["items"] | beside | readers


def places_of(counted: ReportCounts | None) -> Iterator[tuple[Place, Counts]]:
    """Every sum that a report adds to, with what it adds."""
    if counted is None or not counted["stands"]:
        return
    counts = counts_of(counted)
    severity, kept = counted["severity"], counted["kept_back"]
    known = {name: counts[name] for name in ("n", f"severity:{severity}")}
    scopes = [("", 0)]
    for scope, labels in counted["scopes"].items():
        scopes += [(scope, label) for label in labels]
    for scope, label in scopes:
        for narrowed in (ANY, severity):
            yield Place(scope, label, narrowed, counted["month"], kept), counts
        yield Place(scope, label, ANY, EVER, kept), known


class Sum(Counts):
    """Counts that are looked at by what they count."""

    def of(self, name: str) -> dict[int, int]:
        """How often each number of this name occurs, where it does."""
        return self.by_name.get(name, {})

    @cached_property
    def by_name(self) -> dict[str, dict[int, int]]:
        found: dict[str, dict[int, int]] = {}
        for key, number in self.items():
            name, _, value = key.partition(":")
            if number and value.isdecimal():
                found.setdefault(name, {})[int(value)] = number
        return found


def add(total: Counts, counts: Mapping[str, int], times: int = 1) -> None:
    for name, number in counts.items():
        total[name] = total.get(name, 0) + times * number
