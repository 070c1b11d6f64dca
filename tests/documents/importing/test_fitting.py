"""What a record cannot hold as a fact is kept as words."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from incidents.documents.document import Action, Document, Entry, Participant, Person
from incidents.documents.importing.fitting import KEPT_TITLE, fit, has_local_times
from incidents.documents.kinds import ActionState

NOON = dt.datetime(2024, 8, 18, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def fitted(**facts: Any) -> Document:
    return fit(
        Document(**{"title": "The lift", "zone": "UTC", **facts}), "UTC"
    ).document


@pytest.mark.parametrize(
    ("facts", "name", "held", "words"),
    [
        ({"title": "x" * 201}, "title", "x" * 199 + "…", "x" * 201),
        (
            {"started_at": NOON, "resolved_at": NOON - HOUR},
            "resolved_at",
            None,
            "2024-08-18 11:00 UTC",
        ),
        (
            {"users_affected_percent": Decimal(130)},
            "users_affected_percent",
            None,
            "130",
        ),
        ({"users_affected_count": -1}, "users_affected_count", None, "-1"),
        ({"services": ("s" * 61, "lift")}, "services", ("lift",), "s" * 61),
        ({"owner": Person(name="n" * 151)}, "owner", None, "n" * 151),
    ],
)
def test_a_fact_that_does_not_fit_is_kept_in_a_section(
    facts: dict[str, Any], name: str, held: object, words: str
) -> None:
    document = fitted(**facts)
    if name == "owner":
        assert document.owner
        assert len(document.owner.name) == 150
    else:
        assert getattr(document, name) == held
    assert document.sections[-1].title == KEPT_TITLE
    assert words in document.sections[-1].body


def test_people_with_long_roles_are_kept_in_words() -> None:
    somebody = Participant(person=Person(name="Ada"), role="r" * 61)
    document = fitted(participants=(somebody,))
    assert len(document.participants[0].role) == 60
    assert "r" * 61 in document.sections[-1].body


def test_a_declined_item_says_that_it_gives_no_reason() -> None:
    item = Action(text="Buy a fuse", state=ActionState.DECLINED, url="u" * 501)
    (held,) = fitted(actions=(item,)).actions
    assert held.declined_because
    assert held.text.endswith("u" * 501)


def test_an_end_before_its_start_is_no_end() -> None:
    (entry,) = fitted(timeline=(Entry(text="x", at=NOON, until=NOON - HOUR),)).timeline
    assert entry.until is None


def test_local_times_are_read_in_the_zone_that_was_answered() -> None:
    local = NOON.replace(tzinfo=None)
    document = Document(title="x", timeline=(Entry(text="x", at=local),))
    assert has_local_times(document)
    (entry,) = fit(document, "Europe/Berlin").document.timeline
    assert entry.at == NOON - 2 * HOUR


def test_what_fits_is_not_touched() -> None:
    document = Document(title="The lift", zone="UTC", started_at=NOON)
    assert fit(document, "Europe/Berlin") == fit(fit(document, "").document, "")
    assert fit(document, "").document == document
