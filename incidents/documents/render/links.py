"""Where a text may lead: web pages, mail, this site, and its own headings."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from incidents.documents.render.headings import slug

OUTSIDE = "noopener noreferrer nofollow"

# Browsers ignore these inside an address, so `java\nscript:` is a script.
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0]")
_PATH = re.compile(r"[/?#\\]")


def is_link(url: str) -> bool:
    """May a text lead to this address?"""
    if scheme := _scheme(url):
        return scheme in ("http", "https", "mailto")
    return not _names_a_host(url)


def is_image(url: str) -> bool:
    """May a page show the picture at this address? Only this site is asked for one."""
    return _bare(url).startswith("/") and not _names_a_host(url)


def is_image_elsewhere(url: str) -> bool:
    """Can somebody who wants to see the picture open it at another site?"""
    return _scheme(url) in ("http", "https")


def picture_named(words: str, url: str) -> str:
    """What a link to a picture says."""
    return f"Picture: {words.strip() or url}"


def _scheme(url: str) -> str:
    """What stands before the first colon, if that is where a scheme stands."""
    head, colon, _ = _PATH.split(_bare(url), maxsplit=1)[0].partition(":")
    if not colon:
        return ""
    return head.lower() or colon


def _bare(url: str) -> str:
    return _IGNORED.sub("", url)


def _names_a_host(url: str) -> bool:
    """Does it leave the site without a scheme? Browsers read `\\` as `/`."""
    return _bare(url).replace("\\", "/").startswith("//")


@dataclass(frozen=True, slots=True)
class Places:
    """The ids that `#name` can lead to: the page's own first, then the text's."""

    page: Mapping[str, str]
    text: Mapping[str, str]

    def attributes(self, url: str) -> dict[str, str] | None:
        """A link's attributes, or None where it leads nowhere it may."""
        if url.startswith("#"):
            target = self._find(unquote(url[1:]))
            return {"href": f"#{target}"} if target else None
        if not url or not is_link(url):
            return None
        if _scheme(url) in ("http", "https"):
            return {"href": url, "rel": OUTSIDE}
        return {"href": url}

    def _find(self, name: str) -> str | None:
        for known in (name, name.lower(), slug(name)):
            if target := self.page.get(known) or self.text.get(known):
                return target
        return None


def without_trailing_marks(url: str) -> str:
    """Leave out the full stop of the sentence and the bracket around it."""
    unopened = url.count(")") - url.count("(")
    end = len(url)
    while end and _is_trailing(url[end - 1], unopened):
        unopened -= url[end - 1] == ")"
        end -= 1
    return url[:end]


def _is_trailing(mark: str, unopened: int) -> bool:
    return mark in ".,:;!?'*_~|]" or (mark == ")" and unopened > 0)
