"""Times as people write them: which moment each one is, and which are refused."""

import datetime as dt

import pytest

from incidents.documents.times import Backwards, Question, Resolved, read_time, resolve

STARTED = dt.datetime(2024, 8, 18, 8, 15, tzinfo=dt.UTC)
NOW = dt.datetime(2024, 8, 20, 12, 0, tzinfo=dt.UTC)
BERLIN = "Europe/Berlin"
NEW_YORK = "America/New_York"
LORD_HOWE = "Australia/Lord_Howe"


def understand(
    text: str,
    zone: str | None = "UTC",
    *,
    previous: dt.datetime | None = None,
    started: dt.datetime | None = STARTED,
    day: dt.date | None = None,
) -> Resolved | Question:
    written = read_time(text)
    assert written is not None, f"{text!r} was not read as a time"
    return resolve(
        written, zone=zone, previous=previous, started=started, now=NOW, day=day
    )


def said(answer: Resolved | Question) -> str:
    """The moments of an answer in one line, those of a question in brackets."""
    if isinstance(answer, Question):
        return f"[{', '.join(said(choice.resolved) for choice in answer.choices)}]"
    until = f"/{answer.until.isoformat()}" if answer.until else ""
    return answer.at.isoformat() + until


def utc(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2024, 8, day, hour, minute, tzinfo=dt.UTC)


# What is not a time, although it has digits or the words of one.
@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "soon",
        "10",
        "10 servers failed",
        "3.5 GB",
        "5xx",
        "v1.10: released",
        "10.45.3.2",
        "16:9",
        "1:100",
        "host:8080",
        "25:00",
        "24:01",
        "10:60",
        "10:45:60",
        "13:45:30:20",
        "2024-02-30 10:00",
        "31 Apr 10:00",
        "2024-13-01",
        "50:50",
        "10:45 alert fired",
        "2:30 minutes",
        "10:45%",
        "$10:45",
        "+5",
        "+",
        "T+",
        "+5 servers",
        "Friday's deploy",
        "May 3 servers",
        "10:45 and a half",
        "1045 requests",
        "\x00",
        "9" * 5000,
    ],
)
def test_what_is_no_time_is_not_read_as_one(text: str) -> None:
    assert read_time(text) is None


@pytest.mark.parametrize("text", ["10:45 XYZT", "10:45 Mars/Base", "10:45 UTC+19"])
def test_a_zone_that_nobody_knows_is_refused_in_words(text: str) -> None:
    answer = understand(text)
    assert isinstance(answer, Question)
    assert "not a time zone known here" in answer.sentence
    assert answer.choices == ()


def test_an_incident_in_a_zone_that_nobody_knows_is_refused_in_words() -> None:
    answer = understand("10:45", "Mars/Base")
    assert isinstance(answer, Question)
    assert "Mars/Base" in answer.sentence


def test_a_day_without_a_clock_says_what_is_missing() -> None:
    answer = understand("18 Aug 2024")
    assert isinstance(answer, Question)
    assert "time of day is missing" in answer.sentence


def test_an_offset_needs_a_start() -> None:
    answer = understand("+45m", started=None)
    assert isinstance(answer, Question)
    assert "start" in answer.sentence


@pytest.mark.parametrize("text", ["9999-12-31 23:00 PST", "0001-01-01 00:10 +02:00"])
def test_a_moment_outside_of_the_calendar_is_refused_in_words(text: str) -> None:
    answer = understand(text)
    assert isinstance(answer, Question)
    assert "outside of the calendar" in answer.sentence


