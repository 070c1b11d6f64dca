"""What changed between two postmortems, part by part, in people's words."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeVar

from incidents.documents.comparing import reading
from incidents.documents.comparing.reading import NOT_SET, Described, short
from incidents.documents.comparing.rows import Match, Row, match
from incidents.documents.comparing.texts import Piece, compare
from incidents.documents.comparing.wrapping import unwrapped
from incidents.documents.document import Action, Document, Entry

R = TypeVar("R", bound=Row)
Texted = TypeVar("Texted", Entry, Action)
_NOTHING = Described("", "")


class DocumentPart(StrEnum):
    FACTS = "facts"
    SECTIONS = "sections"
    TIMELINE = "timeline"
    ACTIONS = "actions"
    FACTORS = "factors"


class What(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Detail:
    """One value that changed, before and after, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One fact, section or row that is not as it was.

    `pieces` compares its text word by word, and is empty where the text is as
    it was. `moved` is true for a row that also stands elsewhere now.
    """

    part: DocumentPart
    what: What
    label: str
    pieces: tuple[Piece, ...] = ()
    details: tuple[Detail, ...] = ()
    moved: bool = False


def changes(old: Document, new: Document) -> tuple[Change, ...]:
    """Everything that differs: facts, then each part's rows in their new order."""
    sections = match(old.sections, new.sections, name=lambda row: row.title)
    timeline = match(old.timeline, new.timeline, name=lambda row: row.text)
    actions = match(old.actions, new.actions, name=lambda row: row.text)
    factors = match(old.factors, new.factors, name=lambda row: row.text)
    named_before = _names_before(timeline), _names_before(actions)
    named_now = _names_now(timeline), _names_now(actions)
    return (
        *_facts(old, new),
        *_rows(DocumentPart.SECTIONS, sections, reading.section, reading.section),
        *_rows(
            DocumentPart.TIMELINE,
            timeline,
            lambda row: reading.entry(row, old.zone),
            lambda row: reading.entry(row, new.zone),
        ),
        *_rows(
            DocumentPart.ACTIONS,
            actions,
            lambda row: reading.action(row, old.zone),
            lambda row: reading.action(row, new.zone),
        ),
        *_rows(
            DocumentPart.FACTORS,
            factors,
            lambda row: reading.factor(row, *named_before),
            lambda row: reading.factor(row, *named_now),
        ),
    )


def _facts(old: Document, new: Document) -> Iterator[Change]:
    for label, read in reading.FACTS:
        before, after = read(old), read(new)
        if before != after:
            detail = Detail(label, before, after)
            yield Change(DocumentPart.FACTS, What.CHANGED, label, details=(detail,))


def _rows(
    part: DocumentPart,
    matches: Iterable[Match[R]],
    was: Callable[[R], Described],
    now: Callable[[R], Described],
) -> Iterator[Change]:
    for found in matches:
        before = None if found.old is None else was(found.old)
        after = None if found.new is None else now(found.new)
        change = Change(
            part,
            _what(before, after),
            (after or before or _NOTHING).label,
            _pieces(before or _NOTHING, after or _NOTHING),
            tuple(_details(before or _NOTHING, after or _NOTHING)),
            found.moved,
        )
        yield from _told(change)


def _what(before: Described | None, after: Described | None) -> What:
    if before is None:
        return What.ADDED
    return What.REMOVED if after is None else What.CHANGED


def _told(change: Change) -> Iterator[Change]:
    """Nothing for a row that is as it was; `moved` where it only stands elsewhere."""
    if change.what is not What.CHANGED or change.pieces or change.details:
        yield change
    elif change.moved:
        yield replace(change, what=What.MOVED)


def _pieces(before: Described, after: Described) -> tuple[Piece, ...]:
    if before.text == after.text:
        return ()
    was, now = unwrapped(before.text), unwrapped(after.text)
    # Where somebody only wrapped a text anew, the breaks are what changed.
    return compare(before.text, after.text) if was == now else compare(was, now)


def _details(before: Described, after: Described) -> Iterator[Detail]:
    for label in before.values | after.values:
        was = before.values.get(label, NOT_SET)
        now = after.values.get(label, NOT_SET)
        if was != now:
            yield Detail(label, was, now)


def _names_before(matches: Iterable[Match[Texted]]) -> dict[int, str]:
    """What to call the old rows: by their new text, so that editing one entry
    does not seem to change every factor that points at it."""
    return {at: short(text) for at, _, text in _texts(matches)}


def _names_now(matches: Iterable[Match[Texted]]) -> dict[int, str]:
    return {at: short(text) for _, at, text in _texts(matches)}


def _texts(matches: Iterable[Match[Texted]]) -> Iterator[tuple[int, int, str]]:
    for found in matches:
        if (row := found.new or found.old) is not None:
            yield found.old_at, found.new_at, row.text
