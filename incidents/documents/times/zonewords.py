"""Finding the name of a zone at one place of a text."""

import re

from incidents.documents.times.zones import is_zone_word, zone_named

_AROUND = re.compile(r"\s?[(\[]?\s?")
# "(heure de Paris)", "hora de Madrid", "(local, Denver)": a city's own clock.
_HOUR_OF = re.compile(
    r"(?:(?:[Hh]eure|[Hh]ora|[Hh]orário)\s+d(?:e\s+|['’])|Ortszeit\s+"
    r"|[Ll]ocal(?:\s+time)?,?\s+)(?P<city>[A-ZÀ-Þ]\w+)"
    r"|(?P<place>[A-ZÀ-Þ]\w+(?: [A-ZÀ-Þ]\w+)?)\s+time\b"
)
_FROM_UTC = re.compile(
    r"(?:UTC|GMT)(?:\s?[+-]\d{1,2}(?::?[0-5]\d(?::[0-5]\d)?)?)(?=[\s)\],:;.*]|$)", re.I
)
_OFFSET_CLOSE = re.compile(r"[+-]\d\d(?::?[0-5]\d(?::[0-5]\d)?)?(?![\d:])")
_OFFSET_APART = re.compile(r"\s?(?:\+\d\d:?[0-5]\d|-\d\d[0-5]\d)(?![\w]|:\w)")
_PLUS_CLOSE = re.compile(r"\+\d\d(?::?[0-5]\d)?(?![\w:])")
_PHRASE = re.compile(
    r"(?:(?:central|eastern|western)\s+european|coordinated\s+universal"
    r"|greenwich\s+mean|pacific|mountain|central|eastern|british|uk|indian?|japan"
    r"|korea|singapore|moscow|universal|local)"
    r"(?:\s+(?:standard|daylight|summer))?(?:\s+time\b|(?=\s*(?:[,.;:)\]*-]|$)))",
    re.IGNORECASE,
)
_PLACE = re.compile(r"[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z0-9_+-]+){1,2}")
_WORD = re.compile(r"[A-Za-z]{1,5}(?![\w/'])")
_WORD_TIME = re.compile(r"\s+time\b", re.IGNORECASE)
_ANY_NAME = re.compile(r"\s*[(\[]?\s?([A-Z]{2,5}|[A-Za-z_]+/[\w/+-]+)\s?[)\]]?")


def zone_at(text: str, place: int, *, exact: bool) -> tuple[str, int] | None:
    """The zone named here, with the place after it.

    Right after an `exact` clock (ISO, or with seconds) `-05:00` is a zone; after
    any other clock it is the end of a range.
    """
    attached = (_OFFSET_CLOSE if exact else _PLUS_CLOSE).match(text, place)
    attached = attached or _OFFSET_APART.match(text, place)
    if attached:
        return attached[0].strip(), attached.end()
    start = _start_of_name(text, place)
    city = _HOUR_OF.match(text, start)
    name = (city["city"] or city["place"]) if city else ""
    if city and zone_named(name):
        return name, _after_bracket(text, place, start, city.end())
    end = _end_of_name(text, start)
    if end is None:
        return None
    return text[start:end], _after_bracket(text, place, start, end)


def any_name_at(text: str, place: int) -> tuple[str, int] | None:
    """What looks like a zone's name, known or not: for a field of its own."""
    found = _ANY_NAME.match(text, place)
    return (found[1], found.end()) if found else None


def _start_of_name(text: str, place: int) -> int:
    around = _AROUND.match(text, place)
    return around.end() if around else place


def _end_of_name(text: str, start: int) -> int | None:
    for shape in (_FROM_UTC, _PHRASE):
        found = shape.match(text, start)
        if found:
            return found.end()
    place = _PLACE.match(text, start)
    if place and zone_named(place[0]):
        return place.end()
    word = _WORD.match(text, start)
    if word is None or not is_zone_word(word[0]):
        return None
    time = _WORD_TIME.match(text, word.end())
    return time.end() if time else word.end()


def _after_bracket(text: str, place: int, start: int, end: int) -> int:
    """The place after the bracket that closes the one opened before the name."""
    if not any(mark in text[place:start] for mark in "(["):
        return end
    closed = end < len(text) and text[end] in ")]"
    return end + 1 if closed else end
