"""One document, read from top to bottom: text -> Document, remarks and accounts."""

import datetime as dt
from dataclasses import dataclass, replace
from pathlib import PurePath

from incidents.documents.document import Document, Section
from incidents.documents.kinds import SectionKind
from incidents.documents.parse.actions import ActionReader
from incidents.documents.parse.blocks import Block, read_blocks
from incidents.documents.parse.chronicle import Chronicle
from incidents.documents.parse.due import read_due
from incidents.documents.parse.facts import Facts, minutes_between
from incidents.documents.parse.frontmatter import FrontMatter, read_front_matter
from incidents.documents.parse.gathering import Gatherer
from incidents.documents.parse.headings import plain
from incidents.documents.parse.labels import fact_name
from incidents.documents.parse.ledger import Gap, Ledger, Remark, Span, find_gaps
from incidents.documents.parse.moments import Clockwork, tells_day_first
from incidents.documents.parse.outline import Region, outline
from incidents.documents.parse.own import NotOursError, is_ours, read_own
from incidents.documents.parse.scan import scan
from incidents.documents.parse.sections import SectionBuilder, SectionDraft
from incidents.documents.parse.source import Slice, Source, tidy
from incidents.documents.parse.tasks import TaskTaker
from incidents.documents.parse.timeline import TimelineReader
from incidents.documents.parse.titles import Title, find_title
from incidents.documents.parse.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Parsed:
    """What an import proposes: the document, and how it came about.

    `text` is the source as the spans count it: line feeds only, no byte order
    mark. `source` is the name of the file.
    """

    document: Document
    warnings: tuple[Remark, ...] = ()
    duration_minutes: int | None = None
    source: str = ""
    text: str = ""
    spans: tuple[Span, ...] = ()


def parse(text: str, *, name: str = "", now: dt.datetime | None = None) -> Parsed:
    """Read a postmortem written in Markdown.

    Never fails on a text, however odd: what cannot be placed is kept in a
    section and named in the warnings. `ParseError` only for what is no text at
    all, or too much of it.
    """
    source = Source(tidy(text))
    front = read_front_matter(source)
    remarks: list[Remark] = []
    if is_ours(front):
        try:
            return _read_back(source, front, name)
        except NotOursError:
            remarks.append(Remark(CHANGED))
    bench = _open(source, front, name, now or dt.datetime.now(dt.UTC))
    bench.remarks[:0] = remarks
    return _Reading(bench).run()


def account(text: str, parsed: Parsed) -> tuple[Gap, ...]:
    """The stretches of the source that stand nowhere in the result: none."""
    return find_gaps(tidy(text), parsed.spans)


UNTITLED = "Untitled incident"
CHANGED = (
    "This was exported by this program and its marks were changed since; "
    "please check that every part was understood."
)


def _read_back(source: Source, front: FrontMatter, name: str) -> Parsed:
    ledger = Ledger()
    document = read_own(source, front, ledger)
    minutes = minutes_between(document.started_at, document.resolved_at)
    return Parsed(document, (), minutes, name, source.text, tuple(ledger.spans))


def _open(source: Source, front: FrontMatter, name: str, now: dt.datetime) -> Workbench:
    copy = scan(source, front.after)
    blocks = read_blocks(source, copy)
    title = find_title(source, blocks)
    timeline = TimelineReader(source)
    regions = _regions(timeline, front, blocks, title)
    clockwork = Clockwork(now=now)
    clockwork.day_first = tells_day_first(source.text)
    bench = Workbench(source, name, now, front, title, regions, clockwork, timeline)
    for number in copy.unclosed:
        bench.remark("A code block is opened here and never closed.", number)
    return bench


def _regions(
    timeline: TimelineReader, front: FrontMatter, blocks: list[Block], title: Title
) -> list[Region]:
    used = {id(block) for block in title.blocks}
    regions = outline(
        [block for block in blocks if id(block) not in used],
        front.after,
        len(timeline.source.lines),
        is_moment=lambda block: bool(timeline.steps_of(block)),
        is_timed=lambda b: b.kind != "heading" and bool(timeline.steps_of(b)),
    )
    lines = {n for block in title.blocks for n in range(block.first, block.end)}
    for region in regions[:4]:
        region.taken.update(lines)
    return regions


