"""How long things took: never one number without how far the others lie from it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from incidents.charts.spread import Bar, Edge, Quartiles, Spread, quartiles, spread
from incidents.documents.calendar.durations import in_words
from incidents.insights.counting import DAY, HOUR, Sum, step_of
from incidents.insights.figures import Cell, Figure, Table, number, words
from incidents.insights.links import Links
from incidents.insights.question import Question

FEW: Final = 10
MINUTES: Final = (
    *(0, 5, 15, 30),
    *(HOUR, 2 * HOUR, 4 * HOUR, 8 * HOUR),
    *(DAY, 2 * DAY, 7 * DAY),
)
DAYS: Final = tuple(DAY * day for day in (0, 1, 2, 3, 5, 7, 10, 14, 21, 30))
LASTED: Final = {
    "lasted": "Duration",
    "detect": "Time to detect",
    "mitigate": "Time to mitigate",
    "resolve": "Time to resolve",
}
PUBLISHED: Final = {"publish": "From resolved to published"}
HEAD: Final = (
    *("Length", "n", "Shortest", "A quarter within", "Median"),
    *("Three quarters within", "Longest", "Median before", "n before"),
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A bar with what it says and where it leads."""

    bar: Bar
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Label:
    edge: Edge
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """One sort of length, drawn."""

    name: str
    slug: str
    summary: str
    spread: Spread
    stretches: list[Stretch]
    labels: list[Label]


def durations(question: Question) -> Figure:
    return figure(
        question,
        "durations",
        "How long they lasted",
        "each step of the scale is longer than the one before it; the box is the "
        "middle half, its line the median",
        LASTED,
        MINUTES,
    )


def publishing(question: Question) -> Figure:
    return figure(
        question,
        "publishing",
        "From resolved to published",
        "how long readers waited for the first version of a report",
        PUBLISHED,
        DAYS,
    )


def figure(
    question: Question,
    slug: str,
    title: str,
    note: str,
    sorts: dict[str, str],
    edges: Sequence[int],
) -> Figure:
    drawn = [
        row(question, name, title, edges)
        for name, title in sorts.items()
        if question.now.of(name)
    ]
    smallest = [found.n for name in sorts if (found := known(question.now, name))]
    few = bool(smallest) and min(smallest) < FEW
    return Figure(
        slug=slug,
        look="spreads",
        title=title,
        note=note,
        table=Table(HEAD, [cells(question, *sort) for sort in sorts.items()]),
        drawn=drawn,
        empty=not drawn,
        hint=HINT if few else "",
    )


HINT: Final = (
    f"With fewer than {FEW} of them, one more incident can move the median far. Read "
    "the reports rather than the figure."
)


def known(counts: Sum, name: str) -> Quartiles | None:
    return quartiles(counts.of(name))


def row(question: Question, name: str, title: str, edges: Sequence[int]) -> Row:
    counts = question.now.of(name)
    found, drawn = quartiles(counts), spread(counts, edges)
    assert found is not None
    assert drawn is not None
    return Row(
        name=title,
        slug=name,
        summary=f"n = {found.n}, median {spoken(found.median)}{middle_half(found)}",
        spread=drawn,
        stretches=[stretch(question.links, name, bar) for bar in drawn.bars],
        labels=[Label(edge, brief(edge.number)) for edge in drawn.edges],
    )


def middle_half(found: Quartiles) -> str:
    """Nothing where it is the median alone, as of a single report."""
    if found.low == found.high:
        return ""
    return f", the middle half from {spoken(found.low)} to {spoken(found.high)}"


def stretch(links: Links, name: str, bar: Bar) -> Stretch:
    end = "" if bar.most is None else str(bar.most)
    upper = f" to {spoken(bar.most + 1)}" if bar.most is not None else " and more"
    title = f"{bar.number} from {spoken(bar.least)}{upper}"
    return Stretch(bar, title, links.reports(span=f"{name}:{bar.least}-{end}"))


def cells(question: Question, name: str, title: str) -> list[Cell]:
    """What the table says of one sort of length; minutes in a file."""
    now, before = known(question.now, name), known(question.before, name)
    links, earlier = question.links, question.links.before
    shown = [
        length(links, name, at)
        for at in (
            (now.least, now.low, now.median, now.high, now.most) if now else [None] * 5
        )
    ]
    return [
        words(title),
        number(now.n if now else 0, links.reports(span=name)),
        *shown,
        length(earlier, name, before.median if before else None),
        number(before.n if before else 0, earlier.reports(span=name)),
    ]


def length(links: Links, name: str, minutes: int | None) -> Cell:
    """A length, with the reports that have it."""
    if minutes is None:
        return Cell("–")
    last = minutes + step_of(minutes) - 1
    return Cell(
        spoken(minutes), minutes, links.reports(span=f"{name}:{minutes}-{last}")
    )


def spoken(minutes: int) -> str:
    return in_words(dt.timedelta(minutes=minutes)) if minutes else "0 min"


def brief(minutes: int) -> str:
    """A label of the scale: a round number of one unit."""
    if minutes % DAY == 0:
        return f"{minutes // DAY} d"
    return f"{minutes // HOUR} h" if minutes % HOUR == 0 else f"{minutes} min"
