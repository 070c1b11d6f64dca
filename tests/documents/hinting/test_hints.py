"""Hints: what they find in sentences of all kinds, and above all what they leave."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Participant,
    Person,
    Section,
)
from incidents.documents.hinting.hints import ADVICE, Hint, hints
from incidents.documents.kinds import ActionState, EntryKind, SectionKind

SENTENCES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "sentences.yaml").read_text(encoding="utf-8")
)
KINDS = {
    "cause": SectionKind.ROOT_CAUSE,
    "told": SectionKind.IMPACT,
    "ahead": SectionKind.PREVENTION,
}
CAST = ("Ada Byron", "Łukasz Nowak", "李雷", "Zoë Müller", "Grace Park", "Remy Sol")
PEOPLE = tuple(
    Participant(person=Person(name=name)) for name in (*CAST, "platform team")
)
EMPTY = Document(
    title="It stood still", users_affected_percent=Decimal(75), participants=PEOPLE[:5]
)


def document_of(place: str, says: str) -> Document:
    if place == "promise":
        return replace(EMPTY, actions=(Action(text=says, key="k"),))
    section = Section(kind=KINDS[place], title="Text", body=says, key="k")
    return replace(EMPTY, sections=(section,))


def named(found: tuple[Hint, ...]) -> set[str]:
    return {hint.name for hint in found}


@pytest.mark.parametrize(
    "given", SENTENCES, ids=[f"{row['in']}: {row['says']}" for row in SENTENCES]
)
def test_a_sentence_gets_the_hint_it_should_and_no_other(given: dict[str, Any]) -> None:
    found = named(hints(document_of(given["in"], given["says"])))
    assert found == ({given["hint"]} if given["hint"] else set())


def test_half_of_the_sentences_are_innocent() -> None:
    innocent = [row for row in SENTENCES if row["hint"] is None]
    assert len(SENTENCES) >= 60
    assert len(innocent) * 2 >= len(SENTENCES)
    assert {row["hint"] for row in SENTENCES} == {*ADVICE, None}


@given(st.text(max_size=300))
def test_any_text_at_all_can_be_read(text: str) -> None:
    for place in (*KINDS, "promise"):
        for hint in hints(document_of(place, text), [text]):
            assert hint.words
            assert hint.part == "k"


@pytest.mark.parametrize("sign", ["“", "`", "*", ">", "should have ", "[(", "<"])
def test_a_hostile_text_is_read_in_time(sign: str) -> None:
    hints(document_of("cause", sign * 50_000), CAST)


def test_a_name_in_another_normal_form_is_the_same_name() -> None:
    assert named(hints(document_of("cause", "Zoe\u0308 pulled the plug."))) == {
        "person"
    }


def test_an_account_is_known_by_its_full_name_only() -> None:
    stranger = replace(EMPTY, participants=())
    for says, found in (
        ("Ines Castro pulled the plug.", {"person"}),
        ("Ines pulled the plug.", set()),
    ):
        section = Section(kind=SectionKind.ROOT_CAUSE, title="Cause", body=says)
        there = replace(stranger, sections=(section,))
        assert named(hints(there, ["Ines Castro", "Ops"])) == found


def test_factors_and_findings_are_causal_and_other_entries_are_not() -> None:
    factor = replace(EMPTY, factors=(Factor(text="Ada slept."),))
    finding = Entry(text="Ada had the key.", kind=EntryKind.FINDING)
    note = Entry(text="Ada joined.", kind=EntryKind.NOTE)
    assert named(hints(factor)) == {"person"}
    assert named(hints(replace(EMPTY, timeline=(finding,)))) == {"person"}
    assert not hints(replace(EMPTY, timeline=(note,)))


def test_a_promise_that_is_kept_needs_no_end() -> None:
    done = Action(text="Improve monitoring", state=ActionState.DONE)
    assert not hints(replace(EMPTY, actions=(done,)))


@pytest.mark.parametrize("share", [None, Decimal(100)])
def test_an_outage_may_be_called_total_where_it_was(share: Decimal | None) -> None:
    document = document_of("told", "This was a total outage.")
    assert not hints(replace(document, users_affected_percent=share))


def test_a_hint_is_known_again_while_its_sentence_stands() -> None:
    says = "It was human error. Later it rained."
    before = hints(document_of("cause", says))
    after = hints(document_of("cause", f"New words first.\n\n{says} And more."))
    other = hints(document_of("cause", says.replace("It was", "Surely")))
    assert [hint.key for hint in before] == [hint.key for hint in after]
    assert before[0].key != other[0].key
