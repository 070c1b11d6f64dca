"""What published reports promise, asked by what is known of the reports."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from incidents.models import ActionItem, Incident, Listing, State, User
from incidents.models.listing import ListingQuerySet
from incidents.search.reports.filtering import WantedReports, find


@dataclass(frozen=True, slots=True, kw_only=True)
class OfReports:
    """Only what published reports promise: those that match, as they are published.

    `since` and `until` are days on which a report was published first.
    """

    wanted: WantedReports
    since: dt.date | None = None
    until: dt.date | None = None

    @property
    def condition(self) -> Exists:
        known = Listing.objects.filter(incident__state=State.PUBLISHED)
        # No condition that needs a day is asked of reports from here.
        found = find(known, self.wanted, today=dt.date.max)
        first = "incident__tally__first_published_at__date"
        if self.since:
            found = found.filter(**{f"{first}__gte": self.since})
        if self.until:
            found = found.filter(**{f"{first}__lte": self.until})
        return Exists(found.filter(pk=OuterRef("incident_id")))


def newest(user: User, wanted: WantedReports) -> ListingQuerySet:
    """The reports that match, the newest first, of those this person may see."""
    reports = find(Listing.objects.visible_to(user), wanted, today=dt.date.max)
    return reports.order_by("-started_at", "-incident")


def pressing(user: User, wanted: WantedReports) -> QuerySet[ActionItem]:
    """What those reports promise and is open, the most pressing first."""
    seen = ActionItem.objects.of(Incident.objects.visible_to(user)).open()
    promised = seen.filter(OfReports(wanted=wanted).condition)
    rows = promised.order_by("due_order", "pk")
    return rows.select_related("incident", "owner")
