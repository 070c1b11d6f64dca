"""The one door through which a person's Markdown becomes HTML.

`render` is for pages, `plain` for summaries, search and the feed. Everything
else in this package is a room behind the door. A text goes through them in this
order: `reader` finds its blocks, `rewrite` sets them as the renderer wants them (and
`rows` that were typed as lines), `machine` renders, `dress` and `notes` and `raw` add
what a page needs, and `wall` lets nothing else out.

`reader` has help for `lists`, `tables`, `admonitions` and `footnotes`, `rewrite` for
`lines`, `machine` for `patterns` in running text and for `tasks`. `links` and `tags`
say what may be there, and a `stash` carries what is set in at the end. `headings` get
ids; `words` are a text without its marks; `wiki` has marks of other programs.
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
