"""The head of a message in a chat's copied text: who, and when."""

import re
from dataclasses import dataclass, replace

from incidents.documents.times import Clock, WrittenTime, find_times

_LONGEST_NAME = 60
_MOST_WORDS = 5
_HALF_A_DAY = 12
_ENDS_SENTENCE = (".", "!", "?", ":", ";", ",")
# "[~kofi] added a comment - 12/Aug/25 4:55 PM", as a tracker writes it.
_COMMENT = re.compile(
    r"(?:\[~)?(?P<name>\w[\w .-]{0,40}?)\]?\s+(?:added a comment|commented)"
    r"\s*[-–—:]?\s*$"
)
_SMALL_WORDS = frozenset({"de", "da", "di", "van", "von", "der", "den", "bin", "al"})
_HANDLE = re.compile(r"@?[\w.-]{1,40}(?:\s+(?:APP|BOT))?$")
_WIDE_GAP = re.compile(r"(?:\s{2,}|\t|\s[\u2014\u2013\-\u2022\u00b7|]\s?|\s[(\[])$")
_AROUND_NAME = " \t-\u2014\u2013\u2022\u00b7|,([*_"
_AFTER_TIME = " \t)]*_"


@dataclass(frozen=True, slots=True)
class MessageHead:
    author: str
    written: WrittenTime


def message_head(line: str) -> MessageHead | None:
    """`Ann Lee  10:45 AM`: a name and then a time, and nothing else."""
    times = find_times(line) if len(line) <= 2 * _LONGEST_NAME else []
    if len(times) != 1 or times[0][1].clock is None:
        return None
    (start, end), written = times[0]
    said = _COMMENT.match(line[:start])
    name = said["name"] if said else line[:start].strip(_AROUND_NAME)
    if not name or line[end:].strip(_AFTER_TIME):
        return None
    apart = _WIDE_GAP.search(line[:start]) is not None
    if said or looks_like_name(name) or (apart and _HANDLE.match(name)):
        return MessageHead(name, written)
    return None


def said_later(written: WrittenTime, before: WrittenTime) -> WrittenTime:
    """`10:18` alone, below `10:17 PM`: a chat leaves the half of the day out of what
    the same person goes on to say."""
    clock, known = written.clock, before.clock
    if clock is None or known is None or not known.meridiem:
        return written
    if clock.meridiem or not 0 < clock.hour <= _HALF_A_DAY:
        return written
    half = known.meridiem
    if _hand(clock) < _hand(known):
        half = "am" if half == "pm" else "pm"
    return replace(written, clock=replace(clock, meridiem=half))


def _hand(clock: Clock) -> tuple[int, int]:
    return clock.hour % _HALF_A_DAY, clock.minute


def looks_like_name(text: str) -> bool:
    """`Ann Lee`, `Jan van Dyk`: a few words, each with a capital."""
    words = text.split()
    if not 0 < len(words) <= _MOST_WORDS or len(text) > _LONGEST_NAME:
        return False
    if text.endswith(_ENDS_SENTENCE):
        return False
    return words[0][0].isupper() and all(map(_is_part_of_name, words))


def _is_part_of_name(word: str) -> bool:
    return word[0].isupper() or word in _SMALL_WORDS or word.startswith("(")
