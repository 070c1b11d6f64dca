"""Finding the title: a heading, a bold first line, or the name of the file."""

import re
from dataclasses import dataclass, field, replace

from incidents.documents.parse.blocks import Block
from incidents.documents.parse.guises import STRONG
from incidents.documents.parse.headings import (
    exact_topic,
    is_generic,
    is_introduction,
)
from incidents.documents.parse.labels import find_labelled
from incidents.documents.parse.source import Slice, Source, undressed

LABEL = re.compile(
    r"^\s*(?:[-*+]\s+)?(?:\*\*|__)?(?:incident |postmortem )?"
    r"(?:title|subject|betreff|asunto|objet|titel|título|titre|titulo|タイトル|标题|件名)"
    r"(?:\*\*|__)?\s*[:：]\s*(?:\*\*|__)?\s*(?P<words>\S.*?)\s*$",
    re.I,
)
TAGS = re.compile(r"</?(?:b|strong|i|em|u)>|<br\s*/?>", re.I)
# The name of a chat's channel above its messages.
CHANNEL = re.compile(r"#(?P<words>[^\W\d][\w-]+)\s*$")
BOLD_LINE = re.compile(r"^[^\w\s]*\s*(?:\*\*|__)(?:(?!\*\*|__).)+(?:\*\*|__)\W*$")
# What a wiki prints above a page: "Created by Ann Lee, last modified on 7 May".
BYLINE = re.compile(
    r"^\W*(?:created|written|posted|published|last (?:modified|updated|edited)"
    r"|erstellt|zuletzt|angelegt|créée?|creado|criado)\s"
    r"(?:by|on|at|von|am|geändert|bearbeitet|aktualisiert|par|le|por|el|em)\b",
    re.I,
)
# A chat marks its first line with one star: "*Recap of the outage* (14 May)".
ONE_STAR = re.compile(r"^\*(?!\*)[^*]+\*(?:\s*\([^()]*\))?\W*$")
LONGEST = 160
PLAIN = re.compile(r"^\w[^|:：`]*[^\s.:;,!。：]$")
NAMED = re.compile(
    r"^(?:blameless |incident )*(?:post-?\s?mortem|incident report|incident"
    r"|outage report)"
    r"\s*[:–—-]\s*[^|`]*[^\s.:;,。：]$",
    re.I,
)


@dataclass(slots=True)
class Title:
    """The title, the blocks it was taken from, and headings that only said so."""

    words: Slice | None = None
    blocks: list[Block] = field(default_factory=list)
    generic: Slice | None = None

    @property
    def text(self) -> str:
        if self.words is None:
            return ""
        return undressed(" ".join(TAGS.sub(" ", self.words.text).split()))


def find_title(source: Source, blocks: list[Block]) -> Title:
    """The title that the first blocks give, without looking at the file's name."""
    opening = [block for block in blocks[:6] if block.kind not in ("rule", "html")]
    if len(opening) > 1 and _is_byline(source, opening[0]):
        return _under_byline(source, opening[1:], blocks)
    return _among(source, opening, blocks)


def _under_byline(source: Source, opening: list[Block], blocks: list[Block]) -> Title:
    """A wiki prints who made the page, and then its title, if only in bold."""
    heading = opening[0].heading
    if heading is not None and heading.in_disguise and heading.topic is None:
        return _from_heading(source, opening[0], opening[1:])
    return _among(source, opening, blocks)


def _among(source: Source, opening: list[Block], blocks: list[Block]) -> Title:
    if not opening:
        return Title()
    first = opening[0]
    if first.heading is not None and _may_be_title(first, blocks):
        return _from_heading(source, first, opening[1:])
    later = next((b for b in opening if b.heading and b.heading.level == 1), None)
    if words := _line_title(source, first, firm=later is None):
        return _below_generic(source, _without_title(first, words), opening)
    if later is not None and later.heading and _may_be_title(later, blocks):
        return _from_heading(source, later, [])
    return Title(_named_beside(source, opening))


def _is_byline(source: Source, block: Block) -> bool:
    return block.kind == "paragraph" and bool(BYLINE.match(source.lines[block.first]))


def _without_title(block: Block, words: Slice) -> Title:
    """A first line that is the title; what follows it in its block stays."""
    line = replace(block, last=block.first + 1, children=[])
    if block.last - block.first > 1:
        block.first += 1
        return Title(words, [line])
    return Title(words, [block])


def _below_generic(source: Source, title: Title, opening: list[Block]) -> Title:
    """A bold line, or a fact, below one that only says that this is a postmortem."""
    rest = [block for block in opening if block not in title.blocks]
    if not is_generic(title.text) or not rest:
        return title
    words = _line_title(source, rest[0], firm=True)
    if words is None or not STRONG.match(source.lines[rest[0].first]):
        return Title(_named_beside(source, rest) or title.words, title.blocks)
    better = _without_title(rest[0], words)
    return Title(words, [*title.blocks, *better.blocks], generic=title.words)


def _may_be_title(block: Block, blocks: list[Block]) -> bool:
    heading = block.heading
    if heading is None or heading.in_disguise:
        return False
    words = heading.title.text
    named = exact_topic(words) and not is_generic(words)
    if named or is_introduction(words):
        return False
    peers = sum(1 for b in blocks if b.heading and b.heading.level <= heading.level)
    return heading.topic is None or peers == 1


def _from_heading(source: Source, first: Block, others: list[Block]) -> Title:
    assert first.heading is not None
    words = _without_label(first.heading.title)
    if not is_generic(words.text) or not others:
        return Title(words, [first])
    beside = others[0]
    better = _line_title(source, beside, firm=False)
    if better is None and beside.heading and not beside.heading.in_disguise:
        heading = beside.heading
        if heading.topic is None and not is_introduction(heading.title.text):
            better = _without_label(heading.title)
    if better is None:
        named = _named_beside(source, others)
        return Title(named or words, [first])
    return Title(better, [first, beside], generic=words)


def _without_label(title: Slice) -> Slice:
    """A heading's words without "Incident title:" before them."""
    match = LABEL.match(title.text)
    return title.after(match.start("words")) if match else title


def _named_beside(source: Source, blocks: list[Block]) -> Slice | None:
    """The title that a table or a list of facts names."""
    facts = find_labelled(source, [b for b in blocks if b.heading is None])
    return next((one.piece for one in facts if one.name == "title"), None)


def _line_title(source: Source, block: Block, *, firm: bool) -> Slice | None:
    """A bold line, a line labelled as the title, or (if firm) a short plain one."""
    if block.kind != "paragraph":
        return None
    line = source.lines[block.first]
    if block.last - block.first > 1 and not (firm and STRONG.match(line)):
        return None
    if match := LABEL.match(line) or CHANNEL.match(line):
        return source.piece(block.first, match.start("words"), match.end("words"))
    text = line.strip()
    if len(text) > LONGEST or exact_topic(text):
        return None
    strong = STRONG.match(line) or BOLD_LINE.match(text)
    shapes = (PLAIN, NAMED, ONE_STAR)
    plain = firm and len(text) <= 100 and any(shape.match(text) for shape in shapes)
    if (strong and not text.rstrip("*_ ").endswith((":", "："))) or plain:
        return source.slice(block.first, block.first + 1).strip()
    return None
