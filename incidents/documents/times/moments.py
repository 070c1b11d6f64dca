"""From a local date and clock to moments, where clocks change too."""

import datetime as dt
from dataclasses import dataclass

from incidents.documents.times.answers import moment_text

_ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Moments:
    """Every moment that a local time can mean; `why` there is not exactly one."""

    all: tuple[dt.datetime, ...]
    why: str = ""


def moments_of(local: dt.datetime, zone: dt.tzinfo | None) -> Moments:
    """One moment; two where the hour comes twice; both neighbours where it is
    skipped. Each carries a fixed offset, so that comparing them is safe."""
    if zone is None:
        return Moments((local,))
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return Moments((fixed(first),))
    if _exists(first, zone):
        why = (
            f"The clocks went back: {moment_text(local)} came twice. Which one was it?"
        )
        return Moments((fixed(first), fixed(second)), why)
    why = (
        f"The clocks went forward: there was no {moment_text(local)}. Which one was it?"
    )
    before, after = (in_zone(moment, zone) for moment in (second, first))
    return Moments((before, after), why)


def in_zone(moment: dt.datetime, zone: dt.tzinfo | None) -> dt.datetime:
    """The moment on the zone's clock, with its offset there. A time without a
    zone is taken to be on that clock already."""
    if moment.tzinfo is None:
        return fixed(moment.replace(tzinfo=zone)) if zone else moment
    if zone is None:
        return moment.replace(tzinfo=None)
    return fixed(moment.astimezone(dt.UTC).astimezone(zone))


def fixed(moment: dt.datetime) -> dt.datetime:
    """The same moment with its offset spelled out instead of the zone's rules."""
    for margin in (-_ONE_DAY, _ONE_DAY):
        # raises at the ends of the calendar, where not every zone has such a day
        moment.astimezone(dt.UTC) + margin
    offset = moment.utcoffset() or dt.timedelta()
    tz = dt.timezone(offset) if offset else dt.UTC
    return moment.replace(tzinfo=tz, fold=0)


def _exists(moment: dt.datetime, zone: dt.tzinfo) -> bool:
    there = moment.astimezone(dt.UTC).astimezone(zone)
    return there.replace(tzinfo=None) == moment.replace(tzinfo=None, fold=0)
