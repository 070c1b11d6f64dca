"""What a report page shows of a document, in the order in which it is read.

A Report is a value: it is drawn by one template when a postmortem is published,
and kept as it was drawn. Clocks are those of the incident's zone.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from incidents.documents.calendar.durations import in_words, since
from incidents.documents.document import Action, Document, Entry, Factor, Section
from incidents.documents.kinds import ActionKind, EntryKind, SectionKind
from incidents.documents.render import Rendered, plain, render
from incidents.documents.render.headings import slug
from incidents.documents.showing.lengths import lengths
from incidents.documents.times import says_about

# What a reader wants before the story: told first, above the timeline.
OPENING = (SectionKind.SUMMARY, SectionKind.IMPACT, SectionKind.DETECTION)
# Ids that the page itself uses. Those with a dot can never be a section's.
PAGE_IDS = ("content", "site-search", "timeline", "causes", "action-items")
FIRST_PARAGRAPH = re.compile(r"<p>.*?</p>\n*", re.DOTALL)
DAY = "%A, %-d %B %Y"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    name: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section under its heading."""

    anchor: str
    title: str
    text: Rendered


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the timeline.

    `day` is set where a new day begins, `zone` where the clocks are put within the
    timeline: then one hour stands on them twice.
    """

    anchor: str
    kind: EntryKind
    text: Rendered
    at: dt.datetime | None
    clock: str
    zone: str
    elapsed: str
    day: str
    pinned: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """An action item, without what changes after publication."""

    anchor: str
    key: str
    kind: ActionKind | None
    text: Rendered
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A contributing factor with what shows it and what answers it."""

    text: Rendered
    category: str
    evidence: tuple[Row, ...]
    answers: tuple[Step, ...]
    accepted: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    title: str
    lead: Rendered | None
    facts: tuple[Fact, ...]
    moments: tuple[tuple[str, dt.datetime], ...]
    opening: tuple[Part, ...]
    zone: str
    timeline: tuple[Row, ...]
    telling: tuple[Part, ...]
    causes: tuple[Cause, ...]
    steps: tuple[Step, ...]

    @property
    def contents(self) -> Iterator[tuple[str, str]]:
        """The anchor and the title of each part, from top to bottom."""
        yield from ((part.anchor, part.title) for part in self.opening)
        if self.timeline:
            yield "timeline", "Timeline"
        yield from ((part.anchor, part.title) for part in self.telling)
        if self.causes:
            yield "causes", "Contributing factors"
        if self.steps:
            yield "action-items", "Action items"


def report(document: Document) -> Report:
    """The report of this document. Raises TooLong, as `render` does."""
    zone = ZoneInfo(document.zone or "UTC")
    lead, parts = sections(document.sections)
    rows = tuple(timeline(document.timeline, document.started_at, zone))
    steps = tuple(step(place, item) for place, item in enumerate(document.actions, 1))
    return Report(
        title=document.title,
        lead=lead,
        facts=tuple(facts(document)),
        moments=tuple(moments(document, zone)),
        opening=tuple(part for kind, part in parts if kind in OPENING),
        zone=str(zone),
        timeline=rows,
        telling=tuple(part for kind, part in parts if kind not in OPENING),
        causes=tuple(cause(factor, rows, steps) for factor in document.factors),
        steps=steps,
    )


def facts(document: Document) -> Iterator[Fact]:
    for name, length in lengths(document):
        yield Fact(name=name, value=in_words(length))
    affected = users_affected(document)
    if affected:
        yield Fact(name="Users affected", value=affected)


def users_affected(document: Document) -> str:
    percent, count = document.users_affected_percent, document.users_affected_count
    if percent is not None:
        return f"{percent.normalize():f}%"
    return "" if count is None else f"{count:,}"


def moments(document: Document, zone: ZoneInfo) -> Iterator[tuple[str, dt.datetime]]:
    """The known turning points, earliest first."""
    known = [
        (name, at.astimezone(zone))
        for name, at in (
            ("started", document.started_at),
            ("detected", document.detected_at),
            ("mitigated", document.mitigated_at),
            ("resolved", document.resolved_at),
        )
        if at
    ]
    yield from sorted(known, key=lambda moment: moment[1])


