"""The three ways in: a whole field, the opening of a line, a sentence."""

import re
from dataclasses import replace

from incidents.documents.times.clocks import NOTHING, Support
from incidents.documents.times.marks import (
    Opening,
    Tail,
    is_link_text,
    opening_of,
    tail_of,
)
from incidents.documents.times.scanning import Found, found_at
from incidents.documents.times.spelling import same_length
from incidents.documents.times.vocabulary import (
    ABOUT_WORDS,
    DAY_WORDS,
    HOUR_WORDS,
    OPENING_WORDS,
    PREPOSITIONS,
    plain,
)
from incidents.documents.times.written import WrittenTime
from incidents.documents.times.zonewords import any_name_at

Span = tuple[int, int]

_LONGEST_FIELD = 200
_LONGEST_OPENING = 240
_COVER = re.compile(r"[\s(\[*_`\"']*")
_COVER_END = re.compile(r"[\s)\]*_`\"'.,:;]*$")
_OPENING_WORDS = rf"(?:{PREPOSITIONS}|{ABOUT_WORDS})\s+"
_MAYBE_TIME = re.compile(rf"\d|\b(?:{HOUR_WORDS})\b", re.IGNORECASE)
_GOES_ON = re.compile(r"[A-Za-z0-9À-ÿ@#$€£]")
# "14.35  Rollback": columns that are drawn with spaces.
_COLUMN = re.compile(r"(?:\t|\s{2,})\s*[*_`]*[^\W\d_]")
_SETS_DAY_APART = re.compile(r"[:|>\-\u2192]")
_EMPHASIS = re.compile(r"[*`]+|~~")
_CANDIDATE = re.compile(
    r"(?<![A-Za-z0-9_À-ÿ:./@#$€£+\-])"
    r"(?:\d|~(?=\s?\d)|T[+-]\d|(?P<word>[A-Za-zÀ-ɏ]+)|[午上下오][前午後전후]|[昨今明]日|正午)"
)
_OPENS_TIME = re.compile(
    rf"(?:{_OPENING_WORDS}){{0,3}}(?:\d|~|(?:{HOUR_WORDS}|{DAY_WORDS})\b)",
    re.IGNORECASE,
)


def read_time(text: str) -> WrittenTime | None:
    """The time that the whole text is, as from a form's field; else None.

    A name that stands where a zone stands is kept although nobody knows it, so
    that it can be asked about.
    """
    same = same_length(text)
    if len(same) > _LONGEST_FIELD:
        return None
    cover = _COVER.match(same)
    found = found_at(same, cover.end() if cover else 0)
    if found is None or not found.believable(Support.WHOLE):
        return None
    whole = found if _COVER_END.match(same, found.end) else _named(same, found)
    return replace(whole.written, text=text.strip()) if whole else None


def _named(text: str, found: Found) -> Found | None:
    """The time together with the unknown zone that ends the text."""
    name = any_name_at(text, found.end)
    if name is None or found.written.zone or found.written.clock is None:
        return None
    if not _COVER_END.match(text, name[1]):
        return None
    return replace(found, written=replace(found.written, zone=name[0]), end=name[1])


def find_leading_time(line: str) -> tuple[WrittenTime, str] | None:
    """The time that opens the line, and the text that follows it.

    Bullets and numbers of a list must be off already. Stars and brackets around
    the time go; those that close only later in the text stay with the text. A
    day without a clock counts where a colon or a dash sets it apart.
    """
    head = same_length(line[:_LONGEST_OPENING])
    if not _MAYBE_TIME.search(head):
        return None
    opening = opening_of(head)
    found = found_at(head, opening.end)
    if found is None or _GOES_ON.match(head, found.end):
        return None
    tail = tail_of(head, opening, found.end)
    if not _opens(head, found, tail):
        return None
    return _as_written(line, found), _rest(line, head, opening, found, tail)


def _opens(head: str, found: Found, tail: Tail) -> bool:
    around = Support.ENCLOSED if tail.enclosed else NOTHING
    around |= Support.SEPARATED if tail.separated else NOTHING
    around |= Support.ALIGNED if _COLUMN.match(head, found.end) else NOTHING
    if tail.end == len(head):
        around |= Support.WHOLE
    is_day = found.written.clock is None and found.written.after_start is None
    set_apart = tail.enclosed or _SETS_DAY_APART.search(head, found.end, tail.end)
    if is_day and not set_apart and tail.end < len(head):
        return False
    return found.believable(around | Support.OPENING)


def _rest(line: str, head: str, opening: Opening, found: Found, tail: Tail) -> str:
    if is_link_text(head, opening, found.end):
        return opening.signs + line[head.index("[") :].strip()
    return opening.signs + tail.still_open + line[tail.end :].rstrip()


def _as_written(text: str, found: Found) -> WrittenTime:
    """The time with its words as they stand, brackets paired, without stars."""
    words = _EMPHASIS.sub("", text[found.start : found.end]).strip()
    missing = words.count(")") - words.count("(") == 1
    return replace(found.written, text="(" + words if missing else words)


def find_times(sentence: str) -> list[tuple[Span, WrittenTime]]:
    """Every time in running text, with its place, from left to right.

    A day without a clock is found too. The place starts at the time's own
    words: `around` belongs to it, `at` and `by` do not.
    """
    same = same_length(sentence)
    if not _MAYBE_TIME.search(same):
        return []
    times: list[tuple[Span, WrittenTime]] = []
    place = 0
    while candidate := _CANDIDATE.search(same, place):
        found = _found_at(same, candidate)
        if found and _stands_in_prose(same, found):
            times.append(((found.start, found.end), _as_written(sentence, found)))
            place = found.end
        else:
            place = candidate.end()
    return times


def _found_at(text: str, candidate: re.Match[str]) -> Found | None:
    """The time of a candidate; most words are dismissed without a closer look."""
    word = candidate["word"]
    if word and plain(word) not in OPENING_WORDS:
        return None
    start = candidate.start()
    return found_at(text, start) if not word or _OPENS_TIME.match(text, start) else None


def _stands_in_prose(text: str, found: Found) -> bool:
    return found.believable() and not _GOES_ON.match(text, found.end)
