"""A text without its Markdown marks, and how many words it has."""

import re
from collections.abc import Iterable, Iterator

from markdown_it.token import Token

from incidents.documents.render import raw, text
from incidents.documents.render.grammar import parse

# Chinese and Japanese put no spaces between words: there each sign is one.
_SIGN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGN}]|[^\W{_SIGN}]+(?:['\u2019.:-][^\W{_SIGN}]+)*")


def plain(source: str) -> str:
    """What a text says, one block a line: for summaries, search and feeds.

    Raises TooLong.
    """
    tokens = parse(source)
    raw.settle(tokens)
    return of_tokens(tokens)


def word_count(source: str) -> int:
    """How many words a text has, its Markdown marks not counted.

    Raises TooLong.
    """
    return count(plain(source))


def of_tokens(tokens: list[Token]) -> str:
    """The words of tokens whose typed HTML has been settled."""
    return "\n".join(line for line in _lines(tokens) if line)


def count(plain_text: str) -> int:
    return sum(1 for _ in _WORD.finditer(plain_text))


def _lines(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield text.of_line(token)
        elif token.type in ("fence", "code_block"):
            yield token.content.rstrip("\n")
        elif token.type == "html_block":
            yield raw.words(token.content)
