"""What people are told has changed, in a text and in a postmortem."""

import datetime as dt
import time
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.comparing import (
    Change,
    DocumentPart,
    Piece,
    What,
    changes,
    compare,
)
from incidents.documents.comparing.alignment import align, longest_run
from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Participant,
    Person,
    Section,
)
from incidents.documents.kinds import ActionState, EntryKind, Priority, SectionKind

TEXT = st.one_of(
    st.text(max_size=40),
    st.lists(st.sampled_from(["the", "db", " ", "\n", ",", "障", "害", "."])).map(
        "".join
    ),
)
EIGHT = dt.datetime(2024, 8, 18, 8, 15, tzinfo=dt.UTC)


def old_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "added")


def new_of(pieces: tuple[Piece, ...]) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != "removed")


def shown(old: str, new: str) -> list[tuple[str, str]]:
    return [(piece.kind, piece.text) for piece in compare(old, new)]


@given(TEXT, TEXT)
def test_both_texts_can_be_read_back_from_the_pieces(old: str, new: str) -> None:
    pieces = compare(old, new)
    assert old_of(pieces) == old
    assert new_of(pieces) == new


@given(TEXT, TEXT)
def test_no_piece_is_empty_and_no_two_neighbours_are_of_one_kind(
    old: str, new: str
) -> None:
    pieces = compare(old, new)
    assert all(piece.text for piece in pieces)
    kinds = [piece.kind for piece in pieces]
    assert all(one != next_ for one, next_ in pairwise(kinds))


@given(st.text())
def test_a_text_compared_with_itself_is_all_the_same(text: str) -> None:
    assert compare(text, text) == ((Piece("same", text),) if text else ())


@given(st.lists(st.sampled_from("abc")), st.lists(st.sampled_from("abc")))
def test_aligned_blocks_are_equal_and_in_order(old: list[str], new: list[str]) -> None:
    at_old = at_new = 0
    for block in align(old, new):
        assert block.old >= at_old
        assert block.new >= at_new
        at_old, at_new = block.old + block.size, block.new + block.size
        assert old[block.old : at_old] == new[block.new : at_new]


@given(st.lists(st.integers(0, 20), unique=True))
def test_a_longest_run_rises(numbers: list[int]) -> None:
    run = [numbers[at] for at in longest_run(numbers)]
    assert run == sorted(run)
    assert bool(run) == bool(numbers)


def test_one_changed_word_is_shown_as_one_word() -> None:
    assert shown("The db failed at ten.", "The db failed at nine.") == [
        ("same", "The db failed at "),
        ("removed", "ten"),
        ("added", "nine"),
        ("same", "."),
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("1,912", "1,907"), ("0.2", "0.3"), ("08:15", "08:16")]
)
def test_a_number_is_not_torn_apart(old: str, new: str) -> None:
    pieces = shown(f"sent {old} mails", f"sent {new} mails")
    assert ("removed", old) in pieces
    assert ("added", new) in pieces


def test_a_space_between_two_changed_words_is_part_of_the_change() -> None:
    assert shown("x two words y", "x other things y") == [
        ("same", "x "),
        ("removed", "two words"),
        ("added", "other things"),
        ("same", " y"),
    ]


def test_a_language_without_spaces_is_compared_sign_by_sign() -> None:
    assert shown("障害が発生した", "障害は発生した") == [
        ("same", "障害"),
        ("removed", "が"),
        ("added", "は"),
        ("same", "発生した"),
    ]


