"""What the history says about its events."""

from collections import Counter
from collections.abc import Iterable

from django import template

from incidents.documents.deeds import deed
from incidents.documents.diff import Detail, Piece, compare
from incidents.documents.diff.reading import NOT_SET
from incidents.models import Event

register = template.Library()


@register.filter
def deeds(events: Iterable[Event]) -> list[tuple[str, int]]:
    """What was done, each thing once, with how often; what came first is first."""
    words = (deed(event.what, event.before, event.after) for event in events)
    return list(Counter(f"{word[:1].upper()}{word[1:]}" for word in words).items())


@register.filter
def word_by_word(detail: Detail) -> tuple[Piece, ...]:
    """One value before and after. One that was not set has no words to remove."""
    before, after = (
        "" if value == NOT_SET else value for value in (detail.before, detail.after)
    )
    return compare(before, after)


@register.filter
def told(event: Event) -> str:
    """What somebody did, as it follows their name."""
    return deed(event.what, event.before, event.after)


@register.filter
def before(pieces: Iterable[Piece]) -> list[Piece]:
    """The old text of a comparison: what stayed and what went."""
    return [piece for piece in pieces if piece.kind != "added"]


@register.filter
def after(pieces: Iterable[Piece]) -> list[Piece]:
    """The new text of a comparison: what stayed and what came."""
    return [piece for piece in pieces if piece.kind != "removed"]
