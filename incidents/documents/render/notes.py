"""Footnotes, numbered in the order in which they are first mentioned.

A note that nobody mentions still stands at the end: no words get lost.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.footnotes import FootnoteExtension

_MOST_WAYS_BACK = 20


class Notes(FootnoteExtension):
    """The renderer's footnotes, without its ways back, which know one mention."""

    def __init__(self) -> None:
        # No text can hold this, so nobody places the notes by accident.
        super().__init__(PLACE_MARKER="\x02notes\x03")

    def makeFootnotesDiv(self, root: Element) -> Element | None:
        if not self.footnotes:
            return None
        box = Element("div", {"class": "footnote"})
        for label, text in self.footnotes.items():
            body = Element("div")
            self.parser.parseChunk(body, text)
            note = SubElement(box, "li", {"id": self.makeFootnoteId(label)})
            note.extend(body)
        return box


def settle(root: Element, prefix: str) -> None:
    """Number the notes of a text, and write the ways there and back."""
    box = next((e for e in root.iter("div") if e.get("class") == "footnote"), None)
    if box is not None:
        root.remove(box)
        notes = _Notes({_label(note): note for note in box})
        notes.number(root)
        root.append(_section(notes, f"{prefix}-" if prefix else ""))


@dataclass(slots=True)
class _Notes:
    bodies: dict[str, Element]
    mentions: dict[str, list[Element]] = field(default_factory=dict)

    def number(self, part: Element) -> None:
        for mention in part.iter("sup"):
            if mention.get("id", "").startswith("fnref"):
                self.mentions.setdefault(_label(mention), []).append(mention)

    def in_order(self) -> Iterator[tuple[int, str]]:
        """The mentioned notes first; reading one may bring up another."""
        done = 0
        while done < len(self.bodies):
            if done == len(self.mentions):
                left = (label for label in self.bodies if label not in self.mentions)
                self.mentions[next(left)] = []
            label = list(self.mentions)[done]
            self.number(self.bodies[label])
            done += 1
            yield done, label


def _section(notes: _Notes, ids: str) -> Element:
    section = Element("section", {"class": "footnotes"})
    items = SubElement(section, "ol")
    for number, label in list(notes.in_order()):
        body = notes.bodies[label]
        body.set("id", f"{ids}note.{number}")
        for count, mention in enumerate(notes.mentions[label], start=1):
            _mark(mention, ids, number, count)
            if count <= _MOST_WAYS_BACK:
                body.append(_way_back(ids, number, count))
        items.append(body)
    return section


def _label(element: Element) -> str:
    """The renderer's ids: `fn:label` at the note, `fnref2:label` at a mention."""
    return element.get("id", "").partition(":")[2]


def _mark(mention: Element, ids: str, number: int, count: int) -> None:
    mention.attrib = {
        "class": "footnote-mention",
        "id": f"{ids}mention.{number}.{count}",
    }
    for link in mention:
        link.attrib = {"class": "footnote-ref", "href": f"#{ids}note.{number}"}
        link.text = str(number)


def _way_back(ids: str, number: int, count: int) -> Element:
    again = f", mention {count}" if count > 1 else ""
    link = Element("a", {"class": "footnote-back"})
    link.set("href", f"#{ids}mention.{number}.{count}")
    link.set("aria-label", f"Back to the text at note {number}{again}")
    link.text, link.tail = "↩", " "
    return link