WRITTEN_IN_UTC = [
    ("10:45", "2024-08-18T10:45:00+00:00"),
    ("9:05", "2024-08-18T09:05:00+00:00"),
    ("10:45:30", "2024-08-18T10:45:30+00:00"),
    ("10:45:30.250", "2024-08-18T10:45:30.250000+00:00"),
    ("10:45 AM UTC", "2024-08-18T10:45:00+00:00"),
    ("10:45am", "2024-08-18T10:45:00+00:00"),
    ("8pm", "2024-08-18T20:00:00+00:00"),
    ("8 p.m.", "2024-08-18T20:00:00+00:00"),
    ("8:30 P.M.", "2024-08-18T20:30:00+00:00"),
    ("12 PM", "2024-08-18T12:00:00+00:00"),
    ("12:30 am", "2024-08-18T00:30:00+00:00"),
    ("0:30 PM", "2024-08-18T12:30:00+00:00"),
    ("14:00 PM", "2024-08-18T14:00:00+00:00"),
    ("19.00", "2024-08-18T19:00:00+00:00"),
    ("19.00 Uhr", "2024-08-18T19:00:00+00:00"),
    ("19 Uhr", "2024-08-18T19:00:00+00:00"),
    ("19h00", "2024-08-18T19:00:00+00:00"),
    ("20h15", "2024-08-18T20:15:00+00:00"),
    ("20h", "2024-08-18T20:00:00+00:00"),
    ("1045", "2024-08-18T10:45:00+00:00"),
    ("1045 hrs", "2024-08-18T10:45:00+00:00"),
    ("0815Z", "2024-08-18T08:15:00+00:00"),
    ("noon", "2024-08-18T12:00:00+00:00"),
    ("midnight", "2024-08-18T00:00:00+00:00"),
    ("24:00", "2024-08-19T00:00:00+00:00"),
    ("Mittag", "2024-08-18T12:00:00+00:00"),
    ("mediodía", "2024-08-18T12:00:00+00:00"),
    ("9 o'clock", "2024-08-18T09:00:00+00:00"),
    ("[10:45]", "2024-08-18T10:45:00+00:00"),
    ("**10:45**", "2024-08-18T10:45:00+00:00"),
    ("at 10:45", "2024-08-18T10:45:00+00:00"),
    ("\uff12\uff10\uff1a\uff11\uff15", "2024-08-18T20:15:00+00:00"),
    ("10:45\u202fAM", "2024-08-18T10:45:00+00:00"),
    ("10時45分", "2024-08-18T10:45:00+00:00"),
    ("午後3時", "2024-08-18T15:00:00+00:00"),
    ("下午3点20分", "2024-08-18T15:20:00+00:00"),
    ("2024-08-18T08:15Z", "2024-08-18T08:15:00+00:00"),
    ("2024-08-18T08:15:00.123456Z", "2024-08-18T08:15:00.123456+00:00"),
    ("20240818T081530Z", "2024-08-18T08:15:30+00:00"),
    ("2024-08-18 08:15", "2024-08-18T08:15:00+00:00"),
    ("2024/08/18 08:15", "2024-08-18T08:15:00+00:00"),
    ("18/08/2024 08:15", "2024-08-18T08:15:00+00:00"),
    ("08/18/2024 08:15", "2024-08-18T08:15:00+00:00"),
    ("08/18 08:15", "2024-08-18T08:15:00+00:00"),
    ("08/08/2024 08:15", "2024-08-08T08:15:00+00:00"),
    ("03.04.2024 08:15", "2024-04-03T08:15:00+00:00"),
    ("18.08. 08:15", "2024-08-18T08:15:00+00:00"),
    ("18.08.24, 08:15", "2024-08-18T08:15:00+00:00"),
    ("08:15 18 Aug 2024", "2024-08-18T08:15:00+00:00"),
    ("08:15, 18 Aug 2024 UTC", "2024-08-18T08:15:00+00:00"),
    ("Aug 18, 2024 8:15 AM", "2024-08-18T08:15:00+00:00"),
    ("Aug. 18th, 2024 at 8:15 AM", "2024-08-18T08:15:00+00:00"),
    ("August 18, 2023, at 10:30 AM UTC", "2023-08-18T10:30:00+00:00"),
    ("Apr 11th, 2:00 AM", "2024-04-11T02:00:00+00:00"),
    ("10:00 AM UTC, April 10th", "2024-04-10T10:00:00+00:00"),
    ("10:00 on April 10", "2024-04-10T10:00:00+00:00"),
    ("(Aug 11) 10:45", "2024-08-11T10:45:00+00:00"),
    ("Dec 31 23:50", "2023-12-31T23:50:00+00:00"),
    ("29 Feb 10:00", "2024-02-29T10:00:00+00:00"),
    ("the 3rd of March 2024 at noon", "2024-03-03T12:00:00+00:00"),
    ("18-Aug-2024 08:15", "2024-08-18T08:15:00+00:00"),
    ("Sun Aug 18 08:15:00 UTC 2024", "2024-08-18T08:15:00+00:00"),
    ("Sun, 18 Aug 2024 08:15:00 +0000", "2024-08-18T08:15:00+00:00"),
    ("8/18/24 8:15 AM", "2024-08-18T08:15:00+00:00"),
    ("Aug 18 (8:15 UTC)", "2024-08-18T08:15:00+00:00"),
    ("martes 14 de mayo 10:45", "2024-05-14T10:45:00+00:00"),
    ("18 de agosto de 2024 a las 10:45", "2024-08-18T10:45:00+00:00"),
    ("1er août 2024 à 20h15", "2024-08-01T20:15:00+00:00"),
    ("18. August 2024, 10.45 Uhr", "2024-08-18T10:45:00+00:00"),
    ("3. März 2024 um 7:05", "2024-03-03T07:05:00+00:00"),
    ("18 de março de 2024 às 10:45", "2024-03-18T10:45:00+00:00"),
    ("8月18日 10:45", "2024-08-18T10:45:00+00:00"),
    ("2024年8月18日10時45分", "2024-08-18T10:45:00+00:00"),
    ("Sun 10:45", "2024-08-18T10:45:00+00:00"),
    ("Monday, 10:45", "2024-08-19T10:45:00+00:00"),
    ("Fri 10:45", "2024-08-16T10:45:00+00:00"),
    ("Sunday, 18 August 2024, 10:45", "2024-08-18T10:45:00+00:00"),
    ("yesterday 14:00", "2024-08-19T14:00:00+00:00"),
    ("today at 9am", "2024-08-20T09:00:00+00:00"),
    ("gestern 14 Uhr", "2024-08-19T14:00:00+00:00"),
    ("hier à 14h30", "2024-08-19T14:30:00+00:00"),
    ("+45m", "2024-08-18T09:00:00+00:00"),
    ("+1h30", "2024-08-18T09:45:00+00:00"),
    ("+1h 30m", "2024-08-18T09:45:00+00:00"),
    ("+1:30", "2024-08-18T09:45:00+00:00"),
    ("+2 hours", "2024-08-18T10:15:00+00:00"),
    ("T+90s", "2024-08-18T08:16:30+00:00"),
    ("T+5min", "2024-08-18T08:20:00+00:00"),
    ("T-10m", "2024-08-18T08:05:00+00:00"),
    ("T+0", "2024-08-18T08:15:00+00:00"),
    ("~10:45", "2024-08-18T10:45:00+00:00"),
    ("around 10:45", "2024-08-18T10:45:00+00:00"),
    ("10:00\u201310:20", "2024-08-18T10:00:00+00:00/2024-08-18T10:20:00+00:00"),
    ("from 8 to 9pm", "2024-08-18T20:00:00+00:00/2024-08-18T21:00:00+00:00"),
    ("11-1pm", "2024-08-18T11:00:00+00:00/2024-08-18T13:00:00+00:00"),
    ("10:00 - 10:50 pm", "2024-08-18T22:00:00+00:00/2024-08-18T22:50:00+00:00"),
    ("between 10 and 11 am", "2024-08-18T10:00:00+00:00/2024-08-18T11:00:00+00:00"),
    ("23:50-00:10", "2024-08-18T23:50:00+00:00/2024-08-19T00:10:00+00:00"),
    (
        "Aug 18 23:50 - Aug 19 02:10 UTC",
        "2024-08-18T23:50:00+00:00/2024-08-19T02:10:00+00:00",
    ),
]


