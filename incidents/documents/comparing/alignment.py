"""Which parts of two sequences are the same, in bounded time.

What stands once on either side anchors the rest; between two anchors the
shortest edit is searched for, within a budget that all searches share. Where
it is spent, parts count as different: a coarser answer, never a late one.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_STEPS = 400_000
_MOST_EDITS = 600
_DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Block:
    """`size` items that are the same from `old` and from `new` on."""

    old: int
    new: int
    size: int


@dataclass(slots=True)
class Budget:
    """How much searching may still be done, by all who share it."""

    steps: int = _STEPS


def align(
    old: Sequence[str], new: Sequence[str], budget: Budget | None = None
) -> tuple[Block, ...]:
    """The blocks that both have, in order, none touching the next."""
    aligner = _Aligner(old, new, budget or Budget())
    return tuple(_joined(sorted(aligner.pairs())))


def longest_run(numbers: Sequence[int]) -> list[int]:
    """The positions of a longest rising run among `numbers`."""
    ends: list[int] = []
    at: list[int] = []
    before = [-1] * len(numbers)
    for position, number in enumerate(numbers):
        place = bisect_left(ends, number)
        before[position] = at[place - 1] if place else -1
        ends[place : place + 1] = [number]
        at[place : place + 1] = [position]
    run = []
    position = at[-1] if at else -1
    while position >= 0:
        run.append(position)
        position = before[position]
    return run[::-1]


def _joined(pairs: Sequence[tuple[int, int]]) -> Iterator[Block]:
    start = 0
    for index in range(1, len(pairs) + 1):
        old, new = pairs[index - 1]
        if index == len(pairs) or pairs[index] != (old + 1, new + 1):
            size = index - start
            yield Block(old - size + 1, new - size + 1, size)
            start = index


@dataclass(frozen=True, slots=True)
class _Span:
    """A stretch of both sequences that is still to be aligned."""

    old: int
    old_end: int
    new: int
    new_end: int
    depth: int = 0

    def is_one_sided(self) -> bool:
        return self.old == self.old_end or self.new == self.new_end


@dataclass(slots=True)
class _Aligner:
    old: Sequence[str]
    new: Sequence[str]
    budget: Budget
    found: list[tuple[int, int]] = field(default_factory=list)

    def pairs(self) -> list[tuple[int, int]]:
        spans = [_Span(0, len(self.old), 0, len(self.new))]
        while spans:
            span = self._without_equal_ends(spans.pop())
            if span.is_one_sided():
                continue
            anchors = self._anchors(span) if span.depth < _DEEPEST else []
            if anchors:
                spans += _between(span, anchors)
                self.found += anchors
            else:
                self._search(span)
        return self.found

    def _without_equal_ends(self, span: _Span) -> _Span:
        old, old_end, new, new_end = span.old, span.old_end, span.new, span.new_end
        while old < old_end and new < new_end and self.old[old] == self.new[new]:
            self.found.append((old, new))
            old, new = old + 1, new + 1
        while (
            old < old_end
            and new < new_end
            and self.old[old_end - 1] == self.new[new_end - 1]
        ):
            old_end, new_end = old_end - 1, new_end - 1
            self.found.append((old_end, new_end))
        return _Span(old, old_end, new, new_end, span.depth)

    def _anchors(self, span: _Span) -> list[tuple[int, int]]:
        """Items that stand once on each side, as far as their order agrees."""
        once = _once(self.old, span.old, span.old_end)
        there = _once(self.new, span.new, span.new_end)
        both = [(old, there[item]) for item, old in once.items() if item in there]
        return [both[index] for index in longest_run([new for _, new in both])]

    def _search(self, span: _Span) -> None:
        search = _Search(
            self.old[span.old : span.old_end],
            self.new[span.new : span.new_end],
            self.budget,
        )
        self.found += [(span.old + old, span.new + new) for old, new in search.pairs()]


def _once(items: Sequence[str], start: int, end: int) -> dict[str, int]:
    """Where each item stands that stands only once, in order."""
    counts = Counter(items[start:end])
    return {
        items[index]: index for index in range(start, end) if counts[items[index]] == 1
    }


def _between(span: _Span, anchors: list[tuple[int, int]]) -> Iterator[_Span]:
    old, new = span.old, span.new
    for next_old, next_new in [*anchors, (span.old_end, span.new_end)]:
        yield _Span(old, next_old, new, next_new, span.depth + 1)
        old, new = next_old + 1, next_new + 1


@dataclass(slots=True)
class _Search:
    """The greedy search for the shortest edit (Myers, 1986), within `budget`.

    A diagonal is a position in `old` less one in `new`; `reached` says how far
    down `old` each diagonal could be followed with the edits made so far.
    """

    old: Sequence[str]
    new: Sequence[str]
    budget: Budget

    def pairs(self) -> list[tuple[int, int]]:
        reached = {1: 0}
        trail: list[dict[int, int]] = []
        for edits in range(min(len(self.old) + len(self.new), _MOST_EDITS) + 1):
            trail.append(dict(reached))
            for diagonal in range(-edits, edits + 1, 2):
                old = self._follow(reached, diagonal, edits)
                reached[diagonal] = old
                if old >= len(self.old) and old - diagonal >= len(self.new):
                    return self._walk_back(trail)
            self.budget.steps -= 2 * edits + 1
            if self.budget.steps <= 0:
                break
        return []

    def _follow(self, reached: dict[int, int], diagonal: int, edits: int) -> int:
        """Make one edit towards a diagonal, then go along what is the same."""
        before = _before(reached, diagonal, edits)
        old = reached[before] + (before < diagonal)
        new = old - diagonal
        while (
            old < len(self.old)
            and new < len(self.new)
            and self.old[old] == self.new[new]
        ):
            old, new = old + 1, new + 1
            self.budget.steps -= 1
        return old

    def _walk_back(self, trail: list[dict[int, int]]) -> list[tuple[int, int]]:
        pairs: list[tuple[int, int]] = []
        old, new = len(self.old), len(self.new)
        for edits in range(len(trail) - 1, -1, -1):
            reached, diagonal = trail[edits], old - new
            before = _before(reached, diagonal, edits)
            while old > reached[before] + (before < diagonal):
                old, new = old - 1, new - 1
                pairs.append((old, new))
            old, new = reached[before], reached[before] - before
        return pairs


def _before(reached: dict[int, int], diagonal: int, edits: int) -> int:
    """From which neighbour a diagonal is reached furthest by one more edit."""
    down = diagonal == -edits or (
        diagonal != edits and reached[diagonal - 1] < reached[diagonal + 1]
    )
    return diagonal + 1 if down else diagonal - 1
