"""The source of an import cut at its seams: which characters became what."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from incidents.documents.parse import Parsed, Span

ROWS = ("timeline", "actions")
# A stretch that two parts share belongs to the narrower one.
NARROW_FIRST = ("timeline", "actions", "title", "facts", "factors", "sections")


@dataclass(frozen=True, slots=True)
class Segment:
    """Some characters of the source, and the part of the result that they became.

    `line` is set where a warning speaks of that line. The anchors are set on the
    first segment of a part, and of such a line.
    """

    text: str
    place: str = ""
    line: int = 0
    anchor: str = ""
    line_anchor: str = ""


def segments(parsed: Parsed) -> list[Segment]:
    """The whole source in pieces that don't overlap, each with its one place."""
    return list(_anchored(_joined(_cut(parsed))))


def part_of(place: str) -> str:
    """`timeline/3/text` stands in the part `timeline-3`; the facts are one part."""
    name, _, rest = place.partition("/")
    if name in ("title", "facts") or not rest:
        return "facts"
    return f"{name}-{rest.partition('/')[0]}"


def _cut(parsed: Parsed) -> Iterator[Segment]:
    text, remarked = parsed.text, _lines_remarked(parsed)
    kept = list(_with_marks(parsed))
    seams = {0, len(text)}
    for start, end in (*remarked.values(), *((s.start, s.end) for s in kept)):
        seams |= {start, end}
    lines = {start: number for number, (start, _) in remarked.items()}
    ends = {end for _, end in remarked.values()}
    waiting = deque(kept)
    here: list[Span] = []
    line = 0
    for start, end in pairwise(sorted(seams)):
        line = lines.get(start, 0 if start in ends else line)
        here = [span for span in here if span.end > start]
        while waiting and waiting[0].start <= start:
            here.append(waiting.popleft())
        yield Segment(text[start:end], _place(here), line)


def _with_marks(parsed: Parsed) -> Iterator[Span]:
    """What was kept, each row from the bullet and the clock that open its line."""
    reached = 0
    kept = (span for span in parsed.spans if not span.harmless)
    for span in sorted(kept, key=lambda span: (span.start, span.end)):
        start = span.start
        if span.place.startswith(ROWS) and start >= reached:
            start = max(reached, parsed.text.rfind("\n", 0, start) + 1)
        reached = max(reached, span.end)
        yield replace(span, start=start)


def _lines_remarked(parsed: Parsed) -> dict[int, tuple[int, int]]:
    """Where each line that a warning speaks of begins and ends."""
    numbers = {line for remark in parsed.warnings for line in remark.lines}
    found, at = {}, 0
    for number, line in enumerate(parsed.text.split("\n"), 1):
        if number in numbers and line:
            found[number] = (at, at + len(line))
        at += len(line) + 1
    return found


def _place(here: Sequence[Span]) -> str:
    parts = [part_of(span.place) for span in here]
    return min(parts, key=_narrowness, default="")


def _narrowness(part: str) -> int:
    name = part.partition("-")[0]
    return NARROW_FIRST.index(name) if name in NARROW_FIRST else len(NARROW_FIRST)


def _joined(pieces: Iterable[Segment]) -> Iterator[Segment]:
    """Lines of one part become one stretch, with the white space between them."""
    stretch: list[Segment] = []
    between: list[Segment] = []
    for piece in pieces:
        if stretch and not piece.place and not piece.text.strip():
            between.append(piece)
        elif stretch and _same(stretch[0], piece):
            stretch += [*between, piece]
            between = []
        else:
            yield from _let_go(stretch, between)
            stretch, between = [piece], []
    yield from _let_go(stretch, between)


def _same(one: Segment, other: Segment) -> bool:
    return (one.place, one.line) == (other.place, other.line)


def _let_go(stretch: list[Segment], between: list[Segment]) -> Iterator[Segment]:
    if stretch:
        yield replace(stretch[0], text="".join(piece.text for piece in stretch))
    yield from between


def _anchored(pieces: Iterable[Segment]) -> Iterator[Segment]:
    seen: set[str | int] = {"", 0}
    for piece in pieces:
        anchor = "" if piece.place in seen else f"source-{piece.place}"
        line_anchor = "" if piece.line in seen else f"line-{piece.line}"
        seen |= {piece.place, piece.line}
        yield replace(piece, anchor=anchor, line_anchor=line_anchor)
