"""Pages by key: every row on exactly one page, in order, whatever is missing."""

import datetime as dt
from base64 import urlsafe_b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from incidents.models import Incident
from incidents.search.keyset import Filled, Key, page, read_place, row_number
from tests.factories import NOW

NEWEST = (Key("started_at"), Key("number"))
OLDEST = (Key("started_at", falling=False), Key("number", falling=False))


def keep(started: dt.datetime | None) -> Incident:
    return Incident.objects.create(
        title="x", started_at=started, created_at=NOW, saved_at=NOW
    )


class Pages(TestCase):
    @settings(max_examples=30)
    @given(
        st.lists(st.none() | st.integers(0, 3), max_size=9),
        st.integers(1, 4),
        st.sampled_from([NEWEST, OLDEST]),
    )
    def test_pages_put_together_are_the_whole_list(
        self, days: list[int | None], size: int, keys: tuple[Key, ...]
    ) -> None:
        for day in days:
            keep(None if day is None else NOW + dt.timedelta(days=day))
        rows = Incident.objects.all()
        whole = list(rows.order_by(*(key.order() for key in keys)))
        seen: list[Incident] = []
        after = ""
        while True:
            found = page(rows, keys, after=after, size=size)
            seen += found.rows
            if found.next_after is None:
                break
            after = found.next_after
        assert seen == whole


@pytest.mark.django_db
def test_after_a_row_that_is_gone_one_goes_on_from_its_place() -> None:
    first, second, third = (keep(NOW - dt.timedelta(days=n)) for n in range(3))
    after = page(Incident.objects.all(), NEWEST, after="", size=2).next_after
    second.delete()
    found = page(Incident.objects.all(), NEWEST, after=after or "", size=2)
    assert found.rows == [third]
    assert first.pk


@pytest.mark.django_db
@pytest.mark.parametrize(
    "after", ["x", "-1", "W10", "WyJ4IiwxXQ", "\x00", "é", "bnVsbA"]
)
def test_a_place_that_is_none_is_the_beginning(after: str) -> None:
    row = keep(NOW)
    assert page(Incident.objects.all(), NEWEST, after=after, size=5).rows == [row]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "said",
    [
        "[null,null]",
        '["2026-03-02T09:00:00Z",Infinity]',
        '["0001-01-01T00:00:00+14:00",1]',
        '["9999-12-31T23:59:59-14:00",1]',
        "[" * 3000,
    ],
)
def test_a_place_that_somebody_made_up_is_the_beginning(said: str) -> None:
    row, keys = keep(NOW), (Filled("created_at"), Filled("number"))
    after = urlsafe_b64encode(said.encode()).decode()
    assert page(Incident.objects.all(), keys, after=after, size=5).rows == [row]


@given(st.text(), st.sampled_from([NEWEST, OLDEST]))
def test_whatever_an_address_says_is_a_place_or_none(
    text: str, keys: tuple[Key, ...]
) -> None:
    place = read_place(Incident, keys, text)
    assert place is None or len(place) == len(keys)


@given(st.text())
def test_whatever_an_address_says_is_a_row_or_none(text: str) -> None:
    number = row_number(text)
    assert number is None or 0 <= number < 10**18
