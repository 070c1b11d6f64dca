"""Names of zones as people write them, and what each of them means."""

import datetime as dt
import re
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

_FIXED_ROWS = """
    UTC+0 GMT+0 Z+0 WET+0 BST+1 CET+1 MEZ+1 MET+1 WEST+1 WAT+1 IST+5:30
    CEST+2 MESZ+2 MEST+2 EET+2 SAST+2 CAT+2 EEST+3 MSK+3 TRT+3 EAT+3 GST+4
    PKT+5 NPT+5:45 ICT+7 WIB+7 SGT+8 HKT+8 PHT+8 AWST+8 JST+9 KST+9 ACST+9:30
    AEST+10 ACDT+10:30 AEDT+11 NZST+12 NZDT+13 NDT-2:30 BRT-3 ADT-3 CLST-3
    NST-3:30 AST-4 CLT-4 EDT-4 EST-5 CDT-5 CST-6 MDT-6 MST-7 PDT-7 PST-8
    AKDT-8 AKST-9 HST-10
"""
_REGIONS = {
    "PT": "America/Los_Angeles",
    "MT": "America/Denver",
    "CT": "America/Chicago",
    "ET": "America/New_York",
}
_PHRASES = {
    "pacific": ("PT", "PST", "PDT"),
    "mountain": ("MT", "MST", "MDT"),
    "central": ("CT", "CST", "CDT"),
    "eastern": ("ET", "EST", "EDT"),
    "central european": ("Europe/Berlin", "CET", "CEST"),
    "eastern european": ("Europe/Athens", "EET", "EEST"),
    "western european": ("Europe/Lisbon", "WET", "WEST"),
    "british": ("Europe/London", "GMT", "BST"),
    "uk": ("Europe/London", "GMT", "BST"),
    "india": ("IST", "IST", "IST"),
    "indian": ("IST", "IST", "IST"),
    "japan": ("JST", "JST", "JST"),
    "korea": ("KST", "KST", "KST"),
    "singapore": ("SGT", "SGT", "SGT"),
    "moscow": ("MSK", "MSK", "MSK"),
    "coordinated universal": ("UTC", "UTC", "UTC"),
    "universal": ("UTC", "UTC", "UTC"),
    "greenwich mean": ("GMT", "GMT", "GMT"),
}
_NOTES = {
    "IST": "IST was read as India's time, UTC+05:30; Ireland and Israel use it too.",
    "CST": "CST was read as America's Central time, UTC-06:00; China uses it too.",
    "BST": "BST was read as British summer time, UTC+01:00; Bangladesh uses it too.",
}
# In lower case these are words of a sentence ("10:45 est tombé", "um 10 ist …").
_ONLY_CAPITALS = frozenset(
    {"EST", "IST", "ET", "PT", "MT", "CT", "MET", "WET", "CAT", "EAT", "AST", "Z"}
)

_OFFSET_NAME = re.compile(
    r"(?:UTC|GMT|Z)?\s?([+-])\s?(\d{1,2})(?::?([0-5]\d)(?::([0-5]\d))?)?$",
    re.IGNORECASE,
)
_AREA_NAME = re.compile(r"(?:[A-Za-z_]+(?:/[A-Za-z0-9_+-]+){1,2}|[A-Z]{3}\d[A-Z]{3})$")
_CITY = re.compile(r"(?:Africa|America|Asia|Australia|Europe)/[A-Za-z_]{4,}")
# Capitals whose clocks the zone database keeps under another city's name.
_MORE_CITIES = {
    "brasília": "America/Sao_Paulo",
    "brasilia": "America/Sao_Paulo",
    "beijing": "Asia/Shanghai",
    "delhi": "Asia/Kolkata",
    "washington": "America/New_York",
}
_LONGEST_OFFSET = dt.timedelta(hours=15)
_LOCAL = frozenset({"local", "local time"})


def _fixed_zones() -> dict[str, dt.timedelta]:
    rows = re.findall(r"([A-Z]+)([+-]\d+)(?::(\d+))?", _FIXED_ROWS)
    return {name: _span(hours, minutes) for name, hours, minutes in rows}


