"""The summary above all headings, where something there is called so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from incidents.documents.kinds import SectionKind
from incidents.documents.parse.blocks import Block
from incidents.documents.parse.headings import exact_topic
from incidents.documents.parse.labels import LINE
from incidents.documents.parse.source import Slice, Source

# "> 💡 **TL;DR**": the first line of a quote that names it.
CALLOUT = re.compile(
    r"^\s*>\s*(?:\[!\w+\]\s*)?[^\w*_]*(?:\*\*|__)?(?P<label>\w[^*_:：]{1,40})"
    r"[:：]?(?:\*\*|__)?[:：]?\s*$"
)
# From so many words on, what stands behind "Summary:" is a sentence.
FEWEST_WORDS = 5


@dataclass(frozen=True, slots=True)
class OpeningSummary:
    """A summary: what names it, its name, its words, and the lines it takes."""

    mark: Slice
    title: str
    body: Slice
    lines: range


def find_summary(source: Source, blocks: Iterable[Block]) -> OpeningSummary | None:
    """The first summary among some blocks."""
    for block in blocks:
        if found := _callout(source, block) or _labelled(source, block):
            return found
    return None


def _callout(source: Source, block: Block) -> OpeningSummary | None:
    """A quote that is called "TL;DR"."""
    match = CALLOUT.match(source.lines[block.first])
    body = source.slice(block.first + 1, block.last)
    if match is None or not body or not _names_summary(match["label"]):
        return None
    mark = source.slice(block.first, block.first + 1)
    return OpeningSummary(mark, match["label"], body, range(block.first, block.last))


def _labelled(source: Source, block: Block) -> OpeningSummary | None:
    """A line among labelled facts: "**Summary:** Nobody could pay …"."""
    if block.kind != "paragraph":
        return None
    labels = [LINE.match(line) for line in source.lines[block.first : block.last]]
    for number, (match, following) in enumerate(
        zip(labels, [*labels[1:], True], strict=True), block.first
    ):
        if match and following and _names_summary(match["label"]):
            start, end = match.span("value")
            mark, body = (
                source.piece(number, 0, start),
                source.piece(number, start, end),
            )
            if len(body.text.split()) >= FEWEST_WORDS:
                lines = range(number, number + 1)
                return OpeningSummary(mark, match["label"], body, lines)
    return None


def _names_summary(label: str) -> bool:
    topic = exact_topic(label)
    return topic is not None and topic[1] is SectionKind.SUMMARY
