"""Finding a time of day at one place of a text."""

import re
from dataclasses import dataclass
from enum import Flag, auto

from incidents.documents.times.vocabulary import HOURS, plain
from incidents.documents.times.written import Clock, Meridiem


class Support(Flag):
    """What stands around a clock and makes an unclear one believable."""

    ZONE = auto()
    DATE = auto()
    WHOLE = auto()
    ENCLOSED = auto()
    SEPARATED = auto()
    PREPOSITION = auto()
    OPENING = auto()
    ALIGNED = auto()


NOTHING = Support(0)
_BESIDE_MORE = Support.ZONE | Support.DATE | Support.WHOLE
_SET_APART = _BESIDE_MORE | Support.ENCLOSED | Support.SEPARATED
_SET_APART_OR_SPOKEN = _SET_APART | Support.PREPOSITION


@dataclass(frozen=True, slots=True)
class FoundClock:
    """A clock and where it ends. `needs` is empty where it is clear by itself;
    otherwise one of these must stand around it."""

    clock: Clock
    end: int
    needs: Support = NOTHING


_CJK_HALVES = {
    "午前": "am",
    "上午": "am",
    "오전": "am",
    "午後": "pm",
    "下午": "pm",
    "오후": "pm",
}
_SHAPE = re.compile(
    r"""
    (?:(?P<half>午前|午後|上午|下午|오전|오후)\s?)?
    (?:
      (?P<h>\d{1,2}):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,](?P<fraction>\d{1,9}))?)?
    | (?P<h_cjk>\d{1,2})\s?[時时点點시](?:\s?(?P<m_cjk>\d{1,2})\s?[分분]
        (?:\s?(?P<s_cjk>\d{1,2})\s?[秒초])?)?
    | (?P<h_letter>\d{1,2})\s?h\s?(?P<m_letter>[0-5]\d)(?:\s?min)?
    | (?P<h_dot>\d{1,2})\.(?P<m_dot>[0-5]\d)(?![.,]\d)
    | (?P<h_four>\d\d)(?P<m_four>[0-5]\d)(?P<s_four>[0-5]\d)?
    | (?P<h_only>\d{1,2})
    )(?!\d)
    """,
    re.VERBOSE,
)
_MERIDIEM = re.compile(r"\s{0,2}([ap])(?:m(?![^\W_])|\.\s?m\b\.?)", re.IGNORECASE)
_OF_THE_CLOCK = re.compile(r"\s?(?:uhr|hrs?|hours|h|o'clock|horas|heures)\b", re.I)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
# What must not follow a clock: more of a number, a unit, an address.
_NO_CLOCK_AFTER = re.compile(
    r"[%°]|[:./]\d|-\d{1,2}-\d|:[0-9a-f]{1,4}:"
    r"|\s?(?:ratio|split|mins?|minutes?|secs?|seconds)\b|\s?second(?=\s*(?:[.,;:)]|$))",
    re.IGNORECASE,
)


def clock_at(text: str, place: int) -> FoundClock | None:
    """The clock that starts at this place."""
    shape = _SHAPE.match(text, place)
    if shape is None:
        return _named_hour(text, place)
    found = _with_suffix(text, shape)
    if found is None or not _possible(found.clock):
        return None
    return None if _NO_CLOCK_AFTER.match(text, found.end) else found


def _with_suffix(text: str, shape: re.Match[str]) -> FoundClock | None:
    end = shape.end()
    half = _CJK_HALVES.get(shape["half"] or "", "")
    meridiem = _MERIDIEM.match(text, end)
    if meridiem:
        half, end = meridiem[1].lower() + "m", meridiem.end()
    suffix = _OF_THE_CLOCK.match(text, end)
    spoken = suffix is not None and not _is_bare_h(shape, suffix)
    end = suffix.end() if suffix else end
    needs = NOTHING if half or spoken else _needs(shape, suffix)
    clock = _clock_of(shape, half)
    return None if needs is None or clock is None else FoundClock(clock, end, needs)


def _is_bare_h(shape: re.Match[str], suffix: re.Match[str]) -> bool:
    """`20h` could be a span of time as well, `20 Uhr` could not."""
    words = suffix[0].strip().lower()
    return shape["h_only"] is not None and words in {
        "h",
        "hr",
        "hrs",
        "hours",
        "heures",
    }


def _needs(shape: re.Match[str], suffix: re.Match[str] | None) -> Support | None:
    """What an undecorated shape needs around it; None: it is only a number."""
    if shape["h_only"]:
        return _needs_of_hour(suffix[0].strip()) if suffix else None
    if shape["h_four"]:
        return Support.DATE if shape["s_four"] else _BESIDE_MORE
    if shape["h_dot"]:
        apart = _SET_APART | Support.ALIGNED
        return apart if len(shape["h_dot"]) == 2 else _BESIDE_MORE
    if shape["h_letter"]:
        opens = len(shape["h_letter"]) == 2
        return _SET_APART_OR_SPOKEN | (Support.OPENING if opens else NOTHING)
    return NOTHING


def _needs_of_hour(word: str) -> Support:
    """`11h : retour` is a row of a French list, `3 hours: no orders` is none."""
    apart = Support.SEPARATED if word == "h" else NOTHING
    return _BESIDE_MORE | Support.PREPOSITION | apart


def _clock_of(shape: re.Match[str], half: str) -> Clock | None:
    def number(*names: str) -> int | None:
        return next((int(shape[name]) for name in names if shape[name]), None)

    hour = number("h", "h_cjk", "h_letter", "h_dot", "h_four", "h_only")
    if hour is None:
        return None
    return Clock(
        hour=hour,
        minute=number("m", "m_cjk", "m_letter", "m_dot", "m_four") or 0,
        second=number("s", "s_cjk", "s_four"),
        microsecond=int((shape["fraction"] or "").ljust(6, "0")[:6]),
        meridiem=_meridiem(half),
    )


def _meridiem(half: str) -> Meridiem:
    if half == "am":
        return "am"
    return "pm" if half == "pm" else ""


def _possible(clock: Clock) -> bool:
    if clock.minute > 59 or (clock.second or 0) > 59:
        return False
    return clock.hour < 24 or (clock.hour == 24 and not clock.minute)


def _named_hour(text: str, place: int) -> FoundClock | None:
    word = _WORD.match(text, place)
    hour = HOURS.get(plain(word[0])) if word else None
    if word is None or hour is None:
        return None
    return FoundClock(Clock(hour=hour), word.end(), _SET_APART_OR_SPOKEN)
