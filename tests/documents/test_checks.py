"""The checks before publishing: each fails alone, and says where it is mended."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from incidents.documents.checks import PLACES, Rule, Standing, checks, failed
from incidents.documents.comparing.settled import same_words, settled
from incidents.documents.document import (
    Action,
    Document,
    Entry,
    Factor,
    Person,
    Section,
)
from incidents.documents.kinds import (
    ActionKind,
    ActionState,
    Detection,
    EntryKind,
    SectionKind,
)
from tests.documents.strategies import DOCUMENTS

NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
BUY = Action(
    text="Buy fuses",
    kind=ActionKind.PREVENT,
    owner=Person(name="Ines"),
    due_on=NOW.date(),
)
READY = Document(
    title="Dark",
    zone="UTC",
    started_at=NOW,
    resolved_at=NOW,
    detection=Detection.ALERT,
    users_affected_percent=Decimal(0),
    sections=(
        Section(kind=SectionKind.SUMMARY, title="Summary", body="It was dark."),
        Section(kind=SectionKind.ROOT_CAUSE, title="Cause", body="A fuse."),
    ),
    timeline=(Entry(text="It rang.", kind=EntryKind.DETECTED),),
    actions=(BUY,),
    factors=(Factor(text="No fuse", answers=(0,)),),
)
GOOD = Standing(rank=1, approvals=1)


def failing(document: Document = READY, standing: Standing = GOOD) -> set[Rule]:
    return {row.rule for row in checks(document, standing) if not row.holds}


def test_a_postmortem_that_has_everything_passes_every_check() -> None:
    found = checks(READY, GOOD)
    assert [row.rule for row in found] == list(Rule)
    assert all(row.holds for row in found)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"sections": READY.sections[1:]}, Rule.SUMMARY),
        ({"started_at": None}, Rule.TIMES),
        ({"resolved_at": None}, Rule.TIMES),
        ({"zone": None}, Rule.TIMES),
        ({"users_affected_percent": None}, Rule.IMPACT),
        ({"detection": None}, Rule.NOTICED),
        ({"timeline": ()}, Rule.ON_TIMELINE),
        ({"sections": READY.sections[:1]}, Rule.CAUSE),
        ({"actions": (BUY, replace(BUY, owner=None))}, Rule.OWNERS),
        ({"actions": (BUY, replace(BUY, due_on=None))}, Rule.OWNERS),
        ({"actions": (replace(BUY, kind=ActionKind.DETECT),)}, Rule.PREVENTS),
        ({"factors": (Factor(text="No fuse"),)}, Rule.FACTORS),
    ],
)
def test_what_is_missing_fails_its_own_check_and_no_other(
    change: dict[str, Any], rule: Rule
) -> None:
    assert failing(replace(READY, **change)) == {rule}


def test_an_open_comment_and_a_missing_approval_are_said() -> None:
    assert failing(standing=replace(GOOD, open_comments=2)) == {Rule.COMMENTS}
    assert failing(standing=replace(GOOD, approvals=0)) == {Rule.APPROVAL}


@pytest.mark.parametrize(("rank", "asked"), [(1, True), (2, True), (3, False)])
def test_only_a_bad_incident_must_not_come_again(rank: int, asked: bool) -> None:
    rules = {row.rule for row in checks(READY, replace(GOOD, rank=rank))}
    assert (Rule.PREVENTS in rules) == asked


def test_a_finding_on_the_timeline_is_a_cause() -> None:
    found = Entry(text="It was the fuse.", kind=EntryKind.FINDING)
    document = replace(
        READY, sections=READY.sections[:1], timeline=(*READY.timeline, found)
    )
    assert not failing(document)


def test_only_what_a_site_requires_can_stop_a_report() -> None:
    lacking = replace(READY, detection=None, factors=(Factor(text="No fuse"),))
    found = checks(lacking, GOOD, {Rule.FACTORS, Rule.SUMMARY})
    assert [row.rule for row in failed(found)] == [Rule.FACTORS]


def test_every_check_says_where_it_is_mended() -> None:
    assert set(PLACES) == set(Rule)


@given(DOCUMENTS)
def test_any_document_at_all_can_be_checked(document: Document) -> None:
    assert len(checks(document)) >= len(Rule) - 1


# What was read once


@given(DOCUMENTS)
def test_who_has_read_it_has_read_it_settled(document: Document) -> None:
    assert same_words(document, document)
    assert settled(settled(document)) == settled(document)


def test_a_tick_is_no_new_word_and_a_new_owner_is() -> None:
    done = replace(BUY, state=ActionState.DONE, done_at=NOW, evidence="In the box.")
    assert same_words(READY, replace(READY, actions=(done,)))
    other = replace(BUY, owner=Person(name="Noor"))
    assert not same_words(READY, replace(READY, actions=(other,)))


def test_a_closed_account_does_not_change_who_it_was() -> None:
    closed = replace(BUY, owner=Person(name="Ines", account="ines"))
    assert same_words(READY, replace(READY, actions=(closed,)))
