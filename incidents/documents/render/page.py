"""The door itself: Markdown in, safe HTML with its outline out."""

import types
from collections.abc import Mapping
from dataclasses import dataclass

from incidents.documents.render import dress, headings, notes, raw, wall, words
from incidents.documents.render.links import Places
from incidents.documents.render.machine import Machine
from incidents.documents.render.reader import read

_NOWHERE: Mapping[str, str] = types.MappingProxyType({})
_MOST_REPEATED = 100_000
_machine = Machine()


@dataclass(frozen=True, slots=True)
class Rendered:
    html: str
    outline: tuple[headings.Heading, ...]
    words: int


def render(
    source: str,
    *,
    prefix: str = "text",
    anchors: Mapping[str, str] = _NOWHERE,
    shift: int = 2,
) -> Rendered:
    """Turn a person's Markdown into HTML that may stand on any page.

    Every id in the answer starts with `prefix` and a hyphen; two texts on one
    page need two prefixes. A link such as `#root-cause` leads to
    `anchors["root-cause"]` if the page names such a place, else to the heading
    in this text, else it becomes plain words. The text's highest heading stands
    `shift` levels below h1. The same text gives the same bytes.

    Raises TooLong.
    """
    root, pieces = _machine.tree(read(source)), _machine.pieces
    notes.settle(root, prefix)
    outline, own = headings.place(root, pieces, prefix=prefix, shift=shift)
    places = Places(anchors, own)
    length = words.count(words.of_text(root, pieces))
    dress.limit_links(root, len(source) + _MOST_REPEATED)
    dress.lead_links(root, places)
    dress.show_images(root)
    dress.frame_tables(root, pieces)
    raw.settle(root, pieces, places)
    html = wall.clean(_machine.html(root), prefix)
    return Rendered(f"{html}\n" if html else "", outline, length)


def plain(source: str) -> str:
    """What a text says, one block a line: for summaries, search and feeds.

    Raises TooLong.
    """
    root = _machine.tree(read(source))
    notes.settle(root, "")
    return words.of_text(root, _machine.pieces)


def word_count(source: str) -> int:
    """How many words a text has, its Markdown marks not counted.

    Raises TooLong.
    """
    return words.count(plain(source))
