"""Columns of stacked boxes: how many of each sort there were, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

WIDTH, HEIGHT = 560, 210
LEFT, RIGHT, TOP, BOTTOM = 30, 12, 10, 24
FLOOR = HEIGHT - BOTTOM
# As much of its place as a column fills.
FILL = 0.68
# A label of a month needs so much room.
LABEL = 34
MOST_LINES = 5


@dataclass(frozen=True, slots=True)
class Box:
    """One sort in one column, by their places in what was given."""

    column: int
    sort: int
    number: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True, slots=True)
class Label:
    column: int
    x: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line across, at a round number."""

    number: int
    y: str


@dataclass(frozen=True, slots=True)
class Columns:
    boxes: tuple[Box, ...]
    labels: tuple[Label, ...]
    lines: tuple[Line, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    foot: int = HEIGHT - 6


def columns(numbers: Sequence[Sequence[int]]) -> Columns:
    """A column for each row of numbers, the first sort at its foot."""
    highest = max((sum(row) for row in numbers), default=0)
    step = step_for(highest)
    top = max(step, -(-highest // step) * step)
    room = (WIDTH - LEFT - RIGHT) / max(1, len(numbers))
    boxes = [
        box
        for place, row in enumerate(numbers)
        for box in stack(row, place, room, (FLOOR - TOP) / top)
    ]
    every = max(1, -(-LABEL // int(max(1, room))))
    # Counted from the right, so that the newest one is always labelled.
    labelled = range((len(numbers) - 1) % every, len(numbers), every)
    return Columns(
        boxes=tuple(boxes),
        labels=tuple(
            Label(place, coordinate(LEFT + (place + 0.5) * room)) for place in labelled
        ),
        lines=tuple(
            Line(number, coordinate(FLOOR - number * (FLOOR - TOP) / top))
            for number in range(0, top + 1, step)
        ),
    )


def stack(row: Sequence[int], place: int, room: float, unit: float) -> list[Box]:
    feet = [0, *accumulate(row)]
    left = LEFT + (place + (1 - FILL) / 2) * room
    return [
        Box(
            column=place,
            sort=sort,
            number=number,
            x=coordinate(left),
            y=coordinate(FLOOR - (foot + number) * unit),
            width=coordinate(room * FILL),
            height=coordinate(number * unit),
        )
        for sort, (number, foot) in enumerate(zip(row, feet, strict=False))
        if number
    ]


def step_for(highest: int) -> int:
    """The round number between two lines: 1, 2 or 5, or one of these with zeros."""
    size = 1
    while True:
        for digit in (1, 2, 5):
            if highest <= digit * size * (MOST_LINES - 1):
                return digit * size
        size *= 10


def coordinate(value: float) -> str:
    """A coordinate as SVG reads it, in any language."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
