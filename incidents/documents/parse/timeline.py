"""Reading a timeline: lists, tables, headings, bare lines, in any mixture."""

import re
from collections.abc import Callable, Iterator

from incidents.documents.parse.blocks import Block, Item
from incidents.documents.parse.entries import Day, EntryDraft, Step
from incidents.documents.parse.guises import DEFINED
from incidents.documents.parse.items import read_item
from incidents.documents.parse.messages import read_messages
from incidents.documents.parse.moments import day_of
from incidents.documents.parse.openings import (
    Opening,
    entry_of,
    read_closing,
    read_digits,
    read_opening,
)
from incidents.documents.parse.source import Slice, Source, indent_of
from incidents.documents.parse.tables import read_table
from incidents.documents.parse.tagged import read_tagged
from incidents.documents.parse.timetable import read_timetable

BREAK = re.compile(r"(?:<br\s*/?>|\\)\s*$", re.I)
SPOKEN = re.compile(
    r"^\s*(?:at|on|by|around|about|from|since|between|in|as|before|after|until|um|am"
    r"|gegen|ab|"
    r"a las?|el|hacia|le|à|vers|às|por volta|no dia)\b",
    re.I,
)
ENOUGH = 2
FENCE = re.compile(r"^\s*(?:`{3}|~{3})")
IMAGE = re.compile(r"^\s*!\[")


class TimelineReader:
    """Reads entries from the blocks of one region, in order."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self._known: dict[int, list[Step]] = {}

    def read(self, blocks: list[Block]) -> list[Step]:
        """The entries and days found; their lines are no longer the region's text."""
        if len(blocks) == 1 and (steps := list(self._fenced(blocks[0]))):
            return steps
        steps = []
        under: EntryDraft | None = None
        waiting: list[Block] = []
        for block in blocks:
            found = [] if under and block.kind == "code" else self.steps_of(block)
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

    def _fenced(self, block: Block) -> Iterator[Step]:
        """A timeline kept straight in a fence, where nothing else is told."""
        inner = Block("paragraph", block.first + 1, block.last - 1)
        edges = (self.source.lines[n] for n in (block.first, inner.last))
        fenced = block.kind == "code" and all(map(FENCE.match, edges))
        numbers = range(inner.first, inner.last)
        if not fenced or not all(self._bare(n, inner) for n in numbers):
            return
        steps = list(self._lines(inner))
        for step in steps[:1] + steps[-1:]:
            if isinstance(step, EntryDraft):
                fences = self.source.slice(block.first, inner.first)
                step.marks.append(fences + self.source.slice(inner.last, block.last))
                step.first = block.first if step is steps[0] else step.first
                step.last = block.last if step is steps[-1] else step.last
        yield from steps

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

    def steps_of(self, block: Block) -> list[Step]:
        """The entries and days that one block holds; read once and then known."""
        known = self._known.get(id(block))
        if known is None:
            known = self._known[id(block)] = list(self._read_block(block))
        return known

    def _read_block(self, block: Block) -> Iterator[Step]:
        if block.kind == "heading":
            yield from self._heading(block)
        elif block.kind == "list":
            yield from self._list(block)
        elif table := read_table(self.source, block):
            yield from read_timetable(self.source, table)
        elif block.kind == "html":
            yield from read_tagged(self.source, block)
        elif block.kind == "code" and self._is_indented(block):
            yield from self._lines(block)
        elif block.kind == "paragraph":
            messages = list(read_messages(self.source, block))
            yield from messages or self._lines(block)

    def _is_indented(self, block: Block) -> bool:
        """Whether times stand in every line of what is code only by its indent."""
        numbers = range(block.first, block.last)
        lines = [n for n in numbers if not self.source.blank(n)]
        return all(
            indent_of(self.source.lines[n], 4) and self._bare(n, block) for n in lines
        )

    def _heading(self, block: Block) -> Iterator[Step]:
        heading = block.heading
        assert heading is not None
        mark = self.source.slice(block.first, block.last)
        if day := day_of(heading.title.text):
            yield Day(day, block.first, block.last, mark)
            return
        opening = read_opening(heading.title)
        if opening and opening.has_clock:
            entry = entry_of(block.first, block.last, opening)
            entry.opens = True
            entry.marks.append(
                heading.mark.before(heading.title.start - heading.mark.start)
            )
            yield entry

    def _list(self, block: Block) -> Iterator[Step]:
        if self._is_timed_list(block):
            for child in block.children:
                yield from self._item(child)
        elif len(block.children) >= ENOUGH:
            items = [read_item(self.source, child) for child in block.children]
            yield from self._agreed(block, items, read_closing)
            yield from self._agreed(block, items, read_digits)

    def _agreed(
        self, block: Block, items: list[Item], read: Callable[[Slice], Opening | None]
    ) -> Iterator[Step]:
        """Entries whose times are only sure because every item of a list has one."""
        times = [opening for item in items if (opening := read(item.text))]
        if len(times) < len(items):
            return
        for child, item, opening in zip(block.children, items, times, strict=True):
            entry = entry_of(child.first, child.last, opening)
            entry.marks.insert(0, item.marker)
            yield entry

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
        opening = read_opening(item.text) or read_digits(item.text)
        nested = [
            b for b in block.children if b.kind == "list" and self._is_timed_list(b)
        ]
        if opening and (opening.has_clock or (opening.rest.strip() and not nested)):
            entry = entry_of(block.first, block.last, opening)
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
        opened = dict(self._opened(block))
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

    def _opened(self, block: Block) -> Iterator[tuple[int, Opening]]:
        """The lines that open with a time; a log hangs deeper below one of them."""
        first: int | None = None
        for number in range(block.first, block.last):
            line = self.source.lines[number]
            depth = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip())
            hangs = first is not None and depth >= first + 4
            if not hangs and (opening := self._bare(number, block)):
                first = depth if first is None else first
                yield number, opening

    def _bare(self, number: int, block: Block) -> Opening | None:
        line = self.source.slice(number, number + 1).strip()
        if number == block.first and block.skip:
            line = self.source.piece(number, block.skip).strip()
        if line.text.startswith("|"):
            line = line.after(1).strip()
            line = line.before(len(line.text.rstrip("| ")))
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
        entry = entry_of(first, last, opening)
        end = opening.rest.ranges[0][1] - self.source.starts[first]
        entry.marks.append(self.source.piece(first, end))
        below = self.source.slice(first + 1, last)
        if (mark := DEFINED.match(below.first)) and not entry.text[0]:
            entry.marks.append(below.before(mark.start("value")))
            below = below.after(mark.start("value"))
        body = entry.text[0] + below
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
