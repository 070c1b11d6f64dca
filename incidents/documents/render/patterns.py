"""What the renderer finds in running text, besides what it knows by itself."""

import re
from abc import ABC, abstractmethod
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.inlinepatterns import (
    IMAGE_REFERENCE_RE,
    REFERENCE_RE,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    ReferenceInlineProcessor,
)
from markdown.util import AtomicString

from incidents.documents.render import raw
from incidents.documents.render.links import without_trailing_marks
from incidents.documents.render.stash import Piece, Stash
from incidents.documents.render.tags import TAG

_COMMENT_OR_TAG = rf"<!--.*?-->|{TAG.pattern}"
_IN_ANGLES = r"<(?P<url>[A-Za-z][A-Za-z0-9+.-]{1,31}:[^<>\x00-\x20]*)>"
_MAIL_IN_ANGLES = r"<(?P<mail>[\w.+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>"
_BARE = r"(?i:(?<![a-z0-9.+-])https?://[^\s<>\"`\x02\x03]+)"
# A coloured state of a wiki, and how a tracker and a chat mention somebody.
_STATUS = r"(?<!\\)\{status:(?:[^{}]{0,100}\|)?title=([^{}|\\]{1,80})[^{}]{0,100}\}"
_SOMEBODY = r"(?<!\\)(?:\[~|<@\w{1,40}\\?\|)(?P<name>[\w.@-]{1,80})[\]>]"
_NAME = re.compile(r"\[([^\]]*)\]")

Found = tuple[str | Element | None, int | None, int | None]
_NOT_FOUND: Found = (None, None, None)


def install(md: Markdown, pieces: Stash) -> None:
    """Addresses come after links, which may hold one, and before emphasis."""
    for name in ("html", "autolink", "automail", "linebreak"):
        md.inlinePatterns.deregister(name)
    named, named_image = _Named(REFERENCE_RE, md), _NamedImage(IMAGE_REFERENCE_RE, md)
    md.inlinePatterns.register(named, "reference", 170)
    md.inlinePatterns.register(named_image, "image_reference", 140)
    md.inlinePatterns.register(_Status(_STATUS, md), "status", 186)
    md.inlinePatterns.register(_Somebody(_SOMEBODY, md), "somebody", 185)
    md.inlinePatterns.register(_TypedTag(md, pieces), "typed_tag", 125)
    md.inlinePatterns.register(_AddressInAngles(md), "address_in_angles", 122)
    md.inlinePatterns.register(_BareAddress(_BARE, md), "bare_address", 121)


class _Named(ReferenceInlineProcessor):
    """`[words][name]`. With a space between them, they are two links."""

    RE_LINK = _NAME


class _NamedImage(ImageReferenceInlineProcessor):
    RE_LINK = _NAME


class _Finder(InlineProcessor, ABC):
    @abstractmethod
    def find(self, m: re.Match[str]) -> Found:
        """What stands for a match, and from where to where; or nothing."""

    # The library itself gives this another signature than its own base class has.
    def handleMatch(self, m: re.Match[str], data: str) -> Found:  # type: ignore[override]
        return self.find(m)


class _Status(_Finder):
    def find(self, m: re.Match[str]) -> Found:
        word = Element("strong")
        word.text = AtomicString(m[1])
        return word, m.start(), m.end()


class _Somebody(_Finder):
    def find(self, m: re.Match[str]) -> Found:
        return f"@{m['name']}", m.start(), m.end()


class _TypedTag(_Finder):
    """A tag that may be typed. Comments are dropped, all else stays as words."""

    def __init__(self, md: Markdown, pieces: Stash) -> None:
        super().__init__(_COMMENT_OR_TAG, md)
        self._pieces = pieces

    def find(self, m: re.Match[str]) -> Found:
        if m["name"] is None:
            return self._pieces.keep(Piece("")), m.start(), m.end()
        tag = raw.read(m)
        if tag is None:
            return _NOT_FOUND
        return self._pieces.keep(tag), m.start(), m.end()


class _AddressInAngles(_Finder):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(f"{_IN_ANGLES}|{_MAIL_IN_ANGLES}", md)

    def find(self, m: re.Match[str]) -> Found:
        url = m["url"] or f"mailto:{m['mail']}"
        return _link(url, m[0][1:-1]), m.start(), m.end()


class _BareAddress(_Finder):
    """A web address in running text is a link; marks inside it stay letters."""

    ANCESTOR_EXCLUDES = ("a",)

    def find(self, m: re.Match[str]) -> Found:
        url = without_trailing_marks(m[0])
        if url.endswith(":/") or url.lower() in ("http", "https"):
            return _NOT_FOUND
        return _link(url, url), m.start(), m.start() + len(url)


def _link(url: str, words: str) -> Element:
    link = Element("a", {"href": url})
    link.text = AtomicString(words)
    return link
