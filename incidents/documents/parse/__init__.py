"""Reading a postmortem written in Markdown: text -> Document, and nothing lost.

`reading` goes from top to bottom. `source` cuts the text into slices that remember
where they stood; `scan`, `guises`, `drawn` and `fences` make plain what only looks
like a heading or a code block, `blocks` parses that, and `outline` sorts the blocks
into regions by what their `headings` promise.

Then each step takes from the `workbench` what it understands, and tells the `ledger`
where it went: `titles`; the facts (`gathering` from `labels`, `numbers`, `severity` and
`detection`, which the `fact_reader` brings into `facts`); the `timeline` (also as a
`timetable`, in `tagged` lines, as `messages` or in `prose`, in order by the
`chronicle`); the `actions` (found by `tasks`, with their `annotations`, `notes` in all
`note_shapes` and `due` days, as `action_drafts`). What nobody took becomes `sections`,
of which `opening_sections` stand above all headings.

They share how `items` of lists, `tables`, `frontmatter` and a `mail` are taken apart,
and read times at the `openings` of lines as `moments` in order, for the `entries` of a
timeline.

What this program wrote itself is read by `own` alone, without any guess.
"""

from incidents.documents.parse.ledger import Gap, Remark, Span
from incidents.documents.parse.reading import Parsed, account, parse
from incidents.documents.parse.source import ParseError, read_bytes

__all__ = [
    "Gap",
    "ParseError",
    "Parsed",
    "Remark",
    "Span",
    "account",
    "parse",
    "read_bytes",
]
