"""The door itself: Markdown in, safe HTML with its outline out."""

import types
from collections.abc import Mapping
from dataclasses import dataclass

from incidents.documents.render import dress, grammar, headings, raw, wall, words
from incidents.documents.render.links import Places

_NOWHERE: Mapping[str, str] = types.MappingProxyType({})
_MOST_REPEATED = 100_000


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
    tokens = grammar.parse(source)
    outline, own = headings.place(tokens, prefix=prefix, shift=shift)
    places = Places(anchors, own)
    raw.settle(tokens, places.attributes)
    length = words.count(words.of_tokens(tokens))
    dress.limit_links(tokens, len(source) + _MOST_REPEATED)
    dress.lead_links(tokens, places)
    dress.show_images(tokens)
    dress.name_emoji(tokens)
    dress.draw_tasks(tokens)
    dress.set_notes(tokens, prefix)
    html = grammar.to_html(dress.frame(tokens))
    return Rendered(wall.clean(html, prefix), outline, length)
