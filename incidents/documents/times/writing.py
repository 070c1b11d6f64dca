"""Writing a moment so that reading it again gives the same moment."""

import datetime as dt

from incidents.documents.times.moments import in_zone, moments_of
from incidents.documents.times.zones import zone_named


def write_time(at: dt.datetime, zone: str | None) -> str:
    """`2024-08-18 10:45` on the zone's clock, for a field that shows the zone.

    Seconds are written where there are any, and the offset where the clock
    alone could be another moment.
    """
    tz = zone_named(zone) if zone else None
    if tz is None:
        return _written(at)
    there = in_zone(at, tz)
    clear = len(moments_of(there.replace(tzinfo=None), tz).all) == 1
    return _written(there.replace(tzinfo=None) if clear else there)


def _written(moment: dt.datetime) -> str:
    exact = moment.second or moment.microsecond or moment.tzinfo
    return moment.isoformat(" ") if exact else moment.isoformat(" ", "minutes")
