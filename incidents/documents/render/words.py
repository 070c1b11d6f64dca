"""A text without its Markdown marks, and how many words it has."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from incidents.documents.render.stash import Stash, without_entities
from incidents.documents.render.tags import BLOCKS, HEADINGS

# Chinese and Japanese put no spaces between words: there each sign is one.
_SIGN = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_SIGN}]|[^\W{_SIGN}]+(?:['\u2019.:-][^\W{_SIGN}]+)*")
_APART = BLOCKS | HEADINGS | {"section"}


def of_text(root: Element, pieces: Stash) -> str:
    """What a text says, one block a line."""
    lines = "".join(_said(root, pieces)).split("\n")
    return "\n".join(line for line in map(_evenly, lines) if line)


def of_line(element: Element, pieces: Stash) -> str:
    """One line of running text as a person would read it aloud."""
    return _evenly("".join(_said(element, pieces)))


def count(plain_text: str) -> int:
    return sum(1 for _ in _WORD.finditer(plain_text))


def _evenly(line: str) -> str:
    return " ".join(line.split())


def _said(element: Element, pieces: Stash) -> Iterator[str]:
    """An element's words; the marks of footnotes and the ways back say nothing."""
    apart = "\n" if element.tag in _APART else ""
    yield apart
    if element.tag == "img":
        yield without_entities(element.get("alt", ""))
    if not element.get("class", "").startswith("footnote-"):
        yield pieces.words(element.text)
        for child in element:
            yield from _said(child, pieces)
            yield pieces.words(child.tail)
    yield apart
