"""A year of reminders: every mail that policy asks for comes, and no other.

Four people on four clocks promise thirty things after four incidents. Two workers
run at once at every step, and one of them dies with a mail in its hand. What should
have come is said again here, from the plan alone and without a line of the site's
own code, and compared mail by mail.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from threading import Barrier, current_thread
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMultiAlternatives
from django.db import connection

from incidents.delivery.reminders import remind
from incidents.delivery.tasks import attempt
from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, ActionPolicy, Delivery, Incident, User
from incidents.workflow.actions import promises
from incidents.workflow.actions.state import set_state
from incidents.workflow.outgoing import unsubscribing
from tests.factories import make_incident, make_user, restrict

BEGIN, END = dt.date(2027, 1, 1), dt.date(2027, 12, 31)
DAY = dt.timedelta(days=1)
# The policy of the site, as it is before anybody changes it.
SOON, LEAD_AFTER, MANAGERS_AFTER, LONGEST_SNOOZE = 3, 7, 14, 14
THURSDAY = 3


@dataclass(frozen=True)
class Somebody:
    zone: str
    weekly: bool = False
    manages: bool = False
    away: tuple[dt.date, dt.date] | None = None


# Berlin and Rome change their clocks twice; Tonga is 13 hours ahead, Honolulu 10
# behind.
PEOPLE = {
    "bea": Somebody("Europe/Berlin"),
    "tom": Somebody("Pacific/Tongatapu", away=(dt.date(2027, 9, 14), END)),
    "hina": Somebody("Pacific/Honolulu", weekly=True, manages=True),
    "uma": Somebody(
        "Europe/Rome",
        manages=True,
        away=(dt.date(2027, 7, 1), dt.date(2027, 7, 31)),
    ),
}
# Whose incident it is. The third is closed in May to all but its owner; uma is an
# admin and sees it still.
LEADS = {"lift": "bea", "pump": "hina", "safe": "bea", "door": ""}
CLOSED_IN_MAY = dt.date(2027, 5, 10)
SEES_THE_SAFE = ("bea", "uma")


def noon(day: dt.date) -> dt.datetime:
    """Whatever people do, they do at noon; no worker's step is then."""
    return dt.datetime.combine(day, dt.time(12), tzinfo=dt.UTC)


@dataclass
class Plan:
    """What somebody promises, and what becomes of it on which day."""

    name: str
    owner: str
    incident: str
    due: dt.date
    moved: tuple[dt.date, dt.date] | None = None
    snoozed: tuple[dt.date, dt.date] | None = None
    done: dt.date | None = None

    def due_at(self, moment: dt.datetime) -> dt.date:
        if self.moved and noon(self.moved[0]) <= moment:
            return self.moved[1]
        return self.due

    def is_open(self, moment: dt.datetime) -> bool:
        return self.done is None or moment < noon(self.done)

    def rests(self, moment: dt.datetime, day: dt.date) -> bool:
        if self.snoozed is None:
            return False
        since, until = self.snoozed
        return noon(since) <= moment and day < until


def plan(n: int) -> Plan:
    """Thirty different lives: in time and late, moved, snoozed, never kept."""
    owner = [*PEOPLE, ""][n % 5]
    due = BEGIN + (10 + n * 37 % 330) * DAY
    made = Plan(f"Promise {n}", owner, list(LEADS)[n % 4], due)
    if n % 7 == 3:
        made.moved = (due - 2 * DAY, due + 20 * DAY)
    if n % 6 == 1:
        made.snoozed = (due + 4 * DAY, due + 16 * DAY)
    if n % 10 != 9:
        made.done = due + (n * 11 % 40 - 6) * DAY
    return made


PLANS = [plan(n) for n in range(30)]


# What should come, from the plans alone.

Digest = dict[str, list[str]]


def should_come() -> dict[tuple[str, dt.date], Digest]:
    days = [BEGIN + n * DAY for n in range((END - BEGIN).days + 1)]
    asked = {(who, day): digest(who, day) for who in PEOPLE for day in days}
    return {key: parts for key, parts in asked.items() if parts}


