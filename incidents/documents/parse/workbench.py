"""What every step of an import works on: the source, its regions, the accounts."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from incidents.documents.kinds import SectionKind
from incidents.documents.parse.blocks import Block
from incidents.documents.parse.frontmatter import FrontMatter
from incidents.documents.parse.headings import Role
from incidents.documents.parse.ledger import Ledger, Remark
from incidents.documents.parse.moments import Clockwork
from incidents.documents.parse.outline import Region
from incidents.documents.parse.source import Source, unescaped
from incidents.documents.parse.timeline import TimelineReader
from incidents.documents.parse.titles import Title

TOLD = ("paragraph", "list", "quote", "table", "html")


@dataclass(slots=True)
class Workbench:
    """One document while it is read."""

    source: Source
    name: str
    now: dt.datetime
    front: FrontMatter
    title: Title
    regions: list[Region]
    clockwork: Clockwork
    timeline: TimelineReader
    ledger: Ledger = field(default_factory=Ledger)
    remarks: list[Remark] = field(default_factory=list)

    def remark(self, sentence: str, *lines: int) -> None:
        """Tell the person something, about source lines counted from nought."""
        self.remarks.append(Remark(sentence, tuple(line + 1 for line in lines)))

    def text_of(self, block: Block) -> str:
        return self.source.slice(block.first, block.last).text

    def prose_of(self, *kinds: SectionKind) -> Iterator[str]:
        """The texts of the sections of some kinds, block by block."""
        for region in self.regions:
            if region.role is Role.SECTION and region.kind in kinds:
                for block in region.blocks:
                    if block.kind in TOLD:
                        yield unescaped(self.text_of(block))
