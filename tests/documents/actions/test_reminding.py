"""Whose morning it is, and how far ahead and back each person hears."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.actions.reminding import (
    DigestPart,
    Rules,
    falls_on,
    morning,
    part_of,
    subject,
)
from incidents.documents.kinds import Rhythm

TODAY = dt.date(2026, 3, 4)
DAY = dt.timedelta(days=1)
RULES = Rules(before=3, lead_after=7, managers_after=14, snooze=10)
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/Sao_Paulo",
    "Pacific/Tongatapu",
    "Pacific/Honolulu",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
)
HOUR = dt.timedelta(hours=1)


def utc(year: int, month: int, day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(year, month, day, hour, minute, tzinfo=dt.UTC)


def test_nobody_is_woken_before_their_morning() -> None:
    assert morning(utc(2026, 3, 4, 7, 59), "UTC", hour=8) is None


def test_each_zone_has_the_date_that_it_has_there() -> None:
    zones = ("UTC", "Pacific/Tongatapu", "Pacific/Honolulu", "Europe/Berlin")
    found = [morning(utc(2026, 3, 4, 18), zone, hour=8) for zone in zones]
    assert found == [TODAY, None, TODAY, TODAY]
    assert morning(utc(2026, 3, 4, 19), "Pacific/Tongatapu", hour=8) == TODAY + DAY


def test_a_morning_that_the_clock_leaves_out_comes_with_the_next_hour() -> None:
    assert morning(utc(2026, 3, 29, 0, 59), "Europe/Berlin", hour=2) is None
    spring = dt.date(2026, 3, 29)
    assert morning(utc(2026, 3, 29, 1), "Europe/Berlin", hour=2) == spring


def test_a_morning_that_comes_twice_is_of_one_date() -> None:
    hours = [utc(2026, 10, 25, hour, 30) for hour in (0, 1)]
    found = {morning(hour, "Europe/Berlin", hour=2) for hour in hours}
    assert found == {dt.date(2026, 10, 25)}


@given(st.sampled_from(ZONES), st.dates(dt.date(2026, 1, 1), dt.date(2027, 12, 1)))
def test_every_date_has_its_morning_in_every_zone(zone: str, day: dt.date) -> None:
    start = dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)
    quarters = [start + n * HOUR / 4 for n in range(200)]
    come = [there for now in quarters if (there := morning(now, zone, hour=8))]
    assert come == sorted(come)
    assert day + DAY in come


def test_a_weekly_digest_comes_on_its_day_and_none_never() -> None:
    week = [TODAY + n * DAY for n in range(7)]
    wednesday = TODAY.weekday()
    came = {r: sum(falls_on(day, r, wednesday) for day in week) for r in Rhythm}
    assert came == {Rhythm.DAILY: 7, Rhythm.WEEKLY: 1, Rhythm.NONE: 0}
    assert falls_on(TODAY, Rhythm.WEEKLY, wednesday)


def test_an_owner_hears_some_days_before_and_once_a_week_of_the_whole_week() -> None:
    assert RULES.of_owner(TODAY, Rhythm.DAILY).awake == TODAY + 3 * DAY
    assert RULES.of_owner(TODAY, Rhythm.WEEKLY).awake == TODAY + 6 * DAY
    early = Rules(before=10)
    assert early.of_owner(TODAY, Rhythm.WEEKLY).awake == TODAY + 10 * DAY


def test_a_snooze_is_for_the_owner_and_holds_others_back_for_a_while() -> None:
    assert RULES.of_owner(TODAY, Rhythm.DAILY).snoozed is None
    lead, managers = RULES.of_lead(TODAY), RULES.of_managers(TODAY)
    assert lead
    assert managers
    assert (lead.awake, lead.snoozed) == (TODAY - 7 * DAY, TODAY - 17 * DAY)
    assert (managers.awake, managers.snoozed) == (TODAY - 14 * DAY, TODAY - 24 * DAY)


def test_a_policy_can_leave_out_an_escalation() -> None:
    assert Rules(lead_after=None).of_lead(TODAY) is None
    assert Rules(managers_after=None).of_managers(TODAY) is None


def test_the_parts_of_an_owner_follow_the_date() -> None:
    parts = [part_of(TODAY + n * DAY, TODAY) for n in (-1, 0, 1)]
    assert parts == [DigestPart.LATE, DigestPart.TODAY, DigestPart.SOON]


def test_a_subject_says_the_worst_first() -> None:
    counts = {DigestPart.SOON: 2, DigestPart.LATE: 3}
    weekly = subject(counts, Rhythm.WEEKLY)
    assert weekly == "3 action items are late, 2 due this week"
    assert subject({DigestPart.TODAY: 1}, Rhythm.DAILY) == "1 action item is due today"
    both = subject({DigestPart.SITE: 1204, DigestPart.LEAD: 1}, Rhythm.DAILY)
    assert (
        both
        == "1 action item is late in incidents that you own, 1,204 late for a long time"
    )
