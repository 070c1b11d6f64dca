"""Sentences that open a moment: proposed entries from a timeline told as a story."""

import re
from collections.abc import Iterator

from incidents.documents.parse.blocks import Block
from incidents.documents.parse.entries import EntryDraft
from incidents.documents.parse.moments import has_clock
from incidents.documents.parse.source import Slice, Source
from incidents.documents.parse.timeline import SPOKEN
from incidents.documents.times import find_leading_time, find_times

END = re.compile(
    r"(?<=[.!?。！？])[\"'”’)*_]*(?:\s+(?=[\"'“‘(*_\[]*[A-ZÀ-Þ0-9¿¡])|(?<=[。！？]))"
)
NO_END = re.compile(
    r"\b(?:[ap]\.m|approx|ca|e\.g|i\.e|vs|etc|no|St|Dr|Mr|Ms|z\.B|bzw)\.[\"'”’)*_]*\s*$",
    re.I,
)
# "4:20 PM." at the end of a sentence; the dots of "4:20 p.m." belong to it.
STOP = re.compile(r"(?<=[AaPp][Mm])\.$")
ENOUGH = 2
LEAD = re.compile(r"^\W*(?:then|later|finally|next|first|shortly|soon)?,?\s*", re.I)


def sentences(piece: Slice) -> Iterator[Slice]:
    """The sentences of a text, each a slice of the source."""
    text, start = piece.text, 0
    for match in END.finditer(text):
        if NO_END.search(text[start : match.end()]):
            continue
        yield piece.cut(start, match.end()).strip()
        start = match.end()
    if text[start:].strip():
        yield piece.cut(start, len(text)).strip()


def derive(
    source: Source, blocks: list[Block], *, opening_only: bool
) -> Iterator[EntryDraft]:
    """An entry for each sentence with a clock, or only for those it opens."""
    for block in blocks:
        if block.kind != "paragraph":
            continue
        told = list(sentences(source.slice(block.first, block.last).after(block.skip)))
        opened = any(_entry(source, s, opening_only=True) for s in told)
        clocked = sum(1 for s in told if _entry(source, s, opening_only=False))
        only = opening_only and not (opened and clocked >= ENOUGH)
        for sentence in told:
            draft = _entry(source, sentence, opening_only=only)
            if draft is not None:
                yield draft


def _entry(source: Source, sentence: Slice, *, opening_only: bool) -> EntryDraft | None:
    text = sentence.text.replace("\n", " ")
    found = [
        (span, written) for span, written in find_times(text) if has_clock(written)
    ]
    if not found or (opening_only and not _opens(text, found[0][0][0])):
        return None
    written = found[0][1]
    first = source.line_of(sentence.start)
    return EntryDraft(
        first, first, [sentence], written, STOP.sub("", written.text), derived=True
    )


def _opens(text: str, at: int) -> bool:
    """Whether a sentence starts with its time: "At 3:15 PM Eastern time, …"."""
    lead = text[: max(at, 0)]
    if not LEAD.sub("", lead).strip():
        return True
    opening = SPOKEN.match(LEAD.sub("", text))
    return (bool(opening) and len(lead.split()) <= 6) or find_leading_time(
        text
    ) is not None
