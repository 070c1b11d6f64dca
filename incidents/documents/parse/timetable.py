"""Reading a timeline that is a table: times in one or two of its columns."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from incidents.documents.parse.entries import IN_ROW, Day, EntryDraft, Step
from incidents.documents.parse.moments import day_of, has_clock, zone_in
from incidents.documents.parse.numbers import Length, read_length
from incidents.documents.parse.source import Source
from incidents.documents.parse.tables import Row, Table
from incidents.documents.times import WrittenTime, read_time

TIME_NAMES = re.compile(
    r"^(?:time|times|timestamp|when|date|day|at|started|start|date time|datetime"
    r"|date and time|hour|clock|zeit|uhrzeit|datum|zeitpunkt|hora|fecha|fecha hora"
    r"|cuando|heure|horaire|date heure|data|horario|時刻|時間|日時|日付|时间|時間|日期"
    r"|日期时间)(?:\b|$)"
)
LENGTHS = re.compile(r"(?:duration|length|lasted|dauer|duree|duracion|duracao)\b")
# A column of these counts minutes from the start.
MINUTES_ALONE = re.compile(r"[+-]\d{1,3}")
# What people put into a cell that has nothing to say.
NOTHING = re.compile(r"[-–—?]{1,3}|n/?a", re.I)
LONGEST_MARK = 60
MOST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """What the columns hold: times, a length, what is passed over, and the zone."""

    times: list[int]
    length: int | None
    passed: list[int]
    zone: str


def read_timetable(source: Source, table: Table) -> Iterator[Step]:
    """An entry or a day for each row, if some column holds clocks."""
    columns = _time_columns(table)
    if not columns or not table.rows:
        return
    table = _headless(table, columns)
    lengths = (n for n in range(len(table.header)) if LENGTHS.match(table.name(n)))
    layout = Layout(
        times=columns,
        length=next(lengths, None),
        passed=[*columns, *_numbers(table)],
        zone=_header_zone(table, columns),
    )
    steps = [_day(source, row) or _entry(source, row, layout) for row in table.rows]
    steps[0] = _widened(source, steps[0], table.first, steps[0].last)
    steps[-1] = _widened(source, steps[-1], steps[-1].first, table.last)
    yield from steps


def _headless(table: Table, columns: list[int]) -> Table:
    """A table whose head is its first entry, for want of words to put there."""
    head = Row(table.first, table.first + 1, table.header)
    written = read_mark(head.cell(columns[0]).text) if table.header else None
    if written is None or not has_clock(written):
        return table
    return replace(table, header=(), rows=(head, *table.rows))


def _day(source: Source, row: Row) -> Day | None:
    """A row that has a day in one cell and nothing else heads the rows below it."""
    filled = [cell for cell in row.cells if cell]
    day = day_of(filled[0].text) if len(filled) == 1 else None
    if day is None:
        return None
    return Day(day, row.first, row.last, source.slice(row.first, row.last))


def _widened(source: Source, step: Step, first: int, last: int) -> Step:
    """A step with the lines of its table around it, which say nothing themselves."""
    frame = source.slice(first, step.first) + source.slice(step.last, last)
    if isinstance(step, Day):
        return replace(step, first=first, last=last, line=step.line + frame)
    step.marks.append(frame)
    step.first, step.last = first, last
    return step


def _header_zone(table: Table, columns: list[int]) -> str:
    heads = (table.header[n].text for n in columns if n < len(table.header))
    return next(filter(None, map(zone_in, heads)), "")


def _time_columns(table: Table) -> list[int]:
    width = max((len(row.cells) for row in table.rows), default=0)
    found = [column for column in range(width) if _holds_times(table, column)]
    clocked = [column for column in found if _holds_clocks(table, column)]
    return found[:MOST_COLUMNS] if clocked else []


def _holds_times(table: Table, column: int) -> bool:
    cells = [row.cell(column) for row in table.rows if row.cell(column)]
    timed = sum(1 for cell in cells if read_mark(cell.text))
    named = TIME_NAMES.match(table.name(column))
    return timed * 2 > len(cells) or bool(named and timed)


def _holds_clocks(table: Table, column: int) -> bool:
    times = (read_mark(row.cell(column).text) for row in table.rows)
    return any(written is not None and has_clock(written) for written in times)


def _numbers(table: Table) -> list[int]:
    """A first column that only counts the rows."""
    counts = [row.cell(0).text.strip("#. ") for row in table.rows]
    counted = counts == [str(number) for number in range(1, len(counts) + 1)]
    return [0] if counted and len(counts) > 1 else []


def _entry(source: Source, row: Row, layout: Layout) -> EntryDraft:
    times = [row.cell(column) for column in layout.times if row.cell(column)]
    length = _length(row.cell(layout.length).text)
    passed = [*layout.passed, layout.length] if length else layout.passed
    others = [c for n, c in enumerate(row.cells) if c and n not in passed]
    cells = [c for n, c in enumerate(others) if not n or not NOTHING.fullmatch(c.text)]
    entry = EntryDraft(row.first, row.last, cells, zone=layout.zone, joint=IN_ROW)
    entry.lasted = length.delta if length else None
    entry.marks.append(source.slice(row.first, row.last))
    entry.as_written = " ".join(cell.text.strip("*_` ") for cell in times)
    each = (written for cell in times if (written := read_mark(cell.text)))
    timed = sorted(filter(has_clock, each), key=lambda one: one.clock is None)
    entry.written = read_mark(entry.as_written) or next(iter(timed), None)
    return entry


def _length(text: str) -> Length | None:
    """How long an entry went on, where a cell says that and nothing more."""
    length = read_length(text)
    return length if length and (length.start, length.end) == (0, len(text)) else None


def read_mark(text: str) -> WrittenTime | None:
    """The time that a table's cell holds."""
    bare = re.sub(r"<br\s*/?>", " ", text).strip()
    bare = f"T{bare}" if MINUTES_ALONE.fullmatch(bare) else bare
    return read_time(bare) if bare and len(bare) <= LONGEST_MARK else None
