"""Notes pasted as they are, and the rows that were read from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from incidents.documents.document import Entry
from incidents.documents.kinds import EntryKind
from incidents.documents.pasted import Line
from incidents.documents.times import Question
from incidents.forms.fields import MarkdownField, sent_columns
from incidents.forms.part import PartForm
from incidents.forms.times import TimeContext, shown_time, understand

LEAVE_OUT = "leave out"
MOST_LINES = 2_000
TOO_MANY = f"Paste up to {MOST_LINES:,} lines at a time."


class PasteForm(PartForm):
    text = MarkdownField(
        label="Your notes",
        rows=14,
        help_text="Notes, a chat, CSV or bullets: one thing that happened a line.",
        error_messages={"required": "Paste your notes first."},
    )

    def clean_text(self) -> str:
        text = str(self.cleaned_data["text"])
        if text.count("\n") >= MOST_LINES:
            raise forms.ValidationError(TOO_MANY, code="too_many")
        return text


@dataclass(slots=True)
class PastedRow:
    """One line as the preview shows it, to be mended in place."""

    time: str
    time_was: str
    written: str
    kind: str
    text: str
    note: str = ""
    error: str = ""
    entry: Entry | None = None

    @property
    def lines(self) -> int:
        """How tall its field is where the browser does not fit it to the text."""
        return min(8, 1 + self.text.count("\n") + len(self.text) // 40)

    @property
    def marked(self) -> bool:
        return bool(self.note or self.error)


def rows_read(lines: Sequence[Line], zone: str) -> list[PastedRow]:
    return [row_of(line, zone) for line in lines if not line.heading]


def row_of(line: Line, zone: str) -> PastedRow:
    if line.entry is None:
        note = f"{line.reason} It is kept as an entry without a time."
        return PastedRow("", "", "", EntryKind.NOTE, line.source, note)
    entry = line.entry
    time = shown_time(entry.at, zone, entry.until)
    note = " ".join(line.notes)
    if line.question:
        time, note = likeliest_time(line.question, zone)
    return PastedRow(time, time, entry.as_written, entry.kind, entry.text, note)


def likeliest_time(question: Question, zone: str) -> tuple[str, str]:
    """The likeliest answer as text for the field, and the others in words."""
    if not question.choices:
        return "", question.sentence
    first, *others = (
        shown_time(choice.resolved.at, zone, choice.resolved.until)
        for choice in question.choices
    )
    taken = f"{question.sentence} We took {first}."
    return first, " Or was it ".join([taken, *others]) + ("?" if others else "")


def rows_sent(data: QueryDict, around: TimeContext) -> list[PastedRow]:
    """The rows as they came back, each with its entry or with what to mend."""
    columns = sent_columns(data, "time", "time_was", "written", "kind", "text")
    rows = [PastedRow(*values) for values in zip(*columns, strict=False)]
    for row in rows[:MOST_LINES]:
        if row.kind != LEAVE_OUT:
            read_row(row, around)
    return rows[:MOST_LINES]


def read_row(row: PastedRow, around: TimeContext) -> None:
    if row.kind not in set(EntryKind):
        row.kind = EntryKind.NOTE
    if not row.text.strip():
        row.error = "Say what happened, or leave it out."
        return
    moment: dict[str, Any] = {}
    if row.time.strip():
        found = understand(row.time, around)
        if isinstance(found, Question):
            row.error = likeliest_time(found, around.zone)[1]
            return
        moment = {"at": found.at, "until": found.until, "zone": found.zone}
    written = row.written if row.time == row.time_was else row.time
    text = row.text.strip("\n")
    kind = EntryKind(row.kind)
    row.entry = Entry(text=text, kind=kind, as_written=written[:200], **moment)
