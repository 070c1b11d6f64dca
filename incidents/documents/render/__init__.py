"""The one door through which a person's Markdown becomes HTML.

`render` is for pages, `plain` for summaries, search and the feed. Everything
else in this package is a room behind the door.
"""

from incidents.documents.render.grammar import MAX_CHARACTERS, TooLong
from incidents.documents.render.headings import Heading, slug
from incidents.documents.render.page import Rendered, render
from incidents.documents.render.words import plain, word_count

__all__ = [
    "MAX_CHARACTERS",
    "Heading",
    "Rendered",
    "TooLong",
    "plain",
    "render",
    "slug",
    "word_count",
]
