"""What an import proposes, as it is shown and as it comes back mended."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeVar

from django.http import QueryDict

from incidents.documents.calendar.durations import in_words
from incidents.documents.document import Document, Entry, Factor, Section
from incidents.documents.kinds import SectionKind
from incidents.documents.parse import Parsed, Remark
from incidents.forms.fields import sent_columns
from incidents.forms.importing import ImportedFactsForm, action_forms
from incidents.forms.paste import LEAVE_OUT, PastedRow, read_row
from incidents.forms.times import TimeContext, shown_time

Row = TypeVar("Row")
# More rows than this nobody mends before saving; the rest is saved as it was read.
MOST_SHOWN = 500


@dataclass(slots=True)
class SectionRow:
    kind: str
    title: str
    body: str
    error: str = ""

    @property
    def left_out(self) -> bool:
        return self.kind == LEAVE_OUT

    @property
    def lines(self) -> int:
        """How tall its field is where the browser does not fit it to the text."""
        return min(12, 2 + self.body.count("\n") + len(self.body) // 90)


class Proposal:
    """A document as read, with the form that mends it; `sent` is what came back."""

    def __init__(
        self,
        parsed: Parsed,
        *,
        zone: str,
        now: dt.datetime,
        sent: QueryDict | None = None,
    ) -> None:
        self.parsed, self.sent = parsed, sent
        self.facts = ImportedFactsForm(sent, read=parsed.document, zone=zone, now=now)
        self.shown = self.facts.shown
        self.actions = action_forms(self.shown.actions[:MOST_SHOWN], sent)

    @cached_property
    def sections(self) -> list[SectionRow]:
        read = self.shown.sections[:MOST_SHOWN]
        if self.sent is None:
            return [SectionRow(one.kind, one.title, one.body) for one in read]
        columns = sent_columns(
            self.sent, "section_kind", "section_title", "section_body"
        )
        rows = [SectionRow(*values) for values in zip(*columns, strict=False)]
        for row in rows:
            check_section(row)
        return rows[: len(read)]

    @cached_property
    def entries(self) -> list[PastedRow]:
        read = self.shown.timeline[:MOST_SHOWN]
        rows = [entry_row(entry, self.facts.clock) for entry in read]
        if self.sent is None:
            return rows
        columns = sent_columns(self.sent, "time", "kind", "text_of_entry")
        self.facts.is_valid()
        around = self.facts.around()
        stand = self.facts.in_zone_chosen().timeline
        for row, entry, values in zip(
            rows, stand, zip(*columns, strict=False), strict=False
        ):
            take_sent(row, entry, values, around)
        return rows

    @property
    def is_valid(self) -> bool:
        rows: list[SectionRow | PastedRow] = [*self.sections, *self.entries]
        actions = [form.is_valid() or form.left_out for form in self.actions]
        return (
            self.facts.is_valid()
            and all(actions)
            and not any(row.error for row in rows)
        )

    @property
    def errors(self) -> list[tuple[str, str]]:
        """Everything to mend, each with the anchor of its place."""
        found = [
            (f"sections-{place}", row.error) for place, row in enumerate(self.sections)
        ]
        found += [
            (f"timeline-{place}", row.error) for place, row in enumerate(self.entries)
        ]
        for form in self.actions:
            if not form.left_out:
                sentences = (str(one) for some in form.errors.values() for one in some)
                found.append((form.part, " ".join(sentences)))
        return [(anchor, error) for anchor, error in found if error]

    @property
    def document(self) -> Document:
        """The document as it was sent back. Rows that were not shown stay as read."""
        facts = self.facts.document
        actions = [None if one.left_out else one.action for one in self.actions]
        sections = [
            section_of(row, was)
            for row, was in zip(self.sections, facts.sections, strict=False)
        ]
        entries = [row.entry for row in self.entries]
        return replace(
            facts,
            sections=without_left_out(sections) + facts.sections[len(sections) :],
            timeline=without_left_out(entries) + facts.timeline[len(entries) :],
            actions=without_left_out(actions) + facts.actions[len(actions) :],
            factors=renumbered(
                facts.factors, places_left_out(entries), places_left_out(actions)
            ),
        )

    @property
    def remarks(self) -> list[Remark]:
        """What to look at, of the reading and of what a record cannot hold."""
        unfit = (Remark(f"Kept as words: {one}") for one in self.facts.fitted.remarks)
        return [*self.parsed.warnings, *unfit]

    @property
    def duration(self) -> str:
        minutes = self.parsed.duration_minutes
        return "" if minutes is None else in_words(dt.timedelta(minutes=minutes))

    @property
    def hidden_rows(self) -> int:
        """How many rows stand in no field, because they are too many."""
        parts = (self.shown.sections, self.shown.timeline, self.shown.actions)
        return sum(max(0, len(rows) - MOST_SHOWN) for rows in parts)


def entry_row(entry: Entry, clock: str) -> PastedRow:
    time = shown_time(entry.at, clock, entry.until)
    note = "" if entry.at else f"{unclear(entry)} It keeps its place; set a time."
    return PastedRow(
        time, time, entry.as_written, entry.kind, entry.text, note, entry=entry
    )


def unclear(entry: Entry) -> str:
    if not entry.as_written:
        return "It has no clear time."
    return f"It has no clear time: only “{entry.as_written}” is written."


def take_sent(
    row: PastedRow, was: Entry, values: Sequence[str], around: TimeContext
) -> None:
    """Put what was sent into a row. An untouched time is never read again."""
    row.time, row.kind, row.text = values
    row.entry = None
    if row.kind == LEAVE_OUT:
        return
    if row.time == row.time_was:
        moment = replace(row, time="")
        read_row(moment, around)
        row.kind, row.error = moment.kind, moment.error
        if moment.entry:
            row.entry = replace(was, kind=moment.entry.kind, text=moment.entry.text)
    else:
        read_row(row, around)


def check_section(row: SectionRow) -> None:
    row.title = " ".join(row.title.split())
    if row.kind not in {*SectionKind, LEAVE_OUT}:
        row.kind = SectionKind.OTHER
    if row.left_out:
        return
    if not row.title:
        row.error = "Give the section a title, or leave it out."
    elif len(row.title) > 200:
        row.error = "The title of a section may have up to 200 characters."


def section_of(row: SectionRow, was: Section) -> Section | None:
    if row.left_out:
        return None
    return replace(was, kind=SectionKind(row.kind), title=row.title, body=row.body)


def without_left_out(rows: Sequence[Row | None]) -> tuple[Row, ...]:
    return tuple(row for row in rows if row is not None)


def places_left_out(rows: Sequence[object]) -> frozenset[int]:
    return frozenset(place for place, row in enumerate(rows) if row is None)


def renumbered(
    factors: Sequence[Factor], entries: Collection[int], actions: Collection[int]
) -> tuple[Factor, ...]:
    """The factors, pointing past the rows that were left out."""
    return tuple(
        replace(
            factor,
            evidence=renumbered_places(factor.evidence, entries),
            answers=renumbered_places(factor.answers, actions),
        )
        for factor in factors
    )


def renumbered_places(old: Sequence[int], without: Collection[int]) -> tuple[int, ...]:
    return tuple(
        place - sum(1 for left in without if left < place)
        for place in old
        if place not in without
    )
