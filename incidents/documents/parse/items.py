"""The text of a list item, apart from its marker, its box and its children."""

import re
from dataclasses import dataclass

from incidents.documents.parse.blocks import Block
from incidents.documents.parse.source import Slice, Source

MARKER = re.compile(
    r"^[ \t]*(?:(?:[-*+–—]|\d{1,9}\\?[.)]|[a-hA-H][.)]|\.|\d{1,2}\.\d\.?)(?:[ \t]+|$)"
    r"|[•◦▪●○■‣⁃・∙][ \t]*)"
)
BOX = re.compile(r"^(?:\\?\[(?P<mark>[ xX✓✔~-]?)\\?\]|(?P<sign>[☐☑☒⬜🔲]️?))[ \t]+")


@dataclass(frozen=True, slots=True)
class Item:
    """An item's own text without its marker; `box` is None where it has no box."""

    marker: Slice
    text: Slice
    box: str | None = None

    @property
    def is_done(self) -> bool:
        return self.box is not None and self.box in "xX✓✔☑☒️" and bool(self.box)


def read_item(source: Source, block: Block) -> Item:
    """An item with everything in it, less the indent of what follows its first line."""
    marker = MARKER.match(source.lines[block.first])
    width = len(marker[0]) if marker else 0
    columns = len(source.lines[block.first][:width].expandtabs(4))
    whole = source.slice(block.first, block.first + 1).after(width)
    whole += source.slice(block.first + 1, block.last, columns)
    box = BOX.match(whole.first)
    if box is None:
        return Item(source.piece(block.first, 0, width), whole.strip())
    mark = box["mark"] if box["mark"] is not None else box["sign"]
    sign = "" if mark[:1] in "☐⬜🔲" else mark
    return Item(
        source.piece(block.first, 0, width + len(box[0])),
        whole.after(len(box[0])).strip(),
        sign.strip(),
    )
