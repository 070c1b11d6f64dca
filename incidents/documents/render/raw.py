"""HTML that people type among their Markdown.

A known tag is written anew with the few attributes it may have, and only where
its other half stands in the same place, so that no text can break out of its
box or keep the browser busy. Angle brackets that are no such tag are words:
they stay visible.
"""

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from markdown_it.token import Token

from incidents.documents.render.links import is_image
from incidents.documents.render.tags import (
    ALONE,
    ATTRIBUTE,
    BLOCKS,
    HEADINGS,
    TAG,
    is_typed,
    without_comments,
)

Lead = Callable[[str], dict[str, str] | None]

_DEEPEST = 20
# The page decides which headings there are; typed ones only stand out.
_INSTEAD = dict.fromkeys(HEADINGS, "strong")
_ATTRIBUTES = {
    "a": ("title",),
    "abbr": ("title",),
    "details": ("open",),
    "img": ("alt", "title", "width", "height"),
    "ol": ("start",),
    "td": ("colspan", "rowspan"),
    "th": ("colspan", "rowspan"),
}


@dataclass(slots=True)
class _Tag:
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


@dataclass(slots=True)
class _Place:
    """One run of text, in which tags must find their other halves."""

    open: list[_Tag] = field(default_factory=list)

    def meet(self, tag: _Tag) -> None:
        if tag.name in ALONE:
            tag.matched = not tag.closing
        elif not tag.closing:
            if len(self.open) < _DEEPEST:
                self.open.append(tag)
        elif any(waiting.name == tag.name for waiting in self.open):
            while (waiting := self.open.pop()).name != tag.name:
                pass
            waiting.matched = tag.matched = True


_Drafts = list[tuple[Token, list[str | _Tag]]]


def settle(tokens: list[Token], lead: Lead = lambda url: {"href": url}) -> None:
    """Write every piece of typed HTML in `tokens` anew, harmless and balanced."""
    drafts: _Drafts = []
    places = [_Place()]
    for token in tokens:
        if token.nesting == 1:
            places.append(_Place())
        elif token.nesting == -1 and len(places) > 1:
            places.pop()
        elif token.type == "html_block":
            drafts.append((token, _draft(token.content, places[-1], lead)))
        elif token.type == "inline":
            _draft_line(token, drafts, lead)
    for token, pieces in drafts:
        written = "".join(map(str, pieces))
        token.content = written if token.type == "html_inline" else _block(written)


def words(settled: str) -> str:
    """The words in a piece that `settle` has written."""
    return " ".join(html.unescape(TAG.sub(" ", settled)).split())


def _draft_line(inline: Token, drafts: _Drafts, lead: Lead) -> None:
    place = _Place()
    for child in inline.children or ():
        if child.type == "html_inline":
            drafts.append((child, _draft(child.content, place, lead)))


def _draft(typed: str, place: _Place, lead: Lead) -> list[str | _Tag]:
    pieces: list[str | _Tag] = []
    at = 0
    typed = without_comments(typed)
    for match in TAG.finditer(typed):
        if (tag := _read(match, lead)) is not None:
            pieces.append(html.escape(html.unescape(typed[at : match.start()]), False))
            place.meet(tag)
            pieces.append(tag)
            at = match.end()
    pieces.append(html.escape(html.unescape(typed[at:]), False))
    return pieces


def _read(match: re.Match[str], lead: Lead) -> _Tag | None:
    """The tag as it may be written, or None where it is just words."""
    name = match["name"].lower()
    if not is_typed(name):
        return None
    name = _INSTEAD.get(name, name)
    typed = dict(_attributes(match["attributes"]))
    kept = {key: typed[key] for key in _ATTRIBUTES.get(name, ()) if key in typed}
    if name == "a":
        kept |= lead(typed.get("href", "")) or {}
    elif name == "img":
        if not is_image(typed.get("src", "")):
            return None
        kept = {"src": typed["src"], "alt": "", **kept, "loading": "lazy"}
    return _Tag(name, bool(match["closing"]), kept)


def _attributes(typed: str) -> Iterator[tuple[str, str]]:
    for name, bare, single, double in ATTRIBUTE.findall(typed):
        yield name.lower(), html.unescape(bare or single or double)


def _block(written: str) -> str:
    """Words that stand alone become a paragraph."""
    if not written.strip():
        return ""
    match = TAG.match(written.lstrip())
    if match and match["name"].lower() in BLOCKS:
        return written
    return f"<p>{written.strip()}</p>\n"
