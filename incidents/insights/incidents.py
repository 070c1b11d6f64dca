"""How many incidents there were, month by month, and how bad they were."""

from dataclasses import dataclass

from incidents.charts.columns import Box, Columns, Label, columns
from incidents.insights.counting import NO_SEVERITY, first_day
from incidents.insights.figures import Figure, Table, number, words
from incidents.insights.names import NONE, Name
from incidents.insights.question import Question


@dataclass(frozen=True, slots=True)
class Piece:
    """A box with what it says and where it leads."""

    box: Box
    rank: int
    title: str
    link: str


@dataclass(frozen=True, slots=True)
class Named:
    """A label of the axis."""

    label: Label
    text: str


@dataclass(frozen=True, slots=True)
class Stacks:
    columns: Columns
    pieces: list[Piece]
    labels: list[Named]
    sorts: list[Name]


Sort = tuple[int, Name]


def by_month(question: Question) -> Figure:
    sorts = sorts_of(question)
    months = list(question.period.months)
    numbers = [
        [question.month(month).get(f"severity:{key}", 0) for key, _ in sorts]
        for month in months
    ]
    return Figure(
        slug="incidents",
        look="stacks",
        title="Incidents by month",
        note="by severity; each box leads to its reports",
        table=table(question, sorts, months, numbers),
        drawn=stacks(question, sorts, months, numbers),
        about=f"{sum(map(sum, numbers))} incidents in {len(months)} months",
        empty=not any(map(any, numbers)),
    )


def sorts_of(question: Question) -> list[Sort]:
    """The severities that occur, the worst first; last, that of those without one."""
    known = [*question.names.severities(), (NO_SEVERITY, Name("No severity"))]
    return [row for row in known if question.now.get(f"severity:{row[0]}")]


def asked_as(sort: Sort) -> str:
    key, name = sort
    return NONE if key == NO_SEVERITY else name.name


def stacks(
    question: Question, sorts: list[Sort], months: list[int], numbers: list[list[int]]
) -> Stacks:
    drawn = columns(numbers)
    pieces = []
    for box in drawn.boxes:
        sort, month = sorts[box.sort], months[box.column]
        links = question.links.month(month)
        pieces.append(
            Piece(
                box,
                sort[1].rank,
                f"{first_day(month):%B %Y}: {box.number} {sort[1].name}",
                links.reports(severity=asked_as(sort)),
            )
        )
    labels = [
        Named(label, label_of(months[label.column], len(months)))
        for label in drawn.labels
    ]
    return Stacks(drawn, pieces, labels, [name for _, name in sorts])


def label_of(month: int, of: int) -> str:
    """The month; the year instead of January where there are several."""
    day = first_day(month)
    return f"{day:%Y}" if day.month == 1 and of > 1 else f"{day:%b}"


def table(
    question: Question, sorts: list[Sort], months: list[int], numbers: list[list[int]]
) -> Table:
    rows = []
    for month, row in zip(months, numbers, strict=True):
        links = question.links.month(month)
        cells = [
            number(count, links.reports(severity=asked_as(sort)))
            for sort, count in zip(sorts, row, strict=True)
        ]
        day = first_day(month)
        head = words(f"{day:%B %Y}")._replace(value=f"{day:%Y-%m}")
        rows.append([head, *cells, number(sum(row), links.reports())])
    return Table(["Month", *(name.name for _, name in sorts), "All"], rows)
