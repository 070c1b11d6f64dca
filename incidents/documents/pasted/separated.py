"""Comma, semicolon and tab separated rows, with a head or without."""

import csv
import io

from incidents.documents.pasted.columns import (
    Columns,
    columns_from_row,
    columns_of,
    fill,
)
from incidents.documents.pasted.line import Piece

_MARKS = "\t;,"
_LONGEST_ROW = 50
_ROWS_TO_JUDGE = 5

Row = tuple[int, int, list[str]]


def separated_pieces(text: str) -> list[Piece] | None:
    """The rows of a table of separated values; None if the text is not one."""
    first = text.lstrip("\n").partition("\n")[0]
    for mark in _MARKS:
        if mark in first:
            rows = _rows(text, mark)
            pieces = _pieces(text.split("\n"), rows, mark) if rows else None
            if pieces:
                return pieces
    return None


def _rows(text: str, mark: str) -> list[Row]:
    """Each row with its first and last line; none where a quote runs away."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    rows: list[Row] = []
    last = 0
    try:
        for cells in reader:
            if reader.line_num - last > _LONGEST_ROW:
                return []
            if any(cell.strip() for cell in cells):
                rows.append((last + 1, reader.line_num, cells))
            last = reader.line_num
    except csv.Error:
        return []
    return rows


def _pieces(lines: list[str], rows: list[Row], mark: str) -> list[Piece] | None:
    first, last, head = rows[0]
    columns = columns_of(head)
    if columns:
        heading = Piece(number=first, source=lines[first - 1 : last], heading=True)
        return [heading, *(_piece(lines, row, columns) for row in rows[1:])]
    bare = _bare_columns(rows, mark)
    return [_piece(lines, row, bare) for row in rows] if bare else None


def _bare_columns(rows: list[Row], mark: str) -> Columns | None:
    """Without a head a comma may be part of a sentence: `10:45, we looked, then`."""
    judged = [cells for _, _, cells in rows[:_ROWS_TO_JUDGE]]
    if len({len(cells) for cells in judged}) > 1:
        return None
    if mark != "\t" and any(cell.startswith(" ") for row in judged for cell in row):
        return None
    columns = columns_from_row(judged[0])
    return columns if all(map(columns_from_row, judged)) else None


def _piece(lines: list[str], row: Row, columns: Columns) -> Piece:
    first, last, cells = row
    piece = Piece(number=first, source=lines[first - 1 : last])
    fill(piece, columns, cells)
    return piece
