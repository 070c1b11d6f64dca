"""The one door through which a person's Markdown becomes HTML.

`render` is for pages, `plain` for summaries, search and the feed. Everything
else in this package is a room behind the door. A text goes through them in this
order: `reader` finds its blocks, `rewrite` sets them as the renderer wants them (and
`rows` that were typed as lines), `machine` renders, `dress` and `notes` and `raw` add
what a page needs, and `wall` lets nothing else out.

`rewrite` has help for `lines`, `lists`, `tables`, `admonitions` and `footnotes`;
`machine` for `patterns` in running text, with `links` and `tags` that may be there, and
a `stash` of what is set in at the end. `headings`, `tasks` and `words` are what their
names say.
"""

from incidents.documents.render.headings import Heading, slug
from incidents.documents.render.page import Rendered, plain, render, word_count
from incidents.documents.render.reader import MAX_CHARACTERS, TooLong

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