@pytest.mark.parametrize(("text", "expected"), WRITTEN_IN_UTC)
def test_a_time_as_people_write_it_is_understood(text: str, expected: str) -> None:
    assert said(understand(text)) == expected


@pytest.mark.parametrize(
    ("text", "zone", "expected", "shown_in"),
    [
        ("8pm PST", "UTC", "2024-08-18T20:00:00-08:00", "PST"),
        ("8pm PDT", "UTC", "2024-08-18T20:00:00-07:00", "PDT"),
        ("8pm PT", "UTC", "2024-08-18T20:00:00-07:00", "America/Los_Angeles"),
        ("3:15 PM Eastern time", "UTC", "2024-08-18T15:15:00-04:00", NEW_YORK),
        ("3:15 PM Eastern Standard Time", "UTC", "2024-08-18T15:15:00-05:00", "EST"),
        ("2024-01-05 3:15 PM ET", "UTC", "2024-01-05T15:15:00-05:00", NEW_YORK),
        ("10:45 utc", BERLIN, "2024-08-18T10:45:00+00:00", "UTC"),
        ("10:45Z", BERLIN, "2024-08-18T10:45:00+00:00", "UTC"),
        ("10:45 (UTC)", BERLIN, "2024-08-18T10:45:00+00:00", "UTC"),
        ("10:45 UTC time", BERLIN, "2024-08-18T10:45:00+00:00", "UTC"),
        ("10:45 UTC+2", "UTC", "2024-08-18T10:45:00+02:00", "UTC+02:00"),
        ("10:45 (UTC +5:30)", "UTC", "2024-08-18T10:45:00+05:30", "UTC+05:30"),
        ("10:45 GMT-3", "UTC", "2024-08-18T10:45:00-03:00", "UTC-03:00"),
        ("10:45+02:00", "UTC", "2024-08-18T10:45:00+02:00", "UTC+02:00"),
        ("10:45 -0500", "UTC", "2024-08-18T10:45:00-05:00", "UTC-05:00"),
        ("2024-08-18T08:15-05:00", "UTC", "2024-08-18T08:15:00-05:00", "UTC-05:00"),
        ("2024-08-18 08:15:00+02:00", "UTC", "2024-08-18T08:15:00+02:00", "UTC+02:00"),
        ("10:45 CEST", "UTC", "2024-08-18T10:45:00+02:00", "CEST"),
        ("10:45 MESZ", "UTC", "2024-08-18T10:45:00+02:00", "MESZ"),
        ("10:45 JST", "UTC", "2024-08-18T10:45:00+09:00", "JST"),
        ("10:45 AEST", "UTC", "2024-08-18T10:45:00+10:00", "AEST"),
        ("10:45 BRT", "UTC", "2024-08-18T10:45:00-03:00", "BRT"),
        ("10:45 NPT", "UTC", "2024-08-18T10:45:00+05:45", "NPT"),
        ("10:45 NST", "UTC", "2024-08-18T10:45:00-03:30", "NST"),
        ("10:45 Europe/Berlin", "UTC", "2024-08-18T10:45:00+02:00", BERLIN),
        ("10:45", BERLIN, "2024-08-18T10:45:00+02:00", BERLIN),
        ("10:45 local time", BERLIN, "2024-08-18T10:45:00+02:00", BERLIN),
        ("2024-01-05 10:45", BERLIN, "2024-01-05T10:45:00+01:00", BERLIN),
        ("10:45", None, "2024-08-18T10:45:00", ""),
        ("10:45 UTC", None, "2024-08-18T10:45:00+00:00", "UTC"),
        ("+45m", BERLIN, "2024-08-18T11:00:00+02:00", BERLIN),
    ],
)
def test_the_zone_is_the_written_one_and_else_the_incidents(
    text: str, zone: str | None, expected: str, shown_in: str
) -> None:
    answer = understand(text, zone)
    assert isinstance(answer, Resolved)
    assert (said(answer), answer.zone) == (expected, shown_in)


@pytest.mark.parametrize("text", ["10:45 IST", "10:45 CST", "10:45 BST"])
def test_a_zone_of_several_places_is_read_and_noted(text: str) -> None:
    answer = understand(text)
    assert isinstance(answer, Resolved)
    assert "uses it too" in answer.notes[0] or "use it too" in answer.notes[0]


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


def test_a_clock_a_little_before_the_start_is_on_the_same_day() -> None:
    assert said(understand("08:00")) == "2024-08-18T08:00:00+00:00"


def test_a_heading_dates_the_entries_under_it() -> None:
    answer = understand("00:10", day=dt.date(2024, 8, 19), started=utc(18, 23, 50))
    assert said(answer) == "2024-08-19T00:10:00+00:00"


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
