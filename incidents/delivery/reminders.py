"""The digest of open action items, to each person at their local morning."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from incidents.delivery.letters import queue_letter
from incidents.delivery.mail import NO_SERVER
from incidents.delivery.mornings import mornings
from incidents.documents.actions.reminding import DigestPart, in_words, subject, when
from incidents.documents.kinds import Rhythm
from incidents.models import ActionItem, ActionPolicy, User
from incidents.search.actions.reminders import DuePart, digests
from incidents.workflow.outgoing.addresses import absolute
from incidents.workflow.outgoing.unsubscribing import stop_token

# People whose digests are made in one transaction: on SQLite all writers wait for it.
BATCH = 25


def remind(*, now: dt.datetime) -> None:
    """Queue the digests of those whose morning has come, and see to each day once.

    After an outage the day's digest comes late; of the days before none comes.
    """
    if settings.EMAIL_BACKEND == NO_SERVER:
        return
    policy = ActionPolicy.objects.current()
    hour = policy.remind_at
    zones_of = mornings(now, hour=hour, seen_to="reminded_on", is_due=is_due)
    for today, zones in zones_of.items():
        while remind_some(policy, today, zones, now) == BATCH:
            pass


def is_due(today: dt.date, last: dt.date | None) -> bool:
    """Whether today waits to be seen to, where the `last` day was."""
    return last is None or last < today


@transaction.atomic
def remind_some(
    policy: ActionPolicy, today: dt.date, zones: Collection[str], now: dt.datetime
) -> int:
    """See to the day of some of those in these zones; how many they were.

    Another worker's people are passed over. The key of the mail would refuse a
    second one, even if this day were forgotten.
    """
    ours = claim_people(today, zones)
    reminded = [user.pk for user in ours if user.is_reminded_on(today)]
    if reminded:
        queue_digests(reminded, policy, today, now)
    seen_to = User.objects.filter(pk__in=[user.pk for user in ours])
    seen_to.update(reminded_on=today)
    return len(ours)


def claim_people(today: dt.date, zones: Collection[str]) -> list[User]:
    """Some people whose day nobody has seen to, kept for this transaction.

    The lock is weaker than one for removal: rows that name them can be written.
    """
    rows = User.objects.get_queryset().not_reminded(today, zones).order_by("pk")
    return list(rows.select_for_update(skip_locked=True, no_key=True)[:BATCH])


def queue_digests(
    reminded: Collection[int], policy: ActionPolicy, today: dt.date, now: dt.datetime
) -> None:
    people = list(User.objects.with_rights().filter(pk__in=reminded))
    found = digests(people, policy, today)
    for user in people:
        if parts := found.get(user.pk):
            queue_letter(DayLetter(user, today, parts), "reminders", now=now)


@dataclass(frozen=True)
class ItemLine:
    """One item as a mail tells of it. Its addresses lead to pages and do nothing."""

    row: ActionItem
    today: dt.date

    @cached_property
    def text(self) -> str:
        return in_words(self.row.text)

    @property
    def when(self) -> str:
        return when(self.row.due_order, self.today)

    @property
    def late(self) -> bool:
        return bool(self.row.due_order < self.today)

    @property
    def snoozed(self) -> bool:
        until = self.row.snoozed_until
        return until is not None and until > self.today

    @property
    def address(self) -> str:
        """The item on the board, with its form: tick it, snooze it, hand it over."""
        board = reverse("incidents:actions")
        return absolute(f"{board}?open={self.row.pk}#item-{self.row.pk}")

    @property
    def incident(self) -> str:
        """The report, or the draft where there is none yet."""
        incident = self.row.incident
        if incident.state != "published":
            return absolute(incident.get_absolute_url())
        return absolute(reverse("incidents:report", args=[incident.pk]))


HEADINGS = {
    DigestPart.LEAD: "Late in incidents that you own",
    DigestPart.SITE: "Late for a long time, in all incidents",
}
BOARD = {
    DigestPart.LATE: "?owner=me&due=overdue",
    DigestPart.TODAY: "?owner=me",
    DigestPart.SOON: "?owner=me",
    DigestPart.LEAD: "?due=overdue&group=incident",
    DigestPart.SITE: "?due=overdue",
}


@dataclass(frozen=True)
class Chapter:
    """A part of the mail, under its heading."""

    due: DuePart
    rhythm: Rhythm
    today: dt.date

    @property
    def heading(self) -> str:
        words = self.due.part.in_words(self.rhythm)
        return HEADINGS.get(self.due.part, words[:1].upper() + words[1:])

    @property
    def of_others(self) -> bool:
        """Whether each line names the owner of its item."""
        return self.due.part in (DigestPart.LEAD, DigestPart.SITE)

    @cached_property
    def lines(self) -> list[ItemLine]:
        return [ItemLine(row, self.today) for row in self.due.rows]

    @property
    def board(self) -> str:
        return absolute(reverse("incidents:actions") + BOARD[self.due.part])


@dataclass(frozen=True)
class DayLetter:
    """What one person is told on one of their days."""

    user: User
    today: dt.date
    parts: Sequence[DuePart]

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.user.reminders)

    @property
    def key(self) -> str:
        return f"reminders:{self.today.isoformat()}:{self.user.pk}"

    @property
    def subject(self) -> str:
        return subject({due.part: due.total for due in self.parts}, self.rhythm)

    @property
    def about(self) -> set[int]:
        return {row.incident_id for due in self.parts for row in due.rows}

    @cached_property
    def chapters(self) -> list[Chapter]:
        return [Chapter(due, self.rhythm, self.today) for due in self.parts]

    @cached_property
    def stop(self) -> str:
        token = stop_token(self.user)
        return absolute(reverse("incidents:stop_reminders", args=[token]))

    @property
    def of_others(self) -> bool:
        """Whether nothing in it is this person's own to do."""
        return all(chapter.of_others for chapter in self.chapters)

    @property
    def board(self) -> str:
        if self.of_others:
            return self.chapters[0].board
        return absolute(reverse("incidents:actions") + "?owner=me")

    @property
    def account(self) -> str:
        return absolute(reverse("incidents:account"))
