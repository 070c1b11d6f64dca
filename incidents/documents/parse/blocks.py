"""The blocks of a document, from a real Markdown parser, by line numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from incidents.documents.parse.guises import Heading
from incidents.documents.parse.headings import topic_of
from incidents.documents.parse.scan import Scan
from incidents.documents.parse.source import Slice, Source

READER = MarkdownIt("commonmark").enable("table")
READER.core.ruler.enableOnly(["normalize", "block"])

CONTAINERS = {
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "list_item_open": "item",
    "blockquote_open": "quote",
    "table_open": "table",
    "heading_open": "heading",
    "paragraph_open": "paragraph",
}
LEAVES = {"fence": "code", "code_block": "code", "html_block": "html", "hr": "rule"}
# What an export leaves behind a heading: "{#executive-summary}", "&nbsp;".
ANCHOR = re.compile(r"(?:\s*\{#[\w.:-]+\}|&nbsp;|\s)+$")
LONGEST_HEADING = 200


@dataclass(frozen=True, slots=True)
class Item:
    """An item's own text without its marker; `box` is None where it has no box."""

    marker: Slice
    text: Slice
    box: str | None = None

    @property
    def is_done(self) -> bool:
        return self.box is not None and self.box in "xX✓✔☑☒️" and bool(self.box)


@dataclass(slots=True)
class Block:
    """A block by its lines; `skip` leaves out the start of the first of them."""

    kind: str
    first: int
    last: int
    children: list["Block"] = field(default_factory=list)
    level: int = 0
    skip: int = 0
    heading: Heading | None = None
    item: Item | None = None

    @property
    def end(self) -> int:
        """After its last line; a heading of tags may have more than its block."""
        return self.heading.last if self.heading else self.last


def read_blocks(source: Source, scan: Scan) -> list[Block]:
    """The top-level blocks in order, lists with their items inside."""
    root = Block("root", 0, len(source.lines))
    stack = [root]
    for token in READER.parse("\n".join(scan.lines)):
        if token.type in LEAVES:
            stack[-1].children.append(_leaf(source, token))
        elif token.nesting == 1:
            stack.append(_open(source, token))
        elif token.nesting == -1:
            block = stack.pop()
            if block.kind in CONTAINERS.values():
                stack[-1].children.append(block)
    blocks: list[Block] = []
    for block in root.children:
        run_in = scan.run_ins.get(block.first) if block.kind == "paragraph" else None
        if run_in is not None:
            blocks.append(Block("heading", block.first, block.first, heading=run_in))
            block.skip = run_in.skip
        blocks.append(_with_heading(source, scan, block))
        if block.kind == "quote":
            blocks.extend(_tail_of_quote(source, block))
    return blocks


def _tail_of_quote(source: Source, quote: Block) -> Iterator[Block]:
    """The lines right below a quote that lack its mark: people mean them apart."""
    last = quote.last
    while last > quote.first and not source.lines[last - 1].lstrip().startswith(">"):
        last -= 1
    if quote.first < last < quote.last:
        yield Block("paragraph", last, quote.last)
        quote.last = last


def _lines(source: Source, token: Token) -> tuple[int, int]:
    first, last = token.map or (0, 0)
    last = min(last, len(source.lines))
    while last > first + 1 and source.blank(last - 1):
        last -= 1
    return first, last


def _leaf(source: Source, token: Token) -> Block:
    return Block(LEAVES[token.type], *_lines(source, token))


def _open(source: Source, token: Token) -> Block:
    block = Block(CONTAINERS.get(token.type, "inside"), *_lines(source, token))
    if token.type == "heading_open":
        block.level = int(token.tag[1])
    return block


def _with_heading(source: Source, scan: Scan, block: Block) -> Block:
    if block.kind != "heading":
        return block
    block.heading = scan.headings.get(block.first)
    if block.heading is None:
        block.heading = _real_heading(source, block)
    if block.heading is None:
        block.kind = "paragraph"
    return block


def _real_heading(source: Source, block: Block) -> Heading | None:
    """A heading with marks of its own; a long "setext" one is really a paragraph."""
    line = source.lines[block.first]
    if line.lstrip().startswith("#"):
        start = len(line) - len(line.lstrip().lstrip("#").lstrip())
        words = line[start:].rstrip()
        closed = words.rstrip("#")
        if closed.endswith((" ", "\t")) or not closed:
            words = closed.rstrip()
    else:
        if block.last - block.first > 2 or len(line) > LONGEST_HEADING:
            return None
        words = line.strip()
        start = line.index(words)
    words = ANCHOR.sub("", words)
    title = source.piece(block.first, start, start + len(words))
    mark = source.slice(block.first, block.last)
    return Heading(block.first, block.last, block.level, title, topic_of(words), mark)
