"""How numbers are spread: bars over steps that widen, and the middle half below.

The steps are all drawn as wide, so that minutes and days are seen in one picture.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from incidents.charts.columns import coordinate

WIDTH, HEIGHT = 560, 118
FLOOR, BOX, LABELS = 72, 78, 110
BOX_HEIGHT = 14
# Leaves room for a number above the tallest bar, on a phone too.
TALLEST = 52
# A box is seen even where three quarters of the numbers are the same.
NARROWEST = 6.0
FILL = 0.86


@dataclass(frozen=True, slots=True)
class Quartiles:
    """Numbers that were really there: the ones at a quarter, a half, three quarters."""

    n: int
    least: int
    low: int
    median: int
    high: int
    most: int


@dataclass(frozen=True, slots=True)
class Bar:
    """The numbers from `least` up to `most`, both included; no `most` is no end."""

    least: int
    most: int | None
    number: int
    x: str
    y: str
    width: str
    height: str
    middle: str


@dataclass(frozen=True, slots=True)
class Edge:
    number: int
    x: str


@dataclass(frozen=True, slots=True)
class Spread:
    bars: tuple[Bar, ...]
    edges: tuple[Edge, ...]
    box_x: str
    box_width: str
    median_x: str
    width: int = WIDTH
    height: int = HEIGHT
    floor: int = FLOOR
    box_y: int = BOX
    box_height: int = BOX_HEIGHT
    labels_y: int = LABELS


def quartiles(counts: Mapping[int, int]) -> Quartiles | None:
    """The quartiles of numbers, given how often each occurs; None of none."""
    known = sorted((number, times) for number, times in counts.items() if times > 0)
    n = sum(times for _, times in known)
    if not n:
        return None
    low, median, high = (nth(known, ceil(n * part / 4)) for part in (1, 2, 3))
    return Quartiles(n, known[0][0], low, median, high, known[-1][0])


def nth(known: Sequence[tuple[int, int]], place: int) -> int:
    """The number at a place, counted from 1, among numbers in their order."""
    for number, times in known:
        place -= times
        if place <= 0:
            return number
    raise ValueError("There are not so many.")


def spread(counts: Mapping[int, int], edges: Sequence[int]) -> Spread | None:
    """Drawn over steps that begin at `edges`; the last one has no end."""
    found = quartiles(counts)
    if found is None:
        return None
    numbers = [0] * len(edges)
    for number, times in counts.items():
        numbers[step(number, edges)] += times
    room = WIDTH / len(edges)
    left, right = (place(at, edges) * room for at in (found.low, found.high))
    if right - left < NARROWEST:
        left = max(0.0, (left + right - NARROWEST) / 2)
        right = left + NARROWEST
    return Spread(
        bars=tuple(bars(numbers, edges, room)),
        edges=tuple(
            Edge(edge, coordinate(index * room))
            for index, edge in enumerate(edges)
            if index
        ),
        box_x=coordinate(left),
        box_width=coordinate(right - left),
        median_x=coordinate(place(found.median, edges) * room),
    )


def step(number: int, edges: Sequence[int]) -> int:
    return max(0, bisect_right(edges, number) - 1)


def bars(numbers: Sequence[int], edges: Sequence[int], room: float) -> list[Bar]:
    unit = TALLEST / max(numbers)
    ends = [edge - 1 for edge in edges[1:]]
    return [
        Bar(
            least=edge,
            most=end,
            number=number,
            x=coordinate((index + (1 - FILL) / 2) * room),
            y=coordinate(FLOOR - number * unit),
            width=coordinate(room * FILL),
            height=coordinate(number * unit),
            middle=coordinate((index + 0.5) * room),
        )
        for index, (edge, end, number) in enumerate(
            zip(edges, [*ends, None], numbers, strict=True)
        )
        if number
    ]


def place(number: int, edges: Sequence[int]) -> float:
    """Where a number lies, in steps; within a step, by its share of it."""
    index = step(number, edges)
    if index + 1 == len(edges):
        return index + 0.5
    length = edges[index + 1] - edges[index]
    return index + min(1.0, max(0.0, (number - edges[index]) / length))
