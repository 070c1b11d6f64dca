"""The time that opens or closes a line, apart from the words beside it."""

import re
from dataclasses import dataclass, replace

from incidents.documents.parse.entries import EntryDraft
from incidents.documents.parse.moments import has_clock
from incidents.documents.parse.source import Slice
from incidents.documents.times import WrittenTime, find_leading_time, read_time
from incidents.documents.times.vocabulary import ABOUT_WORDS

DIGITS = re.compile(r"((?!19|20)[0-2]\d[0-5]\d)[ \t]+(?=\S)")
# A word processor escapes the dash: "**09:02** \- Deployed".
ESCAPED_DASH = re.compile(r"\s*\\[–—:|-]\s+(?=\S)")
ENDING = 80
TWIN = re.compile(
    r"\s*(?P<twin>\((?P<inside>[^()\[\]]{3,40})\)"
    r"|[/|=]\s*(?P<beside>\d{1,2}[:.h]\d\d[^/|:–—-]{1,12}?)(?=\s*(?:[:–—|-]|$)))"
    r"(?:\s*[*_`]+)?\s*[:–—|-]*\s*"
)
# "00:20 (approx.) — calls drop": it was only about then.
ABOUT = re.compile(rf"\s*(?P<words>\((?:{ABOUT_WORDS})\))\s*[:–—|-]*\s*", re.I)
CLOSING = re.compile(
    r"\s*(?:[(\[](?P<inside>[^()\[\]]{3,60})[)\]]|[\s,][@–—-]\s(?P<behind>[^()\[\]–—]{4,40}))"
    r"[\s.]*$"
)


@dataclass(frozen=True, slots=True)
class Opening:
    """A time at the start of a line, and what stands after it."""

    written: WrittenTime
    head: Slice
    rest: Slice
    lead: Slice

    @property
    def has_clock(self) -> bool:
        return has_clock(self.written)


def read_opening(piece: Slice) -> Opening | None:
    """The time that opens a slice's first line, if one does."""
    line = piece.first
    found = find_leading_time(line)
    if found is None:
        return None
    written, rest = found
    end = len(line.rstrip())
    kept = _common_end(line[:end], rest.rstrip())
    # Signs and marks that stood before the time and belong to the rest stay with it.
    signs = rest.rstrip()[: len(rest.rstrip()) - kept]
    head, after = piece.before(end - kept), piece.after(end - kept)
    before = head.first.find(signs.strip()) if signs.strip() else -1
    if before < 0:
        opening = Opening(written, head, after, Slice(piece.source, ()))
        return _with_doubt(_with_twin(opening))
    return Opening(written, head, after, piece.cut(before, before + len(signs.strip())))


def _with_twin(opening: Opening) -> Opening:
    """The same moment in a second zone, "2:15 PM PDT (21:15 UTC)", is one time."""
    if dash := ESCAPED_DASH.match(opening.rest.first):
        head = opening.head + opening.rest.before(dash.end())
        return replace(opening, head=head, rest=opening.rest.after(dash.end()))
    match = TWIN.match(opening.rest.first)
    second = read_time(match["inside"] or match["beside"]) if match else None
    if match is None or second is None or not has_clock(second):
        return opening
    if not second.zone or second.zone == opening.written.zone:
        return opening
    words = f"{opening.written.text} {match['twin']}"
    best = opening.written if opening.written.zone else second
    date = best.date or opening.written.date
    written = replace(best, date=date, text=words)
    rest = opening.rest.after(match.end())
    head = opening.head + opening.rest.before(match.end())
    return Opening(written, head, rest, opening.lead)


def _with_doubt(opening: Opening) -> Opening:
    match = ABOUT.match(opening.rest.first)
    if match is None:
        return opening
    words = f"{opening.written.text} {match['words']}"
    written = replace(opening.written, about=True, text=words)
    head = opening.head + opening.rest.before(match.end())
    return replace(
        opening, written=written, head=head, rest=opening.rest.after(match.end())
    )


def read_closing(piece: Slice) -> Opening | None:
    """The time that ends a line: "Paged the on-call (10:05 UTC)"."""
    text = piece.text
    match = None if "\n" in text else CLOSING.search(text, max(0, len(text) - ENDING))
    written = read_time(match["inside"] or match["behind"]) if match else None
    if match is None or written is None or not has_clock(written) or not match.start():
        return None
    at = match.start()
    none = Slice(piece.source, ())
    return Opening(written, piece.cut(at, len(text)), piece.cut(0, at), none)


def read_digits(piece: Slice) -> Opening | None:
    """Four digits that open a line among other times: "0915 paged"; not a year."""
    match = DIGITS.match(piece.first)
    written = read_time(match[1]) if match else None
    if match is None or written is None:
        return None
    none = Slice(piece.source, ())
    head = piece.before(match.end())
    return Opening(written, head, piece.after(match.end()), none)


def entry_of(first: int, last: int, opening: Opening) -> EntryDraft:
    """The entry of some lines that start, or end, with a time."""
    text = opening.rest.strip()
    words = opening.written.text
    if words.count("]") > words.count("["):
        words = f"[{words}"
    entry = EntryDraft(first, last, [text], opening.written, words)
    entry.lead = opening.lead
    entry.marks.append(opening.head)
    return entry


def _common_end(line: str, rest: str) -> int:
    size = min(len(line), len(rest))
    for count in range(size):
        if line[-1 - count] != rest[-1 - count]:
            return count
    return size
