"""What the history says about its events."""

from collections.abc import Iterable

from django import template

from incidents.documents.deeds import deed
from incidents.models import Event

register = template.Library()


@register.filter
def deeds(events: Iterable[Event]) -> dict[str, int]:
    """What was done, each thing once, with how often, in the order of first times."""
    counted: dict[str, int] = {}
    for event in events:
        words = deed(event.what, event.before, event.after)
        words = f"{words[:1].upper()}{words[1:]}"
        counted[words] = counted.get(words, 0) + 1
    return counted
