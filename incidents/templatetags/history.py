"""What the history says about its events."""

from collections import Counter
from collections.abc import Iterable

from django import template

from incidents.documents.comparing import Detail, Piece, compare
from incidents.documents.comparing.reading import NOT_SET
from incidents.documents.showing.deeds import deed
from incidents.models import Event, Revision

register = template.Library()


@register.filter
def deeds(revision: Revision, events: Iterable[Event]) -> list[tuple[str, int]]:
    """What was done, each thing once, with how often, in the order of the events.

    Whoever is not the author of the revision is named.
    """
    return list(Counter(sentence(revision, event) for event in events).items())


def sentence(revision: Revision, event: Event) -> str:
    words = deed(event.what, event.before, event.after)
    if event.actor_name != revision.author_name:
        return f"{event.actor_name} {words}"
    return f"{words[:1].upper()}{words[1:]}"


@register.filter
def word_by_word(detail: Detail) -> tuple[Piece, ...]:
    """One value before and after. One that was not set has no words to remove."""
    before, after = (
        "" if value == NOT_SET else value for value in (detail.before, detail.after)
    )
    return compare(before, after)


@register.filter
def deed_words(event: Event) -> str:
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
