"""Copied chat messages: a line with who and when, then what was said."""

import re
from collections.abc import Iterator
from itertools import pairwise

from incidents.documents.parse.blocks import Block
from incidents.documents.parse.entries import EntryDraft
from incidents.documents.parse.source import Source
from incidents.documents.pasted.chat import MessageHead, message_head

NEXT_BLOCK = re.compile(r"\s*(?:[-*+•>]\s|\d{1,3}[.)]\s|```|~~~)")


def read_messages(source: Source, block: Block) -> Iterator[EntryDraft]:
    """An entry for each message, where a block is nothing but messages."""
    lines = range(block.first, block.last)
    heads = {n: head for n in lines if (head := message_head(source.lines[n].strip()))}
    numbers = [*heads, block.last]
    silent = [at for at, after in pairwise(numbers) if after - at < 2]
    opens = silent == numbers[-2:-1] and _goes_on(source, block)
    if numbers[0] != block.first or (silent and not opens):
        return
    for at, after in pairwise(numbers):
        entry = _message(source, heads[at], at, after)
        entry.opens = at in silent
        yield entry


def _goes_on(source: Source, block: Block) -> bool:
    """Whether a list or a code block follows at once: it is the last message."""
    return bool(NEXT_BLOCK.match("".join(source.lines[block.last : block.last + 1])))


def _message(source: Source, head: MessageHead, first: int, last: int) -> EntryDraft:
    line = source.slice(first, first + 1)
    start = line.text.index(head.author)
    end = start + len(head.author)
    said = source.slice(first + 1, last).strip()
    entry = EntryDraft(first, last, [said], head.written, head.written.text)
    entry.lead, entry.is_message = line.cut(start, end), True
    entry.marks += [line.cut(0, start), line.cut(end, len(line.text))]
    return entry
