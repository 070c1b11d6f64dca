"""Two people save one text, and no word of either gets lost."""

import re
import time
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.comparing.merge import Conflict, merge

SENTENCES = ["One.", "Two!", "Is it three?", "- four", "五。", "six", "|7|", "Eight. "]
SPACES = [" ", "\n", "\n\n", ""]
TEXT = st.lists(
    st.one_of(st.sampled_from(SENTENCES + SPACES), st.text(max_size=3)), max_size=12
).map("".join)


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


@given(TEXT, TEXT)
def test_a_change_by_one_alone_is_taken_as_it_is(base: str, changed: str) -> None:
    assert merge(base, changed, base).text == changed
    assert merge(base, base, changed).text == changed
    assert merge(base, changed, base).clean


@given(TEXT, TEXT)
def test_the_same_change_by_both_counts_once(base: str, changed: str) -> None:
    merged = merge(base, changed, changed)
    assert merged.text == changed
    assert merged.clean


@given(st.lists(st.sampled_from(SENTENCES), max_size=8), st.data())
def test_every_word_that_either_wrote_is_in_the_joined_text(
    sentences: list[str], data: st.DataObject
) -> None:
    base = " ".join(sentences)
    mine, theirs = data.draw(TEXT), data.draw(TEXT)
    merged = merge(base, mine, theirs)
    added = (words(mine) - words(base)) | (words(theirs) - words(base))
    assert set(added) <= set(words(merged.text))


@given(TEXT, TEXT, TEXT)
def test_who_saves_first_changes_no_more_than_the_order(
    base: str, mine: str, theirs: str
) -> None:
    one, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert one.clean == other.clean
    assert not one.clean or one.text == other.text
    assert one.conflicts == tuple(
        Conflict(turned.base, turned.theirs, turned.mine) for turned in other.conflicts
    )


def test_different_sentences_of_one_paragraph_join() -> None:
    base = "The disk filled up. Nobody saw it. We rebooted."
    mine = "The log disk filled up. Nobody saw it. We rebooted."
    theirs = "The disk filled up. Nobody saw it. We rebooted it twice."
    merged = merge(base, mine, theirs)
    assert merged.clean
    assert merged.text == "The log disk filled up. Nobody saw it. We rebooted it twice."


def test_neighbouring_sentences_and_lines_join() -> None:
    assert merge("A. B.", "A1. B.", "A. B1.").text == "A1. B1."
    assert merge("a\nb\n", "a1\nb\n", "a\nb1\n").text == "a1\nb1\n"


def test_a_new_paragraph_joins_a_mended_last_sentence() -> None:
    merged = merge("It broke.", "It broke.\n\nWe fixed it.", "It broke badly.")
    assert merged.clean
    assert merged.text == "It broke badly.\n\nWe fixed it."


def test_one_sentence_changed_by_both_is_asked_about() -> None:
    merged = merge("Down at ten. End.", "Out at ten. End.", "Down at nine. End.")
    assert merged.conflicts == (
        Conflict("Down at ten.", "Out at ten.", "Down at nine."),
    )
    assert merged.text == "Down at nine. Out at ten. End."


def test_a_sentence_put_into_a_passage_written_anew_is_asked_about() -> None:
    merged = merge("A. B. C.", "X. Y. Z.", "A. New. B. C.")
    assert not merged.clean
    assert merged.text == "A. New. B. C. X. Y. Z."


def test_a_row_put_between_two_changed_rows_joins() -> None:
    merged = merge("- a\n- b", "- a1\n- b1", "- a\n- new\n- b")
    assert merged.clean
    assert merged.text == "- a1\n- new\n- b1"


def test_two_new_paragraphs_at_the_end_are_both_kept_theirs_first_and_asked() -> None:
    merged = merge("Start.", "Start.\n\nMine.", "Start.\n\nTheirs.")
    assert not merged.clean
    assert merged.text == "Start.\n\nTheirs.\n\nMine."


def test_two_new_bullets_stay_one_list() -> None:
    merged = merge("- a\n", "- a\n- mine", "- a\n- theirs")
    assert merged.text == "- a\n- theirs\n- mine"
    assert merge("", "- mine\n  more", "- theirs").text == "- theirs\n- mine\n  more"


def test_two_first_texts_in_an_empty_box_are_both_kept() -> None:
    assert merge("", "Mine.", "Theirs.").text == "Theirs. Mine."
    assert merge("", "Mine.\nYes.", "Theirs.").text == "Theirs.\n\nMine.\nYes."


def test_what_one_removed_and_the_other_mended_is_kept_and_asked() -> None:
    merged = merge("A. Wrong. B.", "A. B.", "A. Right. B.")
    assert not merged.clean
    assert "Right." in merged.text


def test_no_marks_of_a_program_stand_in_the_text() -> None:
    assert "<<" not in merge("a", "b", "c").text


def test_long_and_wholly_different_texts_merge_in_bounded_time() -> None:
    base, mine, theirs = ("".join(f"{w} {n}. " for n in range(20_000)) for w in "abc")
    alike = ["a. b. " * 30_000, "b. a. " * 30_000, "b. b. a. " * 20_000]
    started = time.process_time()
    merge(base, mine, theirs)
    merge(*alike)
    assert time.process_time() - started < 10
