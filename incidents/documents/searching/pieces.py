"""A postmortem in the pieces that search finds: each with its name and its place."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Final, NamedTuple
from zoneinfo import ZoneInfo

from incidents.documents.document import Document, Entry
from incidents.documents.kinds import SectionKind
from incidents.documents.render import TooLong, plain
from incidents.documents.showing.report import clock, leads, names

# Without one of these in it, a text says what it says and needs no reader.
_MARKS: Final = re.compile(
    r"[*_`\[\]<>#|~&\\:$^=+]|^\s*(?:[-+•]|\d+[.)])", re.MULTILINE
)


# Texts as they were written, each with what it says.
Known = Mapping[str, str]
NOTHING: Final[Known] = MappingProxyType({})
# The title and the labels.
BEFORE_SECTIONS: Final = 2


class Field(StrEnum):
    """How much it says about a postmortem that a word stands here, the most first."""

    TITLE = "title"
    NAMES = "names"
    SUMMARY = "summary"
    BODY = "body"


class Piece(NamedTuple):
    """What is found, where it leads on the page, and how that place is called."""

    field: str
    anchor: str
    label: str
    text: str


def report_pieces(document: Document, number: int) -> list[Piece]:
    """With the places of the published report."""
    return list(pieces_of_document(document, number, "report"))


def draft_pieces(
    document: Document, number: int, known: Known = NOTHING
) -> list[Piece]:
    """With the places of the editor. What is `known` is not read again."""
    return list(pieces_of_document(document, number, "editor", known))


def read_before(
    pieces: Sequence[Sequence[str]], document: Mapping[str, Any]
) -> dict[str, str]:
    """What the sections of a document in JSON say, by the pieces made of it."""
    bodies = [section["body"] for section in document.get("sections", ())]
    # Each is a heading and a text.
    texts = [text for *_, text in pieces[BEFORE_SECTIONS:]][1::2]
    return dict(zip(filter(str.strip, bodies), texts, strict=False))


def pieces_of_document(
    document: Document, number: int, page: str, known: Known = NOTHING
) -> Iterator[Piece]:
    in_editor = page == "editor"
    yield Piece(Field.TITLE, "", "Title", document.title)
    yield Piece(Field.NAMES, "", "Number, services, tags", labels(document, number))
    yield from sections(document, in_editor, known)
    yield from timeline(document, in_editor)
    for factor in document.factors:
        anchor = f"factor-{factor.key}" if in_editor else "causes"
        text = ". ".join(filter(None, (plain_text(factor.text), factor.category)))
        yield Piece(Field.BODY, anchor, "Contributing factor", text)
    for place, item in enumerate(document.actions, 1):
        anchor = f"action-{item.key}" if in_editor else f"action.{place}"
        yield Piece(Field.BODY, anchor, "Action item", plain_text(item.text))


def labels(document: Document, number: int) -> str:
    return ", ".join((f"PM-{number}", *document.services, *document.tags))


def sections(document: Document, in_editor: bool, known: Known) -> Iterator[Piece]:
    """Those that say something, as the report has them. The first summary leads it."""
    filled = [section for section in document.sections if section.body.strip()]
    anchors: Iterable[str] = names(section.title for section in filled)
    led = False
    for anchor, section in zip(anchors, filled, strict=True):
        is_summary = section.kind == SectionKind.SUMMARY
        if in_editor:
            anchor = f"section-{section.key}"
        elif not led and leads(section):
            anchor, led = "lead", True
        field = Field.SUMMARY if is_summary else Field.BODY
        yield Piece(Field.BODY, anchor, "Heading", section.title)
        text = known.get(section.body) or plain_text(section.body)
        yield Piece(field, anchor, section.title, text)


def timeline(document: Document, in_editor: bool) -> Iterator[Piece]:
    zone = ZoneInfo(document.zone or "UTC")
    for place, entry in enumerate(document.timeline, 1):
        anchor = f"entry-{entry.key}" if in_editor else f"timeline.{place}"
        yield Piece(Field.BODY, anchor, at(entry, zone), plain_text(entry.text))


def at(entry: Entry, zone: ZoneInfo) -> str:
    moment = entry.at.astimezone(zone) if entry.at else None
    return f"Timeline {clock(entry, moment, zone)}" if moment else "Timeline"


@lru_cache(maxsize=8192)
def plain_text(source: str) -> str:
    """What a text says, without its marks. Most of a save has been read before."""
    if not _MARKS.search(source):
        return " ".join(source.split())
    try:
        return plain(source)
    except TooLong:
        return source
