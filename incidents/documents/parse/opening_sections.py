"""Sections above all headings, where something there is called so."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import takewhile

from incidents.documents.kinds import SectionKind
from incidents.documents.parse.blocks import Block
from incidents.documents.parse.headings import Role, exact_topic
from incidents.documents.parse.labels import LINE
from incidents.documents.parse.source import Slice, Source
from incidents.documents.parse.tables import Row, read_table

# "> 💡 **TL;DR**": the first line of a quote that names it.
CALLOUT = re.compile(
    r"^\s*>\s*(?:\[!\w+\]\s*)?[^\w*_]*(?:\*\*|__)?(?P<label>\w[^*_:：]{1,40})"
    r"[:：]?(?:\*\*|__)?[:：]?\s*$"
)
# From so many words on, what stands behind "Summary:" is a sentence.
FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class OpeningSection:
    """A section: its kind, what names it, its words, and the lines it takes."""

    kind: SectionKind
    mark: Slice
    title: str
    body: Slice
    lines: range


def find_sections(
    source: Source, blocks: Iterable[Block], held: set[SectionKind]
) -> Iterator[OpeningSection]:
    """The sections among some blocks, of kinds that have no heading elsewhere;
    from a line only a summary, for "Impact: none" is a fact."""
    for block in blocks:
        found = [*_callout(source, block), *_labelled(source, block)]
        found = [one for one in found if one.kind is SectionKind.SUMMARY][:1]
        for one in (*found, *_rows(source, block)):
            if one.kind not in held:
                yield one
        held = held | {one.kind for one in found}


def _callout(source: Source, block: Block) -> Iterator[OpeningSection]:
    """A quote that is called "TL;DR"."""
    match = CALLOUT.match(source.lines[block.first])
    body = source.slice(block.first + 1, block.last)
    kind = _kind_of(match["label"]) if match else None
    if match and body and kind:
        mark = source.slice(block.first, block.first + 1)
        lines = range(block.first, block.last)
        yield OpeningSection(kind, mark, match["label"], body, lines)


def _labelled(source: Source, block: Block) -> Iterator[OpeningSection]:
    """Lines among labelled facts: "**Summary:** Nobody could pay …"."""
    if block.kind != "paragraph":
        return
    labels = [LINE.match(line) for line in source.lines[block.first : block.last]]
    for number, (match, following) in enumerate(
        zip(labels, [*labels[1:], True], strict=True), block.first
    ):
        kind = _kind_of(match["label"]) if match and following else None
        if match is None or kind is None:
            continue
        start, end = match.span("value")
        body = source.piece(number, start, end)
        if len(body.text.split()) >= FEWEST_WORDS:
            mark, lines = source.piece(number, 0, start), range(number, number + 1)
            yield OpeningSection(kind, mark, match["label"], body, lines)


def _rows(source: Source, block: Block) -> Iterator[OpeningSection]:
    """The last rows of a table of facts that tell something: "Root causes | …"."""
    table = read_table(source, block) if block.kind == "table" else None
    if table is None:
        return
    telling = [*takewhile(_tells, reversed(table.rows))]
    if len(telling) == len(table.rows):
        return
    for row in reversed(telling):
        title, body = row.cells
        kind = _kind_of(title.text)
        assert kind is not None
        mark = source.slice(row.first, row.last).minus(body)
        words = title.text.strip("*_: ")
        yield OpeningSection(kind, mark, words, body, range(row.first, row.last))


def _tells(row: Row) -> bool:
    """Whether a row is a section: its name, and a sentence."""
    if len(row.cells) != 2 or _kind_of(row.cells[0].text) is None:
        return False
    return len(row.cells[1].text.split()) >= FEWEST_WORDS


def _kind_of(label: str) -> SectionKind | None:
    role, kind = exact_topic(label) or (None, None)
    return kind if role is Role.SECTION else None
