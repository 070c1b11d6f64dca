"""Which lists and tables of a document are its action items."""

import re
from collections.abc import Iterable

from incidents.documents.kinds import ActionKind, ActionState, Priority
from incidents.documents.parse.action_drafts import ActionDraft
from incidents.documents.parse.actions import ActionReader, is_nothing, names_tasks
from incidents.documents.parse.annotations import KIND_OF, PRIORITY_OF, state_of
from incidents.documents.parse.blocks import Block
from incidents.documents.parse.guises import Heading
from incidents.documents.parse.headings import Role, exact_topic, plain
from incidents.documents.parse.items import read_item, with_box
from incidents.documents.parse.note_shapes import FIELD
from incidents.documents.parse.outline import Region
from incidents.documents.parse.source import Slice
from incidents.documents.parse.tables import Table, read_table
from incidents.documents.parse.workbench import Workbench

LI = re.compile(r"<li\b[^>]*>(?P<text>.*?)(?=</li|<li\b|</[uo]l|\Z)", re.I | re.S)
TAG = re.compile(r"</?(?:ul|ol|li)\b[^>]*>", re.I)
CODED = re.compile(
    r"^\s*(?:\\?\[[ xX]?\\?\]|[☐☑☒⬜🔲✅]"
    r"|[\[(]?(?:P[0-4]|[A-Z][A-Z0-9]+-\d+)[\])]?[:.]?)\s+\S"
)
GROUP = re.compile(r"[:：][*_]*$")
# What people head a part of their tasks with, if there is no colon.
HORIZON = re.compile(
    r"(?:immediate(?:ly)?|now|next|later|(?:short|mid|medium|long)(?:er)? term"
    r"|quick wins?|sofort|(?:kurz|mittel|lang)fristig|(?:corto|medio|largo) plazo"
    r"|[aà] (?:court|moyen|long) terme)"
)


