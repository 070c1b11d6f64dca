"""Finds the definitions of footnotes: `[^1]: …`, anywhere in a text."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

MOST = 300
_DEFINITION = re.compile(r"\[\^([^\]\[\s^]{1,60})\]:[ \t]*")
_INDENT = 4


def install(parser: MarkdownIt) -> None:
    parser.block.ruler.before("reference", "footnote", _definition, {"alt": []})


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Put the note's own text aside, under its label."""
    if state.is_code_block(start):
        return False
    first = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _DEFINITION.match(first)
    bodies = state.env.setdefault("footnotes", {})
    if match is None or match[1] in bodies or len(bodies) >= MOST:
        return False
    if not silent:
        after = _end_of_body(state, start, end)
        more = state.getLines(start + 1, after, state.blkIndent + _INDENT, False)
        bodies[match[1]] = f"{first[match.end() :]}\n{more}"
        state.line = after
    return True


def _end_of_body(state: StateBlock, start: int, end: int) -> int:
    """The body goes on over lines that are indented, and blank ones between."""
    after = last = start + 1
    while after < end:
        if not state.isEmpty(after):
            if state.sCount[after] < state.blkIndent + _INDENT:
                break
            last = after + 1
        after += 1
    return last
