"""The words inside tokens, without marks."""

import html
from collections.abc import Iterable

from markdown_it.token import Token

from incidents.documents.render.emoji import named
from incidents.documents.render.tags import TAG, is_typed, without_comments


def of_line(inline: Token) -> str:
    """One line of running text as a person would read it aloud."""
    return " ".join("".join(_pieces(inline.children or ())).split())


def _pieces(children: Iterable[Token]) -> Iterable[str]:
    for child in children:
        if child.type == "image":
            yield of_line(child)
        elif child.type in ("softbreak", "hardbreak"):
            yield " "
        elif child.type == "text":
            yield named(child.content)
        elif child.type == "code_inline":
            yield child.content
        elif child.type == "html_inline":
            yield _visible(child.content)


def _visible(typed: str) -> str:
    """Angle brackets that are no tag are words."""
    bare = without_comments(typed)
    tag = TAG.fullmatch(bare)
    return "" if tag and is_typed(tag["name"]) else html.unescape(bare)
