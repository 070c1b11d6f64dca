"""Postmortems with gaps for words, keys and a day, and what is rendered of them."""

import datetime as dt
import re
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
from incidents.management.load.words import Language
from incidents.workflow.publish import body, draw

MIDNIGHT: Final = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
GAP = re.compile(r"zq([a-j][a-j])")
GAPS: Final = 32
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
class Mould:
    """One postmortem that happened on `MIDNIGHT`'s day, and its frozen page."""

    document: Document
    html: str
    contents: list[list[str]]
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Filling:
    """What makes a cast of a mould: words for its gaps, a day, keys, facts."""

    words: Sequence[str]
    day: dt.date
    keys: Sequence[UUID]
    facts: Mapping[str, Any]
    owners: Sequence[Mapping[str, Any]]

    @property
    def later(self) -> dt.timedelta:
        return self.day - MIDNIGHT.date()


def gap(number: int) -> str:
    """A word of letters only, so that no rendering changes it."""
    return f"zq{chr(97 + number // 10)}{chr(97 + number % 10)}"


def moulds(random: Random, categories: Sequence[str], count: int) -> list[Mould]:
    language = Language(random, USUAL_WORDS)
    return [mould(random, language, random.choice(categories)) for _ in range(count)]


def mould(random: Random, language: Language, category: str) -> Mould:
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
    report = draw(document)
    steps = tuple((step.anchor, step.text.html) for step in report.steps)
    contents = [list(place) for place in report.contents]
    return Mould(document, body(report), contents, steps)


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


def cast(made: Mould, filling: Filling) -> Document:
    """The mould's document with its gaps filled, on its own day."""
    was, keys, later = made.document, iter(map(str, filling.keys)), filling.later

    def fill(text: str) -> str:
        return filled(text, filling.words)

    return replace(
        was,
        title=fill(was.title),
        **{
            name: getattr(was, name) + later
            for name in ("started_at", "detected_at", "mitigated_at", "resolved_at")
        },
        sections=tuple(
            replace(row, body=fill(row.body), key=next(keys)) for row in was.sections
        ),
        timeline=tuple(
            replace(row, text=fill(row.text), at=row.at + later, key=next(keys))
            for row in was.timeline
            if row.at
        ),
        actions=tuple(
            replace(row, text=fill(row.text), key=next(keys), **owned)
            for row, owned in zip(was.actions, filling.owners, strict=True)
        ),
        factors=tuple(replace(row, key=next(keys)) for row in was.factors),
        **filling.facts,
    )


def page_of(made: Mould, filling: Filling) -> str:
    """What publishing the cast would render."""
    day = f'datetime="{MIDNIGHT:%Y-%m-%d}T'
    return filled(made.html, filling.words).replace(
        day, f'datetime="{filling.day.isoformat()}T'
    )


def filled(text: str, words: Sequence[str]) -> str:
    return GAP.sub(lambda found: words[place(found[1])], text)


def place(letters: str) -> int:
    return (ord(letters[0]) - 97) * 10 + ord(letters[1]) - 97
