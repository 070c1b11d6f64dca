"""What a page adds to plain Markdown: where links lead, pictures, frames."""

import html
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from incidents.documents.render import words
from incidents.documents.render.links import (
    OUTSIDE,
    Places,
    is_image,
    is_image_elsewhere,
    picture_named,
)
from incidents.documents.render.stash import Stash, without_marks

_ALIGNED = re.compile(r"text-align:\s*(left|center|right);?")
_LONGEST_NAME = 120
_EMPHASIS = re.compile(r"\*+|~~|(?<![^\W_])_+|_+(?![^\W_])")


def limit_links(root: Element, most: int) -> None:
    """Let addresses fill `most` characters together; further ones are left out.

    A long address is typed once and can be named ten thousand times.
    """
    for element in [*root.iter("a"), *root.iter("img")]:
        most -= sum(map(len, element.attrib.values()))
        if most < 0:
            element.attrib = {}


def lead_links(root: Element, places: Places) -> None:
    """Let each link lead where it may; one that may not becomes its words."""
    for link in root.iter("a"):
        if link.get("class"):
            continue  # a way to a footnote or back
        attributes = places.attributes(_value(link, "href"))
        if attributes is None:
            link.tag, attributes = "span", {}
        elif link.get("title"):
            attributes["title"] = _value(link, "title")
        _set(link, attributes)


def show_images(root: Element) -> None:
    """Load this site's pictures, late; lead to those elsewhere; else say their words.

    A browser that fetched a picture from another site would tell it who reads what.
    """
    linked = {image for link in root.iter("a") for image in link.iter("img")}
    for image in list(root.iter("img")):
        said = _EMPHASIS.sub("", _value(image, "alt"))
        source = _value(image, "src")
        if is_image(source):
            title = {"title": _value(image, "title")} if image.get("title") else {}
            _set(image, {"src": source, "alt": said, "loading": "lazy", **title})
            continue
        image.tag, image.attrib = "span", {}
        if is_image_elsewhere(source) and image not in linked:
            image.tag, said = "a", picture_named(said, source)
            _set(image, {"href": source, "rel": OUTSIDE})
        image.text = html.escape(said, quote=False)


def frame_tables(root: Element, pieces: Stash) -> None:
    """Let wide tables scroll in a frame of their own, by keyboard as well."""
    for parent in list(root.iter()):
        for index, child in enumerate(list(parent)):
            if child.tag == "table":
                parent[index] = _frame(child, pieces)


def _frame(table: Element, pieces: Stash) -> Element:
    for cell in _cells(table):
        if aligned := _ALIGNED.fullmatch(cell.attrib.pop("style", "")):
            cell.set("class", f"align-{aligned[1]}")
    frame = Element("div", {"class": "table-scroll", "tabindex": "0", "role": "group"})
    heads = [words.of_line(cell, pieces) for cell in table.iter("th")]
    frame.set("aria-label", f"Table: {', '.join(filter(None, heads))}"[:_LONGEST_NAME])
    frame.append(table)
    frame.tail, table.tail = table.tail, None
    return frame


def _cells(table: Element) -> Iterator[Element]:
    yield from table.iter("th")
    yield from table.iter("td")


def _value(element: Element, name: str) -> str:
    """An attribute as a browser would read it."""
    return html.unescape(without_marks(element.get(name, "")))


def _set(element: Element, attributes: dict[str, str]) -> None:
    """The renderer leaves alone what looks like an entity, so none may."""
    element.attrib = {
        name: value.replace("&", "&amp;") for name, value in attributes.items()
    }
