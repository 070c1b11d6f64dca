"""Tables, within bounds.

A row shorter than its table is filled up with empty cells, so that a few typed
signs could ask for a million of them. Real tables never come near the bounds.
"""

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, table

_MOST_COLUMNS = 60
_MOST_FILLED = 2_000


def install(parser: MarkdownIt) -> None:
    parser.enable("table")
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if not table(state, start, end, True):
        return False
    columns = _cells(state, start)
    if columns > _MOST_COLUMNS:
        return False
    return silent or table(state, start, _last_row(state, start, end, columns), False)


def _last_row(state: StateBlock, start: int, end: int, columns: int) -> int:
    filled = state.env.get("filled", 0)
    row = start + 2
    while row < end and not state.isEmpty(row) and filled <= _MOST_FILLED:
        filled += max(0, columns - _cells(state, row))
        row += 1
    state.env["filled"] = filled
    return row


def _cells(state: StateBlock, line: int) -> int:
    """At least as many as there are: marks inside code count as well."""
    return state.src.count("|", state.bMarks[line], state.eMarks[line]) + 1
