"""In which zones it is morning for somebody who has not had their mail yet."""

import datetime as dt
from collections.abc import Callable, Collection, Mapping

from incidents.documents.actions.reminding import morning
from incidents.models import User

# Whether there is something to see to today, after it was last seen to on that day.
IsDue = Callable[[dt.date, dt.date | None], bool]


def mornings(
    now: dt.datetime, *, hour: int, seen_to: str, is_due: IsDue
) -> Mapping[dt.date, Collection[str]]:
    """Zones with somebody for whom it is due, by the date there.

    `seen_to` names the column of the day on which it was last seen to.
    """
    members = User.objects.filter(is_active=True).order_by()
    found: dict[dt.date, set[str]] = {}
    for zone, last in members.values_list("zone", seen_to).distinct():
        today = morning(now, zone, hour=hour)
        if today and is_due(today, last):
            found.setdefault(today, set()).add(zone)
    return found
