"""The sections of a document: each region's text, less what was taken from it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from incidents.documents.document import Section
from incidents.documents.kinds import SectionKind
from incidents.documents.parse.blocks import Block
from incidents.documents.parse.headings import Role, exact_topic, topic_of
from incidents.documents.parse.labels import LINE
from incidents.documents.parse.moments import day_of, name_of_zone, zone_in
from incidents.documents.parse.opening_sections import find_sections
from incidents.documents.parse.outline import Region
from incidents.documents.parse.source import Slice, undressed, unescaped
from incidents.documents.parse.tables import read_table
from incidents.documents.parse.workbench import Workbench
from incidents.documents.pasted.chat import message_head

RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$")
# Where a wiki puts a list of the headings: "[[_TOC_]]", "{toc:maxLevel=2}".
CONTENTS = re.compile(r"^\s*(?:\[?\[_?toc_?\]\]?|\{toc(?::[^{}]*)?\})\s*$", re.I)
BRACKETS = re.compile(r"[(（]([^()（）]{1,40})[)）]")
WHEN = re.compile(
    r"\b(?:all|the|in|times?|are|zone|on|local|heures?|toutes|les|en|de|horas?|horário|todas|las"
    r"|zeiten|alle|uhrzeit|ortszeit)\b",
    re.I,
)
LINK = re.compile(r"\]\(#([^)\s]+)\)")
BESIDE_ENTRIES = "About the timeline"
FOLD_END = re.compile(r"^\s*</details>\s*$", re.I)


@dataclass(slots=True)
class SectionDraft:
    """A section while it is put together from pieces of the source."""

    kind: SectionKind
    title: str
    body: list[Slice] = field(default_factory=list)

    def finish(self) -> Section:
        text = "\n\n".join(piece.text for piece in self.body)
        return Section(kind=self.kind, title=self.title, body=text)


class SectionBuilder:
    """Makes sections of what the timeline and the tasks have left."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.drafts: list[SectionDraft] = []
        self.of: dict[int, SectionDraft] = {}
        self.linked = {m[1].casefold() for m in LINK.finditer(bench.source.text)}
        self.parents = {id(r.parent) for r in bench.regions if r.parent is not None}

    def build(self) -> list[SectionDraft]:
        self._take_opening(self.bench.regions[0])
        for region in self.bench.regions:
            if region.heading is not None:
                self.bench.ledger.pass_over("heading", region.heading.mark)
            self._add(region, list(self._body(region)))
        return self.drafts

    def _take_opening(self, opening: Region) -> None:
        """What stands above all headings and is called "TL;DR", or "Summary:"."""
        held = {region.kind for region in self.bench.regions if region.heading}
        for found in find_sections(self.bench.source, opening.left, held):
            self.bench.ledger.pass_over("heading", found.mark)
            opening.taken.update(found.lines)
            self.drafts.append(SectionDraft(found.kind, found.title, [found.body]))

    def _add(self, region: Region, body: list[Slice]) -> None:
        if body and self._is_bare_task_list(region):
            self._home(region.parent).body.extend(body)
        elif body or self._keeps_heading(region):
            self.of[id(region)] = self._section(region, body)
            self.drafts.append(self.of[id(region)])

    def _is_bare_task_list(self, region: Region) -> bool:
        """Whether the tasks stand under a plain label inside of the measures:
        what is said after them closes the measures."""
        if region.parent is None or region.parent.role is not Role.MEASURES:
            return False
        title = region.heading.title.text if region.heading else ""
        return region.role is Role.ACTIONS and exact_topic(title) is not None

    def _home(self, region: Region | None) -> SectionDraft:
        assert region is not None
        if id(region) not in self.of:
            self.of[id(region)] = self._section(region, [])
            self.drafts.append(self.of[id(region)])
        return self.of[id(region)]

    def _section(self, region: Region, body: list[Slice]) -> SectionDraft:
        if region.heading is None:
            return SectionDraft(*self._opening_kind(region), body)
        title = without_colon(region.heading.title.text)
        return SectionDraft(
            region.kind, BESIDE_ENTRIES if self._is_second(region) else title, body
        )

    def _is_second(self, region: Region) -> bool:
        """Whether its heading now names the entries, and nothing leads to it."""
        title = region.heading.title.text if region.heading else ""
        is_timeline = region.role is Role.TIMELINE and region.yielded
        return is_timeline and is_label(title) and slug(title) not in self.linked

    def _opening_kind(self, region: Region) -> tuple[SectionKind, str]:
        """What stands above all headings: a summary where there is no other."""
        lines = self.bench.source.lines
        told = [b for b in region.left if self._is_told(b)]
        if not any(not LINE.match(lines[block.first]) for block in told):
            return SectionKind.OTHER, "Details"
        if any(r.kind is SectionKind.SUMMARY for r in self.bench.regions):
            return SectionKind.OTHER, "Introduction"
        return SectionKind.SUMMARY, "Summary"

    def _is_told(self, block: Block) -> bool:
        line = self.bench.source.lines[block.first]
        if CONTENTS.match(line) or message_head(line.strip()):
            return False
        table = read_table(self.bench.source, block)
        return block.kind == "paragraph" and table is None

    def _keeps_heading(self, region: Region) -> bool:
        """Whether a heading with nothing under it is more than a label."""
        if region.heading is None:
            return False
        words = region.heading.title.text
        if slug(words) in self.linked or not is_label(words):
            return True
        return not region.yielded and id(region) not in self.parents

    def _body(self, region: Region) -> Iterator[Slice]:
        every = range(region.first, region.last)
        lines = [
            n for n in every if n not in region.taken and not self._says_zone(region, n)
        ]
        for first, last in _runs(lines):
            while first < last and (self._is_edge(first) or self._ends_fold(first)):
                first += 1
            while first < last and (
                self._is_edge(last - 1) or self._ends_fold(last - 1, first)
            ):
                last -= 1
            if first < last:
                yield self._whole(region, first, last)

    def _whole(self, region: Region, first: int, last: int) -> Slice:
        """Whole lines, less the label that the first of them may start with."""
        piece = self.bench.source.slice(first, last)
        heading = region.heading
        if heading is not None and heading.skip and first == heading.first:
            return piece.after(heading.skip)
        return piece

    def _says_zone(self, region: Region, number: int) -> bool:
        """Whether a line beside the entries says only the zone that they have."""
        if region.role is not Role.TIMELINE or not region.yielded:
            return False
        line = self.bench.source.lines[number].strip("*_()[]>:. \t")
        zone = name_of_zone(zone_in(line))
        if not zone or zone != name_of_zone(self.bench.clockwork.zone):
            return False
        if not _says_when(line):
            return False
        piece = self.bench.source.slice(number, number + 1)
        self.bench.ledger.claim("facts", piece)
        return True

    def _ends_fold(self, number: int, first: int | None = None) -> bool:
        """Whether a folded part ends here that did not begin in these lines."""
        lines = self.bench.source.lines
        if FOLD_END.match(lines[number]) is None:
            return False
        if first is not None and any("<details" in n for n in lines[first:number]):
            return False
        piece = self.bench.source.slice(number, number + 1)
        self.bench.ledger.pass_over("end of a folded part", piece)
        return True

    def _is_edge(self, number: int) -> bool:
        """Blank, a line drawn between sections, or the place of a list of them."""
        source = self.bench.source
        for rule, shape in (("dividing line", RULE), ("place of contents", CONTENTS)):
            if shape.match(source.lines[number]):
                piece = source.slice(number, number + 1)
                self.bench.ledger.pass_over(rule, piece)
                return True
        return source.blank(number)


