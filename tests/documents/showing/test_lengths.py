"""How long it took, from the times that are known."""

import datetime as dt
from dataclasses import replace

from incidents.documents.document import Document
from incidents.documents.showing.lengths import lengths

NINE = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
MINUTE = dt.timedelta(minutes=1)
WHOLE = Document(
    title="The lift stood still",
    started_at=NINE,
    detected_at=NINE + 5 * MINUTE,
    mitigated_at=NINE + 30 * MINUTE,
    resolved_at=NINE + 60 * MINUTE,
)


def test_nothing_is_derived_from_times_that_are_not_known() -> None:
    assert not list(lengths(Document(title="x", resolved_at=NINE)))


def test_what_was_noticed_after_its_end_was_resolved_by_nobody() -> None:
    late = replace(WHOLE, detected_at=NINE + 90 * MINUTE)
    assert "Time to resolve" not in dict(lengths(late))
    assert dict(lengths(late))["Time to detect"] == 90 * MINUTE


def test_four_times_give_four_lengths() -> None:
    assert dict(lengths(WHOLE)) == {
        "Duration": 60 * MINUTE,
        "Time to detect": 5 * MINUTE,
        "Time to mitigate": 30 * MINUTE,
        "Time to resolve": 55 * MINUTE,
    }
