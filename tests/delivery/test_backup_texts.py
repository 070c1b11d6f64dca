"""What databases give is one line of JSON a row, the same from each of them."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.delivery.backup.texts import page_of
from incidents.models import Event, Revision, TimelineEntry

pytestmark = pytest.mark.once
MOMENT = dt.datetime(2026, 11, 21, 6, 5, 0, 120, dt.UTC)
KEY = UUID(int=7, version=4)


def lines(model: Any, name: str, *values: object) -> list[object]:
    page = page_of([model._meta.get_field(name)], [(value,) for value in values])
    return [json.loads(line)[0] for line in page.splitlines()]


@given(st.lists(st.none() | st.text(st.characters(codec="utf-8")), min_size=1))
def test_any_text_comes_back(texts: list[str | None]) -> None:
    assert lines(TimelineEntry, "text", *texts) == texts


def test_json_over_many_lines_stays_one_row() -> None:
    said = '{"a":\n [1.50,\n "b\\n"]}'
    assert lines(Event, "before", said, None) == [{"a": [1.5, "b\n"]}, None]


def test_both_databases_say_a_moment_and_a_key_alike() -> None:
    naive = MOMENT.replace(tzinfo=None)
    assert lines(Revision, "saved_at", naive, MOMENT) == [MOMENT.isoformat()] * 2
    assert lines(TimelineEntry, "key", KEY.hex, KEY) == [str(KEY)] * 2
    assert lines(TimelineEntry, "pinned", 1, False) == [True, False]
