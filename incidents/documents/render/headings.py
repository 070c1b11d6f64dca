"""Headings: where they stand on the page, and the ids that lead to them."""

import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from incidents.documents.render import words
from incidents.documents.render.stash import Stash
from incidents.documents.render.tags import HEADINGS

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
    root: Element, pieces: Stash, *, prefix: str, shift: int
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
    for element in root.iter():
        if element.tag not in HEADINGS:
            continue
        written = int(element.tag[1])
        while above and above[-1] >= written:
            above.pop()
        above.append(written)
        said = words.of_line(element, pieces)
        name = names.take(slug(said) or "section")
        anchor = f"{prefix}-{name}" if prefix else name
        level = min(_LOWEST, shift + len(above))
        element.tag = f"h{level}"
        element.attrib = {"id": anchor}
        slugs[name] = anchor
        headings.append(Heading(level, said, anchor))
    return tuple(headings), slugs


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
