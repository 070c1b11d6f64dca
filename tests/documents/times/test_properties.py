"""What holds for every text, every zone and every moment."""

import datetime as dt
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.times import (
    Question,
    Resolved,
    find_leading_time,
    find_times,
    read_time,
    resolve,
    write_time,
)

NOW = dt.datetime(2024, 8, 20, 12, 0, tzinfo=dt.UTC)
PLACES = sorted(name for name in available_timezones() if "/" in name)
SHORT = ["UTC", "PST", "CEST", "IST", "NST", "UTC+05:45", "UTC-03:30"]

zones = st.sampled_from(PLACES + SHORT)
moments = st.datetimes(
    min_value=dt.datetime.fromisoformat("1900-01-02"),
    max_value=dt.datetime.fromisoformat("2200-01-01"),
    timezones=st.just(dt.UTC),
)
# Pieces of times, thrown together: more likely to trip a reader than noise.
_PIECES = """
    10:45 1045 8 pm a.m. 24:00 +45m T+ - \u2013 to 2024-02-30 2024-08-18 T Z UTC+2 UTC
    -05:00 Aug 18 18. 31 Feb /08/ 年 8月18日 午後 時 noon Fri yesterday the at ~ around
    between and from * ** ( ) [ ] _ ` : , . | <b> </b> \u0130 \u017f \u212a \u00b2
    \u0665 Europe/Berlin Eastern time PST h 30 99 0000 9999-12-31 0001-01-01 14:00 AM
"""
pieces = st.sampled_from(_PIECES.split())
jumbles = st.lists(pieces | st.just(" "), max_size=12).map("".join)
texts = st.text(max_size=80) | jumbles


@given(texts)
def test_no_text_breaks_the_reader(text: str) -> None:
    written = read_time(text)
    assert written is None or written.text == text.strip()


@given(texts, st.sampled_from([None, "UTC", "Europe/Berlin", "Australia/Lord_Howe"]))
def test_no_written_time_breaks_the_answer(text: str, zone: str | None) -> None:
    written = read_time(text)
    if written is None:
        return
    answer = resolve(written, zone=zone, previous=NOW, started=NOW, now=NOW)
    if isinstance(answer, Question):
        assert answer.sentence
        assert len(answer.choices) != 1
    else:
        assert answer.understood
        assert (answer.at.tzinfo is None) == (not answer.zone)


@given(texts)
def test_a_leading_time_and_its_rest_come_from_the_line(line: str) -> None:
    found = find_leading_time(line)
    if found:
        written, rest = found
        assert written.clock or written.date or written.after_start is not None
        assert len(rest) <= len(line) + 2


@given(texts | st.text("10:45 pm-aut.", max_size=60))
def test_times_in_a_sentence_lie_inside_of_it_and_apart(sentence: str) -> None:
    end_before = 0
    for (start, end), _ in find_times(sentence):
        assert end_before <= start < end <= len(sentence)
        end_before = end


def read_back(text: str, zone: str | None) -> dt.datetime:
    written = read_time(text)
    assert written is not None
    answer = resolve(written, zone=zone, previous=None, started=None, now=NOW)
    assert isinstance(answer, Resolved)
    return answer.at


@given(moments, zones)
def test_what_is_written_is_read_as_the_same_moment(at: dt.datetime, zone: str) -> None:
    assert read_back(write_time(at, zone), zone).astimezone(dt.UTC) == at


@given(moments)
def test_a_moment_without_a_zone_is_read_as_it_was(at: dt.datetime) -> None:
    local = at.replace(tzinfo=None)
    assert read_back(write_time(local, None), None) == local


@pytest.mark.parametrize(
    ("zone", "hour_before_change"),
    [
        ("Europe/Berlin", dt.datetime(2024, 10, 27, 0, 30, tzinfo=dt.UTC)),
        ("Europe/Berlin", dt.datetime(2024, 3, 31, 0, 30, tzinfo=dt.UTC)),
        ("America/New_York", dt.datetime(2024, 11, 3, 5, 30, tzinfo=dt.UTC)),
        ("America/New_York", dt.datetime(2024, 3, 10, 6, 30, tzinfo=dt.UTC)),
        ("Australia/Lord_Howe", dt.datetime(2024, 4, 6, 14, 45, tzinfo=dt.UTC)),
        ("Australia/Lord_Howe", dt.datetime(2024, 10, 5, 15, 15, tzinfo=dt.UTC)),
    ],
)
def test_both_sides_of_a_clock_change_are_written_apart(
    zone: str, hour_before_change: dt.datetime
) -> None:
    minutes = range(0, 120, 15)
    moments = [hour_before_change + dt.timedelta(minutes=step) for step in minutes]
    texts = [write_time(at.astimezone(ZoneInfo(zone)), zone) for at in moments]
    assert len(set(texts)) == len(texts)
    for at, text in zip(moments, texts, strict=True):
        assert read_back(text, zone).astimezone(dt.UTC) == at


@pytest.mark.parametrize(
    "piece", ["Mon, ", "at ", "8 ", "( ", "~", "Aug ", "10:45-", "[10:45", "1 of May "]
)
def test_endless_repetition_neither_breaks_nor_hangs_the_reader(piece: str) -> None:
    text = piece * 2000 + "10:45"
    find_leading_time(text)
    find_times(text)
    assert read_time(text) is None
