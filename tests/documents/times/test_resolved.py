"""Midnight, clock changes and everything else that needs the day around a time."""

import datetime as dt

import pytest

from incidents.documents.times import (
    Backwards,
    Question,
    Resolved,
    read_time,
    resolve,
)
from tests.documents.times.written_times import (
    BERLIN,
    LORD_HOWE,
    NEW_YORK,
    NOW,
    STARTED,
    said,
    understand,
    utc,
)


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        # Spring: the hour is skipped, and both neighbours are offered.
        (
            "2024-03-31 02:30",
            BERLIN,
            "[2024-03-31T01:30:00+01:00, 2024-03-31T03:30:00+02:00]",
        ),
        ("2024-03-31 01:59", BERLIN, "2024-03-31T01:59:00+01:00"),
        ("2024-03-31 03:00", BERLIN, "2024-03-31T03:00:00+02:00"),
        ("2024-03-31 02:30 CET", BERLIN, "2024-03-31T02:30:00+01:00"),
        (
            "2024-03-10 2:15 AM",
            NEW_YORK,
            "[2024-03-10T01:15:00-05:00, 2024-03-10T03:15:00-04:00]",
        ),
        ("2024-03-10 3:00 AM", NEW_YORK, "2024-03-10T03:00:00-04:00"),
        (
            "2024-10-06 02:15",
            LORD_HOWE,
            "[2024-10-06T01:45:00+10:30, 2024-10-06T02:45:00+11:00]",
        ),
        ("2024-10-06 02:30", LORD_HOWE, "2024-10-06T02:30:00+11:00"),
        # Autumn: the hour comes twice, and both are offered.
        (
            "2024-10-27 02:30",
            BERLIN,
            "[2024-10-27T02:30:00+02:00, 2024-10-27T02:30:00+01:00]",
        ),
        ("2024-10-27 01:59", BERLIN, "2024-10-27T01:59:00+02:00"),
        ("2024-10-27 03:00", BERLIN, "2024-10-27T03:00:00+01:00"),
        ("2024-10-27 02:30 CEST", BERLIN, "2024-10-27T02:30:00+02:00"),
        ("2024-10-27 02:30+01:00", BERLIN, "2024-10-27T02:30:00+01:00"),
        (
            "2024-11-03 1:30 AM",
            NEW_YORK,
            "[2024-11-03T01:30:00-04:00, 2024-11-03T01:30:00-05:00]",
        ),
        ("2024-11-03 1:30 AM EDT", "UTC", "2024-11-03T01:30:00-04:00"),
        (
            "2024-11-03 1:30 AM ET",
            "UTC",
            "[2024-11-03T01:30:00-04:00, 2024-11-03T01:30:00-05:00]",
        ),
        (
            "2024-04-07 01:45",
            LORD_HOWE,
            "[2024-04-07T01:45:00+11:00, 2024-04-07T01:45:00+10:30]",
        ),
        ("2024-04-07 02:00", LORD_HOWE, "2024-04-07T02:00:00+10:30"),
        # A range keeps to clocks that exist, and asks where its end does not say.
        (
            "2024-10-27 01:30-02:30",
            BERLIN,
            "[2024-10-27T01:30:00+02:00/2024-10-27T02:30:00+02:00, "
            "2024-10-27T01:30:00+02:00/2024-10-27T02:30:00+01:00]",
        ),
    ],
)
def test_a_clock_change_is_never_guessed_over(
    text: str, zone: str, expected: str
) -> None:
    assert said(understand(text, zone)) == expected


def test_both_readings_of_a_doubled_hour_are_named_with_their_offsets() -> None:
    answer = understand("2024-10-27 02:30", BERLIN)
    assert isinstance(answer, Question)
    assert "came twice" in answer.sentence
    assert [choice.label for choice in answer.choices] == [
        "27 Oct 2024, 02:30 Europe/Berlin (UTC+02:00)",
        "27 Oct 2024, 02:30 Europe/Berlin (UTC+01:00)",
    ]


@pytest.mark.parametrize(
    ("text", "previous", "expected"),
    [
        (
            "00:10",
            utc(18, 23, 50),
            "[2024-08-19T00:10:00+00:00, 2024-08-18T00:10:00+00:00]",
        ),
        (
            "10:44",
            utc(18, 10, 45),
            "[2024-08-18T10:44:00+00:00, 2024-08-19T10:44:00+00:00]",
        ),
        ("10:45", utc(18, 10, 45), "2024-08-18T10:45:00+00:00"),
        ("10:45", utc(18, 10, 45).replace(second=30), "2024-08-18T10:45:00+00:00"),
        ("10:46", utc(19, 10, 45), "2024-08-19T10:46:00+00:00"),
        ("18 Aug 00:10", utc(18, 23, 50), "2024-08-18T00:10:00+00:00"),
        (
            "midnight",
            utc(18, 23, 50),
            "[2024-08-19T00:00:00+00:00, 2024-08-18T00:00:00+00:00]",
        ),
        ("24:00", utc(18, 23, 50), "2024-08-19T00:00:00+00:00"),
        ("8pm PST", utc(19, 3, 30), "2024-08-18T20:00:00-08:00"),
        ("00:10 CEST", utc(18, 22, 0), "2024-08-19T00:10:00+02:00"),
    ],
)
def test_the_day_comes_from_the_entry_before_and_midnight_is_asked_for(
    text: str, previous: dt.datetime, expected: str
) -> None:
    assert said(understand(text, previous=previous)) == expected


