"""Copied chat messages: a line with who and when, then what was said."""

from collections.abc import Iterator
from itertools import pairwise

from incidents.documents.parse.blocks import Block
from incidents.documents.parse.entries import EntryDraft
from incidents.documents.parse.source import Source
from incidents.documents.pasted.chat import MessageHead, message_head


def read_messages(source: Source, block: Block) -> Iterator[EntryDraft]:
    """An entry for each message, where a block is nothing but messages."""
    lines = range(block.first, block.last)
    heads = {n: head for n in lines if (head := message_head(source.lines[n].strip()))}
    numbers = [*heads, block.last]
    silent = any(after - at < 2 for at, after in pairwise(numbers))
    if numbers[0] != block.first or silent:
        return
    for at, after in pairwise(numbers):
        yield _message(source, heads[at], at, after)


def _message(source: Source, head: MessageHead, first: int, last: int) -> EntryDraft:
    line = source.slice(first, first + 1)
    start = line.text.index(head.author)
    end = start + len(head.author)
    said = source.slice(first + 1, last).strip()
    entry = EntryDraft(first, last, [said], head.written, head.written.text)
    entry.lead, entry.is_message = line.cut(start, end), True
    entry.marks += [line.cut(0, start), line.cut(end, len(line.text))]
    return entry
