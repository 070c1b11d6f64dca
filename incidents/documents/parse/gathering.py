"""Gathering the facts of one document from everywhere in it."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace

from incidents.documents.kinds import SectionKind
from incidents.documents.parse.blocks import Block
from incidents.documents.parse.chronicle import Chronicle
from incidents.documents.parse.fact_reader import FactReader
from incidents.documents.parse.facts import Facts
from incidents.documents.parse.headings import NUMBERING, Role
from incidents.documents.parse.labels import Labelled, fact_name, find_labelled
from incidents.documents.parse.mail import mail_heads
from incidents.documents.parse.moments import flat_times, name_of_zone, zone_in
from incidents.documents.parse.outline import Region
from incidents.documents.parse.source import unescaped
from incidents.documents.parse.workbench import Workbench
from incidents.documents.times import is_local, zone_note

SAYS_ZONE = re.compile(
    r"(?:all |the )?(?:times?|timestamps?|hours?|zeiten|zeitangaben|horas|heures"
    r"|horários)"
    r"\b[^.\n]{0,40}|時刻[^。\n]{0,20}|时间[^。\n]{0,20}",
    re.I,
)
MAIL_HEADS = 4
SENT = re.compile(r"^\W*(?:date|sent|datum|gesendet|fecha|envoyé)\s*:.*$", re.I | re.M)
TASK = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+\[[ xX]\].*$", re.M)
NARRATIVE = (SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.OTHER)
OPENING_LINES = 60
HEADED = (
    "authors",
    "severity",
    "services",
    "date",
    "duration",
    "tags",
    "owner",
    "users",
)
BULLET = re.compile(r"^\s*(?:[-*+]|\d+[.)])\s+")
LONGEST_LIST = 30
ISO_DAY = re.compile(r"(?<!\d)20\d\d-[01]\d-[0-3]\d(?!\d)")
# Beyond this a text is a log, not a story that tells a zone or a day.
LONGEST_STORY = 20_000


class Gatherer:
    """Reads labels first, then sentences, then what only the timeline tells."""

    def __init__(self, bench: Workbench, chronicle: Chronicle) -> None:
        self.bench = bench
        self.chronicle = chronicle
        labelled = [*self._front_labels(), *self._labels()]
        self.reader = FactReader(labelled, bench.clockwork)

    @property
    def facts(self) -> Facts:
        return self.reader.facts

    def read(self) -> Facts:
        """All that can be known before the entries have their moments."""
        bench, reader = self.bench, self.reader
        self._find_zone()
        opening = self._opening()
        reader.read_words(bench.title.text, opening)
        reader.read_share(bench.prose_of(SectionKind.IMPACT, SectionKind.SUMMARY))
        reader.read_share(bench.prose_of(*SectionKind))
        impact = bench.prose_of(SectionKind.IMPACT)
        reader.read_count(bench.prose_of(*NARRATIVE), impact)
        reader.read_detection(bench.prose_of(SectionKind.DETECTION))
        reader.read_day(map(of_the_incident, self._day_texts(opening)))
        reader.read_times()
        reader.read_sentences(bench.prose_of(*NARRATIVE))
        if reader.facts.started is not None:
            bench.clockwork.day = reader.facts.started.date()
            bench.clockwork.started = reader.facts.started
        return reader.facts

    def settle(self) -> None:
        """What is left to know once the timeline is read."""
        bench, reader, facts = self.bench, self.reader, self.facts
        told = bench.prose_of(*NARRATIVE, SectionKind.RESOLUTION)
        reader.read_end(told, start=facts.started or self.chronicle.begins())
        if facts.resolved is None and facts.stated is None:
            reader.read_sentences(bench.prose_of(SectionKind.RESOLUTION))
        reader.settle(self.chronicle.begins(), self.chronicle.ends())
        bench.remarks.extend(facts.remarks)
        self.chronicle.say_doubts()
        zones = (entry.zone for _, entry in self.chronicle.entries if entry.zone)
        known = next(zones, "") or name_of_zone(bench.clockwork.zone)
        facts.zone = known or self._zone_of_facts()
        if note := zone_note(facts.zone or ""):
            bench.remark(note)

    def _labels(self) -> Iterator[Labelled]:
        for one in self._told():
            # The date of a mail is when it was sent.
            sent = one.name == "date" and self._is_mail(one.line)
            yield replace(one, name="published") if sent else one

    def _is_mail(self, line: int) -> bool:
        """Whether a line stands among "From:", "To:" and "Subject:"."""
        around = self.bench.source.lines[max(line - MAIL_HEADS, 0) : line + MAIL_HEADS]
        return len(mail_heads(around)) > 1

    def _told(self) -> Iterator[Labelled]:
        taken = self.chronicle.lines()
        for region in self.bench.regions:
            if region.role in (Role.SECTION, Role.TIMELINE):
                blocks = [b for b in region.blocks if b.first not in taken]
                yield from find_labelled(self.bench.source, blocks)
                yield from self._heading_label(region, blocks)

    def _heading_label(self, region: Region, blocks: list[Block]) -> Iterator[Labelled]:
        """A fact under a heading of its own: "### Authors", then a list."""
        heading = region.heading
        name = fact_name(heading.title.text) if heading else None
        if heading is None or name not in HEADED or not blocks:
            return
        last = blocks[0]
        lines = self.bench.text_of(last).split("\n")
        value = ", ".join(BULLET.sub("", line) for line in lines[:LONGEST_LIST])
        piece = self.bench.source.slice(last.first, last.last)
        yield Labelled(name, value, piece, last.first)

    def _front_labels(self) -> Iterator[Labelled]:
        front = self.bench.front
        for key, value in front.values.items():
            name, piece = fact_name(key), front.lines.get(key)
            # A post's date is when it was published: a hint at the year, no more.
            name = "published" if name == "date" else name
            if name and value is not None and piece is not None:
                every = value if isinstance(value, list) else [value]
                words = ", ".join(map(told, every))
                line = self.bench.source.line_of(piece.start)
                yield Labelled(name, words, piece, line)

    def _opening(self) -> str:
        region = self.bench.regions[0]
        last = min(region.last, region.first + OPENING_LINES)
        return self.bench.source.slice(region.first, last).text

    def _day_texts(self, opening: str) -> Iterator[str]:
        bench = self.bench
        for region in bench.regions:
            if region.heading and region.role is Role.TIMELINE:
                yield region.heading.title.text
        yield parted(bench.title.text)
        yield from bench.prose_of(SectionKind.SUMMARY)
        yield opening
        yield from bench.prose_of(*SectionKind)
        yield parted(bench.name)

    def _find_zone(self) -> None:
        """The zone for times that have none: said once, or the only one used."""
        said = list(filter(None, self._zones_said()))
        # "ET" says more than "GMT-4": it also knows the winter.
        named = (one for one in said if not re.search(r"\d", one))
        zone = next(named, next(iter(said), ""))
        if not zone:
            used = {name_of_zone(name) for name in self._zones_used()}
            used = {name for name in used if name and not is_local(name)}
            zone = used.pop() if len(used) == 1 else ""
        self.bench.clockwork.zone = zone

    def _zones_said(self) -> Iterator[str]:
        for one in self.reader.values("timezone"):
            yield zone_in(one.value)
        for one in self.reader.values("date"):
            yield zone_in(one.value)
        for region in self.bench.regions:
            if region.role is Role.TIMELINE and region.heading:
                title = unescaped(region.heading.title.text)
                yield zone_in(NUMBERING.sub("", title))
            for match in SAYS_ZONE.finditer(self._intro(region)):
                yield zone_in(match[0])

    def _intro(self, region: Region) -> str:
        title = region.heading.title.text if region.heading else ""
        blocks = [b for b in region.blocks[:3] if b.kind in ("paragraph", "quote")]
        texts = (self.bench.text_of(block)[:LONGEST_STORY] for block in blocks)
        return unescaped("\n".join([title, *texts]))

    def _zones_used(self) -> Iterator[str]:
        for draft in self.chronicle.drafts():
            yield draft.zone or (draft.written.zone if draft.written else "")
        for text in (one.value for one in self.reader.labelled):
            yield from zones_in(text)
        for text in self.bench.prose_of(*NARRATIVE):
            yield from zones_in(text[:LONGEST_STORY])

    def _zone_of_facts(self) -> str | None:
        for one in self.reader.labelled:
            for zone in filter(None, zones_in(one.value)):
                return name_of_zone(zone)
        started = self.facts.started
        return "UTC" if started is not None and started.tzinfo is dt.UTC else None


def told(value: object) -> str:
    """A value of the front matter in words; of a person the name comes first."""
    if not isinstance(value, dict):
        return str(value)
    first, *others = (str(part) for part in value.values() if part)
    return f"{first} ({'; '.join(others)})" if others else first


def parted(name: str) -> str:
    """The name of a file or a channel with its day apart: "inc-2026-10-08-sms"."""
    return ISO_DAY.sub(r" \g<0> ", name)


def of_the_incident(text: str) -> str:
    """The text without other days: of promises, and of a mail when it was sent."""
    text = TASK.sub("", text)
    return SENT.sub("", text) if len(mail_heads(text.split("\n"))) > 1 else text


def zones_in(text: str) -> Iterator[str]:
    return (written.zone for written in flat_times(text))