@pytest.mark.parametrize(
    ("backwards", "expected"),
    [
        ("next_day", "2024-08-19T00:10:00+00:00"),
        ("same_day", "2024-08-18T00:10:00+00:00"),
    ],
)
def test_a_caller_may_answer_the_question_of_midnight_beforehand(
    backwards: Backwards, expected: str
) -> None:
    written = read_time("00:10")
    assert written is not None
    answer = resolve(
        written,
        zone="UTC",
        previous=utc(18, 23, 50),
        started=STARTED,
        now=NOW,
        backwards=backwards,
    )
    assert said(answer) == expected


def test_a_clock_far_before_the_start_asks_whether_midnight_passed() -> None:
    answer = understand("00:10", started=utc(18, 23, 50))
    assert said(answer) == "[2024-08-19T00:10:00+00:00, 2024-08-18T00:10:00+00:00]"


def test_a_clock_of_another_zone_is_compared_on_that_clock_and_says_so() -> None:
    answer = understand("00:10 CEST", previous=utc(18, 21, 50))
    assert isinstance(answer, Question)
    assert answer.sentence.startswith("The time before this one is 23:50 CEST.")


def test_a_clock_a_little_before_the_start_is_on_the_same_day() -> None:
    assert said(understand("08:00")) == "2024-08-18T08:00:00+00:00"


def test_a_heading_dates_the_entries_under_it() -> None:
    answer = understand("00:10", day=dt.date(2024, 8, 19), started=utc(18, 23, 50))
    assert said(answer) == "2024-08-19T00:10:00+00:00"


def test_last_sunday_is_the_one_before_today() -> None:
    assert said(understand("last sunday 1:30 am", started=None)) == said(
        understand("2024-08-18 01:30")
    )


def test_without_anything_around_the_day_is_asked_for() -> None:
    answer = understand("14:00", started=None)
    assert isinstance(answer, Question)
    assert "Which day" in answer.sentence
    assert said(answer) == "[2024-08-19T14:00:00+00:00, 2024-08-20T14:00:00+00:00]"


def test_day_and_month_that_could_be_swapped_are_asked_about() -> None:
    answer = understand("03/04/2024 10:45")
    assert isinstance(answer, Question)
    assert answer.sentence == "Is this 3 Apr 2024 or 4 Mar 2024?"
    assert said(answer) == "[2024-04-03T10:45:00+00:00, 2024-03-04T10:45:00+00:00]"


def test_an_hour_past_twelve_before_noon_is_asked_about() -> None:
    answer = understand("14:00 AM")
    assert said(answer) == "[2024-08-18T14:00:00+00:00, 2024-08-18T02:00:00+00:00]"


def test_a_weekday_that_does_not_fit_its_date_is_noted() -> None:
    answer = understand("Monday, 18 August 2024, 10:45")
    assert isinstance(answer, Resolved)
    assert answer.notes == (
        "18 Aug 2024 was a Sunday, not a Monday; the date was kept.",
    )


def test_a_missing_year_is_never_in_the_future() -> None:
    answer = understand("Aug 30 10:00", started=None)
    assert said(answer) == "2023-08-30T10:00:00+00:00"


@pytest.mark.parametrize(
    ("text", "zone", "sentence"),
    [
        ("10:45", "UTC", "18 Aug 2024, 10:45 UTC"),
        ("~10:45:30", "UTC", "about 18 Aug 2024, 10:45:30 UTC"),
        ("10:00-10:20", BERLIN, "18 Aug 2024, 10:00 to 10:20 Europe/Berlin"),
        ("23:50-00:10", "UTC", "18 Aug 2024, 23:50 to 19 Aug 2024, 00:10 UTC"),
        ("10:45", None, "18 Aug 2024, 10:45, zone not known"),
    ],
)
def test_what_was_understood_is_said_in_words(
    text: str, zone: str | None, sentence: str
) -> None:
    answer = understand(text, zone)
    assert isinstance(answer, Resolved)
    assert answer.understood == sentence


def test_only_what_was_written_is_kept() -> None:
    written = read_time("~8pm PST")
    assert written is not None
    assert written.text == "~8pm PST"
    assert (written.zone, written.about, written.date) == ("PST", True, None)
    assert written.clock is not None
    assert (written.clock.hour, written.clock.meridiem) == (8, "pm")
    assert written.clock.second is None