def _span(hours: str, minutes: str) -> dt.timedelta:
    sign = -1 if hours.startswith("-") else 1
    return dt.timedelta(hours=int(hours), minutes=sign * int(minutes or 0))


_FIXED = _fixed_zones()


def is_local(written: str) -> bool:
    """Whether the words only say that the incident's own zone is meant."""
    return " ".join(written.lower().split()) in _LOCAL


def zone_name(written: str) -> str | None:
    """The name under which a written zone is kept, or None if nobody knows it.

    `utc` is `UTC`, `PST` stays `PST` (eight hours behind, in summer too), `PT`
    and `Eastern time` are places, `UTC+2` is `UTC+02:00`.
    """
    words = " ".join(written.split()).strip("()[] ")
    capitals = words.upper()
    if capitals in {"Z", "UTC", "GMT", "ZULU", "UTC TIME"}:
        return "GMT" if capitals == "GMT" else "UTC"
    if capitals in _FIXED:
        return capitals
    if capitals in _REGIONS:
        return _REGIONS[capitals]
    return _offset_name(words) or _phrase_name(words.lower()) or _place_name(words)


def zone_named(name: str) -> dt.tzinfo | None:
    """The zone of a written or kept name; None where there is no such zone."""
    known = zone_name(name)
    if known is None:
        return None
    if known in _FIXED:
        return dt.timezone(_FIXED[known])
    return _offset_zone(known) or _place(known)


def zone_note(name: str) -> str:
    """What to tell the writer of an abbreviation that several places use."""
    return _NOTES.get(name, "")


def is_zone_word(word: str) -> bool:
    """Whether a single word after a clock in running text names a zone."""
    if word in _FIXED or word in _REGIONS:
        return True
    capitals = word.upper()
    return word.islower() and capitals in _FIXED and capitals not in _ONLY_CAPITALS


def offset_name(offset: dt.timedelta) -> str:
    """`UTC+02:00`, or `UTC` for no offset at all."""
    if not offset:
        return "UTC"
    sign = "-" if offset < dt.timedelta() else "+"
    minutes, seconds = divmod(int(abs(offset).total_seconds()), 60)
    tail = f":{seconds:02}" if seconds else ""
    return f"UTC{sign}{minutes // 60:02}:{minutes % 60:02}{tail}"


def _offset_name(words: str) -> str | None:
    offset = _offset_of(words)
    return None if offset is None else offset_name(offset)


def _offset_of(words: str) -> dt.timedelta | None:
    found = _OFFSET_NAME.match(words)
    if found is None:
        return None
    sign, hours, minutes, seconds = found.groups()
    span = dt.timedelta(
        hours=int(hours), minutes=int(minutes or 0), seconds=int(seconds or 0)
    )
    if span > _LONGEST_OFFSET:
        return None
    return -span if sign == "-" else span


def _offset_zone(name: str) -> dt.tzinfo | None:
    offset = _offset_of(name)
    return None if offset is None else dt.timezone(offset)


def _phrase_name(words: str) -> str | None:
    words = words.removesuffix(" time")
    for season, place in (("standard", 1), ("daylight", 2), ("summer", 2), ("", 0)):
        if words.endswith(season):
            names = _PHRASES.get(words.removesuffix(season).strip())
            return _REGIONS.get(names[place], names[place]) if names else None
    return None


def _place_name(words: str) -> str | None:
    name = words.replace(" ", "_")
    return name if _place(name) else _cities().get(name.lower())


@lru_cache(maxsize=1)
def _cities() -> dict[str, str]:
    """The places that a city's name alone calls: "berlin", "new_york"."""
    every = (name for name in sorted(available_timezones()) if _CITY.fullmatch(name))
    cities = {name.rsplit("/", 1)[1].lower(): name for name in every}
    return cities | _MORE_CITIES


@lru_cache(maxsize=2048)
def _place(name: str) -> ZoneInfo | None:
    if not _AREA_NAME.match(name):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return None
