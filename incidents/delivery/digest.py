"""The digest of a month, by mail, to each person at a local morning."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from incidents.delivery.letters import queue_letter
from incidents.delivery.mail import NO_SERVER
from incidents.delivery.mornings import mornings
from incidents.documents.calendar.months import Month
from incidents.models import ActionPolicy, Listing, User
from incidents.search.across.digest import (
    MOST_TOLD,
    DigestReport,
    published_in,
    with_lessons,
)
from incidents.workflow.outgoing.addresses import absolute
from incidents.workflow.outgoing.unsubscribing import DIGEST, stop_token

# People whose digests are made in one transaction.
BATCH: Final = 100
# After an outage, or for who comes later, a digest is no news any more.
LATE_BY: Final = dt.timedelta(days=6)


def send_digests(*, now: dt.datetime) -> None:
    """Queue last month's digest for those whose morning has come, once each.

    It comes on the first workday of a month. A digest without a report is not sent.
    """
    if settings.EMAIL_BACKEND == NO_SERVER:
        return
    hour = ActionPolicy.objects.current().remind_at
    zones_of = mornings(now, hour=hour, seen_to="digested_on", is_due=is_due)
    for today, zones in zones_of.items():
        while send_some(today, zones, now) == BATCH:
            pass


def is_due(today: dt.date, last: dt.date | None) -> bool:
    """Whether a month waits to be seen to, where one was on the `last` day."""
    this = Month.of(today)
    return today >= this.first_workday and (last is None or last < this.first)


@transaction.atomic
def send_some(today: dt.date, zones: Collection[str], now: dt.datetime) -> int:
    """See to the month of some of those in these zones; how many they were."""
    this = Month.of(today)
    ours = claim_people(this, zones)
    if ours and today - this.first_workday <= LATE_BY:
        people = User.objects.with_rights().filter(pk__in=ours, monthly_digest=True)
        queue_digests(this.before, list(people.exclude(email="")), now)
    User.objects.filter(pk__in=ours).update(digested_on=today)
    return len(ours)


def claim_people(month: Month, zones: Collection[str]) -> list[int]:
    """Some people whose month nobody has seen to, kept for this transaction."""
    rows = User.objects.get_queryset().without_digest(month.first, zones)
    locked = rows.order_by("pk").select_for_update(skip_locked=True, no_key=True)
    return list(locked.values_list("pk", flat=True)[:BATCH])


def queue_digests(month: Month, people: Sequence[User], now: dt.datetime) -> None:
    """To each what they may see. What many see is made ready once."""
    known: dict[int, DigestReport] = {}
    for user in people:
        theirs = published_in(month, Listing.objects.visible_to(user))
        numbers = list(theirs.values_list("pk", flat=True))
        first = numbers[:MOST_TOLD]
        if new := [number for number in first if number not in known]:
            rows = Listing.objects.filter(pk__in=new)
            known |= {report.listing.pk: report for report in with_lessons(rows)}
        if numbers:
            reports = [known[number] for number in first]
            letter = MonthLetter(user, month, reports, len(numbers))
            queue_letter(letter, "digest", now=now)


@dataclass(frozen=True)
class MonthLetter:
    """What one person is told of a month."""

    user: User
    month: Month
    reports: Sequence[DigestReport]
    count: int

    @property
    def key(self) -> str:
        return f"digest:{self.user.pk}:{self.month}"

    @property
    def subject(self) -> str:
        reports = "report" if self.count == 1 else "reports"
        return f"{self.month.first:%B %Y}: {self.count:,} {reports} published"

    @property
    def about(self) -> list[int]:
        return [report.listing.pk for report in self.reports]

    @property
    def more(self) -> int:
        return self.count - len(self.reports)

    @property
    def lines(self) -> list["ReportLine"]:
        return [ReportLine(report) for report in self.reports]

    @property
    def page(self) -> str:
        return absolute(reverse("incidents:digest", args=[self.month]))

    @property
    def account(self) -> str:
        return absolute(reverse("incidents:account"))

    @cached_property
    def stop(self) -> str:
        token = stop_token(self.user, DIGEST)
        return absolute(reverse("incidents:stop_digest", args=[token]))


@dataclass(frozen=True)
class ReportLine:
    """A report as a mail tells of it."""

    report: DigestReport

    @property
    def address(self) -> str:
        return absolute(self.report.listing.address)
