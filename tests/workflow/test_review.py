"""Reviews: who may be asked, who may answer, what is kept, and what grows stale."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from incidents.documents.document import Action
from incidents.documents.kinds import ActionState, SectionKind
from incidents.models import Answer, Incident, ReviewRequest, State, User
from incidents.workflow.actions.state import set_state
from incidents.workflow.parts import rows
from incidents.workflow.parts.part_kinds import ACTION, FACTS, SECTION
from incidents.workflow.parts.save import save
from incidents.workflow.record import lock, revise
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.reviewing.comment import comment
from incidents.workflow.reviewing.review import (
    approve,
    ask_for_changes,
    ask_for_review,
    back_to_draft,
)
from incidents.workflow.reviewing.standing import (
    StandingAnswer,
    digest_of_words,
    has_written_in,
    standing_answers,
)
from incidents.workflow.whole.to_document import to_document
from tests.factories import HOUR, MINUTE, NOW, make_draft, restrict

LATER, LAST = NOW + HOUR, NOW + 2 * HOUR


@pytest.fixture
def draft(author: User) -> Incident:
    return make_draft(author, actions=(Action(text="Buy fuses"),))


@pytest.fixture
def shared(draft: Incident, author: User, reviewer: User) -> Incident:
    return ask_for_review(draft, [reviewer], by=author, now=LATER)


def write(incident: Incident, by: User, body: str = "Another fuse blew.") -> None:
    row = incident.sections.get(kind=SectionKind.SUMMARY)
    changes = {"body": body}
    save(SECTION, incident, row.key, changes, version=row.version, by=by, now=LAST)


def only_answer(incident: Incident) -> StandingAnswer:
    (found,) = standing_answers(incident, to_document(incident))
    return found


# Asking


def test_a_reader_may_not_ask_for_a_review(draft: Incident, reader: User) -> None:
    with pytest.raises(NotAllowedError, match="may not change"):
        ask_for_review(draft, by=reader, now=LATER)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_an_author_may_not_ask_for_what_is_hidden_from_them(
    draft: Incident, colleague: User
) -> None:
    with pytest.raises(NotAllowedError):
        ask_for_review(restrict(draft), by=colleague, now=LATER)


@pytest.mark.parametrize("state", [State.IN_REVIEW, State.PUBLISHED])
def test_only_a_draft_goes_to_review(
    draft: Incident, author: User, state: State
) -> None:
    Incident.objects.update(state=state)
    with pytest.raises(RefusedError, match=f"already {state.label.lower()}"):
        ask_for_review(draft, by=author, now=LATER)


def test_nobody_is_asked_who_is_no_reviewer(
    draft: Incident, author: User, colleague: User, reader: User
) -> None:
    for person in (colleague, reader):
        with pytest.raises(RefusedError, match=f"{person.name} is not a reviewer"):
            ask_for_review(draft, [person], by=author, now=LATER)
    assert not ReviewRequest.objects.exists()


def test_nobody_is_asked_about_what_is_hidden_from_them(
    draft: Incident, author: User, reviewer: User
) -> None:
    with pytest.raises(RefusedError, match="Rita Moss may not see"):
        ask_for_review(restrict(draft), [reviewer], by=author, now=LATER)


def test_nobody_is_asked_about_their_own_words(
    draft: Incident, author: User, reviewer: User
) -> None:
    write(draft, reviewer)
    with pytest.raises(RefusedError, match="Rita Moss has written in this"):
        ask_for_review(draft, [reviewer], by=author, now=LATER)


def test_a_draft_in_review_remembers_who_asked_and_when(
    draft: Incident, author: User
) -> None:
    incident = ask_for_review(draft, by=author, now=LATER)
    assert incident.state == State.IN_REVIEW
    event = incident.events.get(what="asked_for_review")
    assert (event.actor, event.at) == (author, LATER)
    assert (event.before, event.after) == ({"state": "draft"}, {"state": "in_review"})


def test_asking_leaves_the_words_and_their_revision_alone(shared: Incident) -> None:
    assert shared.revisions.count() == 1
    assert only_answer(shared).request.answer == Answer.PENDING


def test_more_people_can_be_asked_after_the_report_is_out(
    shared: Incident, author: User, admin: User
) -> None:
    Incident.objects.update(state=State.PUBLISHED)
    asked = ask_for_review(shared, [admin], by=author, now=LAST)
    assert asked.state == State.PUBLISHED
    assert asked.reviews.count() == 2


# Answering


def test_an_author_may_not_answer(shared: Incident, author: User) -> None:
    with pytest.raises(NotAllowedError, match="Only reviewers"):
        approve(shared, by=author, now=LAST)


@pytest.mark.parametrize("how", ["began it", "owns it", "wrote in it"])
def test_nobody_approves_their_own(author: User, reviewer: User, how: str) -> None:
    draft = make_draft(reviewer if how == "began it" else author)
    if how == "owns it":
        Incident.objects.update(owner=reviewer)
    if how == "wrote in it":
        write(draft, reviewer)
    ask_for_review(draft, by=author, now=LATER)
    with pytest.raises(NotAllowedError, match="what you have written yourself"):
        approve(draft, by=reviewer, now=LAST)
    assert not ReviewRequest.objects.exists()


def test_nobody_answers_for_what_is_hidden_from_them(
    shared: Incident, reviewer: User
) -> None:
    restrict(shared)
    with pytest.raises(NotAllowedError):
        approve(shared, by=reviewer, now=LAST)
    with pytest.raises(NotAllowedError):
        ask_for_changes(shared, "More", by=reviewer, now=LAST)
    assert only_answer(shared).request.answer == Answer.PENDING


def test_who_asks_for_changes_says_which(shared: Incident, reviewer: User) -> None:
    with pytest.raises(RefusedError, match="Say what should change"):
        ask_for_changes(shared, " \n", by=reviewer, now=LAST)


def test_a_draft_that_nobody_was_asked_about_gets_no_answer(
    draft: Incident, reviewer: User
) -> None:
    with pytest.raises(RefusedError, match="draft still"):
        approve(draft, by=reviewer, now=LAST)


def test_nobody_answers_for_words_they_have_not_seen(
    shared: Incident, author: User, reviewer: User
) -> None:
    seen = digest_of_words(shared)
    write(shared, author)
    with pytest.raises(RefusedError, match="changed while you were reading"):
        approve(shared, by=reviewer, now=LAST, seen=seen)
    approve(shared, by=reviewer, now=LAST, seen=digest_of_words(shared))


def test_an_approval_holds_and_is_written_down(
    shared: Incident, reviewer: User
) -> None:
    row = approve(shared, by=reviewer, now=LAST, word="Clear.")
    assert (row.answer, row.word, row.answered_at) == ("approved", "Clear.", LAST)
    assert only_answer(shared).holds
    event = shared.events.get(what="approved")
    assert (event.actor, event.revision) == (reviewer, row.revision)


def test_a_reviewer_who_was_not_asked_may_answer_too(
    shared: Incident, admin: User
) -> None:
    approve(shared, by=admin, now=LAST)
    assert shared.reviews.get(reviewer=admin).asked_by == admin


def test_a_second_answer_takes_the_place_of_the_first(
    shared: Incident, reviewer: User
) -> None:
    ask_for_changes(shared, "When did it end?", by=reviewer, now=LATER + MINUTE)
    assert not only_answer(shared).holds
    approve(shared, by=reviewer, now=LAST)
    assert shared.reviews.count() == 1
    assert only_answer(shared).holds


# Growing stale


def test_an_edit_makes_an_approval_stale_and_shows_what_changed(
    shared: Incident, author: User, reviewer: User
) -> None:
    approve(shared, by=reviewer, now=LAST)
    write(shared, author)
    found = only_answer(shared)
    assert found.is_stale
    assert not found.holds
    assert [change.label for change in found.since] == ["Summary"]


def test_an_approval_holds_again_when_the_words_are_back(
    shared: Incident, author: User, reviewer: User
) -> None:
    approve(shared, by=reviewer, now=LAST)
    body = shared.sections.get().body
    write(shared, author)
    write(shared, author, body)
    assert only_answer(shared).holds


def test_a_tick_makes_nothing_stale(
    shared: Incident, author: User, reviewer: User
) -> None:
    approve(shared, by=reviewer, now=LAST)
    key = shared.actions.get().key
    set_state(shared, key, ActionState.DONE, by=author, now=LAST)
    assert only_answer(shared).holds


def test_who_only_ticked_is_no_author(shared: Incident, reviewer: User) -> None:
    set_state(
        shared, shared.actions.get().key, ActionState.DONE, by=reviewer, now=LATER
    )
    comment(shared, "Done?", by=reviewer, now=LATER)
    assert not has_written_in(reviewer, shared)
    approve(shared, by=reviewer, now=LAST)


def test_who_wrote_an_action_item_is_an_author(
    shared: Incident, reviewer: User
) -> None:
    value = Action(text="Buy candles")
    rows.add(ACTION, shared, value, key=uuid4(), by=reviewer, now=LATER)
    assert has_written_in(reviewer, shared)


def test_what_was_approved_is_never_written_over(
    draft: Incident, author: User, reviewer: User
) -> None:
    ask_for_review(draft, [reviewer], by=author, now=NOW + MINUTE)
    row = approve(draft, by=reviewer, now=NOW + 2 * MINUTE)
    assert row.revision is not None
    before = row.revision.document
    title = {"title": "It fell"}
    save(FACTS, draft, None, title, version=1, by=author, now=NOW + 3 * MINUTE)
    row.revision.refresh_from_db()
    assert row.revision.document == before
    newest = draft.revisions.first()
    assert newest
    assert newest.number == row.revision.number + 1


def test_who_answers_again_leaves_the_first_answer_what_it_saw(
    draft: Incident, author: User, reviewer: User
) -> None:
    ask_for_review(draft, [reviewer], by=author, now=NOW + MINUTE)
    first = approve(draft, by=reviewer, now=NOW + 2 * MINUTE).revision
    ask_for_review(draft, [reviewer], by=author, now=NOW + 3 * MINUTE)
    revised = revise(lock(draft, author), by=author, now=NOW + 4 * MINUTE)
    assert revised != first


def test_names_stay_when_accounts_go(shared: Incident, reviewer: User) -> None:
    approve(shared, by=reviewer, now=LAST)
    comment(shared, "Good.", by=reviewer, now=LAST)
    reviewer.delete()
    assert only_answer(shared).request.reviewer_name == "Rita Moss"
    assert only_answer(shared).holds
    assert shared.comments.get().author_name == "Rita Moss"


# Back again


def test_only_what_is_in_review_goes_back(draft: Incident, author: User) -> None:
    with pytest.raises(RefusedError, match="is draft"):
        back_to_draft(draft, by=author, now=LATER)


def test_back_to_draft_keeps_what_was_said(shared: Incident, author: User) -> None:
    comment(shared, "Wait.", by=author, now=LATER)
    assert back_to_draft(shared, by=author, now=LAST).state == State.DRAFT
    assert shared.reviews.count() == shared.comments.count() == 1


def test_each_person_has_one_answer(shared: Incident, admin: User) -> None:
    approve(shared, by=admin, now=LAST)
    people = list(shared.reviews.values_list("reviewer__username", flat=True))
    assert people == ["rita", "amir"]
    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewRequest.objects.update(reviewer=admin)
