"""Times as people write them: which moment each one is, and which are refused."""

import pytest

from incidents.documents.times import Question, Resolved, read_time
from tests.documents.times.written_times import BERLIN, NEW_YORK, said, understand


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


@pytest.mark.parametrize(
    "text",
    [
        "9999-12-31 23:00 PST",
        "0001-01-01 00:10 +02:00",
        # Readers in Tokyo or New York would have no such day to be shown.
        "9999-12-31 23:00 UTC",
        "0001-01-01 00:10 UTC",
    ],
)
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
