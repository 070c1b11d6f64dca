"""Bringing together the pasted lines that belong to one entry."""

import re

from incidents.documents.pasted.chat import (
    looks_like_name,
    message_head,
    said_later,
)
from incidents.documents.pasted.columns import (
    Columns,
    columns_from_row,
    columns_of,
    fill,
)
from incidents.documents.pasted.line import Piece
from incidents.documents.times import (
    WrittenTime,
    find_leading_time,
    find_times,
    read_time,
    zone_name,
)

_TAB = 4
_QUOTE = re.compile(r"(?:\s*>)+\s?")
_BULLET = re.compile(
    r"\s*(?:[-*+\u2022\u2013]|(?P<number>\d{1,3}[.)]))\s+(?:\[[ xX]\]\s+)?"
)
_FENCE = re.compile(r"^(?:\s*>)*\s*(```|~~~)")
_RULED = re.compile(r"[\s#=_*\-\u2013\u2014]+")
_IS_RULE = re.compile(r"[\s#=_*\-|:+\u2013\u2014]+$")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
_ZONE_SAID = re.compile(
    r"\b(?:times?|timestamps?|timeline|timezone|zone)\b(?:\s+(?:are|is|zone))*"
    r"(?:\s+(?:in|shown in|given in))?\s*[:(\[]?\s*(?P<zone>[A-Za-z][\w/+:-]*)\W*$",
    re.IGNORECASE,
)
_LONGEST_HEADING = 120


def grouped_pieces(text: str) -> list[Piece]:
    """The pieces of notes, bullets, a transcript or a Markdown table, in order."""
    lines = text.split("\n")
    grouper = _Grouper(_last_fences(lines))
    for number, raw in enumerate(lines, 1):
        grouper.take(number, raw)
    return grouper.pieces


def _last_fences(lines: list[str]) -> dict[str, int]:
    """The last line of each fence mark: a fence must be closed to open."""
    fences = ((number, _FENCE.search(line)) for number, line in enumerate(lines, 1))
    return {fence[1]: number for number, fence in fences if fence}


