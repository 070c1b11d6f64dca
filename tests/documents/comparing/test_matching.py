"""A newer text laid over the record: rows that go on, rows that are new."""

import datetime as dt
from dataclasses import replace
from typing import Any

from hypothesis import given

from incidents.documents.comparing.matching import carry_over
from incidents.documents.document import Action, Document, Entry, Factor, Section
from incidents.documents.kinds import ActionState, EntryKind, SectionKind
from tests.documents.strategies import DOCUMENTS

NOON = dt.datetime(2024, 8, 18, 12, tzinfo=dt.UTC)
OLD = Document(
    title="The lift",
    severity="SEV2",
    sections=(
        Section(kind=SectionKind.SUMMARY, title="Summary", body="Old.", key="s1"),
    ),
    timeline=(
        Entry(text="it stopped", at=NOON, as_written="12:00", key="e1"),
        Entry(text="seen on the camera", key="own"),
        Entry(text="it went on", at=NOON, as_written="12:30", key="e2"),
    ),
    actions=(
        Action(text="Buy a fuse", state=ActionState.DONE, done_at=NOON, key="a1"),
        Action(text="Call the fitter", key="a2"),
    ),
    factors=(Factor(text="Old fuses", evidence=(0, 2), answers=(0,), key="f1"),),
)


def without_keys(document: Document) -> Document:
    parts = ("sections", "timeline", "actions", "factors")
    bare: dict[str, Any] = {
        name: tuple(replace(row, key="") for row in getattr(document, name))
        for name in parts
    }
    return replace(document, **bare)


def test_a_row_that_the_new_text_lacks_goes() -> None:
    new = replace(without_keys(OLD), timeline=(), actions=())
    carried = carry_over(OLD, new)
    assert carried.timeline == ()
    assert carried.actions == ()


def test_rows_that_were_added_in_the_record_stay_in_their_place() -> None:
    new = without_keys(OLD)
    new = replace(new, timeline=(new.timeline[0], new.timeline[2]))
    carried = carry_over(OLD, new, own=["own"])
    assert [entry.key for entry in carried.timeline] == ["e1", "own", "e2"]


def test_a_closed_action_stays_closed_where_the_text_still_has_it_open() -> None:
    new = replace(without_keys(OLD), actions=(Action(text="**Buy** a fuse."),))
    (item,) = carry_over(OLD, new).actions
    assert (item.key, item.state, item.done_at) == ("a1", ActionState.DONE, NOON)
    assert item.text == "**Buy** a fuse."


def test_an_action_that_the_text_closes_is_closed() -> None:
    done = Action(text="Call the fitter", state=ActionState.DONE)
    (item,) = carry_over(OLD, replace(without_keys(OLD), actions=(done,))).actions
    assert (item.key, item.state) == ("a2", ActionState.DONE)


def test_a_mended_entry_is_the_same_entry() -> None:
    mended = Entry(text="it stopped between floors", at=NOON, as_written="12:00")
    shorter = Entry(text="it stopped short", at=NOON, as_written="12:00")
    (entry,) = carry_over(OLD, replace(OLD, timeline=(shorter,))).timeline
    assert entry.key == "e1"
    (other,) = carry_over(OLD, replace(OLD, timeline=(mended,))).timeline
    assert other.key in ("", "e1")


def test_what_people_mended_in_an_unchanged_line_stays() -> None:
    kind = replace(OLD.timeline[0], kind=EntryKind.DETECTED, pinned=True)
    old = replace(OLD, timeline=(kind,))
    (entry,) = carry_over(
        old, replace(without_keys(OLD), timeline=(replace(OLD.timeline[0], key=""),))
    ).timeline
    assert (entry.kind, entry.pinned) == (EntryKind.DETECTED, True)


def test_what_is_mended_in_the_preview_of_a_newer_text_is_taken() -> None:
    mended = replace(OLD.timeline[0], kind=EntryKind.DETECTED, key="")
    new = replace(without_keys(OLD), timeline=(mended,))
    (entry,) = carry_over(OLD, new, read=without_keys(OLD)).timeline
    assert (entry.key, entry.kind) == ("e1", EntryKind.DETECTED)


def test_a_section_keeps_its_identity_and_takes_the_new_words() -> None:
    new = Section(kind=SectionKind.SUMMARY, title="summary:", body="New.")
    (section,) = carry_over(OLD, replace(without_keys(OLD), sections=(new,))).sections
    assert (section.key, section.body) == ("s1", "New.")


def test_what_the_text_does_not_state_stays_as_the_record_has_it() -> None:
    carried = carry_over(OLD, Document(title="The lift, again"))
    assert (carried.title, carried.severity) == ("The lift, again", "SEV2")


def test_factors_point_at_their_rows_where_they_stand_now() -> None:
    new = replace(without_keys(OLD), factors=(), timeline=OLD.timeline[::-1])
    (factor,) = carry_over(OLD, new).factors
    assert factor.evidence == (0, 2)


@given(DOCUMENTS)
def test_the_same_text_again_changes_nothing(document: Document) -> None:
    keyed: dict[str, Any] = {
        name: tuple(
            replace(row, key=f"{name}{place}")
            for place, row in enumerate(getattr(document, name))
        )
        for name in ("sections", "timeline", "actions", "factors")
    }
    old = replace(document, **keyed)
    assert carry_over(old, without_keys(old)) == old
