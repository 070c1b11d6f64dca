"""What a text is compared by: folded, stemmed, in pairs of signs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.searching.spelling import distance, far_at_most
from incidents.documents.searching.words import spellings, terms, words


@given(st.text(max_size=80))
def test_every_term_stands_where_it_says(text: str) -> None:
    end = 0
    for word in words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.end >= end
        assert word.term
        assert not set(word.term) & set(" '\"*:&|!()")
        end = word.end


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe\u0301"),
        ("Straße", "STRASSE"),
        ("øre", "ore"),
        ("connections", "connected"),
        ("the customer's", "THE customers"),
        ("ﾃﾞｰﾀ", "データ"),
        ("don’t", "don't"),
    ],
)
def test_these_are_the_same_words(one: str, other: str) -> None:
    assert terms(one) == terms(other)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_letters_are_read_as_all_others_are(text: str) -> None:
    assert terms(text) == [word.term for word in words(text)]
    # The accent is no word's part, but this text goes the long way.
    assert spellings(text) == spellings(f"{text} \u00b4")


def test_signs_without_spaces_are_taken_in_pairs_and_the_last_alone() -> None:
    assert terms("接続が") == ["接続", "続が", "が"]
    assert terms("DBの障害") == ["db", "の障", "障害", "害"]


def test_marks_take_a_name_apart() -> None:
    assert terms("payments_api/v2.1") == ["payment", "api", "v2", "1"]


def test_only_words_can_be_misspelt() -> None:
    assert spellings("Restarted db-01 at 08:15, 障害, naïve") == {"restarted", "naive"}


@given(st.text("abcd", max_size=7), st.text("abcd", max_size=7))
def test_distance_is_the_same_both_ways_and_none_to_itself(a: str, b: str) -> None:
    assert distance(a, b, 2) == distance(b, a, 2)
    assert distance(a, a, 2) == 0
    assert (distance(a, b, 2) == 0) == (a == b)


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("kafka", "kfaka", 1),
        ("redis", "reddis", 1),
        ("lock", "lick", 1),
        ("a", "bcd", 3),
    ],
)
def test_a_slip_of_the_finger_counts_once(one: str, other: str, slips: int) -> None:
    assert distance(one, other, 2) == slips


def test_a_short_word_is_not_guessed() -> None:
    assert [far_at_most(word) for word in ("sev", "redis", "certificate")] == [0, 1, 2]
