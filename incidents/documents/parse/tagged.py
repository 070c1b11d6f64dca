"""Entries in lines that HTML breaks: "09:12 Paged<br>09:20 Restarted"."""

import re
from collections.abc import Iterator

from incidents.documents.parse.blocks import Block
from incidents.documents.parse.entries import EntryDraft
from incidents.documents.parse.openings import entry_of, read_opening
from incidents.documents.parse.source import Slice, Source

TAGS = re.compile(r"</?(?:br|li|ul|ol|p|div|tr|td|span)\b[^>]*>", re.I)


def read_tagged(source: Source, block: Block) -> Iterator[EntryDraft]:
    """Lines of an HTML block whose words start with a time."""
    drafts: list[EntryDraft] = []
    before: list[Slice] = []
    for number in range(block.first, block.last):
        for piece, tags in _pieces(source, number):
            if not drafts and not piece:
                before.extend(tags)
            opening = read_opening(piece) if piece else None
            if opening and opening.has_clock:
                drafts.append(entry_of(number, number + 1, opening))
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


def _pieces(source: Source, number: int) -> Iterator[tuple[Slice, list[Slice]]]:
    """The stretches between structural tags of one line, with those tags."""
    line, at = source.lines[number], 0
    tags: list[Slice] = []
    for match in TAGS.finditer(line):
        piece = source.piece(number, at, match.start()).strip()
        if piece:
            yield piece, tags
            tags = []
        tags.append(source.piece(number, match.start(), match.end()))
        at = match.end()
    yield source.piece(number, at).strip(), tags
