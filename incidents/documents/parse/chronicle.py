"""The timeline of one document: entries with their moments, in order."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from incidents.documents.document import Entry
from incidents.documents.kinds import EntryKind, SectionKind
from incidents.documents.kinds_from_words import guess_kind
from incidents.documents.parse.blocks import Block
from incidents.documents.parse.entries import Day, EntryDraft, Step
from incidents.documents.parse.fact_reader import OVER
from incidents.documents.parse.facts import later
from incidents.documents.parse.headings import Role
from incidents.documents.parse.labels import fact_name
from incidents.documents.parse.moments import flat_times, has_clock, is_of_twelve
from incidents.documents.parse.outline import Region
from incidents.documents.parse.prose import derive
from incidents.documents.parse.workbench import Workbench
from incidents.documents.times import Resolved, WrittenTime, find_times

TROUBLE = r"\b(?:outage|incident|impact|degradation|downtime)\W+"
BEGINS = re.compile(rf"{TROUBLE}(?:begins|began|starts?|started)\b", re.I)
ENDS = re.compile(
    rf"{TROUBLE}(?:is |was )?(?:ends?|ended|over|resolved|closed)\b", re.I
)
WELL = re.compile(
    r"\b(?:normal|healthy|all green|baseline|recovers?|stable|operational"
    r"|(?:errors?|alerts?) (?:are )?(?:gone|cleared)|(?:works|working) again|done$)\b",
    re.I,
)
ENOUGH = 2
MOST = 0.75


@dataclass(slots=True)
class Chronicle:
    """Reads the steps of each region, then gives them their moments."""

    bench: Workbench
    steps: dict[int, list[Step]] = field(default_factory=dict)
    entries: list[tuple[EntryDraft, Entry]] = field(default_factory=list)
    undated: list[EntryDraft] = field(default_factory=list)
    # The last clock of the last entry, if that is a sentence with several.
    latest: dt.datetime | None = None

    def read_steps(self) -> None:
        for number, region in enumerate(self.bench.regions):
            self.steps[number] = self._steps(region)
        clocks = [w for d in self.drafts() if (w := d.written) and w.clock is not None]
        self.bench.clockwork.twelve_hours = all(map(is_of_twelve, clocks))

    def drafts(self) -> Iterable[EntryDraft]:
        for steps in self.steps.values():
            yield from (step for step in steps if isinstance(step, EntryDraft))

    def speakers(self) -> Iterable[str]:
        """Those who wrote the messages of a chat, by the names they have there."""
        for draft in self.drafts():
            if draft.is_message and draft.lead:
                yield draft.lead.text

    def lines(self) -> set[int]:
        """The source lines that belong to the timeline."""
        every = (step for steps in self.steps.values() for step in steps)
        return {line for step in every for line in range(step.first, step.last)}

    def _steps(self, region: Region) -> list[Step]:
        if region.role is Role.TIMELINE:
            return self.bench.timeline.read(region.blocks)
        if region.role is not Role.SECTION or region.kind is SectionKind.LESSONS:
            return []
        found = [b for b in region.blocks if self._is_timeline(b)]
        single = [b for b in region.blocks if self._is_timed_line(b)]
        if len(single) >= ENOUGH:
            first, last = (
                region.blocks.index(single[0]),
                region.blocks.index(single[-1]),
            )
            found = region.blocks[first : last + 1]
        return self.bench.timeline.read(self._with_days(region, found))

    def _with_days(self, region: Region, found: list[Block]) -> list[Block]:
        """The blocks of a timeline with the day lines above and between them."""
        chosen = {id(block) for block in found}
        following = [*region.blocks[1:], None]
        for block, after in reversed(list(zip(region.blocks, following, strict=False))):
            if after is not None and id(after) in chosen and self._is_day(block):
                chosen.add(id(block))
        return [block for block in region.blocks if id(block) in chosen]

    def _is_day(self, block: Block) -> bool:
        steps = self.bench.timeline.steps_of(block)
        return len(steps) == 1 and isinstance(steps[0], Day)

    def _is_timed_line(self, block: Block) -> bool:
        """Whether a paragraph is one entry: some of these make a timeline."""
        if block.kind != "paragraph":
            return False
        return (
            sum(isinstance(s, EntryDraft) for s in self.bench.timeline.steps_of(block))
            == 1
        )

    def _is_timeline(self, block: Block) -> bool:
        """Whether a block outside of any timeline is one all the same."""
        if block.kind in ("heading", "code"):
            return False
        found = [
            s for s in self.bench.timeline.steps_of(block) if isinstance(s, EntryDraft)
        ]
        # "Started | 09:12", "Acknowledged | 09:14", "Resolved | 10:40" are facts.
        if sum(bool(fact_name(entry.words)) for entry in found) > MOST * len(found):
            return False
        timed = [e for e in found if e.written is not None and has_clock(e.written)]
        return len(timed) >= ENOUGH and len(timed) >= MOST * len(found)

    def place(self) -> None:
        """Give every entry its moment; its lines are no section's any more."""
        for number, region in enumerate(self.bench.regions):
            steps = self.steps[number]
            if steps:
                self.bench.clockwork.restart()
                self._take_day(region, steps[0].first)
            for step, following in zip(steps, [*steps[1:], None], strict=False):
                region.taken.update(range(step.first, step.last))
                self._place_step(region, step, following)

    def _place_step(self, region: Region, step: Step, following: Step | None) -> None:
        if isinstance(step, Day):
            self.bench.clockwork.set_day(step.written)
            self.bench.ledger.pass_over("day of the entries", step.line)
            return
        region.yielded = True
        after = following.written if isinstance(following, EntryDraft) else None
        self._add(step, after)

    def _take_day(self, region: Region, before: int) -> None:
        """The day that the heading or the lines above the first entry name."""
        intro = ""
        if region.role is Role.TIMELINE:
            intro = self.bench.source.slice(region.first, before).text
        title = region.heading.title.text if region.heading else ""
        for text in (title, *intro.split("\n")):
            for _, written in find_times(text):
                if written.date is not None and written.date.day is not None:
                    self.bench.clockwork.set_day(written)
                    return

    def _add(self, draft: EntryDraft, after: WrittenTime | None = None) -> None:
        clockwork, written = self.bench.clockwork, draft.written
        if written is not None and not has_clock(written):
            clockwork.set_day(written, not_before_start=True)
        if written is not None and draft.zone and not written.zone:
            written = replace(written, zone=draft.zone)
        found = clockwork.moment(written, after=after) if written else None
        if written is not None and found is None and has_clock(written):
            self.undated.append(draft)
        if found and clockwork.started is None:
            clockwork.started = found.at
        text = draft.words
        self.latest = self._latest(text) if draft.derived and found else None
        entry = Entry(
            text=text,
            at=found.at if found else None,
            until=_until(draft, found) if found else None,
            as_written=draft.as_written,
            zone=found.zone if found else "",
            kind=guess_kind(text),
            derived=draft.derived,
        )
        self.entries.append((draft, entry))

    def _latest(self, sentence: str) -> dt.datetime | None:
        """When a sentence ends that tells of more than one moment."""
        times = flat_times(sentence.replace("\n", " "))
        clockwork, before = self.bench.clockwork, self.bench.clockwork.previous
        last = clockwork.moment(times[-1]) if len(times) > 1 else None
        clockwork.previous = before
        return last.at if last else None

    def derive(self) -> None:
        """Propose entries from prose, where the timeline is told as a story."""
        source = self.bench.source
        told = [r for r in self.bench.regions if r.role is Role.TIMELINE]
        for region in told:
            if not region.yielded:
                told_here = derive(source, region.left, opening_only=False)
                self._add_derived(list(told_here))
        if self.entries or told:
            return
        a_note = len(self.bench.regions) == 1
        found = [
            draft
            for region in self.bench.regions
            if region.role is Role.SECTION and region.kind is not SectionKind.LESSONS
            for draft in derive(source, region.left, opening_only=not a_note)
        ]
        # One sentence with a time in it is not yet a story.
        if a_note or len(found) >= ENOUGH:
            self._add_derived(found)

    def _add_derived(self, found: list[EntryDraft]) -> None:
        clockwork = self.bench.clockwork
        zones = {d.written.zone for d in found if d.written and d.written.zone}
        if not clockwork.zone and len(zones) == 1:
            clockwork.zone = zones.pop()
        for draft in found:
            self._add(draft)

    def say_doubts(self) -> None:
        """What a person has to look at: times in doubt, and those without a day."""
        for words, sentence in list(self.bench.clockwork.doubts.items())[:ENOUGH]:
            self.bench.remark(f"“{words}”: {sentence}")
        if not self.undated:
            return
        others = len(self.undated) - 1
        and_more = f" and {others} more" if others else ""
        self.bench.remark(
            f"The day of “{self.undated[0].as_written}”{and_more} is not known; "
            "please add it.",
            *(draft.first for draft in self.undated),
        )

    def begins(self) -> dt.datetime | None:
        """When the timeline says that it began, else its first moment."""
        times = [entry.at for _, entry in self.entries if entry.at]
        said = (e.at for _, e in self.entries if e.at and BEGINS.search(e.text))
        return next(said, times[0] if times else None)

    def ends(self) -> dt.datetime | None:
        """When the timeline says that it was over, else its last moment if that
        tells of the end."""
        timed = [entry for _, entry in self.entries if entry.at]
        said = (entry.at for entry in timed if ENDS.search(entry.text))
        last = timed[-1] if timed else None
        told = last and (OVER.search(last.text) or WELL.search(last.text))
        over = last and (last.kind is EntryKind.RESOLVED or told)
        return next(said, (self.latest or last.at) if last and over else None)


def _until(draft: EntryDraft, found: Resolved) -> dt.datetime | None:
    """When an entry was over: as its time says, or by how long it went on."""
    lasted = later(found.at, draft.lasted) if draft.lasted else None
    return found.until or lasted
