"""Bullets under a number, indented by two spaces, as most people type them.

The standard wants three there, and would end the numbered list, put the
bullets beside it and begin another list at the next number.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

_MARKER = re.compile(r"[^\s>]|$")


def install(parser: MarkdownIt) -> None:
    parser.core.ruler.after("block", "nest_bullets", _nest_bullets)


def _nest_bullets(state: StateCore) -> None:
    nest = _Nest(state.src.split("\n"))
    for token in state.tokens:
        nest.take(token)
    state.tokens = nest.tokens


class _Nest:
    """Takes tokens one by one and keeps indented bullets inside their number."""

    def __init__(self, lines: list[str]) -> None:
        self.tokens: list[Token] = []
        self._lines = lines
        self._open: list[Token] = []
        self._last_closed: Token | None = None
        self._holds_bullets = False
        self._waiting: dict[int, tuple[Token, list[Token]]] = {}

    def take(self, token: Token) -> None:
        if token.type == "bullet_list_open":
            self._open_bullets(token)
        elif token.type == "ordered_list_open":
            self._open_numbers(token)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self._close(token)
        else:
            self.tokens.append(token)

    def _open_bullets(self, token: Token) -> None:
        numbers = self._just_closed()
        if numbers and self._column(token) > self._column(numbers):
            closing = self.tokens[-2:]
            del self.tokens[-2:]
            self._waiting[id(token)] = numbers, closing
        self._open.append(token)
        self.tokens.append(token)

    def _open_numbers(self, token: Token) -> None:
        numbers = self._just_closed()
        if numbers is not None and self._goes_on(numbers, token):
            self.tokens.pop()
            self._open.append(numbers)
        else:
            self._open.append(token)
            self.tokens.append(token)

    def _close(self, token: Token) -> None:
        opening = self._open.pop()
        self.tokens.append(token)
        self._last_closed = opening
        self._holds_bullets = id(opening) in self._waiting
        if self._holds_bullets:
            numbers, closing = self._waiting.pop(id(opening))
            self.tokens += closing
            self._last_closed = numbers

    def _goes_on(self, numbers: Token, token: Token) -> bool:
        return (
            self._holds_bullets
            and self._column(token) == self._column(numbers)
            and token.markup == numbers.markup
        )

    def _just_closed(self) -> Token | None:
        """The numbered list that ended right before this token."""
        if self.tokens and self.tokens[-1].type == "ordered_list_close":
            return self._last_closed
        return None

    def _column(self, opening: Token) -> int:
        line = self._lines[opening.map[0]] if opening.map else ""
        marker = _MARKER.search(line)
        return marker.start() if marker else 0
