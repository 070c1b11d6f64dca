"""One document, read from top to bottom: text -> Document, remarks and accounts."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from incidents.documents.document import Document, Entry, Section
from incidents.documents.kinds import ActionKind, EntryKind, SectionKind
from incidents.documents.kinds_from_words import guess_kind
from incidents.documents.parse.actions import ActionDraft, ActionReader, is_nothing
from incidents.documents.parse.annotations import KIND_OF
from incidents.documents.parse.blocks import Block, read_blocks
from incidents.documents.parse.facts import FactReader, Facts, minutes_between
from incidents.documents.parse.frontmatter import FrontMatter, read_front_matter
from incidents.documents.parse.headings import (
    Role,
    exact_topic,
    plain,
    topic_of,
)
from incidents.documents.parse.items import read_item
from incidents.documents.parse.labels import LINE, Labelled, fact_name, find_labelled
from incidents.documents.parse.ledger import Gap, Ledger, Remark, Span, find_gaps
from incidents.documents.parse.moments import Clockwork, has_clock, name_of_zone
from incidents.documents.parse.own import NotOursError, is_ours, read_own
from incidents.documents.parse.outline import Region, outline
from incidents.documents.parse.prose import derive
from incidents.documents.parse.scan import scan
from incidents.documents.parse.source import Slice, Source, tidy
from incidents.documents.parse.tables import read_table
from incidents.documents.parse.timeline import (
    Day,
    EntryDraft,
    Step,
    TimelineReader,
    zone_in,
)
from incidents.documents.times import find_times
from incidents.documents.parse.titles import Title, find_title

RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
LINK = re.compile(r"\]\(#([^)\s]+)\)")
ZONE_WORDS = re.compile(
    r"(?:all |the )?(?:times?|timestamps?|hours?|zeiten|zeitangaben|horas|heures|horários)\b[^.\n]{0,40}|時刻[^。\n]{0,20}|时间[^。\n]{0,20}",
    re.I,
)
BEGINS = re.compile(r"\b(?:outage|incident|impact|degradation|downtime)\W+(?:begins|began|starts?|started)\b", re.I)
ENDS = re.compile(r"\b(?:outage|impact|degradation|downtime|incident)\W+(?:is |was )?(?:ends?|ended|over|resolved|closed)\b", re.I)
NARRATIVE = (SectionKind.SUMMARY, SectionKind.OTHER, SectionKind.IMPACT)


@dataclass(frozen=True, slots=True)
class Parsed:
    """What an import proposes: the document, and how it came about."""

    document: Document
    warnings: tuple[Remark, ...] = ()
    duration_minutes: int | None = None
    source: str = ""
    text: str = ""
    spans: tuple[Span, ...] = ()


@dataclass(slots=True)
class SectionDraft:
    kind: SectionKind
    title: str
    body: list[Slice] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(piece.text for piece in self.body if piece)


def parse(text: str, *, name: str = "", now: dt.datetime | None = None) -> Parsed:
    """Read a postmortem written in Markdown.

    Never fails on a text, however odd: what cannot be placed is kept in a
    section and named in the warnings. `ParseError` only for what is no text at
    all, or too much of it.
    """
    reader = Reader(tidy(text), name, now or dt.datetime.now(dt.UTC))
    return reader.run()


def account(text: str, parsed: Parsed) -> tuple[Gap, ...]:
    """The stretches of the source that stand nowhere in the result: none."""
    return find_gaps(tidy(text), parsed.spans)


class Reader:
    def __init__(self, text: str, name: str, now: dt.datetime) -> None:
        self.source = Source(text)
        self.name = name
        self.ledger = Ledger()
        self.remarks: list[Remark] = []
        self.clockwork = Clockwork(now=now)
        self.timeline = TimelineReader(self.source)
        self.entries: list[tuple[EntryDraft, Entry]] = []
        self.actions: list[ActionDraft] = []
        self.undated: list[EntryDraft] = []
        self.sections: list[SectionDraft] = []

    def run(self) -> Parsed:
        self.front = read_front_matter(self.source)
        if is_ours(self.front):
            own = self._own()
            if own is not None:
                return own
        copy = scan(self.source, self.front.after)
        blocks = read_blocks(self.source, copy)
        for number in copy.unclosed:
            self.remark("A code block is opened here and never closed.", number)
        self.title = find_title(self.source, blocks)
        self.regions = self._regions(blocks)
        steps = {id(region): self._steps(region) for region in self.regions}
        self._read_facts(steps)
        for region in self.regions:
            self._place(region, steps[id(region)])
        self._derive()
        self._settle()
        self._read_actions()
        self._read_sections()
        return self._finish()

    def _own(self) -> Parsed | None:
        """What this program wrote itself, unless somebody changed its marks."""
        ledger = Ledger()
        try:
            document = read_own(self.source, self.front, ledger)
        except NotOursError:
            self.remark(
                "This was written by this program and changed since; "
                "please check that every part was understood."
            )
            return None
        return Parsed(
            document,
            duration_minutes=minutes_between(document.started_at, document.resolved_at),
            source=self.name,
            text=self.source.text,
            spans=tuple(ledger.spans),
        )

    def remark(self, sentence: str, *lines: int) -> None:
        self.remarks.append(Remark(sentence, tuple(line + 1 for line in lines)))

    # -- regions ---------------------------------------------------------------

    def _regions(self, blocks: list[Block]) -> list[Region]:
        used = self.title.blocks
        rest = [block for block in blocks if block not in used]
        regions = outline(
            rest,
            self.front.after,
            len(self.source.lines),
            is_moment=lambda b: bool(list(self.timeline.steps_of(b))),
            is_timed=lambda b: b.kind != "heading" and bool(list(self.timeline.steps_of(b))),
        )
        for block in used:
            for region in regions:
                last = block.heading.last if block.heading else block.last
                region.taken.update(range(block.first, last))
        return regions

    def _steps(self, region: Region) -> list[Step]:
        if region.role is Role.TIMELINE:
            return self.timeline.read(region.blocks)
        if region.role is not Role.SECTION or region.kind is SectionKind.LESSONS:
            return []
        timed = [b for b in region.blocks if b.kind != "heading" and self._is_timeline(b)]
        return self.timeline.read(timed) if timed else []

    def _is_timeline(self, block: Block) -> bool:
        """Whether a block outside of any timeline is one all the same."""
        found = [s for s in self.timeline.steps_of(block) if isinstance(s, EntryDraft)]
        timed = [e for e in found if e.written is not None and has_clock(e.written)]
        return len(timed) >= 2 and len(timed) == len(found)

    # -- facts -----------------------------------------------------------------

    def _read_facts(self, steps: dict[int, list[Step]]) -> None:
        taken = {n for many in steps.values() for s in many for n in range(s.first, s.last)}
        blocks = [b for r in self.regions for b in r.blocks if b.first not in taken and r.role is Role.SECTION]
        labelled = [*self._front_labels(), *find_labelled(self.source, blocks)]
        self.reader = FactReader(labelled, self.clockwork)
        self.facts = self.reader.facts
        self._find_zone(steps)
        opening = self._opening()
        self.reader.read_words(self.title.text, opening)
        self.texts = [
            self.source.slice(b.first, b.last).text
            for r in self.regions
            for b in r.blocks
            if r.role is Role.SECTION and b.kind not in ("code", "heading") and b.first not in taken
        ]
        self.reader.read_share(self._prose_of(SectionKind.IMPACT, SectionKind.SUMMARY) + self.texts)
        headings = [r.heading.title.text for r in self.regions if r.heading and r.role is Role.TIMELINE]
        self.reader.read_day([*headings, self.title.text, opening, *self._prose_of(SectionKind.SUMMARY), *self.texts, self.name])
        self.reader.read_times()
        self.reader.read_sentences(self._prose_of(SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.OTHER))

    def _opening(self) -> str:
        region = self.regions[0]
        return self.source.slice(region.first, min(region.last, region.first + 60)).text

    def _prose_of(self, *kinds: SectionKind) -> list[str]:
        return [
            self.source.slice(b.first, b.last).text
            for r in self.regions
            if r.role is Role.SECTION and r.kind in kinds
            for b in r.blocks
            if b.kind in ("paragraph", "list", "quote", "table")
        ]

    def _front_labels(self) -> Iterator[Labelled]:
        for key, value in self.front.values.items():
            name = fact_name(key)
            piece = self.front.lines.get(key)
            if name and value is not None and piece is not None:
                words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
                yield Labelled(name, words, piece, self.source.line_of(piece.start))

    def _find_zone(self, steps: dict[int, list[Step]]) -> None:
        """The zone for times that have none: named once, or the only one used."""
        for one in self.reader.values("timezone"):
            self.clockwork.zone = self.clockwork.zone or zone_in(one.value)
        if not self.clockwork.zone:
            for region in self.regions:
                for match in ZONE_WORDS.finditer(self._region_intro(region)):
                    self.clockwork.zone = self.clockwork.zone or zone_in(match[0])
        if not self.clockwork.zone:
            written = {
                name_of_zone(s.zone or (s.written.zone if s.written else ""))
                for many in steps.values()
                for s in many
                if isinstance(s, EntryDraft)
            }
            written |= {name_of_zone(w) for one in self.reader.labelled for w in self._zones_in(one.value)}
            written |= {name_of_zone(w) for text in self._prose_of(*NARRATIVE) for w in self._zones_in(text)}
            written.discard("")
            if len(written) == 1:
                self.clockwork.zone = written.pop()

    def _zones_in(self, text: str) -> list[str]:
        from incidents.documents.parse.moments import flat_times

        return [written.zone for written in flat_times(text)]

    def _region_intro(self, region: Region) -> str:
        title = region.heading.title.text if region.heading else ""
        if region.role is Role.TIMELINE:
            title = f"times {title}"
        texts = [
            self.source.slice(b.first, b.last).text
            for b in region.blocks[:3]
            if b.kind in ("paragraph", "quote")
        ]
        return "\n".join([title, *texts])

    # -- timeline --------------------------------------------------------------

    def _place(self, region: Region, steps: list[Step]) -> None:
        if steps:
            self.clockwork.restart()
            self._heading_day(region, steps[0].first)
        for index, step in enumerate(steps):
            region.taken.update(range(step.first, step.last))
            if isinstance(step, Day):
                self.clockwork.set_day(step.written)
                self.ledger.pass_over("day of the entries", step.line)
                continue
            following = steps[index + 1] if index + 1 < len(steps) else None
            self._add_entry(step, following)

    def _heading_day(self, region: Region, before: int) -> None:
        """The day that the heading or the lines above the first entry name."""
        intro = self.source.slice(region.first, before).text if region.role is Role.TIMELINE else ""
        title = region.heading.title.text if region.heading else ""
        for text in (title, *intro.split("\n")):
            for _, written in find_times(text):
                if written.date is not None and written.date.day is not None:
                    self.clockwork.set_day(written)
                    return

    def _add_entry(self, draft: EntryDraft, following: Step | None = None) -> None:
        from dataclasses import replace

        written = draft.written
        if written is not None and not has_clock(written):
            self.clockwork.set_day(written)
        if written is not None and draft.zone and not written.zone:
            written = replace(written, zone=draft.zone)
        after = following.written if isinstance(following, EntryDraft) else None
        found = self.clockwork.moment(written, after=after) if written else None
        if written is not None and found is None and has_clock(written):
            self.undated.append(draft)
        if found and self.clockwork.started is None:
            self.clockwork.started = found.at
        text = draft.words.replace("\\|", "|") if draft.joint != "\n" else draft.words
        if not found and not draft.as_written:
            text = text.strip()
        entry = Entry(
            text=text,
            at=found.at if found else None,
            until=found.until if found else None,
            as_written=draft.as_written,
            zone=found.zone if found else "",
            kind=guess_kind(text),
            derived=draft.derived,
        )
        self.entries.append((draft, entry))

    def _derive(self) -> None:
        """Propose entries from prose, where the timeline is told as a story."""
        told = [r for r in self.regions if r.role is Role.TIMELINE and not self._has_entries(r)]
        for region in told:
            self._add_derived(derive(self.source, self._left(region), opening_only=False))
        if self.entries or any(r.role is Role.TIMELINE for r in self.regions):
            return
        a_note = len(self.regions) == 1
        for region in self.regions:
            if region.role is Role.SECTION and region.kind is not SectionKind.LESSONS:
                found = derive(self.source, self._left(region), opening_only=not a_note)
                self._add_derived(found)

    def _add_derived(self, drafts: Iterator[EntryDraft]) -> None:
        found = list(drafts)
        zones = {d.written.zone for d in found if d.written and d.written.zone}
        if not self.clockwork.zone and len(zones) == 1:
            self.clockwork.zone = zones.pop()
        for draft in found:
            self._add_entry(draft)

    def _has_entries(self, region: Region) -> bool:
        return any(region.first <= d.first < region.last for d, _ in self.entries)

    def _left(self, region: Region) -> list[Block]:
        return [b for b in region.blocks if b.first not in region.taken]

    def _settle(self) -> None:
        times = [e.at for _, e in self.entries if e.at is not None]
        self.reader.read_end(
            self._prose_of(SectionKind.SUMMARY, SectionKind.RESOLUTION, SectionKind.IMPACT, SectionKind.OTHER)
        )
        if self.facts.resolved is None and self.facts.stated is None:
            self.reader.read_sentences(self._prose_of(SectionKind.RESOLUTION))
        self.reader.settle(self._first_moment(times), self._last_moment(times))
        self.remarks.extend(self.facts.remarks)
        self._say_undated()
        zones = [e.zone for _, e in self.entries if e.zone]
        zone = zones[0] if zones else name_of_zone(self.clockwork.zone)
        self.facts.zone = zone or self._zone_of_facts()

    def _say_undated(self) -> None:
        if not self.undated:
            return
        first = self.undated[0]
        others = len(self.undated) - 1
        and_more = f" and {others} more" if others else ""
        sentence = f"The day of “{first.as_written}”{and_more} is not known; please add it."
        self.remark(sentence, *(draft.first for draft in self.undated))

    def _first_moment(self, times: list[dt.datetime]) -> dt.datetime | None:
        """The entry that says it begins here, else the first of all."""
        said = (e.at for _, e in self.entries if e.at and BEGINS.search(e.text))
        return next(said, times[0] if times else None)

    def _last_moment(self, times: list[dt.datetime]) -> dt.datetime | None:
        """The entry that says it ends here, else the last if it tells of the end."""
        said = (e.at for _, e in self.entries if e.at and ENDS.search(e.text))
        over = [e.at for _, e in self.entries if e.kind is EntryKind.RESOLVED and e.at]
        return next(said, over[-1] if over and over[-1] == times[-1] else None)

    def _zone_of_facts(self) -> str | None:
        for one in self.reader.labelled:
            for zone in self._zones_in(one.value):
                if zone:
                    return name_of_zone(zone)
        started = self.facts.started
        return "UTC" if started is not None and started.tzinfo is dt.UTC else None

    # -- actions ---------------------------------------------------------------

    def _read_actions(self) -> None:
        self.action_reader = ActionReader(self.source, self._due)
        explicit = [r for r in self.regions if r.role is Role.ACTIONS]
        for region in explicit:
            self._take_actions(region)
        for region in self.regions:
            if region.role is not Role.ACTIONS:
                self._take_boxes(region)
        if self.actions:
            return
        for role in (Role.MEASURES, Role.IMPROVEMENTS):
            for region in self.regions:
                if region.role is role:
                    self._take_actions(region)
            if self.actions:
                return

    def _take_actions(self, region: Region) -> None:
        kind: ActionKind | None = None
        for block in self._left(region):
            if block.kind == "heading" and block.heading is not None:
                kind = KIND_OF.get(plain(block.heading.title.text))
                if kind:
                    region.taken.update(range(block.first, block.last))
                    self.ledger.pass_over("kind of the actions", self.source.slice(block.first, block.last))
                continue
            self._take_block(region, block, kind)

    def _take_block(self, region: Region, block: Block, kind: ActionKind | None) -> None:
        if block.kind == "list":
            for child in block.children:
                self._take_item(region, child, kind)
            return
        table = read_table(self.source, block)
        if table is None:
            return
        found = list(self.action_reader.from_table(table))
        if not found:
            return
        for row, draft in found:
            draft.marks.append(self._around(self.source.slice(row.first, row.last), draft))
            self._add_action(draft, kind)
        header = self.source.slice(table.first, table.rows[0].first)
        self.ledger.pass_over("table header", header)
        rows = {n for row, _ in found for n in range(row.first, row.last)}
        region.taken.update(range(table.first, table.rows[0].first), rows)
        if rows:
            region.taken.update(range(max(rows) + 1, table.last))
            self.ledger.pass_over("table frame", self.source.slice(max(rows) + 1, table.last))

    def _around(self, whole: Slice, draft: ActionDraft) -> Slice:
        return whole

    def _take_item(self, region: Region, child: Block, kind: ActionKind | None) -> None:
        item = read_item(self.source, child)
        nested = [b for b in child.children if b.kind == "list"]
        if not item.text or is_nothing(item.text.text):
            return
        if nested and item.box is None and re.search(r"[:：][*_]*$", item.text.first.rstrip()):
            for inner in nested:
                for grandchild in inner.children:
                    self._take_item(region, grandchild, kind)
            return
        region.taken.update(range(child.first, child.last))
        self._add_action(self.action_reader.from_item(child), kind)

    def _take_boxes(self, region: Region) -> None:
        """Task boxes are actions wherever they stand."""
        for block in self._left(region):
            if block.kind != "list":
                continue
            for child in block.children:
                if read_item(self.source, child).box is not None:
                    self._take_item(region, child, None)

    def _add_action(self, draft: ActionDraft, kind: ActionKind | None) -> None:
        draft.kind = draft.kind or kind
        self.actions.append(draft)

    def _due(self, text: str) -> dt.date | None:
        from incidents.documents.parse.due import read_due

        anchor = self.facts.resolved or self.facts.started
        day = anchor.date() if anchor else self.facts.day
        return read_due(text, day, self.clockwork.now)

    # -- sections --------------------------------------------------------------

    def _read_sections(self) -> None:
        self.linked = {m[1].casefold() for m in LINK.finditer(self.source.text)}
        drafts: dict[int, SectionDraft] = {}
        for region in self.regions:
            body = self._body(region)
            home = self._home(region, drafts)
            if home is not None:
                home.body.extend(body)
                self._label(region)
                continue
            if not body and not self._keeps(region):
                self._label(region)
                continue
            draft = self._section(region, body)
            drafts[id(region)] = draft
            self.sections.append(draft)

    def _home(self, region: Region, drafts: dict[int, SectionDraft]) -> SectionDraft | None:
        """The section of the measures that a bare label of tasks stands in."""
        parent, heading = region.parent, region.heading
        if parent is None or heading is None or parent.role is not Role.MEASURES:
            return None
        if region.role is not Role.ACTIONS or exact_topic(heading.title.text) is None:
            return None
        if id(parent) not in drafts and self._body(region):
            drafts[id(parent)] = self._section(parent, [])
            self.sections.append(drafts[id(parent)])
        return drafts.get(id(parent))

    def _body(self, region: Region) -> list[Slice]:
        pieces: list[Slice] = []
        lines = [n for n in range(region.first, region.last) if n not in region.taken]
        for run in _runs(lines):
            first, last = run[0], run[-1] + 1
            while first < last and self._is_edge(first):
                first += 1
            while first < last and self._is_edge(last - 1):
                last -= 1
            if first < last:
                pieces.append(self._whole(region, first, last))
        return pieces

    def _whole(self, region: Region, first: int, last: int) -> Slice:
        """Whole lines, less the label that the first of them may start with."""
        piece = self.source.slice(first, last)
        heading = region.heading
        if heading is not None and heading.skip and first == heading.first:
            return piece.after(heading.skip)
        return piece

    def _is_edge(self, number: int) -> bool:
        """Blank, or a line drawn between sections."""
        if RULE.match(self.source.lines[number]):
            self.ledger.pass_over("dividing line", self.source.slice(number, number + 1))
            return True
        return self.source.blank(number)

    def _keeps(self, region: Region) -> bool:
        """Whether an empty section is kept for the sake of its heading."""
        heading = region.heading
        if heading is None:
            return False
        words = heading.title.text
        if slug(words) in self.linked or not is_label(words):
            return True
        own = [d for d, _ in self.entries if region.first <= d.first < region.last]
        tasks = [d for d in self.actions if d.text and region.first <= self.source.line_of(d.text[0].start) < region.last]
        child = any(r.parent is region for r in self.regions)
        return not own and not tasks and not child

    def _section(self, region: Region, body: list[Slice]) -> SectionDraft:
        if region.heading is None:
            return SectionDraft(*self._opening_kind(body), body)
        title = region.heading.title.text
        return SectionDraft(region.kind, label_text(title), body)

    def _opening_kind(self, body: list[Slice]) -> tuple[SectionKind, str]:
        """What the text above all headings is: a summary if there is no other."""
        has_summary = any(r.kind is SectionKind.SUMMARY for r in self.regions)
        prose = any(b.kind == "paragraph" and not LINE.match(self.source.lines[b.first]) for b in self._left(self.regions[0]))
        if has_summary or not prose:
            return SectionKind.OTHER, "Introduction" if prose else "Details"
        return SectionKind.SUMMARY, "Summary"

    def _label(self, region: Region) -> None:
        if region.heading is not None:
            heading = region.heading
            self.ledger.pass_over("label", heading.mark)

    # -- the whole -------------------------------------------------------------

    def _finish(self) -> Parsed:
        self._front_section()
        title = self._title()
        self._account_sections()
        self._account_entries()
        self._account_actions()
        facts = self.facts
        document = Document(
            title=title,
            severity=facts.severity,
            zone=facts.zone or None,
            started_at=facts.started,
            detected_at=facts.detected,
            mitigated_at=facts.mitigated,
            resolved_at=facts.resolved,
            users_affected_percent=facts.share,
            services=facts.services,
            tags=facts.tags,
            owner=facts.owner,
            participants=tuple(facts.people),
            sections=tuple(Section(kind=s.kind, title=s.title, body=s.text) for s in self.sections),
            timeline=tuple(entry for _, entry in self.entries),
            actions=tuple(draft.finish() for draft in self.actions),
        )
        gaps = find_gaps(self.source.text, self.ledger.spans)
        if gaps:
            document = self._rescue(document, gaps)
        return Parsed(
            document=document,
            warnings=tuple(dict.fromkeys(self.remarks)),
            duration_minutes=facts.minutes,
            source=self.name,
            text=self.source.text,
            spans=tuple(sorted(self.ledger.spans, key=lambda s: (s.start, s.end))),
        )

    def _rescue(self, document: Document, gaps: tuple[Gap, ...]) -> Document:
        """What could not be placed goes to a section of its own."""
        from dataclasses import replace

        body = "\n\n".join(gap.text.strip() for gap in gaps)
        place = f"sections/{len(document.sections)}/body"
        lines = []
        for gap in gaps:
            self.ledger.claim(place, Slice(self.source.text, ((gap.start, gap.end),)))
            lines.append(self.source.line_of(gap.start))
        self.remark("Some text had no clear place; it is kept in the last section.", *lines)
        section = Section(kind=SectionKind.OTHER, title="Not placed", body=body)
        return replace(document, sections=(*document.sections, section))

    def _front_section(self) -> None:
        """Front matter that no fact could take is kept as it was written."""
        for mark in self.front.marks:
            self.ledger.pass_over("front matter mark", mark)
        kept = []
        for key, piece in self.front.lines.items():
            if self._front_is_used(key):
                self.ledger.claim("facts", piece)
            elif piece:
                kept.append(piece)
        if kept:
            ranges = tuple(r for piece in kept for r in piece.ranges)
            draft = SectionDraft(SectionKind.OTHER, "Front matter", [Slice(self.source.text, ranges)])
            self.sections.append(draft)

    def _front_is_used(self, key: str) -> bool:
        value = self.front.values.get(key)
        if key.casefold() == "title":
            return self._front_title() == str(value)
        name, facts = fact_name(key), self.facts
        if name == "severity":
            return facts.severity is not None
        if name in ("services", "tags", "authors", "owner", "commander"):
            return True
        if name == "date" and facts.day is not None and facts.started is not None:
            return str(value).strip() == facts.day.isoformat()
        held = {"started": facts.started, "detected": facts.detected, "mitigated": facts.mitigated, "resolved": facts.resolved, "timezone": self.clockwork.zone}
        return bool(name and held.get(name))

    def _front_title(self) -> str:
        return next((str(v) for k, v in self.front.values.items() if k.casefold() == "title" and v), "")

    def _title(self) -> str:
        front, found = self._front_title(), self.title
        for block in found.blocks:
            last = block.heading.last if block.heading else block.last
            self.ledger.pass_over("title mark", self.source.slice(block.first, last))
        if found.words is not None:
            self.ledger.claim("title", found.words)
        if front:
            if found.text and plain(found.text) != plain(front) and found.words is not None:
                self.sections.insert(0, SectionDraft(SectionKind.OTHER, found.text))
            return front
        if found.text:
            return found.text
        proposed = PurePath(self.name).stem
        self.remark("The document has no title; the name of the file is proposed." if proposed else "The document has no title.")
        return proposed or "Untitled incident"

    def _account_sections(self) -> None:
        for index, draft in enumerate(self.sections):
            for piece in draft.body:
                self.ledger.claim(f"sections/{index}/body", piece)
        for region in self.regions:
            heading = region.heading
            if heading is not None:
                self.ledger.pass_over("heading mark", heading.mark)

    def _account_entries(self) -> None:
        for index, (draft, _) in enumerate(self.entries):
            for piece in (*draft.text, *draft.more):
                self.ledger.claim(f"timeline/{index}/text", piece)
            for mark in draft.marks:
                self.ledger.pass_over("entry mark", mark)

    def _account_actions(self) -> None:
        for index, draft in enumerate(self.actions):
            for piece in draft.text:
                self.ledger.claim(f"actions/{index}/text", piece)
            for name, piece in draft.facts:
                self.ledger.claim(f"actions/{index}/{name}", piece)
            for mark in draft.marks:
                self.ledger.pass_over("action mark", mark)


def is_label(title: str) -> bool:
    """Whether a heading says nothing but what kind of part it opens."""
    if exact_topic(title) is not None:
        return True
    return title.rstrip().endswith(("?", "？")) and topic_of(title) is not None


def label_text(title: str) -> str:
    return title.strip().removesuffix(":").removesuffix("：").strip()


def slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.casefold()).strip().replace(" ", "-")


def _runs(numbers: list[int]) -> Iterator[list[int]]:
    run: list[int] = []
    for number in numbers:
        if run and number != run[-1] + 1:
            yield run
            run = []
        run.append(number)
    if run:
        yield run
