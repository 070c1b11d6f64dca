"""Headings: where they stand on the page, and the ids that lead to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from markdown_it.token import Token

from incidents.documents.render import text

_LOWEST = 6
_DROPPED = re.compile(r"[^\w\- ]")


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    text: str
    anchor: str


def slug(text: str) -> str:
    """The name that GitHub would give to a heading: `Root cause` is `root-cause`."""
    return _DROPPED.sub("", text.strip().lower()).replace(" ", "-")


def place(
    tokens: list[Token], *, prefix: str, shift: int
) -> tuple[tuple[Heading, ...], dict[str, str]]:
    """Give each heading its level and id. Answers them, and slug -> id.

    The page's own headings stay above: the highest of a text stands `shift`
    levels under h1, and none is skipped on the way down, whichever levels the
    writer used, so that people who jump from heading to heading find them all.
    """
    names = _Names()
    above: list[int] = []
    headings: list[Heading] = []
    slugs: dict[str, str] = {}
    for opening, inline, closing in _triples(tokens):
        written = int(opening.tag[1])
        while above and above[-1] >= written:
            above.pop()
        above.append(written)
        words = text.of_line(inline)
        name = names.take(slug(words) or "section")
        anchor = f"{prefix}-{name}" if prefix else name
        level = min(_LOWEST, shift + len(above))
        opening.tag = closing.tag = f"h{level}"
        opening.attrs = {"id": anchor}
        slugs[name] = anchor
        headings.append(Heading(level, words, anchor))
    return tuple(headings), slugs


def _triples(tokens: list[Token]) -> Iterator[tuple[Token, Token, Token]]:
    for index, token in enumerate(tokens):
        if token.type == "heading_open":
            yield token, tokens[index + 1], tokens[index + 2]


class _Names:
    """Hands out each name once: `cause`, `cause-1`, `cause-2`."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._next: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        name = wanted
        while name in self._taken:
            self._next[wanted] = self._next.get(wanted, 0) + 1
            name = f"{wanted}-{self._next[wanted]}"
        self._taken.add(name)
        return name
