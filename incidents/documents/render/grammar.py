"""Which Markdown people may write: CommonMark and what they know from GitHub.

A CommonMark parser is used because it reads what people type under stress: a
list straight after a line of text, two spaces of nesting, a fence that was
never closed. It also nests to a fixed depth, so no text can exhaust the stack.
"""

import functools
import re
from collections.abc import Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

from incidents.documents.render import admonitions, footnotes, links, lists, tables

MAX_CHARACTERS = 200_000
_DEEPEST = 20
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


class TooLong(ValueError):
    """A text is longer than a page can carry. Its message is for the writer."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"This text has {length:,} characters, and {MAX_CHARACTERS:,} is the most"
            " that one text can hold. Please move part of it to another section,"
            " or attach long logs as a link."
        )


def parse(source: str) -> list[Token]:
    """Read a text into tokens, its footnotes gathered at the end.

    Raises TooLong.
    """
    if len(source) > MAX_CHARACTERS:
        raise TooLong(len(source))
    text = _LONE_SURROGATE.sub("\ufffd", source)
    env: dict[str, Any] = {}
    tokens = _parser().parse(text, env)
    return footnotes.gather(tokens, env, _parser())


def to_html(tokens: Sequence[Token]) -> str:
    """Write tokens as HTML. It is not safe before `wall.clean` has seen it."""
    parser = _parser()
    html: str = parser.renderer.render(tokens, parser.options, {})
    return html


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    parser.enable("strikethrough")
    admonitions.install(parser)
    footnotes.install(parser)
    links.install(parser)
    lists.install(parser)
    tables.install(parser)
    return parser