def digest(who: str, day: dt.date) -> Digest:
    person = PEOPLE[who]
    eight = dt.datetime.combine(day, dt.time(8), tzinfo=ZoneInfo(person.zone))
    if person.away and noon(person.away[0]) <= eight < noon(person.away[1] + DAY):
        return {}
    if person.weekly and day.weekday() != THURSDAY:
        return {}
    parts: Digest = {}
    for item in PLANS:
        heading = heading_of(item, who, day, eight)
        if heading:
            parts.setdefault(heading, []).append(item.name)
    return {heading: sorted(names) for heading, names in parts.items()}


def heading_of(item: Plan, who: str, day: dt.date, eight: dt.datetime) -> str:
    hidden = item.incident == "safe" and eight >= noon(CLOSED_IN_MAY)
    if not item.is_open(eight) or (hidden and who not in SEES_THE_SAFE):
        return ""
    late = (day - item.due_at(eight)).days
    if item.owner == who:
        return own_heading(late, item.rests(eight, day), PEOPLE[who].weekly)
    held = LONGEST_SNOOZE if item.rests(eight, day) else 0
    if LEADS[item.incident] == who:
        mine = "LATE IN INCIDENTS THAT YOU OWN"
        return mine if late >= LEAD_AFTER + held else ""
    if PEOPLE[who].manages and late >= MANAGERS_AFTER + held:
        return "LATE FOR A LONG TIME, IN ALL INCIDENTS"
    return ""


def own_heading(late: int, rests: bool, weekly: bool) -> str:
    if rests:
        return ""
    if late > 0:
        return "LATE"
    if late == 0:
        return "DUE TODAY"
    if weekly:
        return "DUE THIS WEEK" if late >= -6 else ""
    return "DUE SOON" if late >= -SOON else ""


# What comes.


class Died(BaseException):
    """The worker is gone; nothing of what it was at is written down any more."""


@dataclass
class World:
    """The clock, the postbox, and who of the two workers is alive."""

    now: dt.datetime
    posted: list[tuple[str, dt.datetime, str, str]] = field(default_factory=list)
    dies_at: dt.date = dt.date(2027, 6, 16)
    dead: str = ""
    woken: dt.datetime | None = None

    def post(self, message: EmailMultiAlternatives) -> int:
        """As a mail server takes it; once a worker dies just before."""
        me = current_thread().name
        if self.now.date() == self.dies_at and not self.dead:
            self.dead, self.woken = me, self.now + dt.timedelta(hours=18)
            raise Died
        who = message.to[0].partition("@")[0]
        self.posted.append((who, self.now, str(message.body), me))
        return 1

    def work(self, start: Barrier) -> None:
        """One round of a worker: the chore, and then whatever waits to be sent."""
        me = current_thread().name
        start.wait(timeout=30)
        if me == self.dead and self.woken and self.now < self.woken:
            return
        try:
            remind(now=self.now)
            for pk in Delivery.objects.due(self.now).values_list("pk", flat=True):
                attempt(pk, now=self.now)
        except Died:
            connection.close()


def steps() -> Iterator[dt.datetime]:
    """Noon, and each day when a morning begins: in Europe, and then in the Pacific."""
    for n in range(-1, (END - BEGIN).days + 1):
        day = BEGIN + n * DAY
        yield dt.datetime.combine(day, dt.time(8), tzinfo=ZoneInfo("Europe/Berlin"))
        yield noon(day)
        yield dt.datetime.combine(day, dt.time(19), tzinfo=dt.UTC)


def live_through(
    world: World, doings: dict[dt.datetime, list[Callable[[], object]]]
) -> None:
    with ThreadPoolExecutor(2) as pool:
        for world.now in steps():
            for do in doings.get(world.now, ()):
                do()
            if world.now != noon(world.now.date()):
                both(pool, world.work)
        both(pool, hang_up)


def both(pool: ThreadPoolExecutor, work: Callable[[Barrier], None]) -> None:
    """Each of the two threads does it, at the same time."""
    start = Barrier(2)
    for running in [pool.submit(work, start) for _ in range(2)]:
        running.result()


def hang_up(start: Barrier) -> None:
    start.wait(timeout=30)
    connection.close()


