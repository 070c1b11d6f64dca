"""What happened in this week of earlier years."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Final
from zoneinfo import ZoneInfo

from django.db.models import Q

from incidents.documents.calendar.months import week_of_years_before
from incidents.models import Listing, User

MOST: Final = 60
# A calendar begins with the year 1, and a week around a day may begin the year before.
FIRST_YEAR: Final = 2


@dataclass(frozen=True, slots=True)
class YearsAgo:
    """The reports whose incidents began so many years ago this week, newest first."""

    years: int
    reports: list[Listing]


def anniversaries(user: User, today: dt.date) -> list[YearsAgo]:
    """Those that this person may see; the year before this one comes first.

    Two queries, however many years there are.
    """
    zone = ZoneInfo(user.zone)
    rows = Listing.objects.visible_to(user)
    first = rows.order_by("started_at").values_list("started_at", flat=True).first()
    weeks = weeks_since(first, today, zone) if first else {}
    if not weeks:
        return []
    of_weeks = Q()
    for start, end in weeks.values():
        of_weeks |= Q(started_at__gte=start, started_at__lt=end)
    found = rows.filter(of_weeks).order_by("-started_at", "-incident")[:MOST]

    def years(report: Listing) -> int:
        return next(
            ago
            for ago, (start, end) in weeks.items()
            if start <= report.started_at < end
        )

    return [YearsAgo(ago, list(reports)) for ago, reports in groupby(found, years)]


Weeks = dict[int, tuple[dt.datetime, dt.datetime]]


def weeks_since(first: dt.datetime, today: dt.date, zone: ZoneInfo) -> Weeks:
    """This week of each earlier year, back to the first incident, by how long ago."""
    return dict(weeks_back(max(first.year, FIRST_YEAR), today, zone))


def weeks_back(
    year: int, today: dt.date, zone: ZoneInfo
) -> Iterator[tuple[int, tuple[dt.datetime, dt.datetime]]]:
    for ago in range(1, today.year - year + 1):
        yield ago, week_of_years_before(today, ago, zone)
