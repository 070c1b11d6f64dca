"""Times found where they stand: at the opening of a line, and in sentences."""

import pytest

from incidents.documents.times import find_leading_time, find_times


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "10 servers failed",
        "3.5 GB of memory",
        "10.45 GB of memory",
        "5xx errors rose",
        "v1.10: released",
        "1.10: changes",
        "1. First step",
        "10.0.0.1 stopped answering",
        "10.45.3.2: stopped answering",
        "10.12.11.10 stopped answering",
        "16:9 video broke",
        "10:45:ab:cd:ef:01 is the address",
        "50:50 split of traffic",
        "host:8080 refused",
        "8080: refused",
        "1045 requests failed",
        "2024 was a bad year",
        "2:30 minutes later it was over",
        "10:30 ratio of reads",
        "+5 servers were added",
        "+45mb of logs",
        "Noon crashes more than we do",
        "May 3 servers go down?",
        "May we ask",
        "Friday deploys are off",
        "On August 18, 2023, a critical issue was found",
        "yesterday was calm",
        "10:45%",
        "10:45@example.com",
        "T-shirts for everyone",
        "Start: 10:45",
        "The alert fired at 10:45",
        "- 10:45 a bullet keeps its mark",
    ],
)
def test_a_line_that_opens_with_something_else_has_no_leading_time(line: str) -> None:
    assert find_leading_time(line) is None


@pytest.mark.parametrize(
    ("line", "time", "rest"),
    [
        ("10:45 alert fired", "10:45", "alert fired"),
        ("10:45 - alert fired", "10:45", "alert fired"),
        ("10:45 \u2014 alert fired", "10:45", "alert fired"),
        ("10:45: alert fired", "10:45", "alert fired"),
        ("10:45 | alert fired", "10:45", "alert fired"),
        ("10:45-alert fired", "10:45", "alert fired"),
        ("10:45, alert fired", "10:45", "alert fired"),
        ("10:45 -> alert fired", "10:45", "alert fired"),
        ("10:45", "10:45", ""),
        ("10:45 -5% of traffic", "10:45", "-5% of traffic"),
        ("10:45 UTC - 2 servers down", "10:45 UTC", "2 servers down"),
        ("10:45 \u2013 11:00 failover", "10:45 \u2013 11:00", "failover"),
        ("10:45 to 11:00 UTC: failover", "10:45 to 11:00 UTC", "failover"),
        ("**08:15 AM UTC:** alert", "08:15 AM UTC", "alert"),
        ("**08:15 AM UTC**: alert", "08:15 AM UTC", "alert"),
        ("**08:15 AM UTC** - alert", "08:15 AM UTC", "alert"),
        ("*08:15*: alert", "08:15", "alert"),
        ("_08:15_ alert", "08:15", "alert"),
        ("`08:15` alert", "08:15", "alert"),
        ("<b>08:15</b> alert", "08:15", "alert"),
        ("**10:45 UTC: Alert** by Ann", "10:45 UTC", "**Alert** by Ann"),
        ("10:45 **Alert** by Ann", "10:45", "**Alert** by Ann"),
        ("[10:45] ann: alert", "10:45", "ann: alert"),
        ("[10:45 AM] ann: alert", "10:45 AM", "ann: alert"),
        ("(10:45) alert", "10:45", "alert"),
        ("(10:45 - alert)", "10:45", "(alert)"),
        ("10:45 (12:45 CEST) alert", "10:45", "(12:45 CEST) alert"),
        ("[10:45](https://chat.test/1) hi", "10:45", "[10:45](https://chat.test/1) hi"),
        ("\U0001f525 10:45 alert", "10:45", "\U0001f525 alert"),
        (":fire: 10:45 alert", "10:45", ":fire: alert"),
        ("10:45 :fire: alert", "10:45", ":fire: alert"),
        ("(Aug 11) 10:45 alert", "(Aug 11) 10:45", "alert"),
        ("**Aug 11** 10:45: alert", "Aug 11 10:45", "alert"),
        ("Apr 11th, 2:00 AM: alert", "Apr 11th, 2:00 AM", "alert"),
        ("10:00 AM UTC, April 10th: alert", "10:00 AM UTC, April 10th", "alert"),
        ("10:45 (Aug 11): alert", "10:45 (Aug 11)", "alert"),
        ("10:45 Friday deploy began", "10:45", "Friday deploy began"),
        ("10:45 on Friday: deploy began", "10:45 on Friday", "deploy began"),
        ("2024-08-18T08:15Z alert", "2024-08-18T08:15Z", "alert"),
        ("2024-08-18 0815 alert", "2024-08-18 0815", "alert"),
        ("1045 UTC alert", "1045 UTC", "alert"),
        ("0815Z alert", "0815Z", "alert"),
        ("19.00 Uhr Neustart", "19.00 Uhr", "Neustart"),
        ("19.00 - restart", "19.00", "restart"),
        ("20h15 redémarrage", "20h15", "redémarrage"),
        ("8pm PST alert", "8pm PST", "alert"),
        ("10:45 EST customers wrote", "10:45 EST", "customers wrote"),
        ("10:45 est tombé", "10:45", "est tombé"),
        ("10:45 API went down", "10:45", "API went down"),
        ("noon: alert", "noon", "alert"),
        ("At 3:15 PM Eastern time, alert", "3:15 PM Eastern time", "alert"),
        ("By 10:45 it was over", "10:45", "it was over"),
        ("Around 10:45 it began", "Around 10:45", "it began"),
        ("~10:45 it began", "~10:45", "it began"),
        ("+45m alert", "+45m", "alert"),
        ("T+5min: alert", "T+5min", "alert"),
        ("8月18日 10時45分 障害", "8月18日 10時45分", "障害"),
        ("2024-08-18: it began", "2024-08-18", "it began"),
        ("Aug 18 - it began", "Aug 18", "it began"),
    ],
)
def test_the_time_that_opens_a_line_is_parted_from_the_text(
    line: str, time: str, rest: str
) -> None:
    found = find_leading_time(line)
    assert found is not None
    written, text = found
    assert (written.text, text) == (time, rest)


