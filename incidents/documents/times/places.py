"""The place on the map that stands for a written zone.

A record keeps its zone as a name of the zone database. A text may say `PST` or
`UTC+2`: the place is chosen so that clocks show what the text shows.
"""

import datetime as dt
import re
from zoneinfo import ZoneInfo

from incidents.documents.times.zones import offset_name, zone_name, zone_named

_PLACES = {
    "America/Los_Angeles": "PST PDT",
    "America/Denver": "MST MDT",
    "America/Chicago": "CST CDT",
    "America/New_York": "EST EDT",
    "America/Anchorage": "AKST AKDT",
    "Pacific/Honolulu": "HST",
    "America/Halifax": "AST ADT",
    "America/St_Johns": "NST NDT",
    "America/Sao_Paulo": "BRT",
    "America/Santiago": "CLT CLST",
    "Europe/London": "GMT BST",
    "Europe/Lisbon": "WET WEST",
    "Europe/Berlin": "CET CEST MEZ MESZ MET MEST",
    "Europe/Athens": "EET EEST",
    "Europe/Istanbul": "TRT",
    "Europe/Moscow": "MSK",
    "Africa/Lagos": "WAT",
    "Africa/Maputo": "CAT",
    "Africa/Johannesburg": "SAST",
    "Africa/Nairobi": "EAT",
    "Asia/Dubai": "GST",
    "Asia/Karachi": "PKT UTC+05:00",
    "Asia/Kolkata": "IST UTC+05:30",
    "Asia/Kathmandu": "NPT UTC+05:45",
    "Asia/Yangon": "UTC+06:30",
    "Asia/Kabul": "UTC+04:30",
    "Asia/Tehran": "UTC+03:30",
    "Asia/Bangkok": "ICT",
    "Asia/Jakarta": "WIB",
    "Asia/Singapore": "SGT",
    "Asia/Hong_Kong": "HKT",
    "Asia/Manila": "PHT",
    "Asia/Tokyo": "JST",
    "Asia/Seoul": "KST",
    "Australia/Perth": "AWST",
    "Australia/Darwin": "UTC+09:30",
    "Australia/Adelaide": "ACST ACDT",
    "Australia/Sydney": "AEST AEDT",
    "Pacific/Auckland": "NZST NZDT",
}
_PLACE_OF = {name: place for place, names in _PLACES.items() for name in names.split()}
_ETC = re.compile(r"Etc/GMT([+-]\d{1,2})")
_HOUR = dt.timedelta(hours=1)


def place_for(written: str, at: dt.datetime | None) -> str:
    """The name under which a record keeps this zone; UTC where there is none.

    A place is taken only if its clock agrees with the written zone at that
    moment: `PST` in July is no place's time, and becomes a fixed offset.
    """
    name = zone_name(written) or ""
    zone = zone_named(name)
    if zone is None:
        return "UTC"
    if isinstance(zone, ZoneInfo):
        return name
    moment = at if at and at.tzinfo else dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
    offset = zone.utcoffset(moment) or dt.timedelta()
    place = _PLACE_OF.get(name)
    if place and (
        at is None
        or ZoneInfo(place).utcoffset(moment.astimezone(ZoneInfo(place))) == offset
    ):
        return place
    return _fixed(offset)


def place_typed(written: str) -> str | None:
    """The name to keep for a zone that somebody typed; None if nobody knows it."""
    zone = zone_named(written)
    if zone is None:
        return None
    place = place_for(written, None)
    lost = place == "UTC" and dt.datetime(2024, 1, 1, tzinfo=zone).utcoffset()
    return None if lost else place


def zone_text(name: str) -> str:
    """A kept name as people say it: `Etc/GMT+4` is UTC-04:00."""
    fixed = _ETC.fullmatch(name)
    return offset_name(-int(fixed[1]) * _HOUR) if fixed else name


def _fixed(offset: dt.timedelta) -> str:
    """`Etc/GMT-2` is two hours ahead: the database counts the other way round."""
    hours, rest = divmod(offset, _HOUR)
    if rest or not -12 <= hours <= 14 or not hours:
        return "UTC"
    return f"Etc/GMT{-hours:+d}"
