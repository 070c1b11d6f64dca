"""Pasted notes, transcripts and tables, read as entries of a timeline."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.document import Entry
from incidents.documents.kinds import EntryKind
from incidents.documents.pasted import Line, read_lines

STARTED = dt.datetime(2024, 8, 18, 8, 15, tzinfo=dt.UTC)
NOW = dt.datetime(2024, 8, 20, 12, 0, tzinfo=dt.UTC)


def pasted(
    text: str, zone: str | None = "UTC", previous: dt.datetime | None = None
) -> tuple[Line, ...]:
    return read_lines(text, zone=zone, started=STARTED, previous=previous, now=NOW)


def entries(text: str) -> list[Entry]:
    return [line.entry for line in pasted(text) if line.entry]


def rows(text: str) -> list[tuple[str, str]]:
    """The entries of a text, each as its UTC moment and its words."""
    return [
        (
            entry.at.astimezone(dt.UTC).strftime("%d %H:%M") if entry.at else "",
            entry.text,
        )
        for entry in entries(text)
    ]


def test_nothing_pasted_is_nothing_read() -> None:
    assert pasted("") == pasted(" \n\n") == ()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("we had a look", "There is no time in this line."),
        ("- and then what?", "There is no time in this line."),
        ("Both at 10:45 and at 11:00", "Several times stand in this line"),
        ("10:45", "There is a time, but no text with it."),
        ("| time | event |\n| late | alert |", "“late” is not a time."),
        ("time,event\n,alert", "The time is missing."),
    ],
)
def test_a_line_that_cannot_be_read_is_kept_and_says_why(
    text: str, reason: str
) -> None:
    line = pasted(text)[-1]
    assert line.unread
    assert line.source == text.splitlines()[-1]
    assert line.reason.startswith(reason)


def test_an_unknown_zone_asks_at_each_entry() -> None:
    (line,) = pasted("10:45 alert", zone="Mars/Base")
    assert line.question is not None
    assert "Mars/Base" in line.question.sentence
    assert line.entry == Entry(
        text="alert", as_written="10:45", kind=EntryKind.DETECTED
    )


def test_without_a_zone_the_entries_have_local_times() -> None:
    (line,) = pasted("10:45 alert", zone=None)
    assert line.entry is not None
    assert line.entry.at is not None
    assert line.entry.at.isoformat() == "2024-08-18T10:45:00"


def test_notes_become_entries_with_kinds() -> None:
    first, second = entries("10:45 alert fired\n10:50 UTC - restarted host 4")
    assert first == Entry(
        text="alert fired",
        at=dt.datetime(2024, 8, 18, 10, 45, tzinfo=dt.UTC),
        as_written="10:45",
        zone="UTC",
        kind=EntryKind.DETECTED,
    )
    assert second.kind is EntryKind.ACTION
    assert second.as_written == "10:50 UTC"


def test_midnight_is_asked_about_once() -> None:
    before, after, later = pasted("23:50 alert\n00:10 restarted\n00:15 all clear")
    assert before.question is None
    assert after.question is not None
    assert "midnight" in after.question.sentence
    assert after.entry is not None
    assert after.entry.at is None
    assert later.entry is not None
    assert later.entry.at == dt.datetime(2024, 8, 19, 0, 15, tzinfo=dt.UTC)


def test_the_entry_before_the_paste_dates_its_first_line() -> None:
    previous = dt.datetime(2024, 8, 19, 9, 0, tzinfo=dt.UTC)
    (line,) = pasted("10:45 alert", previous=previous)
    assert line.entry is not None
    assert line.entry.at == dt.datetime(2024, 8, 19, 10, 45, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "- 10:45 alert\n* 10:50 restart",
            [("18 10:45", "alert"), ("18 10:50", "restart")],
        ),
        (
            "1. 10:45 alert\n2) 10:50 restart",
            [("18 10:45", "alert"), ("18 10:50", "restart")],
        ),
        ("- [x] **10:45**: alert", [("18 10:45", "alert")]),
        ("> 10:45 alert", [("18 10:45", "alert")]),
        ("18. August, 10:45: Alarm", [("18 10:45", "Alarm")]),
        (
            "- 10:45 alert\n  - on host 4\n  - and 5",
            [("18 10:45", "alert\n- on host 4\n- and 5")],
        ),
        ("- 10:45 alert that\n  goes on", [("18 10:45", "alert that\ngoes on")]),
        ("- 10:45 alert that\ngoes on", [("18 10:45", "alert that\ngoes on")]),
        (
            "- 10:45 alert\n\n  A second paragraph",
            [("18 10:45", "alert\n\nA second paragraph")],
        ),
        (
            "- 10:45 alert\n  - 10:46 seen",
            [("18 10:45", "alert"), ("18 10:46", "seen")],
        ),
        (
            "- 10:45 log\n  ```\n  10:50 x\n  ```",
            [("18 10:45", "log\n```\n10:50 x\n```")],
        ),
        ("10:45 log\n```\n10:50 x", [("18 10:45", "log"), ("18 10:50", "x")]),
        ("The host died at 10:45.", [("18 10:45", "The host died at 10:45.")]),
        ("+45m alert", [("18 09:00", "alert")]),
        (
            "10:45 alert\r\n10:50 restart\r\n",
            [("18 10:45", "alert"), ("18 10:50", "restart")],
        ),
        ("\ufeff10:45 alert", [("18 10:45", "alert")]),
    ],
)
def test_notes_and_bullets_are_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    "heading",
    [
        "## 19 Aug",
        "19 Aug",
        "**19 August 2024**",
        "Monday, 19 August 2024",
        "---- Yesterday ----",
        "- 19 Aug:",
        "=== 2024-08-19 ===",
    ],
)
def test_a_day_heading_dates_the_lines_under_it(heading: str) -> None:
    head, line = pasted(f"{heading}\n00:10 restarted")
    assert head.heading
    assert not head.unread
    assert line.entry is not None
    assert line.entry.at == dt.datetime(2024, 8, 19, 0, 10, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    "heading", ["## Timeline (CEST)", "All times in CEST", "Timezone: CEST"]
)
def test_a_line_that_says_the_zone_of_all_times_is_heard(heading: str) -> None:
    assert rows(f"{heading}\n10:45 alert") == [("18 08:45", "alert")]


def test_a_day_heading_that_could_be_two_days_says_so() -> None:
    head, _ = pasted("## 03/04/2024\n10:45 alert")
    assert head.notes == (
        "Is this 3 Apr 2024 or 4 Mar 2024? It was read as the first.",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "[10:45] ann: it is down\nquite down\n[10:50] bob: looking",
            [("18 10:45", "ann: it is down\nquite down"), ("18 10:50", "bob: looking")],
        ),
        (
            "Ann Lee\n  10:45 AM\nit is down\n\nquite down\nBob Ray\n  10:50 AM\nhm",
            [
                ("18 10:45", "Ann Lee: it is down\n\nquite down"),
                ("18 10:50", "Bob Ray: hm"),
            ],
        ),
        (
            "Ann Lee  10:45 AM\nit is down\n10:50\nstill down",
            [("18 10:45", "Ann Lee: it is down"), ("18 10:50", "still down")],
        ),
        (
            "Ann Lee\n  11:58 PM\nit is down\n11:59\nstill\n12:01\nstill down",
            [
                ("18 23:58", "Ann Lee: it is down"),
                ("18 23:59", "still"),
                ("", "still down"),
            ],
        ),
        (
            "ann.lee  10:45 AM\nit is down",
            [("18 10:45", "ann.lee: it is down")],
        ),
        (
            "ann \u2014 Yesterday at 10:45 AM\nit is down",
            [("19 10:45", "ann: it is down")],
        ),
        (
            "Ann Lee [10:45 AM]\nit is down\n-- Today --\nBob Ray [9:00 AM]\nfixed",
            [("18 10:45", "Ann Lee: it is down"), ("20 09:00", "Bob Ray: fixed")],
        ),
    ],
)
def test_a_chat_transcript_is_read_with_its_speakers(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("time,event\n10:45,alert", [("18 10:45", "alert")]),
        ("Time (CEST);Event\n10:45;alert", [("18 08:45", "alert")]),
        ("UTC,What happened\n10:45,alert", [("18 10:45", "alert")]),
        ("date,time,event\n2024-08-19,10:45,alert", [("19 10:45", "alert")]),
        ("when\twho\twhat\n10:45\tAnn\talert", [("18 10:45", "Ann: alert")]),
        ("time,event,link\n10:45,alert,#12", [("18 10:45", "alert (link: #12)")]),
        ('time,event\n10:45,"big, bad\nalert"', [("18 10:45", "big, bad\nalert")]),
        ('10:45,"big, bad alert"', [("18 10:45", "big, bad alert")]),
        ("2024-08-19\t10:45\talert", [("19 10:45", "alert")]),
        ("10:45, we looked, then left", [("18 10:45", "we looked, then left")]),
        ('10:45 he said "wait, what', [("18 10:45", 'he said "wait, what')]),
        (
            "| Time | Event |\n|---|---|\n| 10:45 | alert |\n| **10:50** | a \\| b |",
            [("18 10:45", "alert"), ("18 10:50", "a \\| b")],
        ),
        ("| 10:45 | alert | Ann |", [("18 10:45", "alert (Ann)")]),
    ],
)
def test_a_table_is_read_by_its_columns(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert rows(text) == expected


def test_a_tables_kind_column_is_believed() -> None:
    (entry,) = entries("time,kind,event\n10:45,Dead end,alert fired")
    assert entry.kind is EntryKind.DEAD_END
    assert entry.text == "alert fired"


def test_a_tables_end_column_ends_the_entry() -> None:
    (entry,) = entries("start,end,event\n10:45,11:00,failover")
    assert entry.until == dt.datetime(2024, 8, 18, 11, 0, tzinfo=dt.UTC)


def test_a_day_without_a_clock_is_an_entry_without_a_moment() -> None:
    (line, later) = pasted("2024-08-19: it began\n10:45 alert")
    assert line.entry is not None
    assert (line.entry.at, line.entry.as_written) == (None, "2024-08-19")
    assert line.question is not None
    assert later.entry is not None
    assert later.entry.at == dt.datetime(2024, 8, 19, 10, 45, tzinfo=dt.UTC)


_LINES = st.sampled_from(
    [
        *("10:45 alert", "- 10:50 restart", "  - detail", "Ann Lee", "  10:45 AM", ""),
        *("## 19 Aug", "| Time | Event |", "|---|---|", "| 10:45 | x |", "```", "~~~"),
        *(
            "time,event",
            '10:45,"x',
            "a\tb",
            "\ufeff",
            "---",
            "> 10:45 x",
            "[10:45] a: b",
        ),
        *(
            "ann  10:45",
            "02:30 on 2024-03-31",
            "Timeline (CET)",
            "lazy text",
            "10:45\r",
        ),
    ]
)


@given(st.lists(_LINES | st.text(max_size=30), max_size=12).map("\n".join))
def test_every_pasted_word_stays_in_some_line(text: str) -> None:
    lines = pasted(text, "Europe/Berlin")
    kept = "".join("".join(line.source.split()) for line in lines)
    given_words = text.removeprefix("\ufeff").replace("\r", "\n")
    assert kept == "".join(given_words.split())
    assert [line.number for line in lines] == sorted(line.number for line in lines)
    assert all(line.entry or line.heading or line.reason for line in lines)