def sections(
    written: Iterable[Section],
) -> tuple[Rendered | None, list[tuple[SectionKind, Part]]]:
    """The lead, and each section that says something; what leads is not repeated."""
    filled = [section for section in written if section.body.strip()]
    anchors = dict(zip(names(s.title for s in filled), filled, strict=True))
    known = {slug(section.title): anchor for anchor, section in anchors.items()}
    lead: Rendered | None = None
    parts = []
    for anchor, section in anchors.items():
        text = render(section.body, prefix=f"{anchor}.", anchors=known)
        if section.kind == SectionKind.SUMMARY and lead is None:
            lead, text = split(text)
        if text.html.strip():
            part = Part(anchor=anchor, title=section.title, text=text)
            parts.append((section.kind, part))
    return lead, parts


def names(titles: Iterable[str]) -> list[str]:
    """An id for each title, none twice and none that the page uses itself."""
    taken = list(PAGE_IDS)
    for title in titles:
        name = wanted = slug(title) or "section"
        number = 1
        while name in taken:
            number += 1
            name = f"{wanted}-{number}"
        taken.append(name)
    return taken[len(PAGE_IDS) :]


def leads(section: Section) -> bool:
    """Whether its first paragraph stands above the report, if it is the first to."""
    if section.kind != SectionKind.SUMMARY:
        return False
    return split(render(section.body))[0] is not None


def split(text: Rendered) -> tuple[Rendered | None, Rendered]:
    """The first paragraph, if the text begins with one, and the rest."""
    first = FIRST_PARAGRAPH.match(text.html)
    if first is None:
        return None, text
    rest = replace(text, html=text.html[first.end() :])
    return replace(text, html=first[0]), rest


def timeline(
    entries: Iterable[Entry], start: dt.datetime | None, zone: ZoneInfo
) -> Iterator[Row]:
    entries = tuple(entries)
    clocks = clocks_of(entries, zone)
    before = start.astimezone(zone) if start else None
    for place, entry in enumerate(entries, 1):
        at = entry.at.astimezone(zone) if entry.at else None
        new_day = at and (before is None or at.date() != before.date())
        yield Row(
            anchor=f"timeline.{place}",
            kind=entry.kind,
            text=render(entry.text, prefix=f"timeline.{place}."),
            at=at,
            clock=clock(entry, at, zone),
            zone=(at.tzname() or "") if at and len(clocks) > 1 else "",
            elapsed=since(start, at) if start and at else "",
            day=at.strftime(DAY) if at and new_day else "",
            pinned=entry.pinned,
        )
        before = at or before


def clocks_of(entries: Iterable[Entry], zone: ZoneInfo) -> set[dt.timedelta | None]:
    """How far the clocks were from UTC: twice, if they were put meanwhile."""
    return {entry.at.astimezone(zone).utcoffset() for entry in entries if entry.at}


def clock(entry: Entry, at: dt.datetime | None, zone: ZoneInfo) -> str:
    """“08:15”, “~08:15”, “08:15–08:40”, or what was written where the moment is
    not known."""
    if at is None:
        return entry.as_written or "?"
    end = entry.until.astimezone(zone) if entry.until else None
    about = "~" if says_about(entry.as_written) else ""
    until = f"–{end:%H:%M}" if end and end > at else ""
    return f"{about}{at:%H:%M}{until}"


def step(place: int, item: Action) -> Step:
    anchor = f"action.{place}"
    text = render(item.text, prefix=f"{anchor}.")
    words = plain(item.text)
    return Step(anchor=anchor, key=item.key, kind=item.kind, text=text, words=words)


def cause(factor: Factor, rows: tuple[Row, ...], steps: tuple[Step, ...]) -> Cause:
    return Cause(
        text=render(factor.text),
        category=factor.category,
        evidence=tuple(rows[place] for place in factor.evidence),
        answers=tuple(steps[place] for place in factor.answers),
        accepted=factor.accepted,
    )