class _Reading:
    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.chronicle = Chronicle(bench)

    def run(self) -> Parsed:
        self.chronicle.read_steps()
        gatherer = Gatherer(self.bench, self.chronicle)
        self.facts = gatherer.read()
        self.chronicle.place()
        self.chronicle.derive()
        gatherer.settle()
        people = [one.person.name for one in self.facts.people]
        people += [self.facts.owner.name] if self.facts.owner else []
        people += self.chronicle.speakers()
        self.tasks = TaskTaker(
            self.bench, ActionReader(self.bench.source, self._due, people)
        )
        self.tasks.take()
        self.sections = SectionBuilder(self.bench).build()
        return self._finish()

    def _due(self, text: str) -> dt.date | None:
        anchor = self.facts.resolved or self.facts.started
        day = anchor.date() if anchor else self.facts.day
        bench = self.bench
        return read_due(text, day, bench.now, day_first=bench.clockwork.day_first)

    def _finish(self) -> Parsed:
        self._front_section()
        title = self._title()
        self._account()
        document = self._document(title, self.facts)
        gaps = find_gaps(self.bench.source.text, self.bench.ledger.spans)
        if gaps:
            document = self._rescue(document, gaps)
        spans = sorted(self.bench.ledger.spans, key=lambda s: (s.start, s.end))
        return Parsed(
            document=document,
            warnings=tuple(dict.fromkeys(self.bench.remarks)),
            duration_minutes=self.facts.minutes,
            source=self.bench.name,
            text=self.bench.source.text,
            spans=tuple(spans),
        )

    def _document(self, title: str, facts: Facts) -> Document:
        return Document(
            title=title,
            severity=facts.severity,
            zone=facts.zone or None,
            started_at=facts.started,
            detected_at=facts.detected,
            mitigated_at=facts.mitigated,
            resolved_at=facts.resolved,
            detection=facts.detection,
            users_affected_percent=facts.share,
            users_affected_count=facts.count,
            services=facts.services,
            tags=facts.tags,
            owner=facts.owner,
            participants=tuple(facts.people),
            sections=tuple(draft.finish() for draft in self.sections),
            timeline=tuple(entry for _, entry in self.chronicle.entries),
            actions=tuple(draft.finish() for draft in self.tasks.drafts),
        )

    def _title(self) -> str:
        bench, found, front = self.bench, self.bench.title, self.bench.front.title
        same = not front or plain(found.text) == plain(front)
        if found.words is not None:
            bench.ledger.claim("title" if same else "sections/0/title", found.words)
        if found.words is not None and not same:
            self.sections.insert(0, SectionDraft(SectionKind.OTHER, found.text))
        if front:
            return front
        if found.text:
            return found.text
        proposed = PurePath(bench.name).stem
        also = "; the name of the file is proposed" if proposed else ""
        bench.remark(f"The document has no title{also}.")
        return proposed or UNTITLED

    def _front_section(self) -> None:
        """Front matter that no fact could take is kept as it was written."""
        front, ledger = self.bench.front, self.bench.ledger
        for mark in front.marks:
            ledger.pass_over("front matter mark", mark)
        kept: list[tuple[int, int]] = []
        for key, piece in front.lines.items():
            if piece and self._is_used(key):
                ledger.claim("facts", piece)
            elif piece:
                kept.extend(piece.ranges)
        if kept:
            body = [Slice(self.bench.source.text, tuple(kept))]
            self.sections.append(SectionDraft(SectionKind.OTHER, "Front matter", body))

    def _is_used(self, key: str) -> bool:
        """Whether a line of the front matter is wholly in a fact."""
        value, name = self.bench.front.values.get(key), fact_name(key)
        if key.casefold() == "title":
            return bool(self.bench.front.title)
        if name == "date" and self.facts.day and self.facts.started:
            return str(value).strip() == self.facts.day.isoformat()
        return self.facts.holds(name or "")

    def _account(self) -> None:
        ledger = self.bench.ledger
        for block in self.bench.title.blocks:
            mark = self.bench.source.slice(block.first, block.end)
            ledger.pass_over("title mark", mark)
        for index, section in enumerate(self.sections):
            for piece in section.body:
                ledger.claim(f"sections/{index}/body", piece)
        for index, (entry, _) in enumerate(self.chronicle.entries):
            entry.account(ledger, index)
        for index, action in enumerate(self.tasks.drafts):
            action.account(ledger, index)

    def _rescue(self, document: Document, gaps: tuple[Gap, ...]) -> Document:
        """What could not be placed goes to a section of its own."""
        bench = self.bench
        place = f"sections/{len(document.sections)}/body"
        for gap in gaps:
            piece = Slice(bench.source.text, ((gap.start, gap.end),))
            bench.ledger.claim(place, piece)
        bench.remark(
            "Some text had no clear place; it is kept in the last section.",
            *(bench.source.line_of(gap.start) for gap in gaps),
        )
        body = "\n\n".join(gap.text.strip() for gap in gaps)
        section = Section(kind=SectionKind.OTHER, title="Not placed", body=body)
        return replace(document, sections=(*document.sections, section))
