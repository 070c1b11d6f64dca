"""Rows are added once, stand in the order of their times, and come back."""

import datetime as dt
from uuid import UUID, uuid4

import pytest

from incidents.documents.document import Action, Entry
from incidents.models import Incident, TimelineEntry, User
from incidents.workflow.parts import rows
from incidents.workflow.parts.part_kinds import ACTION, ENTRY, FACTOR, LinkedFactor
from incidents.workflow.parts.save import StaleError, save
from incidents.workflow.refusals import NotAllowedError, RefusedError
from tests.factories import NOW, make_incident


def at(clock: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-03-02 {clock}+00:00")


def entry(text: str, clock: str = "") -> Entry:
    return Entry(text=text, at=at(clock) if clock else None)


@pytest.fixture
def draft(author: User) -> Incident:
    timeline = (entry("a", "10:00"), entry("?"), entry("b", "11:00"))
    return make_incident(author, timeline=timeline)


def add(
    draft: Incident, by: User, value: Entry, key: UUID | None = None, after: str = ""
) -> TimelineEntry:
    before = draft.timeline.get(text=after).key if after else None
    return rows.add(
        ENTRY, draft, value, key=key or uuid4(), after=before, by=by, now=NOW
    )


def texts(draft: Incident) -> str:
    return "".join(row.text for row in draft.timeline.all())


def test_a_reader_may_not_add(draft: Incident, reader: User) -> None:
    with pytest.raises(NotAllowedError):
        add(draft, reader, entry("x", "10:30"))
    assert texts(draft) == "a?b"


def test_a_timed_row_cannot_be_moved_against_the_clock(
    draft: Incident, author: User
) -> None:
    late = draft.timeline.get(text="b")
    with pytest.raises(RefusedError, match="change its time"):
        rows.move(ENTRY, draft, late.key, after=None, by=author, now=NOW)


def test_a_row_that_changed_meanwhile_is_not_removed(
    draft: Incident, author: User
) -> None:
    row = draft.timeline.get(text="a")
    with pytest.raises(RefusedError, match="read it again"):
        rows.remove(ENTRY, draft, row.key, version=9, by=author, now=NOW)
    assert texts(draft) == "a?b"


@pytest.mark.parametrize(
    ("clock", "order"),
    [
        ("09:00", "xa?b"),
        ("10:00", "ax?b"),
        ("10:30", "ax?b"),
        ("11:00", "a?bx"),
        ("", "a?bx"),
    ],
)
def test_a_new_entry_stands_where_its_time_belongs(
    draft: Incident, author: User, clock: str, order: str
) -> None:
    add(draft, author, entry("x", clock))
    assert texts(draft) == order


def test_an_entry_put_between_two_stays_there(draft: Incident, author: User) -> None:
    add(draft, author, entry("x", "10:30"), after="?")
    add(draft, author, entry("y"), after="a")
    assert texts(draft) == "ay?xb"


def test_entries_of_one_minute_keep_their_order(draft: Incident, author: User) -> None:
    for text in "xyz":
        add(draft, author, entry(text, "10:00"))
    assert texts(draft) == "axyz?b"


def test_entries_of_one_minute_can_be_moved(draft: Incident, author: User) -> None:
    row = add(draft, author, entry("x", "10:00"))
    rows.move(ENTRY, draft, row.key, after=None, by=author, now=NOW)
    assert texts(draft) == "xa?b"


def test_an_entry_without_a_time_can_be_moved_anywhere(
    draft: Incident, author: User
) -> None:
    row = draft.timeline.get(text="?")
    rows.move(ENTRY, draft, row.key, after=None, by=author, now=NOW)
    assert texts(draft) == "?ab"


def test_the_same_form_sent_twice_makes_one_row(draft: Incident, author: User) -> None:
    key = uuid4()
    for _ in range(2):
        add(draft, author, entry("x", "10:30"), key=key)
    assert texts(draft) == "ax?b"


def test_an_old_form_with_new_words_makes_another_row(
    draft: Incident, author: User
) -> None:
    key = uuid4()
    add(draft, author, entry("x", "10:30"), key=key)
    add(draft, author, entry("y", "10:40"), key=key)
    assert texts(draft) == "axy?b"


def test_a_removed_row_comes_back_to_its_place_and_its_factor(
    draft: Incident, author: User
) -> None:
    row = draft.timeline.get(text="?")
    value = LinkedFactor(text="why", evidence=(str(row.key),))
    factor = rows.add(FACTOR, draft, value, key=uuid4(), by=author, now=NOW)
    event = rows.remove(ENTRY, draft, row.key, version=1, by=author, now=NOW)
    assert texts(draft) == "ab"
    for _ in range(2):
        rows.bring_back(ENTRY, draft, event, by=author, now=NOW)
    assert texts(draft) == "a?b"
    assert [entry.text for entry in factor.entries.all()] == ["?"]


def test_a_form_from_before_the_removal_is_asked_once_the_row_is_back(
    draft: Incident, author: User
) -> None:
    key = draft.timeline.get(text="?").key
    save(ENTRY, draft, key, {"text": "two"}, version=1, by=author, now=NOW)
    event = rows.remove(ENTRY, draft, key, version=2, by=author, now=NOW)
    rows.bring_back(ENTRY, draft, event, by=author, now=NOW)
    with pytest.raises(StaleError):
        save(ENTRY, draft, key, {"text": "one"}, version=1, by=author, now=NOW)
    assert texts(draft) == "atwob"


def test_a_factor_cannot_point_into_another_incident(
    draft: Incident, author: User
) -> None:
    other = make_incident(author, actions=(Action(text="elsewhere"),))
    value = LinkedFactor(text="why", answers=(str(other.actions.get().key),))
    row = rows.add(FACTOR, draft, value, key=uuid4(), by=author, now=NOW)
    assert not row.actions.exists()


def test_action_items_keep_the_order_in_which_they_are_put(
    draft: Incident, author: User
) -> None:
    keys = [uuid4() for _ in range(3)]
    for key in keys:
        value = Action(text=key.hex)
        rows.add(ACTION, draft, value, key=key, by=author, now=NOW)
    rows.move(ACTION, draft, keys[2], after=keys[0], by=author, now=NOW)
    assert list(draft.actions.values_list("key", flat=True)) == [
        keys[0],
        keys[2],
        keys[1],
    ]
