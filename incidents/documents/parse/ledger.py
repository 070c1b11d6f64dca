"""Where each piece of the source went: the accounts of one import."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from incidents.documents.parse.source import Slice


@dataclass(frozen=True, slots=True)
class Span:
    """Source characters from start to end, and the place they have in the result.

    A place is a path such as `sections/0/body`. Where `harmless` is set it is
    the name of a rule instead: the characters only marked the text up.
    """

    start: int
    end: int
    place: str
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Source characters that no field and no rule has accounted for."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about the import, with the source lines it speaks of (from 1)."""

    sentence: str
    lines: tuple[int, ...] = ()


@dataclass(slots=True)
class Ledger:
    """Spans as they are claimed while a document is read."""

    spans: list[Span] = field(default_factory=list)

    def claim(self, place: str, piece: Slice) -> None:
        """These characters are kept, word for word, in a field."""
        self._add(place, piece, harmless=False)

    def pass_over(self, rule: str, piece: Slice) -> None:
        """These characters only marked the text up."""
        self._add(rule, piece, harmless=True)

    def _add(self, place: str, piece: Slice, *, harmless: bool) -> None:
        self.spans.extend(
            Span(start, end, place, harmless)
            for start, end in piece.ranges
            if end > start
        )


def find_gaps(text: str, spans: Iterable[Span]) -> tuple[Gap, ...]:
    """The non-blank stretches of a text that no span covers."""
    gaps, reached = [], 0
    for span in sorted(spans, key=lambda span: span.start):
        if span.start > reached:
            gaps.append((reached, span.start))
        reached = max(reached, span.end)
    gaps.append((reached, len(text)))
    return tuple(
        Gap(start, end, text[start:end])
        for start, end in gaps
        if text[start:end].strip()
    )
