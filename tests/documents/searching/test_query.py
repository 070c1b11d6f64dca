"""What is typed into the search box, read back from it, and marked in a text."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.searching.excerpts import Finder
from incidents.documents.searching.query import (
    MOST_CLAUSES,
    as_typed,
    filters,
    last_begins,
    misread,
    read_query,
    without_filters,
)

TYPED = st.text(
    st.sampled_from('ab"-*: é障è’()') | st.characters(exclude_categories=["Cs"]),
    max_size=40,
) | st.lists(
    st.sampled_from(["severity:x", '"', "before:2024", "-owner:me", "is:draft", "a*"])
).map(" ".join)
NAMES = st.text("abcé -.1", min_size=1, max_size=12).map(str.strip).filter(bool)


@given(TYPED)
def test_any_text_is_understood_and_its_filters_come_out_once(text: str) -> None:
    asked = read_query(text)
    assert len(asked.wanted) <= MOST_CLAUSES
    assert all(clause.terms for clause in asked.wanted + asked.unwanted)
    rest = without_filters(text)
    assert filters(rest) == {}
    assert read_query(rest) == asked


@given(TYPED)
def test_what_was_asked_can_be_typed_again(text: str) -> None:
    asked = read_query(text)
    again = read_query(asked.text)
    assert [c.terms for c in again.wanted] == [c.terms for c in asked.wanted]


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "severity": NAMES,
            "service": NAMES,
            "tag": NAMES,
            "owner": NAMES,
            "actions": st.sampled_from(["open", "overdue", "done", "none"]),
            "from": st.dates(min_value=dt.date(1970, 1, 1)).map(str),
            "to": st.dates(max_value=dt.date(2099, 1, 1)).map(str),
            "is": st.just("draft"),
        },
    )
)
def test_the_filters_of_a_form_can_be_typed(given: dict[str, str]) -> None:
    assert filters(as_typed(given)) == given


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("before:2024-06", {"to": "2024-05-31"}),
        ("after:2024", {"from": "2024-01-01"}),
        ("Severity:SEV1", {"severity": "SEV1"}),
        ('service:"orders db"', {"service": "orders db"}),
        ("has:open-actions", {"actions": "open"}),
        ("before:2024-13", {}),
        ("-severity:sev1", {}),
        ("severity:", {}),
        ("http://x", {}),
    ],
)
def test_a_filter_is_read_or_left_as_words(text: str, read: dict[str, str]) -> None:
    assert filters(text) == read


def test_only_a_word_of_three_letters_begins_others() -> None:
    assert last_begins(read_query("da")) is None
    assert last_begins(read_query('"data base"')) is None
    longer = last_begins(read_query("slow datab"))
    assert longer
    assert longer.wanted[-1].begins


@given(TYPED, st.text(max_size=60))
def test_an_excerpt_says_what_the_text_says(asked: str, text: str) -> None:
    finder = Finder(read_query(asked))
    assert "".join(piece for piece, _ in finder.marked(text)) == text
    shown = "".join(piece for piece, _ in finder.excerpt(text))
    assert shown.removeprefix("… ").removesuffix(" …") in text


@pytest.mark.parametrize(
    ("asked", "marked"),
    [
        ("connections", ["connection", "Connecting"]),
        ('"connection pool"', ["connection pool"]),
        ("uber*", ["Überlauf"]),
        ("障害", ["障害"]),
        ("lauf", []),
    ],
)
def test_what_was_asked_for_is_marked(asked: str, marked: list[str]) -> None:
    text = "A connection pool; Connecting at Überlauf. 決済の障害です"
    found = Finder(read_query(asked)).marked(text)
    assert [piece for piece, mark in found if mark] == marked


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("-severity:sev1 failover", ["-severity:sev1"]),
        ("before:2024-13 after:soon", ["before:2024-13", "after:soon"]),
        ("has:x Is:y tag:", ["has:x", "Is:y"]),
        ("severity:sev1 -kafka 10:30 http://x note:this", []),
    ],
)
def test_a_filter_that_is_none_is_named(typed: str, words: list[str]) -> None:
    assert misread(typed) == words
