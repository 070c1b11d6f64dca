"""Reading a timeline: lists, tables, headings, bare lines, in any mixture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from incidents.documents.parse.blocks import Block
from incidents.documents.parse.items import read_item
from incidents.documents.parse.ledger import Ledger
from incidents.documents.parse.moments import (
    Opening,
    day_of,
    has_clock,
    read_opening,
    zone_in,
)
from incidents.documents.parse.source import Slice, Source
from incidents.documents.parse.tables import Row, Table, read_table
from incidents.documents.times import WrittenTime, read_time

BREAK = re.compile(r"(?:<br\s*/?>|\\)\s*$", re.I)
TAGS = re.compile(r"</?(?:br|li|ul|ol|p|div|tr|td|span)\b[^>]*>", re.I)
SPOKEN = re.compile(
    r"^\s*(?:at|on|by|around|about|from|since|between|in|as|before|after|until|um|am"
    r"|gegen|ab|"
    r"a las?|el|hacia|le|à|vers|às|por volta|no dia)\b",
    re.I,
)
TIME_NAMES = re.compile(
    r"^(?:time|times|timestamp|when|date|day|at|started|start|date time|datetime"
    r"|date and time|hour|clock|"
    r"zeit|uhrzeit|datum|zeitpunkt|hora|fecha|fecha hora|cuando|heure|horaire"
    r"|date heure|data|horario|"
    r"時刻|時間|日時|日付|时间|時間|日期|日期时间)(?:\b|$)"
)
IMAGE = re.compile(r"^\s*!\[")
LONGEST_MARK = 60
MARKS = re.compile(r"[*_~`(\[<]+")
IN_ROW = " — "


@dataclass(slots=True, eq=False)
class EntryDraft:
    """An entry while it is read: its lines, its words, its time as written."""

    first: int
    last: int
    text: list[Slice]
    written: WrittenTime | None = None
    as_written: str = ""
    marks: list[Slice] = field(default_factory=list)
    derived: bool = False
    zone: str = ""
    opens: bool = False
    joint: str = "\n"
    more: list[Slice] = field(default_factory=list)
    lead: Slice | None = None

    def account(self, ledger: Ledger, index: int) -> None:
        for piece in filter(None, (self.lead, *self.text, *self.more)):
            ledger.claim(f"timeline/{index}/text", piece)
        for mark in self.marks:
            ledger.pass_over("entry mark", mark)

    @property
    def words(self) -> str:
        text = self.joint.join(piece.text for piece in self.text if piece)
        if self.lead:
            lead = self.lead.text
            text = f"{lead}{text}" if MARKS.fullmatch(lead) else f"{lead} {text}"
        if self.joint == IN_ROW:
            text = text.replace("\\|", "|")
        parts = [text, *(piece.text for piece in self.more)]
        return "\n\n".join(part for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class Day:
    """A line that says on which day the entries after it happened."""

    written: WrittenTime
    first: int
    last: int
    line: Slice


Step = EntryDraft | Day


class TimelineReader:
    """Reads entries from the blocks of one region, in order."""

    def __init__(self, source: Source) -> None:
        self.source = source

    def read(self, blocks: list[Block]) -> list[Step]:
        """The entries and days found; their lines are no longer the region's text."""
        steps: list[Step] = []
        under: EntryDraft | None = None
        waiting: list[Block] = []
        for block in blocks:
            found = list(self.steps_of(block))
            if found:
                if under is not None:
                    self._attach(under, waiting)
                waiting = []
                steps.extend(found)
                last = found[-1]
                under = last if isinstance(last, EntryDraft) else None
                continue
            if block.kind == "heading":
                if under is not None:
                    self._attach(under, waiting)
                under, waiting = None, []
            elif under is not None and block.kind != "rule":
                waiting.append(block)
        if under is not None:
            self._attach(under, self._closing(under, waiting, steps))
        return steps

    def _closing(
        self, under: EntryDraft, waiting: list[Block], steps: list[Step]
    ) -> list[Block]:
        """What of the blocks after the last entry still belongs to it."""
        others = [s for s in steps if isinstance(s, EntryDraft) and s is not under]
        if under.opens or not under.words or any(other.more for other in others):
            return waiting
        kept = []
        for block in waiting:
            if block.kind not in ("code", "quote") and not self._is_image(block):
                break
            kept.append(block)
        return kept

    def _is_image(self, block: Block) -> bool:
        return IMAGE.match(self.source.lines[block.first]) is not None

    def _attach(self, entry: EntryDraft, blocks: list[Block]) -> None:
        for block in blocks:
            entry.more.append(self.source.slice(block.first, block.last))
            entry.last = block.last

    def steps_of(self, block: Block) -> Iterator[Step]:
        """The entries and days that one block holds."""
        if block.kind == "heading":
            yield from self._heading(block)
        elif block.kind == "list":
            yield from self._list(block)
        elif table := read_table(self.source, block):
            yield from self._table(table)
        elif block.kind == "html":
            yield from self._html(block)
        elif block.kind == "paragraph":
            yield from self._lines(block)

    def _heading(self, block: Block) -> Iterator[Step]:
        heading = block.heading
        assert heading is not None
        mark = self.source.slice(block.first, block.last)
        if day := day_of(heading.title.text):
            yield Day(day, block.first, block.last, mark)
            return
        opening = read_opening(heading.title)
        if opening and opening.has_clock:
            entry = self._entry(block.first, block.last, opening)
            entry.opens = True
            entry.marks.append(
                heading.mark.before(heading.title.start - heading.mark.start)
            )
            yield entry

    def _entry(self, first: int, last: int, opening: Opening) -> EntryDraft:
        text = opening.rest.strip()
        words = opening.written.text
        if words.count("]") > words.count("["):
            words = f"[{words}"
        entry = EntryDraft(first, last, [text], opening.written, words)
        entry.lead = opening.lead
        entry.marks.append(opening.head)
        return entry

    def _list(self, block: Block) -> Iterator[Step]:
        if not self._is_timed_list(block):
            return
        for child in block.children:
            yield from self._item(child)

    def _is_timed_list(self, block: Block) -> bool:
        return any(self._is_timed_item(child) for child in block.children)

    def _is_timed_item(self, child: Block) -> bool:
        text = read_item(self.source, child).text
        opening = read_opening(text)
        if opening and (opening.has_clock or opening.rest.strip()):
            return True
        return any(
            self._is_timed_list(inner)
            for inner in child.children
            if inner.kind == "list"
        )

    def _item(self, block: Block) -> Iterator[Step]:
        item = read_item(self.source, block)
        opening = read_opening(item.text)
        nested = [
            b for b in block.children if b.kind == "list" and self._is_timed_list(b)
        ]
        if opening and (opening.has_clock or (opening.rest.strip() and not nested)):
            entry = self._entry(block.first, block.last, opening)
            entry.marks.insert(0, item.marker)
            yield entry
        elif nested:
            yield from self._group(block, item.text)
        elif item.text:
            yield EntryDraft(block.first, block.last, [item.text], marks=[item.marker])

    def _group(self, block: Block, text: Slice) -> Iterator[Step]:
        """A line with timed bullets under it: a day, or words that stay behind."""
        if day := day_of(text.first):
            first = self.source.slice(block.first, block.first + 1)
            yield Day(day, block.first, block.first + 1, first)
        for inner in block.children:
            if inner.kind == "list":
                yield from self._list(inner)

    def _lines(self, block: Block) -> Iterator[Step]:
        """Bare lines, each with its time; lines without one go on with the last."""
        lines = range(block.first, block.last)
        if block.last - block.first == 1 and (
            day := day_of(self.source.lines[block.first])
        ):
            yield Day(
                day, block.first, block.last, self.source.slice(block.first, block.last)
            )
            return
        opened = {n: o for n in lines if (o := self._bare(n, block))}
        if not opened or self._is_prose(block, opened):
            return
        numbers = [n for n in lines if n in opened or day_of(self.source.lines[n])]
        for number, following in zip(numbers, [*numbers[1:], block.last], strict=True):
            if number in opened:
                yield self._bare_entry(number, following, opened[number])
            else:
                line = self.source.slice(number, number + 1)
                day = day_of(line.text)
                if day is not None:
                    yield Day(day, number, number + 1, line)

    def _bare(self, number: int, block: Block) -> Opening | None:
        line = self.source.slice(number, number + 1).strip()
        if number == block.first and block.skip:
            line = self.source.piece(number, block.skip).strip()
        if line.text.startswith("|"):
            line = line.after(1).strip()
        opening = read_opening(line)
        return opening if opening and opening.has_clock else None

    def _is_prose(self, block: Block, opened: dict[int, Opening]) -> bool:
        """Whether the times only open sentences of a running text."""
        first = self.source.lines[block.first]
        if block.first not in opened:
            return len(opened) < 2 or not all(
                not SPOKEN.match(self.source.lines[number]) for number in opened
            )
        return all(SPOKEN.match(self.source.lines[n]) for n in opened) and bool(
            SPOKEN.match(first)
        )

    def _bare_entry(self, first: int, last: int, opening: Opening) -> EntryDraft:
        entry = self._entry(first, last, opening)
        body = entry.text[0] + self.source.slice(first + 1, last)
        entry.text = [self._without_breaks(entry, body)]
        start = self.source.starts[first]
        if opening.head.start > start:
            entry.marks.append(self.source.piece(first, 0, opening.head.start - start))
        return entry

    def _without_breaks(self, entry: EntryDraft, body: Slice) -> Slice:
        ranges = []
        for line in body.lines():
            match = BREAK.search(line.text)
            start, end = line.ranges[0]
            if match:
                entry.marks.append(line.cut(match.start(), end - start))
                end = start + match.start()
            ranges.append((start, end))
        return Slice(body.source, tuple(ranges)).strip()

    def _html(self, block: Block) -> Iterator[Step]:
        """Lines of an HTML block whose words start with a time."""
        drafts: list[EntryDraft] = []
        before: list[Slice] = []
        for number in range(block.first, block.last):
            for piece, tags in self._pieces(number):
                if not drafts and not piece:
                    before.extend(tags)
                opening = read_opening(piece) if piece else None
                if opening and opening.has_clock:
                    drafts.append(self._entry(number, number + 1, opening))
                    drafts[-1].marks.extend(tags)
                elif drafts:
                    drafts[-1].text.append(piece)
                    drafts[-1].marks.extend(tags)
                    drafts[-1].last = number + 1
        if drafts and drafts[0].first > block.first and len(before) > 0:
            drafts[0].first = block.first
        if drafts:
            drafts[0].marks.extend(before)
        yield from drafts

    def _pieces(self, number: int) -> Iterator[tuple[Slice, list[Slice]]]:
        """The stretches between structural tags of one line, with those tags."""
        line, at = self.source.lines[number], 0
        tags: list[Slice] = []
        for match in TAGS.finditer(line):
            piece = self.source.piece(number, at, match.start()).strip()
            if piece:
                yield piece, tags
                tags = []
            tags.append(self.source.piece(number, match.start(), match.end()))
            at = match.end()
        yield self.source.piece(number, at).strip(), tags

    def _table(self, table: Table) -> Iterator[Step]:
        columns = self._time_columns(table)
        if not columns:
            return
        zone = self._header_zone(table, columns)
        header = self.source.slice(
            table.first, table.rows[0].first if table.rows else table.last
        )
        for index, row in enumerate(table.rows):
            entry = self._row(table, row, columns)
            entry.zone = zone
            if not index:
                entry.first = table.first
                entry.marks.append(header)
            yield entry
        if len(table.rows) and table.rows[-1].last < table.last:
            entry.marks.append(self.source.slice(table.rows[-1].last, table.last))
        entry.last = table.last

    def _header_zone(self, table: Table, columns: list[int]) -> str:
        for column in columns:
            if column < len(table.header) and (
                zone := zone_in(table.header[column].text)
            ):
                return zone
        return ""

    def _time_columns(self, table: Table) -> list[int]:
        width = max((len(row.cells) for row in table.rows), default=0)
        found = []
        for column in range(width):
            cells = [row.cell(column) for row in table.rows]
            full = [cell for cell in cells if cell]
            timed = [cell for cell in full if read_mark(cell.text)]
            named = column < len(table.names) and TIME_NAMES.match(table.names[column])
            if full and (len(timed) * 2 > len(full) or (named and timed)):
                found.append(column)
        clocks = [
            column
            for column in found
            if any(
                (w := read_mark(row.cell(column).text)) and has_clock(w)
                for row in table.rows
            )
        ]
        return found[:3] if clocks and clocks[0] < 4 else []

    def _row(self, table: Table, row: Row, columns: list[int]) -> EntryDraft:
        times = [row.cell(column) for column in columns if row.cell(column)]
        others = [
            (index, cell)
            for index, cell in enumerate(row.cells)
            if index not in columns and cell
        ]
        entry = EntryDraft(row.first, row.last, [cell for _, cell in others])
        entry.joint = IN_ROW
        entry.marks.append(self.source.slice(row.first, row.last))
        entry.as_written = " ".join(cell.text.strip("*_` ") for cell in times)
        entry.written = read_mark(entry.as_written) or next(
            (w for cell in times if (w := read_mark(cell.text)) and has_clock(w)), None
        )
        return entry


def read_mark(text: str) -> WrittenTime | None:
    """The time that a table's cell holds."""
    bare = re.sub(r"<br\s*/?>", " ", text).strip()
    return read_time(bare) if bare and len(bare) <= LONGEST_MARK else None
