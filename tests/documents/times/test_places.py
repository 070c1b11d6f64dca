"""The place that stands for a written zone."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.times import zone_named
from incidents.documents.times.places import place_for

WINTER = dt.datetime(2024, 1, 26, 20, tzinfo=dt.UTC)
SUMMER = dt.datetime(2024, 7, 26, 20, tzinfo=dt.UTC)
WRITTEN = ["PST", "PDT", "CET", "CEST", "IST", "JST", "BST", "AEDT", "PT", "UTC"]
HOURS = [f"UTC{hour:+03d}:00" for hour in range(-12, 15)]


@pytest.mark.parametrize("written", ["", "XYZ", "in the morning"])
def test_a_zone_that_nobody_knows_is_utc(written: str) -> None:
    assert place_for(written, WINTER) == "UTC"


@pytest.mark.parametrize(
    ("written", "at", "place"),
    [
        ("PST", WINTER, "America/Los_Angeles"),
        ("PDT", SUMMER, "America/Los_Angeles"),
        ("PST", SUMMER, "Etc/GMT+8"),
        ("PST", None, "America/Los_Angeles"),
        ("Europe/Berlin", SUMMER, "Europe/Berlin"),
        ("UTC+2", SUMMER, "Etc/GMT-2"),
        ("+05:30", SUMMER, "Asia/Kolkata"),
        ("UTC", SUMMER, "UTC"),
    ],
)
def test_a_written_zone_has_a_place(
    written: str, at: dt.datetime | None, place: str
) -> None:
    assert place_for(written, at) == place


@given(
    st.sampled_from([*WRITTEN, *HOURS]),
    st.integers(0, 24 * 365 * 35),
)
def test_the_clocks_of_the_place_show_what_the_text_shows(
    written: str, hours: int
) -> None:
    zone = zone_named(written)
    assert zone
    day = dt.datetime.fromisoformat("2000-01-02") + dt.timedelta(hours=hours)
    at = day.replace(tzinfo=zone)
    place = ZoneInfo(place_for(written, at))
    assert at.astimezone(place).replace(tzinfo=None) == day
