"""Postmortems with gaps for words, keys and a day, and what is made of their text."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any, Final
from uuid import UUID

from incidents.documents.document import Action, Document, Entry, Factor, Section
from incidents.documents.kinds import (
    ActionKind,
    Detection,
    EntryKind,
    Priority,
    SectionKind,
)
from incidents.documents.render import plain
from incidents.documents.searching.pieces import Field, Piece, report_pieces
from incidents.documents.searching.words import spellings
from incidents.management.load.gaps import GAPS, Gapped, gap
from incidents.management.load.words import Language
from incidents.search.words.terms import fields_of
from incidents.workflow.reviewing.publish import drawn_report, report_html

MIDNIGHT: Final = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
ENTRIES, ACTIONS = 12, 5
# The frequent half of the language; what is rare comes with the gaps.
USUAL_WORDS = 3000
SECTIONS: Final = (
    (SectionKind.SUMMARY, "Summary", 1),
    (SectionKind.IMPACT, "Impact", 7),
    (SectionKind.ROOT_CAUSE, "Root cause", 11),
    (SectionKind.RESOLUTION, "Resolution and recovery", 8),
    (SectionKind.LESSONS, "What went well", 6),
)
STORY: Final = (
    EntryKind.DETECTED,
    EntryKind.NOTE,
    EntryKind.ESCALATION,
    EntryKind.ACTION,
    EntryKind.DEAD_END,
    EntryKind.NOTE,
    EntryKind.FINDING,
    EntryKind.ACTION,
    EntryKind.MITIGATION,
    EntryKind.NOTE,
    EntryKind.ACTION,
    EntryKind.RESOLVED,
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One postmortem that happened on `MIDNIGHT`'s day, and all that is made of it.

    Its texts are the title, the sections', the entries' and the items', in this order.
    """

    document: Document
    texts: list[Gapped]
    html: Gapped
    summary: Gapped
    contents: list[list[str]]
    steps: list[tuple[str, Gapped]]
    pieces: list[tuple[Piece, Gapped]]
    terms: dict[Field, Gapped]
    spellings: set[str]


@dataclass(frozen=True, slots=True)
class Filling:
    """What fills a pattern: words for its gaps, a day, keys, facts."""

    words: Sequence[str]
    day: dt.date
    keys: Sequence[UUID]
    facts: Mapping[str, Any]
    owners: Sequence[Mapping[str, Any]]

    @property
    def later(self) -> dt.timedelta:
        return self.day - MIDNIGHT.date()


def patterns(random: Random, categories: Sequence[str], count: int) -> list[Pattern]:
    language = Language(random, USUAL_WORDS)
    return [pattern(random, language, random.choice(categories)) for _ in range(count)]


def pattern(random: Random, language: Language, category: str) -> Pattern:
    gaps = iter([gap(number) for number in range(GAPS)])
    start = MIDNIGHT + dt.timedelta(minutes=random.randint(0, 14 * 60))
    entries = tuple(timeline(random, language, gaps, start))
    document = Document(
        title=f"{language.draw(1)[0].capitalize()} {next(gaps)} {next(gaps)} "
        f"{' '.join(language.draw(2))}",
        zone="UTC",
        started_at=start,
        detected_at=entries[0].at,
        mitigated_at=entries[8].at,
        resolved_at=entries[-1].at,
        detection=random.choice(list(Detection)),
        users_affected_count=random.randint(1, 90_000),
        sections=tuple(sections(language, gaps)),
        timeline=entries,
        actions=tuple(actions(random, language, gaps)),
        factors=(
            Factor(
                text=language.sentence(),
                category=category,
                evidence=(6,),
                answers=(0,),
            ),
        ),
    )
    return made_of(document)


def made_of(document: Document) -> Pattern:
    report, pieces = drawn_report(document), report_pieces(document, 0)
    fields = fields_of(pieces)
    return Pattern(
        document=document,
        texts=[Gapped(text) for text in texts_of(document)],
        html=Gapped(report_html(report)),
        summary=Gapped(plain(document.sections[0].body)),
        contents=[list(place) for place in report.contents],
        steps=[(step.anchor, Gapped(step.text.html)) for step in report.steps],
        pieces=[(piece, Gapped(piece.text)) for piece in pieces],
        terms={field: Gapped(" ".join(found)) for field, found in fields.items()},
        spellings={
            word
            for piece in pieces
            for word in spellings(Gapped(piece.text).filled([""] * GAPS))
        },
    )


def texts_of(document: Document) -> Iterator[str]:
    yield document.title
    yield from (section.body for section in document.sections)
    yield from (entry.text for entry in document.timeline)
    yield from (item.text for item in document.actions)


def timeline(
    random: Random, language: Language, gaps: Iterator[str], start: dt.datetime
) -> Iterator[Entry]:
    """All within the day, so that no line of it names another one."""
    at = start
    for kind in STORY:
        at += dt.timedelta(minutes=random.randint(1, 45))
        text = language.sentence([next(gaps)])
        clock = f"{at:%H:%M}"
        yield Entry(text=text, at=at, as_written=clock, zone="UTC", kind=kind)


def sections(language: Language, gaps: Iterator[str]) -> Iterator[Section]:
    for kind, title, length in SECTIONS:
        yield Section(kind=kind, title=title, body=prose(language, gaps, length))


def prose(language: Language, gaps: Iterator[str], length: int) -> str:
    """Sentences in paragraphs, the longer ones with a list and some emphasis."""
    said = [language.sentence([next(gaps)] if n < 3 else ()) for n in range(length)]
    if length == 1:
        return said[0]
    said[1] = f"**{said[1]}**"
    said[2] = f"It began with `{'_'.join(language.draw(2))}`. {said[2]}"
    points = "\n".join(f"- {sentence}" for sentence in said[-2:])
    return f"{' '.join(said[:3])}\n\n{' '.join(said[3:-2])}\n\n{points}"


def actions(
    random: Random, language: Language, gaps: Iterator[str]
) -> Iterator[Action]:
    for _ in range(ACTIONS):
        yield Action(
            text=language.sentence([next(gaps)]),
            kind=random.choice(list(ActionKind)),
            priority=random.choice(list(Priority)),
        )


def filled_pattern(made: Pattern, filling: Filling) -> Document:
    """The pattern's document with its gaps filled, on its own day."""
    was, keys, later = made.document, iter(map(str, filling.keys)), filling.later
    texts = iter([text.filled(filling.words) for text in made.texts])
    return replace(
        was,
        title=next(texts),
        **{
            name: getattr(was, name) + later
            for name in ("started_at", "detected_at", "mitigated_at", "resolved_at")
        },
        sections=tuple(
            replace(row, body=next(texts), key=next(keys)) for row in was.sections
        ),
        timeline=tuple(
            replace(row, text=next(texts), at=row.at + later, key=next(keys))
            for row in was.timeline
            if row.at
        ),
        actions=tuple(
            replace(row, text=next(texts), key=next(keys), **owned)
            for row, owned in zip(was.actions, filling.owners, strict=True)
        ),
        factors=tuple(replace(row, key=next(keys)) for row in was.factors),
        **filling.facts,
    )


def page_of(made: Pattern, filling: Filling) -> str:
    """What publishing the filled pattern would render."""
    day = f'datetime="{MIDNIGHT:%Y-%m-%d}T'
    there = f'datetime="{filling.day.isoformat()}T'
    return made.html.filled(filling.words).replace(day, there)
