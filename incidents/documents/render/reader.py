"""Finds the blocks of a text: paragraphs, lists, quotes, fences, tables.

People type under stress: a list straight after a line of text, two spaces of
nesting, a fence that was never closed. The standard (CommonMark) says what each
of these means, the renderer reads them otherwise; so the blocks are found here
and `rewrite` sets them as the renderer wants them. Blocks nest to a fixed depth,
so no text can exhaust the stack.
"""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode

from incidents.documents.render import admonitions, footnotes, lists, tables, wiki

MAX_CHARACTERS = 200_000
_DEEPEST = 20
_MOST_LINES = 20_000
_MOST_TOKENS = 30_000
# Lone surrogates fit into no file; the other two mark the renderer's own places.
_UNWRITABLE = re.compile("[\ud800-\udfff\x02\x03]")

Nodes = list[SyntaxTreeNode]


class TooLong(ValueError):
    """A text is longer than a page can carry. Its message is for the writer."""

    def __init__(self, length: int) -> None:
        super().__init__(
            f"This text has {length:,} characters, and {MAX_CHARACTERS:,} is the most"
            " that one text can hold. Please move part of it to another section,"
            " or attach long logs as a link."
        )


@dataclass(frozen=True, slots=True)
class Text:
    """The blocks of a text, its footnotes, and where its named links lead."""

    blocks: Nodes
    notes: Mapping[str, Nodes]
    references: Mapping[str, tuple[str, str]]


def read(source: str) -> Text:
    """Find the blocks of a text.

    Raises TooLong.
    """
    if len(source) > MAX_CHARACTERS:
        raise TooLong(len(source))
    env: dict[str, Any] = {}
    blocks = _nodes(_UNWRITABLE.sub("\ufffd", source), env)
    return Text(blocks, dict(_notes(env)), dict(_references(env)))


def _nodes(source: str, env: dict[str, Any]) -> Nodes:
    """The blocks; of more than any person writes, one that shows all as typed."""
    if source.count("\n") <= _MOST_LINES:
        tokens = _parser().parse(source, env)
        if len(tokens) <= _MOST_TOKENS:
            return SyntaxTreeNode(tokens).children
    env.clear()
    return SyntaxTreeNode([Token("code_block", "code", 0, content=source)]).children


def _notes(env: dict[str, Any]) -> Iterator[tuple[str, Nodes]]:
    """Each note's own blocks. Reading one may find another inside it."""
    bodies: dict[str, str] = env.get("footnotes", {})
    read = 0
    while read < len(bodies):
        label = list(bodies)[read]
        yield label, _nodes(bodies[label], env)
        read += 1


def _references(env: dict[str, Any]) -> Iterator[tuple[str, tuple[str, str]]]:
    for label, found in env.get("references", {}).items():
        yield label.lower(), (found["href"], found["title"])


@functools.cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    parser.disable("inline")
    admonitions.install(parser)
    footnotes.install(parser)
    lists.install(parser)
    tables.install(parser)
    wiki.install(parser)
    return parser
