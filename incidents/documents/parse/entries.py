"""Entries of a timeline while they are read."""

import datetime as dt
import re
from dataclasses import dataclass, field

from incidents.documents.parse.ledger import Ledger
from incidents.documents.parse.source import Slice
from incidents.documents.times import WrittenTime

MARKS = re.compile(r"[*_~`(\[<]+")
IN_ROW = " — "


@dataclass(slots=True, eq=False)
class EntryDraft:
    """An entry while it is read: its lines, its words, its time as written."""

    first: int
    last: int
    text: list[Slice]
    written: WrittenTime | None = None
    as_written: str = ""
    marks: list[Slice] = field(default_factory=list)
    derived: bool = False
    zone: str = ""
    opens: bool = False
    joint: str = "\n"
    more: list[Slice] = field(default_factory=list)
    lead: Slice | None = None
    is_message: bool = False
    lasted: dt.timedelta | None = None

    def account(self, ledger: Ledger, index: int) -> None:
        for piece in filter(None, (self.lead, *self.text, *self.more)):
            ledger.claim(f"timeline/{index}/text", piece)
        for mark in self.marks:
            ledger.pass_over("entry mark", mark)

    @property
    def words(self) -> str:
        text = self.joint.join(piece.text for piece in self.text if piece)
        if self.lead:
            lead = self.lead.text
            joint = "" if MARKS.fullmatch(lead) else ": " if self.is_message else " "
            text = f"{lead}{joint}{text}".rstrip()
        if self.joint == IN_ROW:
            text = text.replace("\\|", "|")
        parts = [text, *(piece.text for piece in self.more)]
        return "\n\n".join(part for part in parts if part.strip())


@dataclass(frozen=True, slots=True)
class Day:
    """A line that says on which day the entries after it happened."""

    written: WrittenTime
    first: int
    last: int
    line: Slice


Step = EntryDraft | Day
