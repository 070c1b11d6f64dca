"""One pasted line and what became of it."""

from dataclasses import dataclass, field

from incidents.documents.document import Entry
from incidents.documents.kinds import EntryKind
from incidents.documents.times import Question, WrittenDate, WrittenTime


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A piece of the pasted text: an entry, a heading, or a line left unread.

    `source` is the text as pasted, from line `number` on. `entry` is None for a
    `heading` (a day, a table's head, a rule: nothing to mend) and for an unread
    line, whose `reason` says why. A `question` goes with an entry whose moment
    is not settled.
    """

    number: int
    source: str
    entry: Entry | None = None
    heading: bool = False
    reason: str = ""
    question: Question | None = None
    notes: tuple[str, ...] = ()

    @property
    def unread(self) -> bool:
        return self.entry is None and not self.heading


@dataclass(slots=True, kw_only=True)
class Piece:
    """Some pasted lines that belong together, before their time is resolved."""

    number: int
    source: list[str]
    written: WrittenTime | None = None
    body: list[str] = field(default_factory=list)
    author: str = ""
    zone: str = ""
    kind: EntryKind | None = None
    day: WrittenDate | None = None
    heading: bool = False
    reason: str = ""
    indent: int = 0
    bullet: bool = False
    chat: bool = False

    @property
    def is_entry(self) -> bool:
        return self.written is not None

    @property
    def text(self) -> str:
        text = "\n".join(self.body).strip()
        return f"{self.author}: {text}" if self.author and text else text or self.author
