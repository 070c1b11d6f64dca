"""Finds boxes that stand out: `!!! note "Title"` over indented text."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock

KINDS = (
    "note",
    "tip",
    "hint",
    "info",
    "important",
    "warning",
    "caution",
    "attention",
    "danger",
    "error",
)

_OPENING = re.compile(r"!!!\s+([A-Za-z]+)[ \t]*(?:\"([^\"]*)\")?[ \t]*$")
_BODY_INDENT = 4


def install(parser: MarkdownIt) -> None:
    parser.block.ruler.before(
        "fence",
        "admonition",
        _admonition,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )


def _admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    match = _OPENING.match(line) if line.startswith("!!!") else None
    if match is None or match[1].lower() not in KINDS:
        return False
    if not silent:
        _write(state, start, end, match[1].lower(), match[2])
    return True


def _write(
    state: StateBlock, start: int, end: int, kind: str, title: str | None
) -> None:
    indent = state.sCount[start] + _BODY_INDENT
    after = _end_of_body(state, start, end, indent)
    opening = state.push("admonition_open", "div", 1)
    title = kind.capitalize() if title is None else title
    opening.meta = {"kind": kind, "title": title}
    outer = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "admonition", after, indent
    state.md.block.tokenize(state, start + 1, after)
    state.parentType, state.lineMax, state.blkIndent = outer
    state.push("admonition_close", "div", -1)
    state.line = after


def _end_of_body(state: StateBlock, start: int, end: int, indent: int) -> int:
    after = start + 1
    while after < end and (state.isEmpty(after) or state.sCount[after] >= indent):
        after += 1
    return after