class _Grouper:
    """Walks down the lines and keeps in mind which piece is still open."""

    def __init__(self, last_fences: dict[str, int]) -> None:
        self.last_fences = last_fences
        self.pieces: list[Piece] = []
        self.open: Piece | None = None
        self.fence = ""
        self.gap = 0
        self.columns: Columns | None = None

    def take(self, number: int, raw: str) -> None:
        if not raw.strip():
            self.gap += 1
            return
        quote = _QUOTE.match(raw)
        line = raw[quote.end() :] if quote else raw
        if not self._in_fence(number, raw, line):
            self._take_line(number, raw, line)
        self.gap = 0

    def _in_fence(self, number: int, raw: str, line: str) -> bool:
        """Code belongs to the entry before it, and no line of it is an entry."""
        fence = _FENCE.match(line)
        if not fence and not self.fence:
            return False
        if fence and not self.fence and self.last_fences[fence[1]] == number:
            return False
        if fence and self.fence in {"", fence[1]}:
            self.fence = "" if self.fence else fence[1]
        if self.open:
            self._append(raw, line)
        else:
            self._add(
                Piece(number=number, source=[raw], reason="Code, without an entry.")
            )
        return True

    def _take_line(self, number: int, raw: str, line: str) -> None:
        takers = (
            self._take_row,
            self._take_heading,
            self._take_timed,
            self._take_message_head,
            self._take_continuation,
        )
        if not any(taker(number, raw, line) for taker in takers):
            self._take_prose(number, raw, line)

    def _take_row(self, number: int, raw: str, line: str) -> bool:
        if not _TABLE_ROW.match(line):
            self.columns = None
            return False
        cells = [cell.strip() for cell in _CELL_END.split(line.strip())[1:-1]]
        piece = Piece(number=number, source=[raw])
        self.open = None
        if _IS_RULE.match(line):
            piece.heading = True
        elif head := None if self.columns else columns_of(cells):
            self.columns, piece.heading = head, True
        else:
            self.columns = self.columns or columns_from_row(cells)
            self._fill_row(piece, cells)
        self.pieces.append(piece)
        return True

    def _fill_row(self, piece: Piece, cells: list[str]) -> None:
        if self.columns:
            fill(piece, self.columns, cells)
        else:
            piece.reason = "No cell of this row is a time."

    def _take_heading(self, number: int, raw: str, line: str) -> bool:
        """A day, the zone of all times, a title or a rule: it is no entry."""
        if len(line) > _LONGEST_HEADING:
            return False
        words = _bare(line)
        written = read_time(words) if words else None
        is_day = (
            written is not None and written.clock is None and written.date is not None
        )
        said = _ZONE_SAID.search(words)
        zone = (zone_name(said["zone"]) if said else None) or ""
        titled = line.lstrip().startswith("#") and find_leading_time(words) is None
        if not (is_day or zone or titled or _IS_RULE.match(line)):
            return False
        day = written.date if written and is_day else None
        self.pieces.append(
            Piece(number=number, source=[raw], day=day, zone=zone, heading=True)
        )
        self.open = None
        return True

    def _take_timed(self, number: int, raw: str, line: str) -> bool:
        bullet = _BULLET.match(line)
        found = _timed(line, bullet)
        if found is None:
            return False
        written, rest = found
        piece = Piece(
            number=number,
            source=[raw],
            written=written,
            body=[rest] if rest else [],
            indent=_indent(line),
            bullet=bullet is not None,
            chat=not rest or line.lstrip().startswith("["),
        )
        if not rest and not bullet:
            self._take_name_before(piece)
            if not piece.author and self.open and self.open.written and self.open.chat:
                piece.written = said_later(written, self.open.written)
        self._add(piece)
        return True

    def _take_name_before(self, piece: Piece) -> None:
        """The line above a time that stands alone is the name of who spoke."""
        last = self.pieces[-1] if self.pieces else None
        if last is None or self.gap or last.heading or not last.source:
            return
        if last.is_entry and len(last.body) < 2:
            return
        name = last.source[-1].strip()
        if not looks_like_name(name):
            return
        piece.author = name
        piece.source.insert(0, last.source.pop())
        piece.number = piece.number - 1
        if last.is_entry:
            last.body.pop()
        else:
            self.pieces.pop()

    def _take_message_head(self, number: int, raw: str, line: str) -> bool:
        head = message_head(line.strip())
        if head is None:
            return False
        piece = Piece(
            number=number,
            source=[raw],
            written=head.written,
            author=head.author,
            indent=_indent(line),
            chat=True,
        )
        self._add(piece)
        return True

    def _take_continuation(self, number: int, raw: str, line: str) -> bool:
        if self.open is None or not self._belongs(self.open, line):
            return False
        self._append(raw, line)
        return True

    def _belongs(self, piece: Piece, line: str) -> bool:
        if piece.chat or _indent(line) > piece.indent:
            return True
        return piece.bullet and not self.gap and not _BULLET.match(line)

    def _take_prose(self, number: int, raw: str, line: str) -> None:
        """A line that names one time somewhere is an entry as it stands."""
        bullet = _BULLET.match(line)
        text = line[bullet.end() :].strip() if bullet else line.strip()
        times = [time for _, time in find_times(text) if time.clock]
        piece = Piece(number=number, source=[raw], indent=_indent(line))
        if len(times) == 1:
            piece.written, piece.body = times[0], [text]
            piece.bullet = bullet is not None
        else:
            piece.body, piece.reason = [text], _why_unread(times)
        self._add(piece)

    def _add(self, piece: Piece) -> None:
        self.pieces.append(piece)
        self.open = piece if piece.is_entry else None

    def _append(self, raw: str, line: str) -> None:
        if self.open is None:
            return
        self.open.source += [""] * self.gap + [raw]
        if self.gap and self.open.body:
            self.open.body.append("")
        self.open.body.append(_dedented(line, self.open.indent))


def _timed(line: str, bullet: re.Match[str] | None) -> tuple[WrittenTime, str] | None:
    """`18. August` opens with a day, `18. 10:45` with the number of an item."""
    words = line.strip()
    if bullet is None:
        return find_leading_time(words)
    whole = find_leading_time(words) if bullet["number"] else None
    return whole or find_leading_time(line[bullet.end() :].strip())


def _bare(line: str) -> str:
    """The words between the rules, stars and signs of a heading."""
    words = line.strip()
    opening = _RULED.match(words)
    words = words[opening.end() :] if opening else words
    return words.rstrip(" #=_*-:\u2013\u2014")


def _why_unread(times: list[WrittenTime]) -> str:
    if times:
        return "Several times stand in this line; none of them opens it."
    return "There is no time in this line."


def _indent(line: str) -> int:
    spread = line.expandtabs(_TAB)
    return len(spread) - len(spread.lstrip())


def _dedented(line: str, indent: int) -> str:
    """A nested line keeps its depth under the entry that it belongs to."""
    spread = line.expandtabs(_TAB).rstrip()
    depth = _indent(spread)
    return spread.lstrip() if depth <= indent else spread[min(depth, indent + 2) :]
