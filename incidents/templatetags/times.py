"""Moments on the clock of a zone, and lengths of time."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from django import template

from incidents.documents.calendar.days import day_in_words
from incidents.documents.calendar.durations import in_words
from incidents.documents.times.places import zone_text
from incidents.models import zone_names

register = template.Library()


@register.filter
def duration(length: dt.timedelta | None) -> str:
    return "" if length is None else in_words(length)


@register.filter
def in_zone(at: dt.datetime, zone: str) -> dt.datetime:
    return at.astimezone(ZoneInfo(zone))


@register.filter
def day(at: dt.date) -> str:
    return day_in_words(at)


@register.filter
def lateness(days: int) -> str:
    """“12 d late”; in months and years where days are only a large number."""
    if days < 100:
        return f"{days} d late"
    return f"{days // 30} mo late" if days < 730 else f"{days // 365} y late"


@register.filter
def clock(at: dt.datetime) -> str:
    return f"{at:%H:%M}"


@register.filter
def zone_label(at: dt.datetime) -> str:
    """“UTC”, “CEST”, and “UTC+03” where a zone has no letters of its own."""
    name = at.tzname() or ""
    return f"UTC{name}" if name[:1] in "+-" else name


@register.filter
def zone_name(name: str | None) -> str:
    """The name of a zone as people say it: “UTC-04:00” for “Etc/GMT+4”."""
    return zone_text(name or "")


@register.simple_tag
@cache
def zones() -> tuple[str, ...]:
    """The zones that people live in, by name; UTC first."""
    places = (name for name in zone_names() if "/" in name)
    return "UTC", *sorted(name for name in places if not name.startswith("Etc/"))