def make_world() -> dict[dt.datetime, list[Callable[[], object]]]:
    """The people, the incidents and the promises; and what happens at which noon."""
    users = {who: make_somebody(who) for who in PEOPLE}
    ActionPolicy.objects.get().managers.add(users["hina"])
    incidents = {name: make_one(name, users) for name in LEADS}
    doings: dict[dt.datetime, list[Callable[[], object]]] = {}

    def at(day: dt.date, do: Callable[[], object]) -> None:
        doings.setdefault(noon(day), []).append(do)

    at(CLOSED_IN_MAY, lambda: restrict(incidents["safe"]))
    at(dt.date(2027, 9, 14), lambda: leave(users["tom"]))
    at(dt.date(2027, 7, 1), lambda: unsubscribing.stop(users["uma"]))
    at(dt.date(2027, 8, 1), lambda: choose_daily(users["uma"]))
    for item in PLANS:
        for day, do in life_of(item, users["uma"]):
            at(day, do)
    return doings


def make_somebody(who: str) -> User:
    person = PEOPLE[who]
    rhythm = "weekly" if person.weekly else "daily"
    return make_user(
        who,
        "admin" if who == "uma" else "author",
        email=f"{who}@example.org",
        zone=person.zone,
        reminders=rhythm,
        reminders_day=THURSDAY,
    )


def make_one(name: str, users: dict[str, User]) -> Incident:
    lead = LEADS[name]
    actions = tuple(
        Action(
            text=item.name,
            due_on=item.due,
            owner=Person(name=item.owner, account=item.owner) if item.owner else None,
        )
        for item in PLANS
        if item.incident == name
    )
    return make_incident(
        users[lead or "uma"],
        title=name,
        now=noon(BEGIN - 30 * DAY),
        owner=Person(name=lead, account=lead) if lead else None,
        actions=actions,
    )


def leave(user: User) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])


def choose_daily(user: User) -> None:
    User.objects.filter(pk=user.pk).update(reminders="daily")


def life_of(item: Plan, by: User) -> Iterator[tuple[dt.date, Callable[[], object]]]:
    def row() -> ActionItem:
        return ActionItem.objects.select_related("incident").get(text=item.name)

    if item.moved:
        day, to = item.moved
        yield day, lambda: move(row(), to, by, noon(day))
    if item.snoozed:
        since, until = item.snoozed
        if item.is_open(noon(since)):
            yield (
                since,
                lambda: promises.snooze(row(), until, "Parts", by=by, now=noon(since)),
            )
    if item.done:
        done = item.done
        yield done, lambda: close(row(), by, noon(done))


def move(row: ActionItem, to: dt.date, by: User, now: dt.datetime) -> None:
    promises.change(
        row, {"due_on": to}, version=row.version, by=by, now=now, why="Parts"
    )


def close(row: ActionItem, by: User, now: dt.datetime) -> None:
    set_state(row.incident, row.key, ActionState.DONE, by=by, now=now)


def read(body: str) -> Digest:
    """The headings of a mail, and the promises under each."""
    parts: Digest = {}
    for line in body.splitlines():
        if found := re.fullmatch(r"([A-Z][A-Z, ]+) \((\d+)\)", line):
            names = parts.setdefault(found[1], [])
        elif line.startswith("* "):
            names.append(line.removeprefix("* "))
    return {heading: sorted(names) for heading, names in parts.items()}


@pytest.mark.server
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_year_of_mails_is_what_policy_says(monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(noon(BEGIN - DAY))
    monkeypatch.setattr(
        EmailMultiAlternatives, "send", lambda message: world.post(message)
    )
    live_through(world, make_world())
    came, due = mails_by_day(world), should_come()
    for day in sorted({*came, *due}):
        assert (day, came.get(day)) == (day, due.get(day))
    assert senders_on(world, world.dies_at) == {"other"}


def mails_by_day(world: World) -> dict[tuple[str, dt.date], Digest]:
    """What came, by whom it came to and their own date; never two on one day."""
    came: dict[tuple[str, dt.date], Digest] = {}
    for who, moment, body, _ in world.posted:
        day = moment.astimezone(ZoneInfo(PEOPLE[who].zone)).date()
        assert (who, day) not in came, f"{who} got two on {day}"
        came[who, day] = read(body)
    return came


def senders_on(world: World, day: dt.date) -> set[str]:
    """Who sent the mails of the day on which a worker died."""
    sent = [by for _, moment, _, by in world.posted if moment.date() == day]
    return {"dead" if by == world.dead else "other" for by in sent}