class TaskTaker:
    """Takes action items out of the regions; the rest stays where it is."""

    def __init__(self, bench: Workbench, reader: ActionReader) -> None:
        self.bench = bench
        self.reader = reader
        self.drafts: list[ActionDraft] = []
        self.owner = ""
        self.state: ActionState | None = None
        self.priority: Priority | None = None

    def take(self) -> None:
        """Tasks first; measures and improvements only where there are no tasks."""
        for region in self.bench.regions:
            if region.role is Role.ACTIONS:
                self._region(region)
            else:
                self._boxes(region)
                self._task_tables(region)
        for role in (Role.MEASURES, Role.IMPROVEMENTS):
            if self.drafts:
                return
            for region in self.bench.regions:
                if region.role is role:
                    self._region(region)

    def _region(self, region: Region) -> None:
        kind: ActionKind | None = None
        self.owner, self.state, self.priority = "", None, None
        for block in region.left:
            if block.heading is not None:
                kind = self._share(region, block.heading)
            elif block.kind == "list":
                items = [read_item(self.bench.source, one) for one in block.children]
                self.reader.meet([item.text.first for item in items])
                for child in block.children:
                    self._item(region, child, kind)
            elif block.kind == "html" and "<li" in self.bench.text_of(block).lower():
                self._html_list(region, block, kind)
            elif table := read_table(self.bench.source, block):
                self._table(region, table, kind)
            elif block.kind == "paragraph":
                self._paragraph(region, block, kind)

    def _share(self, region: Region, heading: Heading) -> ActionKind | None:
        """Keep what a heading says of the tasks below it, and tell their kind."""
        words = heading.title.text
        kind, self.state = KIND_OF.get(plain(words)), state_of(words)
        self.priority = PRIORITY_OF.get(plain(words).removesuffix(" priority"))
        owner = FIELD.match(words)
        self.owner = owner["value"] if owner and owner["owner"] else ""
        said = kind or self.owner or self.state or self.priority
        if said or self._only_says_tasks(words):
            region.taken.update(range(heading.first, heading.last))
            self.bench.ledger.pass_over("what the actions share", heading.mark)
        return kind

    def _paragraph(self, region: Region, block: Block, kind: ActionKind | None) -> None:
        """Tasks that are bare lines, or one with its notes on the lines below."""
        whole = self.bench.source.slice(block.first, block.last)
        if self._is_of_names(block) or self._is_coded(block):
            items = [with_box(line.before(0), line.strip()) for line in whole.lines()]
            drafts = [self.reader.from_item(item) for item in items]
        elif self._is_labelled(block):
            drafts = [self.reader.from_text(whole.strip())]
        else:
            return
        region.taken.update(range(block.first, block.last))
        for draft in drafts:
            self._add(region, draft, kind)

    def _is_of_names(self, block: Block) -> bool:
        """Whether every line opens with the name of somebody: "Ann: alert on lag"."""
        self.reader.meet(self.bench.text_of(block).split("\n"))
        return bool(self.reader.openers)

    def _is_coded(self, block: Block) -> bool:
        """Whether every line opens with a box, a priority or a ticket's key."""
        return all(map(CODED.match, self.bench.text_of(block).split("\n")))

    def _is_labelled(self, block: Block) -> bool:
        """Whether lines such as "Owner: Dana" and "Due: 3 May" follow the first."""
        lines = self.bench.text_of(block).split("\n")
        notes = [FIELD.match(line) for line in lines[1:]]
        return bool(notes) and all(note and note["colon"] for note in notes)

    def _only_says_tasks(self, words: str) -> bool:
        """Whether a heading inside the region says no more than that tasks follow."""
        topic = exact_topic(words)
        return topic is not None and topic[0] is Role.ACTIONS

    def _item(self, region: Region, child: Block, kind: ActionKind | None) -> None:
        item = read_item(self.bench.source, child)
        nested = [block for block in child.children if block.kind == "list"]
        if not item.text or is_nothing(item.text.text):
            return
        if nested and item.box is None and self._is_group(item.text.first, nested):
            kind = KIND_OF.get(plain(item.text.first), kind)
            for inner in nested:
                for grandchild in inner.children:
                    self._item(region, grandchild, kind)
            return
        region.taken.update(range(child.first, child.last))
        self._add(region, self.reader.from_item(item), kind)

    def _is_group(self, words: str, nested: list[Block]) -> bool:
        """Whether an item only heads the tasks that hang under it."""
        bare = plain(words)
        if GROUP.search(words.rstrip()) or HORIZON.fullmatch(bare) or bare in KIND_OF:
            return True
        every = (one for inner in nested for one in inner.children)
        return all(read_item(self.bench.source, one).box is not None for one in every)

    def _boxes(self, region: Region) -> None:
        """Task boxes are action items wherever they stand."""
        for block in region.left:
            if block.kind == "list":
                self._boxes_in(region, block)

    def _task_tables(self, region: Region) -> None:
        """What a tracker exports is action items under whatever heading."""
        self.owner, self.state, self.priority = "", None, None
        for block in region.left:
            table = read_table(self.bench.source, block)
            if table is not None and names_tasks(table.names):
                self._table(region, table, None)

    def _boxes_in(self, region: Region, block: Block) -> None:
        for child in block.children:
            if child.first in region.taken:
                continue
            if read_item(self.bench.source, child).box is not None:
                self._item(region, child, None)
                continue
            for inner in child.children:
                if inner.kind == "list":
                    self._boxes_in(region, inner)

    def _html_list(self, region: Region, block: Block, kind: ActionKind | None) -> None:
        """A list of tags: the text of each `<li>` is an action item."""
        source = self.bench.source
        whole = source.slice(block.first, block.last)
        found = [whole.cut(*match.span("text")) for match in LI.finditer(whole.text)]
        tags = whole.minus(_joined(found))
        if TAG.sub("", tags.text).strip():
            return
        self.bench.ledger.pass_over("list tags", tags)
        for piece in found:
            self._add(region, self.reader.from_text(piece.strip()), kind)
        region.taken.update(range(block.first, block.last))

    def _table(self, region: Region, table: Table, kind: ActionKind | None) -> None:
        source = self.bench.source
        found = list(self.reader.from_table(table))
        if len(found) < len(table.rows) or not found:
            return
        first = table.rows[0].first
        frame = source.slice(table.first, first)
        frame += source.slice(table.rows[-1].last, table.last)
        self.bench.ledger.pass_over("table frame", frame)
        for row, draft in found:
            whole = source.slice(row.first, row.last)
            draft.marks.append(whole.minus(_joined(row.cells)))
            self._add(region, draft, kind)
        region.taken.update(range(table.first, table.last))

    def _add(self, region: Region, draft: ActionDraft, kind: ActionKind | None) -> None:
        draft.facts.owner = draft.facts.owner or self.owner
        draft.facts.kind = draft.facts.kind or kind
        draft.facts.priority = draft.facts.priority or self.priority
        if self.state and draft.facts.state is ActionState.OPEN:
            draft.facts.state = self.state
        region.yielded = True
        self.drafts.append(draft)


def _joined(pieces: Iterable[Slice]) -> Slice:
    """All the stretches of some pieces as one."""
    every = list(pieces)
    source = every[0].source if every else ""
    return Slice(source, tuple(r for piece in every for r in piece.ranges))
