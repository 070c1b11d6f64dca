"""The rows and cells of a pipe table or an HTML table, as slices of the source."""

import re
from dataclasses import dataclass
from itertools import pairwise

from incidents.documents.parse.blocks import Block
from incidents.documents.parse.headings import plain
from incidents.documents.parse.source import Slice, Source

CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
WIKI_HEAD = re.compile(r"^\s*\|\|.*\|\s*$")
WIKI_BAR = re.compile(r"\|\|")
WIKI_CELL_BAR = re.compile(r"(?<!\\)\|{1,2}")
# "{status:colour=Red|title=Open}": the bar inside divides no cells.
WIKI_MACRO = re.compile(r"\{\w+:[^{}]*\}")
HTML_CELL = re.compile(
    r"<t([dh])\b[^>]*>(.*?)(?=</t\1|<t[dhr]\b|</t(?:r|able|head|body)\b|\Z)",
    re.I | re.S,
)
HTML_ROW = re.compile(r"<tr\b[^>]*>(.*?)(?=</tr|<tr\b|</table|\Z)", re.I | re.S)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its source lines, and a slice for each cell."""

    first: int
    last: int
    cells: tuple[Slice, ...]

    def cell(self, column: int | None) -> Slice:
        if column is not None and column < len(self.cells):
            return self.cells[column]
        return Slice(self.cells[0].source if self.cells else "", ())


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header, if it has one, is taken off its rows."""

    header: tuple[Slice, ...]
    rows: tuple[Row, ...]
    first: int
    last: int

    @property
    def names(self) -> list[str]:
        return [plain(cell.text) for cell in self.header]

    def name(self, column: int) -> str:
        """What the header says above this column; nothing where it has no word."""
        return plain(self.header[column].text) if column < len(self.header) else ""


def read_table(source: Source, block: Block) -> Table | None:
    """The table that a block holds, if it holds one and nothing else."""
    if block.kind == "table":
        return _pipe_table(source, block)
    if block.kind == "paragraph" and WIKI_HEAD.match(source.lines[block.first]):
        return _wiki_table(source, block)
    if (
        block.kind == "html"
        and "<tr" in source.slice(block.first, block.last).text.lower()
    ):
        return _html_table(source, block)
    return None


def _pipe_table(source: Source, block: Block) -> Table:
    header = _split(source, block.first, 0)
    rows = tuple(
        Row(line, line + 1, _split(source, line, len(header)))
        for line in range(block.first + 2, block.last)
    )
    return Table(header, rows, block.first, block.last)


def _wiki_table(source: Source, block: Block) -> Table | None:
    """A table of a wiki: "||Time||Event||" above "|10:00|Paged|"."""
    lines = range(block.first, block.last)
    if not all(source.lines[n].lstrip().startswith("|") for n in lines):
        return None
    rows = [Row(n, n + 1, _wiki_cells(source, n)) for n in lines]
    headed = WIKI_BAR.sub("", source.lines[block.first]).count("|") == 0
    header = rows.pop(0).cells if headed and len(rows) > 1 else ()
    return Table(header, tuple(rows), block.first, block.last)


def _wiki_cells(source: Source, line: int) -> tuple[Slice, ...]:
    text = source.lines[line].rstrip()
    macros = [m.span() for m in WIKI_MACRO.finditer(text)]
    bars = [m.span() for m in WIKI_CELL_BAR.finditer(text)]
    bars = [b for b in bars if not any(low < b[0] < high for low, high in macros)]
    edges = pairwise([*bars, (len(text), len(text))])
    cells = [source.piece(line, one[1], two[0]).strip() for one, two in edges]
    return tuple(cells[:-1] if text.endswith("|") else cells)


def _split(source: Source, line: int, wanted: int) -> tuple[Slice, ...]:
    """The cells of a line; pipes in code divide only where the row needs them to."""
    text = source.lines[line]
    bars = _bars(text, code=False)
    if wanted and len(bars) + 1 > wanted:
        outside = _bars(text, code=True)
        if len(outside) < len(bars):
            bars = outside
    edges = [-1, *bars, len(text)]
    cells = [
        source.piece(line, start + 1, end).strip() for start, end in pairwise(edges)
    ]
    if text.lstrip().startswith("|"):
        cells = cells[1:]
    if text.rstrip().endswith("|") and bars and len(cells) > 1:
        cells = cells[:-1]
    return tuple(cells)


def _bars(text: str, *, code: bool) -> list[int]:
    inside: set[int] = set()
    if code and "`" in text:
        for match in CODE.finditer(text):
            inside.update(range(match.start(), match.end()))
    return [
        index
        for index, char in enumerate(text)
        if char == "|" and text[index - 1 : index] != "\\" and index not in inside
    ]


def _html_table(source: Source, block: Block) -> Table:
    whole = source.slice(block.first, block.last)
    start, text = whole.start, whole.text
    rows: list[Row] = []
    header: tuple[Slice, ...] = ()
    for match in HTML_ROW.finditer(text):
        cells = tuple(
            _part(
                source,
                start + match.start(1) + c.start(2),
                start + match.start(1) + c.end(2),
            )
            for c in HTML_CELL.finditer(match[1])
        )
        first = source.line_of(start + match.start())
        last = source.line_of(start + match.end()) + 1
        if not rows and not header and "<th" in match[0].lower():
            header = cells
        elif cells:
            rows.append(Row(first, last, cells))
    return Table(tuple(header), tuple(rows), block.first, block.last)


def _part(source: Source, start: int, end: int) -> Slice:
    """Source characters that may run over several lines."""
    ranges = []
    for line in range(source.line_of(start), source.line_of(max(end - 1, start)) + 1):
        low = max(start, source.starts[line])
        high = min(end, source.starts[line] + len(source.lines[line]))
        ranges.append((low, max(low, high)))
    return Slice(source.text, tuple(ranges)).strip()
