"""The text of a list item, apart from its marker, its box and its children."""

import re

from incidents.documents.parse.blocks import Block, Item
from incidents.documents.parse.source import Slice, Source

MARKER = re.compile(
    r"^[ \t]*(?:(?:[-*+–—]|\d{1,9}\\?[.)]|\(\d{1,2}\)|[a-hA-H][.)]|\."
    r"|\d{1,2}\.\d\.?)(?:[ \t]+|$)"
    r"|[•◦▪●○■‣⁃・∙][ \t]*)"
)
BOX = re.compile(r"^(?:\\?\[(?P<mark>[ xX✓✔~-]?)\\?\]|(?P<sign>[☐☑☒⬜🔲]️?))[ \t]+")


def read_item(source: Source, block: Block) -> Item:
    """An item with everything in it, less the indent of what follows its first line.

    Read once: the timeline and the tasks both ask for each item.
    """
    if block.item is None:
        block.item = _read(source, block)
    return block.item


def _read(source: Source, block: Block) -> Item:
    marker = MARKER.match(source.lines[block.first])
    width = len(marker[0]) if marker else 0
    columns = len(source.lines[block.first][:width].expandtabs(4))
    whole = source.slice(block.first, block.first + 1).after(width)
    whole += source.slice(block.first + 1, block.last, columns)
    return with_box(source.piece(block.first, 0, width), whole)


def with_box(marker: Slice, text: Slice) -> Item:
    """An item whose text may start with a box, which then belongs to its marker."""
    box = BOX.match(text.first)
    if box is None:
        return Item(marker, text.strip())
    mark = box["mark"] if box["mark"] is not None else box["sign"]
    sign = "" if mark[:1] in "☐⬜🔲" else mark
    width = len(box[0])
    return Item(marker + text.before(width), text.after(width).strip(), sign.strip())
