"""The only place that marks what people wrote as safe: it came through the one door."""

from functools import lru_cache

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString

from incidents.documents import render as door
from incidents.documents.searching.excerpts import Marked

register = template.Library()
# Characters. Longer texts stand alone on their page and would fill the memory.
SHORT = 500


@register.filter
def render(source: str, prefix: object = "text") -> SafeString:
    """A person's Markdown as HTML; texts on one page need prefixes of their own."""
    if len(source) <= SHORT:
        return rendered(render_short(source, str(prefix)))
    return rendered(door.render(source, prefix=str(prefix)))


@lru_cache(maxsize=4096)
def render_short(source: str, prefix: str) -> door.Rendered:
    """One line of a list that is looked at all day, such as the board's."""
    return door.render(source, prefix=prefix)


@register.filter
def rendered(text: door.Rendered) -> SafeString:
    return SafeString(text.html)


@register.filter
def frozen(html: str) -> SafeString:
    """What `publish` rendered and kept. Nothing else writes there."""
    return SafeString(html)


@register.filter
def marked(pieces: Marked) -> SafeString:
    """A text in pieces, with those marked that were looked for."""
    return SafeString("".join(mark(escape(piece), hit) for piece, hit in pieces))


def mark(html: str, hit: bool) -> str:
    return f"<mark>{html}</mark>" if hit else html