def test_a_new_paragraph_is_shown_whole() -> None:
    assert shown("a\n\nc\n", "a\n\nb b\n\nc\n") == [
        ("same", "a\n\n"),
        ("added", "b b\n\n"),
        ("same", "c\n"),
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 100_000, "b " * 100_000),
        ("a b " * 50_000, "b a c " * 33_000),
        ("a\nb\n" * 50_000, "b\na\nc\n" * 33_000),
        (
            " ".join(f"a{n % 97}" for n in range(45_000)),
            " ".join(f"a{n % 89}" for n in range(45_000)),
        ),
        (
            "\n".join(f"k{n}\n" + "x y " * 12 for n in range(3_000)),
            "\n".join(f"k{n}\n" + "y z x " * 9 for n in range(3_000)),
        ),
        ("障" * 200_000, "害" * 200_000),
        ("a" * 200_000, "b" * 200_000),
    ],
)
def test_long_and_wholly_different_texts_are_compared_in_bounded_time(
    old: str, new: str
) -> None:
    started = time.process_time()
    pieces = compare(old, new)
    assert time.process_time() - started < 4
    assert old_of(pieces) == old
    assert new_of(pieces) == new


def test_the_same_postmortem_has_no_changes() -> None:
    document = postmortem()
    assert changes(document, document) == ()
    assert changes(document, without_keys(document)) == ()


def test_facts_are_shown_as_people_read_them() -> None:
    old = Document(title="Down", zone="Europe/Zurich", started_at=EIGHT)
    new = Document(
        title="Down",
        zone="Europe/Zurich",
        severity="SEV1",
        started_at=EIGHT + dt.timedelta(minutes=5),
        users_affected_percent=Decimal("85.50"),
        users_affected_count=12_000,
        services=("api", "web"),
        owner=Person(name="Ana", account="ana"),
        participants=(Participant(person=Person(name="Bo"), role="commander"),),
    )
    details = [change.details[0] for change in changes(old, new)]
    assert [(detail.label, detail.before, detail.after) for detail in details] == [
        ("Severity", "not set", "SEV1"),
        ("Started", "18 August 2024, 10:15 CEST", "18 August 2024, 10:20 CEST"),
        ("Users affected", "not set", "85.5%"),
        ("Number of users affected", "not set", "12,000"),
        ("Services", "not set", "api, web"),
        ("Owner", "not set", "Ana (@ana)"),
        ("Participants", "not set", "Bo (commander)"),
    ]


def test_a_time_without_a_zone_and_an_unknown_zone_are_still_shown() -> None:
    local = EIGHT.replace(tzinfo=None)
    old = Document(title="x", zone="Nowhere/At all", started_at=EIGHT)
    (started,) = changes(old, replace(old, started_at=local))
    assert started.details[0].before == "18 August 2024, 08:15 UTC"
    assert started.details[0].after == "18 August 2024, 08:15"


def test_a_section_is_compared_word_by_word() -> None:
    old = postmortem()
    section = replace(old.sections[0], body="We lost half of the orders.")
    (change,) = changes(old, replace(old, sections=(section, old.sections[1])))
    assert (change.part, change.what, change.label) == (
        DocumentPart.SECTIONS,
        What.CHANGED,
        "Summary",
    )
    assert Piece("removed", "all") in change.pieces
    assert Piece("added", "half of the") in change.pieces


def test_a_text_is_compared_without_the_breaks_that_no_reader_sees() -> None:
    written = "One\ntwo\\\nthree\n\n- a\n  b\n\n> c\n> d\n\n```\ne\nf\n```"
    old = postmortem()
    section = replace(old.sections[0], body=written)
    (change,) = changes(old, replace(old, sections=(section, old.sections[1])))
    read = "One two\\\nthree\n\n- a b\n\n> c d\n\n```\ne\nf\n```"
    assert new_of(change.pieces) == read


def test_a_row_that_came_and_one_that_went_are_told_whole() -> None:
    old = postmortem()
    came = Action(text="Add an alert", owner=Person(name="Bo"), key="a9")
    new = replace(old, actions=(came,))
    added, *removed = changes(old, new)
    assert (added.what, added.pieces) == (
        What.ADDED,
        (Piece("added", "Add an alert"),),
    )
    assert "Bo" in [detail.after for detail in added.details]
    assert [change.what for change in removed] == [What.REMOVED, What.REMOVED]


