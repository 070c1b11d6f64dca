"""Boxes that stand out: `!!! note "Title"` and GitHub's `> [!NOTE]`."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

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
_ALERT = re.compile(r"\[!(NOTE|TIP|IMPORTANT|WARNING|CAUTION)\][ \t]*(?:\n|$)", re.I)
_BODY_INDENT = 4


def install(parser: MarkdownIt) -> None:
    parser.block.ruler.before(
        "fence",
        "admonition",
        _admonition,
        {"alt": ["paragraph", "reference", "blockquote", "list"]},
    )
    parser.core.ruler.after("block", "alert", _alerts)


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
    state.push("admonition_open", "div", 1).attrs = {"class": f"admonition {kind}"}
    if title != "":
        _write_title(state, title or kind.capitalize())
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


def _write_title(state: StateBlock, title: str) -> None:
    state.push("paragraph_open", "p", 1).attrs = {"class": "admonition-title"}
    inline = state.push("inline", "", 0)
    inline.content, inline.children = title, []
    state.push("paragraph_close", "p", -1)


def _alerts(state: StateCore) -> None:
    """Turn each quote that opens with a mark such as `[!NOTE]` into a box."""
    tokens: list[Token] = []
    open_quotes: list[str] = []
    for index, token in enumerate(state.tokens):
        tokens.append(token)
        if token.type == "blockquote_open":
            kind = _take_mark(state.tokens[index + 1 : index + 3])
            open_quotes.append(kind)
            if kind:
                token.tag = "div"
                token.attrs = {"class": f"admonition {kind}"}
                tokens += _title(kind)
        elif token.type == "blockquote_close" and open_quotes.pop():
            token.tag = "div"
    state.tokens = tokens


def _take_mark(first: list[Token]) -> str:
    """Remove the mark from the quote's first paragraph and say what it was."""
    if [token.type for token in first] != ["paragraph_open", "inline"]:
        return ""
    match = _ALERT.match(first[1].content)
    if match is None:
        return ""
    first[1].content = first[1].content[match.end() :]
    return match[1].lower()


def _title(kind: str) -> list[Token]:
    opening = Token("paragraph_open", "p", 1, block=True)
    opening.attrs = {"class": "admonition-title"}
    inline = Token("inline", "", 0, content=kind.capitalize(), children=[])
    return [opening, inline, Token("paragraph_close", "p", -1, block=True)]
