"""A newer text of a postmortem laid over its record: which row is which.

The text says what happened; the record knows what was done since. Rows keep
their identity where they match, and work that was done in the record stays done.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from difflib import SequenceMatcher
from typing import Any, Generic, TypeVar

from incidents.documents.document import Action, Document, Entry, Factor, Section
from incidents.documents.kinds import ActionState

AnyRow = TypeVar("AnyRow", Section, Entry, Action, Factor)
Row = TypeVar("Row")
ALIKE = 0.75
# Comparing each with each is quadratic: beyond this only equal texts match.
MOST_COMPARED = 200
PARTS = ("sections", "timeline", "actions", "factors")


def carry_over(
    old: Document,
    new: Document,
    own: Collection[str] = (),
    read: Document | None = None,
) -> Document:
    """What the record should say after this newer text of it.

    `own` are the keys of rows that were added in the record itself: no text
    ever had them, so their absence from it means nothing. `read` is the text as
    it was read, where somebody has mended `new` since.
    """
    untouched = frozenset((read or new).timeline)
    carried = replace(
        new,
        **_facts(old, new),
        sections=_sections(old.sections, new.sections),
        timeline=_timeline(old.timeline, new.timeline, untouched),
        actions=_actions(old.actions, new.actions),
    )
    kept = replace(
        carried,
        sections=with_own(old.sections, carried.sections, own),
        timeline=with_own(old.timeline, carried.timeline, own),
        actions=with_own(old.actions, carried.actions, own),
    )
    return replace(kept, factors=_factors(old, new, kept))


def _facts(old: Document, new: Document) -> dict[str, Any]:
    """The facts of the record that the text does not state."""
    names = (one.name for one in fields(Document) if one.name not in PARTS)
    return {name: _stated(new, old, name) for name in names}


def _stated(new: object, old: object, name: str) -> Any:
    """What the text says, nought included; else what the record says."""
    value = getattr(new, name)
    return getattr(old, name) if value in (None, "", ()) else value


def _sections(old: Sequence[Section], new: Sequence[Section]) -> tuple[Section, ...]:
    pairs = Pairs(old, new)
    pairs.by(lambda one: (one.kind, _plain(one.title)))
    pairs.by(lambda one: _plain(one.title))
    return tuple(
        replace(row, key=was.key, prompt=was.prompt) if was else row
        for row, was in pairs
    )


def _timeline(
    old: Sequence[Entry], new: Sequence[Entry], untouched: Collection[Entry]
) -> tuple[Entry, ...]:
    pairs = Pairs(old, new)
    pairs.by(lambda one: (_plain(one.text), one.at))
    pairs.by(lambda one: _plain(one.text))
    pairs.alike(lambda one: one.text, lambda one: one.at)
    return tuple(
        _entry(row, was, row in untouched) if was else row for row, was in pairs
    )


def _entry(row: Entry, was: Entry, untouched: bool) -> Entry:
    """A line that the text left as it was stays as people have mended it since."""
    same = (row.text, row.as_written) == (was.text, was.as_written)
    if same and untouched:
        return was
    return replace(row, key=was.key, pinned=was.pinned, at=row.at or was.at)


def _actions(old: Sequence[Action], new: Sequence[Action]) -> tuple[Action, ...]:
    pairs = Pairs(old, new)
    pairs.by(lambda one: _plain(one.text))
    pairs.alike(lambda one: one.text, lambda one: None)
    return tuple(_action(row, was) if was else row for row, was in pairs)


def _action(row: Action, was: Action) -> Action:
    stated = {
        name: _stated(row, was, name)
        for name in ("kind", "priority", "owner", "due_on", "url")
    }
    base = was if row.state is ActionState.OPEN else row
    state = {
        name: getattr(base, name)
        for name in ("state", "done_at", "done_by", "evidence", "declined_because")
    }
    if row.state is was.state:
        state = {name: getattr(was, name) for name in state}
    return replace(row, key=was.key, **stated, **state)


def _factors(old: Document, new: Document, kept: Document) -> tuple[Factor, ...]:
    """The factors of the record, pointing at their rows where they stand now."""
    if new.factors:
        pairs = Pairs(old.factors, new.factors)
        pairs.by(lambda one: _plain(one.text))
        return tuple(replace(row, key=was.key) if was else row for row, was in pairs)
    return tuple(
        replace(
            factor,
            evidence=_places(factor.evidence, keys(old.timeline), keys(kept.timeline)),
            answers=_places(factor.answers, keys(old.actions), keys(kept.actions)),
        )
        for factor in old.factors
    )


def keys(rows: Sequence[Entry] | Sequence[Action]) -> list[str]:
    return [row.key for row in rows]


def _places(
    places: Sequence[int], old: Sequence[str], new: Sequence[str]
) -> tuple[int, ...]:
    now = {key: place for place, key in enumerate(new) if key}
    moved = (now.get(old[place]) for place in places)
    return tuple(sorted(place for place in moved if place is not None))


def with_own(
    old: Sequence[AnyRow], new: Sequence[AnyRow], own: Collection[str]
) -> tuple[AnyRow, ...]:
    """The new rows, and those of the record's own behind the row they stood after."""
    there = {row.key for row in new if row.key}
    rows, before = list(new), ""
    for row in old:
        if row.key in own and row.key not in there:
            held = [one.key for one in rows]
            place = held.index(before) + 1 if before in held else len(rows)
            rows.insert(place, row)
        if row.key in there or row.key in own:
            before = row.key
    return tuple(rows)


@dataclass(slots=True)
class Pairs(Generic[Row]):
    """Each new row with the old one that it continues, if there is one."""

    old: Sequence[Row]
    new: Sequence[Row]
    found: dict[int, int] = field(default_factory=dict)

    def __iter__(self) -> Iterator[tuple[Row, Row | None]]:
        for place, row in enumerate(self.new):
            was = self.found.get(place)
            yield row, None if was is None else self.old[was]

    def by(self, name: Callable[[Row], object]) -> None:
        """Pair the rows that have the same name, in their order."""
        waiting: dict[object, list[int]] = {}
        for place in self.old_left():
            waiting.setdefault(name(self.old[place]), []).append(place)
        for place in self.new_left():
            if same := waiting.get(name(self.new[place])):
                self.found[place] = same.pop(0)

    def alike(
        self, text: Callable[[Row], str], moment: Callable[[Row], object]
    ) -> None:
        """Pair rows of one moment whose texts differ by little, the nearest first."""
        old, new = self.old_left(), self.new_left()
        if len(old) > MOST_COMPARED or len(new) > MOST_COMPARED:
            return
        near = [
            (closeness, place, was)
            for place in new
            for was in old
            if moment(self.new[place]) == moment(self.old[was])
            and (closeness := _alike(text(self.new[place]), text(self.old[was])))
            >= ALIKE
        ]
        for _, place, was in sorted(near, key=lambda one: (-one[0], one[1], one[2])):
            if place not in self.found and was not in self.found.values():
                self.found[place] = was

    def old_left(self) -> list[int]:
        taken = set(self.found.values())
        return [place for place in range(len(self.old)) if place not in taken]

    def new_left(self) -> list[int]:
        return [place for place in range(len(self.new)) if place not in self.found]


def _plain(text: str) -> str:
    """A text without what changes when somebody tidies it up."""
    return re.sub(r"[\W_]+", " ", text).strip().casefold()


def _alike(one: str, other: str) -> float:
    matcher = SequenceMatcher(None, one[:500].casefold(), other[:500].casefold())
    if matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()