def is_label(title: str) -> bool:
    """Whether a heading says nothing but what kind of part it opens."""
    title = unescaped(title)
    bare = BRACKETS.sub(lambda m: " " if _says_when(m[1]) else m[0], title)
    if exact_topic(bare) is not None:
        return True
    return title.rstrip().endswith(("?", "？")) and topic_of(title) is not None


def _says_when(words: str) -> bool:
    """Whether brackets behind a heading hold only a day or a zone."""
    zone = zone_in(words)
    rest = WHEN.sub(" ", words.replace(zone, " ") if zone else words)
    names = re.sub(r"[,/&+]", " ", rest).split()
    return all(zone_in(name) or day_of(name) for name in names)


def without_colon(title: str) -> str:
    return undressed(title.strip().removesuffix(":").removesuffix("：").strip())


def slug(title: str) -> str:
    """The anchor that Markdown viewers give to a heading."""
    return re.sub(r"[^\w\- ]", "", title.casefold()).strip().replace(" ", "-")


def _runs(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """Stretches of lines that follow each other: first, and after the last."""
    start = 0
    for index in range(1, len(numbers) + 1):
        if index == len(numbers) or numbers[index] != numbers[index - 1] + 1:
            yield numbers[start], numbers[index - 1] + 1
            start = index
