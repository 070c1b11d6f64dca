"""Two people's changes to one text, joined where they do not touch.

The unit is the sentence: two who change different sentences both get theirs;
two who change the same one are asked, with the words of both before them.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from incidents.documents.comparing.alignment import Block, align

# A sentence or a line, and the white space after it as a unit of its own, so
# that a sentence stays the same when another is written behind it.
_ENDS = re.compile(r"(\n)|(?<=[.!?])([^\S\n]+)|(?<=[\u3002\uff01\uff1f])")
_LIST_MARK = re.compile(r"\s*(?:[-*+|>]|\d+[.)])")


@dataclass(frozen=True, slots=True)
class Conflict:
    """One place that both changed: what stood there, and what each wants."""

    base: str
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined text. Where both changed one place it holds both wordings,
    theirs first, and `clean` is false: a person has to finish it."""

    text: str
    conflicts: tuple[Conflict, ...] = ()

    @property
    def clean(self) -> bool:
        return not self.conflicts


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Join two changes of `base`. A change that both made counts once."""
    if mine == theirs or theirs == base:
        return Merged(mine)
    if mine == base:
        return Merged(theirs)
    units = _units(base)
    edits = sorted([*_edits(units, mine, "mine"), *_edits(units, theirs, "theirs")])
    return _joined(units, [_Place(units, tuple(group)) for group in _groups(edits)])


@dataclass(frozen=True, slots=True, order=True)
class _Edit:
    """Somebody wants `text` in place of the base's units from `start` to `end`."""

    start: int
    end: int
    whose: str
    text: str
    units: int

    def inserts(self) -> bool:
        return self.start == self.end

    def rewords(self) -> bool:
        """Does it keep the number of units, so that what follows stays put?"""
        return self.units == self.end - self.start


def _units(text: str) -> list[str]:
    return [unit for unit in _ENDS.split(text) if unit]


def _edits(base: list[str], text: str, whose: str) -> Iterator[_Edit]:
    """What one person changed. Sentences in a row that were all changed are one
    edit, so that nobody's new sentence lands in the middle of a passage that
    somebody else wrote anew."""
    last: _Edit | None = None
    for edit in _single_edits(base, text, whose):
        between = base[last.end : edit.start] if last else []
        if last and all(unit.isspace() and unit != "\n" for unit in between):
            last = _one(last, between, edit)
            continue
        if last:
            yield last
        last = edit
    if last:
        yield last


def _one(first: _Edit, between: list[str], second: _Edit) -> _Edit:
    text = "".join([first.text, *between, second.text])
    units = first.units + len(between) + second.units
    return _Edit(first.start, second.end, first.whose, text, units)


def _single_edits(base: list[str], text: str, whose: str) -> Iterator[_Edit]:
    units = _units(text)
    at_base = at_text = 0
    for block in [*align(base, units), Block(len(base), len(units), 0)]:
        if at_base < block.old or at_text < block.new:
            wanted = units[at_text : block.new]
            yield _Edit(at_base, block.old, whose, "".join(wanted), len(wanted))
        at_base, at_text = block.old + block.size, block.new + block.size


def _groups(edits: Sequence[_Edit]) -> Iterator[list[_Edit]]:
    """Edits in groups, those together that change one place."""
    group: list[_Edit] = []
    end = -1
    for edit in edits:
        if group and not _touches(group, end, edit):
            yield group
            group = []
        group.append(edit)
        end = max(end, edit.end)
    if group:
        yield group


def _touches(group: list[_Edit], end: int, edit: _Edit) -> bool:
    return edit.start < end or any(
        other.end == edit.start and other.whose != edit.whose and _unclear(other, edit)
        for other in group
    )


def _unclear(first: _Edit, second: _Edit) -> bool:
    """Two insertions at one point have no order, and neither has one at the edge
    of a passage that somebody removed or wrote anew."""
    if first.inserts() or second.inserts():
        return not (first.rewords() ^ second.rewords())
    return False


@dataclass(frozen=True, slots=True)
class _Place:
    """A stretch of the base that one or both changed."""

    units: list[str]
    edits: tuple[_Edit, ...]

    @property
    def start(self) -> int:
        return self.edits[0].start

    @property
    def end(self) -> int:
        return max(edit.end for edit in self.edits)

    def conflict(self) -> Conflict | None:
        if len({edit.whose for edit in self.edits}) == 1:
            return None
        mine, theirs = self.wanted_by("mine"), self.wanted_by("theirs")
        if mine == theirs:
            return None
        return Conflict("".join(self.units[self.start : self.end]), mine, theirs)

    def wanted_by(self, whose: str) -> str:
        """The stretch as one of the two left it."""
        pieces: list[str] = []
        at = self.start
        for edit in self.edits:
            if edit.whose == whose:
                pieces += [*self.units[at : edit.start], edit.text]
                at = edit.end
        return "".join([*pieces, *self.units[at : self.end]])


def _joined(units: list[str], places: list[_Place]) -> Merged:
    pieces: list[str] = []
    conflicts: list[Conflict] = []
    at = 0
    for place in places:
        pieces += units[at : place.start]
        if conflict := place.conflict():
            conflicts.append(conflict)
            pieces.append(_both(conflict))
        else:
            pieces.append(place.wanted_by(place.edits[0].whose))
        at = place.end
    return Merged("".join([*pieces, *units[at:]]), tuple(conflicts))


def _both(conflict: Conflict) -> str:
    """Both wordings, theirs first, apart from each other."""
    first, second = conflict.theirs, conflict.mine
    if not first or not second or first[-1].isspace() or second[0].isspace():
        return first + second
    if _LIST_MARK.match(first.split("\n")[-1]) and _LIST_MARK.match(second):
        return f"{first}\n{second}"
    apart = "\n\n" if "\n" in first + second else " "
    return f"{first}{apart}{second}"