@pytest.mark.parametrize(
    "sentence",
    [
        "The host 10.0.0.1:8080 served 3.5 GB at a 16:9 ratio for 20 minutes.",
        "Release v1.10:45 and file.py:10:45 are no times, nor is [fe80::10:45].",
        "It may take 3 retries; 1045 requests failed and $10:45 was lost.",
        "The outage lasted 2h30, and nobody slept.",
        "We sat there on Friday.",
    ],
)
def test_numbers_in_prose_are_left_alone(sentence: str) -> None:
    assert find_times(sentence) == []


@pytest.mark.parametrize(
    ("sentence", "times"),
    [
        ("At 3:15 PM Eastern time, it broke.", ["3:15 PM Eastern time"]),
        ("It was over by 10:45 AM UTC.", ["10:45 AM UTC"]),
        (
            "It began on August 18, 2023, at 10:30 AM UTC.",
            ["August 18, 2023, at 10:30 AM UTC"],
        ),
        ("Two alerts, at 10:45 and 11:00 UTC.", ["10:45", "11:00 UTC"]),
        ("Between 10:45 and 11:00 UTC.", ["10:45 and 11:00 UTC"]),
        ("It lasted from 8 to 9pm PST.", ["8 to 9pm PST"]),
        ("Around noon, all was well.", ["Around noon"]),
        ("À 14h30, panne.", ["14h30"]),
        ("Um 19.00 Uhr war es vorbei.", ["19.00 Uhr"]),
        ("It began on 18 August 2023.", ["18 August 2023"]),
        ("(10:45) and \u201c11:00\u201d", ["10:45", "11:00"]),
        ("It broke at 8 p.m. and we left.", ["8 p.m."]),
        ("We slept at 3 AM.", ["3 AM"]),
        (
            "It ended on April 11th, 2024 (2:00 AM UTC).",
            ["April 11th, 2024 (2:00 AM UTC)"],
        ),
    ],
)
def test_the_times_of_a_sentence_are_found_in_their_places(
    sentence: str, times: list[str]
) -> None:
    found = find_times(sentence)
    assert [sentence[start:end] for (start, end), _ in found] == times
    assert [written.text for _, written in found] == times
