"""From pasted text to entries with their moments, line after line."""

import datetime as dt
from dataclasses import dataclass

from incidents.documents.document import Entry
from incidents.documents.kinds_from_words import guess_kind
from incidents.documents.pasted.grouping import grouped_pieces
from incidents.documents.pasted.line import Line, Piece
from incidents.documents.pasted.separated import separated_pieces
from incidents.documents.times import (
    Question,
    Resolved,
    WrittenDate,
    days_of,
    resolve,
    zone_name,
)

_NO_TEXT = "There is a time, but no text with it."


def read_lines(
    text: str,
    *,
    zone: str | None,
    started: dt.datetime | None,
    previous: dt.datetime | None,
    now: dt.datetime,
) -> tuple[Line, ...]:
    """Every non-blank line of the text, as entries, headings and unread lines.

    Where a line's moment is a question, the lines after it are read as if its
    first choice were the answer, so that one midnight asks once.
    """
    clean = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    pieces = separated_pieces(clean) or grouped_pieces(clean)
    reader = _Reader(zone, started, previous, now)
    return tuple(reader.line(piece) for piece in pieces if piece.source)


@dataclass(slots=True)
class _Reader:
    """What the lines read so far say about the next one."""

    zone: str | None
    started: dt.datetime | None
    previous: dt.datetime | None
    now: dt.datetime
    day: dt.date | None = None

    def line(self, piece: Piece) -> Line:
        if piece.heading:
            return self._heading(piece)
        if piece.written is None or not piece.text:
            reason = piece.reason if piece.written is None else _NO_TEXT
            return _line(piece, reason=reason)
        zone = piece.written.zone or piece.zone or self.zone
        answer = resolve(
            piece.written,
            zone=piece.zone or self.zone,
            previous=self.previous,
            started=self.started,
            now=self.now,
            day=self.day,
        )
        if piece.written.date and piece.written.clock is None:
            self._turn_to(piece.written.date)
        return self._entry(piece, answer, zone_name(zone or "") or "")

    def _heading(self, piece: Piece) -> Line:
        self.zone = piece.zone or self.zone
        return _line(piece, heading=True, notes=self._turn_to(piece.day))

    def _turn_to(self, date: WrittenDate | None) -> tuple[str, ...]:
        """From here on, times without a date are on this day."""
        if date is None:
            return ()
        known = self.previous or self.started or self.now
        near = self.day or known.date()
        days = days_of(date, near=near, today=self.now.date())
        self.day, self.previous = days.all[0], None
        chosen = (f"{days.why} It was read as the first.",) if days.why else ()
        return (*days.notes, *chosen)

    def _entry(self, piece: Piece, answer: Resolved | Question, zone: str) -> Line:
        likely = _likeliest(answer)
        if likely:
            self.previous = likely.at
        settled = answer if isinstance(answer, Resolved) else None
        entry = Entry(
            text=piece.text,
            at=settled.at if settled else None,
            until=settled.until if settled else None,
            as_written=piece.written.text if piece.written else "",
            zone=settled.zone if settled else zone,
            kind=piece.kind or guess_kind(piece.text),
        )
        question = answer if isinstance(answer, Question) else None
        notes = likely.notes if likely else ()
        return _line(piece, entry=entry, question=question, notes=notes)


def _likeliest(answer: Resolved | Question) -> Resolved | None:
    if isinstance(answer, Resolved):
        return answer
    return answer.choices[0].resolved if answer.choices else None


def _line(
    piece: Piece,
    *,
    entry: Entry | None = None,
    heading: bool = False,
    reason: str = "",
    question: Question | None = None,
    notes: tuple[str, ...] = (),
) -> Line:
    return Line(
        number=piece.number,
        source="\n".join(piece.source),
        entry=entry,
        heading=heading,
        reason=reason,
        question=question,
        notes=notes,
    )
