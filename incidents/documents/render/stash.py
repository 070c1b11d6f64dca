"""What the renderer carries past its own rules, and sets in place at the end.

The renderer leaves a short mark in the text where a piece stands. What the
piece looks like may be settled later, when the whole text is known.
"""

import html
import re
from dataclasses import dataclass
from typing import Protocol

from markdown.util import HTML_PLACEHOLDER, HtmlStash

_MARK = re.compile(HTML_PLACEHOLDER % r"([0-9]+)")
_MARK_START = HTML_PLACEHOLDER[0]
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-f]+|[0-9a-z]+);", re.I)
_LANGUAGE = re.compile(r"[A-Za-z0-9_+#.-]{1,40}")


class Kept(Protocol):
    """Something that can be written as HTML and read without marks."""

    def __str__(self) -> str: ...

    def words(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Piece:
    """HTML of our own, and its words."""

    html: str
    text: str = ""

    def __str__(self) -> str:
        return self.html

    def words(self) -> str:
        return self.text


class Stash:
    """The renderer's own store, with the pieces that it knows by their marks."""

    def __init__(self, store: HtmlStash) -> None:
        self._store = store
        self._pieces: dict[int, Kept] = {}
        self.clear()

    def clear(self) -> None:
        """Begin another text."""
        self._store.reset()
        self._pieces.clear()
        self.nothing = self.keep(Piece(""))
        self.line_break = self.keep(Piece("<br>\n", " "))

    def keep(self, piece: Kept) -> str:
        """Put a piece aside. Answers the mark that stands for it."""
        self._pieces[len(self._store.rawHtmlBlocks)] = piece
        return self._store.store("")

    def write(self) -> None:
        """Tell the renderer what each piece has become."""
        for number, piece in self._pieces.items():
            self._store.rawHtmlBlocks[number] = str(piece)

    def pieces(self, text: str | None) -> list[Kept]:
        """The pieces whose marks stand in `text`, in order."""
        if not text or _MARK_START not in text:
            return []
        numbers = map(int, _MARK.findall(text))
        return [self._pieces[number] for number in numbers if number in self._pieces]

    def only(self, text: str | None) -> Kept | None:
        """The piece that is all of `text`, if it is."""
        mark = _MARK.fullmatch(text or "")
        return self._pieces.get(int(mark[1])) if mark else None

    def words(self, text: str | None) -> str:
        """`text` with the words of each piece where its mark stands."""
        if not text:
            return ""
        parts = _MARK.split(text)
        parts[::2] = map(without_entities, parts[::2])
        parts[1::2] = map(self._said, parts[1::2])
        return "".join(parts)

    def _said(self, number: str) -> str:
        if piece := self._pieces.get(int(number)):
            return piece.words()
        return html.unescape(str(self._store.rawHtmlBlocks[int(number)]))


def code(content: str, info: str = "") -> Piece:
    """A block whose spaces count, in a frame that scrolls by keyboard as well."""
    language = _LANGUAGE.match(info.strip())
    kind = f' class="language-{language[0]}"' if language else ""
    opening = '<pre tabindex="0" role="group" aria-label="Preformatted text">'
    return Piece(f"{opening}<code{kind}>{html.escape(content)}</code></pre>\n", content)


def plain(content: str) -> Piece:
    """Words in which nothing is a mark."""
    return Piece(html.escape(content, quote=False), content)


def without_entities(text: str) -> str:
    return _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)


def without_marks(text: str) -> str:
    return _MARK.sub("", text)
