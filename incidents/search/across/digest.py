"""What was published in a month: reports, their lessons, and what they still owe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.html import strip_tags

from incidents.documents.actions.reminding import in_words
from incidents.documents.calendar.months import Month
from incidents.documents.kinds import ActionKind, SectionKind
from incidents.models import Listing
from incidents.models.listing import ListingQuerySet
from incidents.search.across.similar import open_keys, still_open

# More than these nobody reads at once; the rest is a link to the listing.
MOST_TOLD: Final = 30
LONGEST_LESSONS: Final = 900


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise on one line, and where it stands on its report."""

    words: str
    anchor: str


@dataclass(frozen=True, slots=True)
class DigestReport:
    """A report as a digest tells of it."""

    listing: Listing
    lessons: str
    preventing: list[Owed]


def published_in(month: Month, reports: ListingQuerySet) -> ListingQuerySet:
    """Those of these that were published first in this month, the worst first.

    A month is that of the site, so that everybody speaks of the same one.
    """
    start, end = month.moments(ZoneInfo(settings.TIME_ZONE))
    return reports.filter(
        incident__tally__first_published_at__gte=start,
        incident__tally__first_published_at__lt=end,
    ).order_by("rank", "-started_at", "-incident")


def with_lessons(reports: ListingQuerySet) -> list[DigestReport]:
    """The first of these with what a digest says of them. Two queries."""
    rows = reports.select_related("publication").defer("publication__html")
    found = list(rows[:MOST_TOLD])
    keys = open_keys([row.pk for row in found])
    return [DigestReport(row, lessons(row), preventing(row, keys)) for row in found]


def lessons(report: Listing) -> str:
    """What was learnt, in plain words: as it was published."""
    written: Sequence[Mapping[str, str]] = report.publication.document["sections"]
    bodies = (s["body"] for s in written if s["kind"] == SectionKind.LESSONS)
    return " ".join(map(in_words, bodies))[:LONGEST_LESSONS]


def preventing(report: Listing, keys: set[str]) -> list[Owed]:
    """What would keep it from happening again, was published, and is open now."""
    label = ActionKind.PREVENT.label
    return [
        Owed(" ".join(unescape(strip_tags(step["html"])).split()), step["anchor"])
        for step in still_open(report, keys)
        if step["kind"] == label
    ]
