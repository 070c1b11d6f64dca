"""HTML that people type among their Markdown.

A known tag is written anew with the few attributes it may have, and only where
its other half stands in the same place, so that no text can break out of its
box or keep the browser busy. Angle brackets that are no such tag are words:
they stay visible.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from incidents.documents.render.links import (
    OUTSIDE,
    Places,
    is_image,
    is_image_elsewhere,
    picture_named,
)
from incidents.documents.render.stash import Stash
from incidents.documents.render.tags import (
    ALONE,
    ATTRIBUTE,
    BLOCKS,
    INSTEAD,
    TAG,
    is_typed,
    without_comments,
)

_DEEPEST = 20
_ATTRIBUTES = {
    "a": ("href", "title"),
    "abbr": ("title",),
    "details": ("open",),
    "img": ("src", "alt", "title", "width", "height"),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
}


@dataclass(slots=True)
class Tag:
    """One typed tag. Until its other half is found, it is nothing."""

    name: str
    closing: bool
    attributes: dict[str, str]
    matched: bool = False

    def __str__(self) -> str:
        if not self.matched:
            return ""
        if self.closing:
            return f"</{self.name}>"
        written = (f' {key}="{html.escape(v)}"' for key, v in self.attributes.items())
        return f"<{self.name}{''.join(written)}>"

    def words(self) -> str:
        return " " if self.name == "br" else ""

    def tags(self) -> "list[Tag]":
        return [self]

    def lead(self, places: Places) -> None:
        """Let a link lead where it may."""
        if self.name == "a":
            target = places.attributes(self.attributes.pop("href", "")) or {}
            self.attributes = {**self.attributes, **target}


class PictureElsewhere(Tag):
    """A typed picture that this site does not show: a link leads to it."""

    def __str__(self) -> str:
        source = self.attributes["src"]
        said = picture_named(self.attributes["alt"], source)
        address, words = html.escape(source), html.escape(said, quote=False)
        return f'<a href="{address}" rel="{OUTSIDE}">{words}</a>'


class Block:
    """Lines of typed HTML that stand apart from the Markdown around them."""

    def __init__(self, typed: str) -> None:
        self._parts = list(_parts(without_comments(typed)))

    def __str__(self) -> str:
        """Words that stand alone become a paragraph."""
        written = "".join(
            str(part) if isinstance(part, Tag) else html.escape(part, quote=False)
            for part in self._parts
        ).strip()
        first = TAG.match(written)
        if not written or (first and first["name"].lower() in BLOCKS):
            return written
        return f"<p>{written}</p>"

    def words(self) -> str:
        """The words, with a space wherever a tag parts them."""
        parts = (" " if isinstance(part, Tag) else part for part in self._parts)
        return " ".join("".join(parts).split())

    def tags(self) -> list[Tag]:
        return [part for part in self._parts if isinstance(part, Tag)]


@dataclass(slots=True)
class _Place:
    """One run of text, in which tags must find their other halves."""

    open: list[Tag] = field(default_factory=list)

    def meet(self, tag: Tag) -> None:
        if tag.name in ALONE:
            tag.matched = not tag.closing
        elif not tag.closing:
            if len(self.open) < _DEEPEST:
                self.open.append(tag)
        elif any(waiting.name == tag.name for waiting in self.open):
            while (waiting := self.open.pop()).name != tag.name:
                pass
            waiting.matched = tag.matched = True


def settle(root: Element, pieces: Stash, places: Places) -> None:
    """Match the typed tags of a text, and let its typed links lead somewhere.

    Afterwards a paragraph in which only tags stood is gone.
    """
    paragraphs = root.iter("p")
    apart = {p for p in paragraphs if isinstance(pieces.only(p.text), Block)}
    for element in root.iter():
        if element not in apart:
            _match(_around(element, apart), pieces, places)
    for parent in root.iter():
        for child in list(parent):
            if child.tag == "p" and not len(child):
                alone = pieces.only(child.text)
                if alone is not None and not str(alone):
                    parent.remove(child)


def _around(element: Element, apart: set[Element]) -> Iterator[str | None]:
    """All text directly in an element, in order."""
    yield element.text
    for child in element:
        if child in apart:
            yield child.text
        yield child.tail


def _match(texts: Iterator[str | None], pieces: Stash, places: Places) -> None:
    place = _Place()
    for text in texts:
        for piece in pieces.pieces(text):
            for tag in piece.tags() if isinstance(piece, (Tag, Block)) else ():
                tag.lead(places)
                place.meet(tag)


def _parts(typed: str) -> Iterator[str | Tag]:
    at = 0
    for match in TAG.finditer(typed):
        if (tag := read(match)) is not None:
            yield html.unescape(typed[at : match.start()])
            yield tag
            at = match.end()
    yield html.unescape(typed[at:])


def read(match: re.Match[str]) -> Tag | None:
    """The tag as it may be written, or None where it is just words."""
    name = match["name"].lower()
    if not is_typed(name):
        return None
    name = INSTEAD.get(name, name)
    typed = dict(_attributes(match["attributes"]))
    kept = {key: typed[key] for key in _ATTRIBUTES.get(name, ()) if key in typed}
    if name == "img":
        return _picture(kept)
    return Tag(name, bool(match["closing"]), kept)


def _picture(typed: dict[str, str]) -> Tag | None:
    source = typed.get("src", "")
    attributes = {"alt": "", **typed, "loading": "lazy"}
    if is_image(source):
        return Tag("img", closing=False, attributes=attributes)
    if is_image_elsewhere(source):
        return PictureElsewhere("img", closing=False, attributes=attributes)
    return None


def _attributes(typed: str) -> Iterator[tuple[str, str]]:
    for name, bare, single, double in ATTRIBUTE.findall(typed):
        yield name.lower(), html.unescape(bare or single or double)
