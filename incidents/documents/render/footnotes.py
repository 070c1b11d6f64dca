"""Footnotes: `[^1]` in the text, `[^1]: …` anywhere, gathered at the end.

They are numbered in the order in which they are first mentioned. A definition
that nobody mentions is still shown, after the others: no words get lost.
"""

import re
from collections.abc import Iterator
from typing import Any, Literal

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MOST = 300
_DEFINITION = re.compile(r"\[\^([^\]\[\s^]{1,60})\]:[ \t]*")
_MENTION = re.compile(r"\[\^([^\]\[\s^]{1,60})\]")
_INDENT = 4


def install(parser: MarkdownIt) -> None:
    parser.block.ruler.before("reference", "footnote", _definition, {"alt": []})
    parser.inline.ruler.before("link", "footnote", _mention)


def gather(tokens: list[Token], env: dict[str, Any], parser: MarkdownIt) -> list[Token]:
    """Number the mentions in `tokens` and add the notes they lead to."""
    notes = _Notes(env.setdefault("footnotes", {}))
    notes.number(tokens)
    written: list[Token] = []
    while (label := notes.next()) is not None:
        body = parser.parse(notes.bodies[label], env)
        notes.number(body)
        written += [_marker("footnote_open", label), *body]
        written.append(_marker("footnote_close", label))
    if not written:
        return tokens
    _number_marks(written, notes)
    return [
        *tokens,
        Token("footnotes_open", "", 1),
        *written,
        Token("footnotes_close", "", -1),
    ]


class _Notes:
    """Which notes were mentioned, in which order, and how often."""

    def __init__(self, bodies: dict[str, str]) -> None:
        self.bodies = bodies
        self.mentions: dict[str, int] = {}
        self._numbers: dict[str, int] = {}
        self._written = 0

    def number(self, tokens: list[Token]) -> None:
        for mention in _mentions(tokens):
            label = mention.content
            self.mentions[label] = self.mentions.get(label, 0) + 1
            mention.meta = {
                "number": self.number_of(label),
                "mention": self.mentions[label],
            }

    def number_of(self, label: str) -> int:
        return self._numbers.setdefault(label, len(self._numbers) + 1)

    def next(self) -> str | None:
        """The next note to write: the mentioned ones first, by number."""
        if self._written == len(self._numbers):
            left = (label for label in self.bodies if label not in self._numbers)
            if (orphan := next(left, None)) is None:
                return None
            self.number_of(orphan)
        label = list(self._numbers)[self._written]
        self._written += 1
        return label


def _mentions(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        for child in token.children or ():
            if child.type == "footnote_mention":
                yield child


def _marker(kind: str, label: str) -> Token:
    nesting: Literal[1, -1] = 1 if kind.endswith("open") else -1
    return Token(kind, "", nesting, content=label)


def _number_marks(written: list[Token], notes: _Notes) -> None:
    for token in written:
        if token.type in ("footnote_open", "footnote_close"):
            token.meta = {
                "number": notes.number_of(token.content),
                "mentions": notes.mentions.get(token.content, 0),
            }


def _definition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
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


def _mention(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[^", state.pos):
        return False
    match = _MENTION.match(state.src, state.pos, state.posMax)
    if match is None or match[1] not in state.env.get("footnotes", {}):
        return False
    if not silent:
        state.push("footnote_mention", "", 0).content = match[1]
    state.pos = match.end()
    return True