def test_a_row_known_by_its_key_may_change_in_every_value() -> None:
    old = postmortem()
    done = replace(
        old.actions[0],
        text="Rotate the logs",
        state=ActionState.DONE,
        priority=Priority.HIGH,
        due_on=dt.date(2024, 9, 1),
    )
    (change,) = changes(old, replace(old, actions=(done, old.actions[1])))
    assert change.what is What.CHANGED
    assert [(d.label, d.before, d.after) for d in change.details] == [
        ("State", "Open", "Done"),
        ("Priority", "not set", "High"),
        ("Due", "not set", "1 September 2024"),
    ]


def test_a_moved_row_is_told_once_and_the_others_are_not() -> None:
    old = postmortem()
    first, *others = old.timeline
    (change,) = changes(
        replace(old, factors=()), replace(old, timeline=(*others, first), factors=())
    )
    assert (change.what, change.moved, change.pieces) == (What.MOVED, True, ())


def test_rows_without_keys_are_known_by_what_they_say_then_by_their_place() -> None:
    old = without_keys(postmortem())
    mended = replace(old.timeline[1], text="Rolled back at last")
    new_entry = Entry(text="New")
    new = replace(old, timeline=(old.timeline[0], mended, old.timeline[2], new_entry))
    told = [(change.part, change.what) for change in changes(old, new)]
    assert told == [
        (DocumentPart.TIMELINE, What.CHANGED),
        (DocumentPart.TIMELINE, What.ADDED),
    ]


def test_a_new_row_does_not_change_the_factors_that_point_past_it() -> None:
    old = postmortem()
    new = replace(
        old,
        timeline=(Entry(text="Earlier", key="e0"), *old.timeline),
        factors=tuple(
            replace(factor, evidence=tuple(at + 1 for at in factor.evidence))
            for factor in old.factors
        ),
    )
    assert [change.part for change in changes(old, new)] == [DocumentPart.TIMELINE]


def test_what_a_factor_points_at_is_named() -> None:
    old = postmortem()
    factor = replace(old.factors[0], answers=(0,))
    (change,) = changes(old, replace(old, factors=(factor,)))
    assert change.part is DocumentPart.FACTORS
    assert change.details[0].after == "Rotate logs"


def test_ten_thousand_rows_are_compared_in_bounded_time() -> None:
    rows = tuple(Entry(text=f"entry {n}", key=f"e{n}") for n in range(10_000))
    old = Document(title="x", timeline=rows)
    new = Document(title="x", timeline=tuple(without_key(row) for row in rows[::-1]))
    started = time.process_time()
    told: tuple[Change, ...] = changes(old, new)
    assert time.process_time() - started < 5
    assert {change.what for change in told} == {What.MOVED}


def without_key(entry: Entry) -> Entry:
    return replace(entry, key="")


def without_keys(document: Document) -> Document:
    return replace(
        document,
        sections=tuple(replace(row, key="") for row in document.sections),
        timeline=tuple(replace(row, key="") for row in document.timeline),
        actions=tuple(replace(row, key="") for row in document.actions),
        factors=tuple(replace(row, key="") for row in document.factors),
    )


def postmortem() -> Document:
    return Document(
        title="Orders lost",
        zone="UTC",
        sections=(
            Section(
                kind=SectionKind.SUMMARY,
                title="Summary",
                body="We lost all orders.",
                key="s1",
            ),
            Section(kind=SectionKind.IMPACT, title="Impact", body="Big.", key="s2"),
        ),
        timeline=(
            Entry(text="Alert", at=EIGHT, kind=EntryKind.DETECTED, key="e1"),
            Entry(text="Rolled back", at=EIGHT, key="e2"),
            Entry(text="Fine again", key="e3"),
        ),
        actions=(
            Action(text="Rotate logs", key="a1"),
            Action(text="Train people", key="a2"),
        ),
        factors=(Factor(text="Disk full", evidence=(0, 2), key="f1"),),
    )
