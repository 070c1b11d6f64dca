"""What the page shows: numbers with the way to their rows, drawn and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple


class Cell(NamedTuple):
    """What a table shows, what a spreadsheet gets, and where its rows are."""

    text: str
    value: str | int = ""
    link: str = ""


def number(value: int, link: str = "") -> Cell:
    return Cell(f"{value:,}", value, link if value else "")


def words(text: str, link: str = "") -> Cell:
    return Cell(text, text, link)


@dataclass(frozen=True, slots=True)
class Table:
    head: Sequence[str]
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One picture of the page. `drawn` is what its template draws."""

    slug: str
    look: str
    title: str
    note: str
    table: Table
    drawn: object = None
    hint: str = ""
    empty: bool = False
    about: str = field(default="")
