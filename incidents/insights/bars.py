"""Lines with a bar each: a table that is its own picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from incidents.charts.phases import percent
from incidents.insights.figures import Cell, Figure, Table, number, words


class Line(NamedTuple):
    """Something that there is a number of, now and in the period before."""

    name: str
    now: int
    before: int
    link: str
    link_before: str
    beside: tuple[Cell, ...] = ()
    page: str = ""


@dataclass(frozen=True, slots=True)
class Barred:
    """A row of the table with the width of its bar."""

    cells: Sequence[Cell]
    width: str


def bars(
    slug: str,
    title: str,
    note: str,
    lines: Sequence[Line],
    *,
    what: str,
    beside: Sequence[str] = (),
    shares: bool = True,
    hint: str = "",
) -> Figure:
    """A figure of these lines; `beside` heads the cells that lines bring along."""
    whole = sum(line.now for line in lines)
    rows = [cells(line, whole if shares else 0) for line in lines]
    share = ("Share",) if shares and whole else ()
    longest = max((line.now for line in lines), default=0)
    return Figure(
        slug=slug,
        look="bars",
        title=title,
        note=note,
        table=Table((what, "Number", *share, *beside, "Before"), rows),
        drawn=[
            Barred(row, percent(100 * line.now / longest if longest else 0))
            for row, line in zip(rows, lines, strict=True)
        ],
        empty=not any(line.now or line.before for line in lines),
        hint=hint,
    )


def cells(line: Line, whole: int) -> list[Cell]:
    share = round(100 * line.now / whole) if whole else 0
    shown = [Cell(f"{share}%", share)] if whole else []
    return [
        words(line.name, line.page),
        number(line.now, line.link),
        *shown,
        *line.beside,
        number(line.before, line.link_before),
    ]
