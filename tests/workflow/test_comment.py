"""Comments: who may speak, about what, and how a thread is settled."""

from uuid import uuid4

import pytest

from incidents.documents.document import Entry
from incidents.models import Comment, Incident, State, User
from incidents.workflow.parts import rows
from incidents.workflow.parts.part_kinds import ENTRY
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.reviewing.comment import comment, reopen, reply, resolve
from tests.factories import HOUR, NOW, make_draft, restrict

LATER, LAST = NOW + HOUR, NOW + 2 * HOUR


@pytest.fixture
def draft(author: User) -> Incident:
    return make_draft(author, timeline=(Entry(text="The alarm rang."),))


def test_a_reader_may_not_comment(draft: Incident, reader: User) -> None:
    with pytest.raises(NotAllowedError):
        comment(draft, "Why?", by=reader, now=LATER)


def test_nobody_speaks_about_what_is_hidden_from_them(
    draft: Incident, author: User, colleague: User
) -> None:
    thread = comment(draft, "Why?", by=author, now=LATER)
    restrict(draft)
    with pytest.raises(NotAllowedError):
        comment(draft, "Because.", by=colleague, now=LAST)
    with pytest.raises(NotAllowedError):
        reply(thread, "Because.", by=colleague, now=LAST)
    for verb in (resolve, reopen):
        with pytest.raises(NotAllowedError):
            verb(thread, by=colleague, now=LAST)
    assert Comment.objects.count() == 1


def test_nobody_speaks_about_what_is_withdrawn(draft: Incident, author: User) -> None:
    Incident.objects.update(state=State.WITHDRAWN)
    with pytest.raises(NotAllowedError):
        comment(draft, "Why?", by=author, now=LATER)


def test_silence_is_no_comment(draft: Incident, author: User) -> None:
    with pytest.raises(RefusedError, match="Write something"):
        comment(draft, " \n ", by=author, now=LATER)


def test_a_part_of_another_postmortem_cannot_be_spoken_about(
    draft: Incident, author: User
) -> None:
    other = make_draft(author)
    for part in (uuid4(), other.sections.get().key):
        with pytest.raises(RefusedError, match="is gone"):
            comment(draft, "Why?", part=part, by=author, now=LATER)


def test_a_comment_remembers_what_it_was_about_when_that_is_gone(
    draft: Incident, author: User, reviewer: User
) -> None:
    row = draft.timeline.get()
    thread = comment(draft, "Which one?", part=row.key, by=reviewer, now=LATER)
    rows.remove(ENTRY, draft, row.key, version=1, by=author, now=LAST)
    thread.refresh_from_db()
    assert (thread.part, thread.about) == (row.key, "The alarm rang.")


def test_a_thread_is_answered_settled_and_opened_again(
    draft: Incident, author: User, reviewer: User
) -> None:
    thread = comment(draft, "Which one?", by=reviewer, now=LATER)
    answer = reply(thread, "The red one.", by=author, now=LATER)
    assert (answer.reply_to, answer.about) == (thread, "")
    assert list(Comment.objects.open()) == [thread]
    settled = resolve(answer, by=author, now=LAST)
    assert (settled, settled.resolved_by_name) == (thread, "Ada Byron")
    assert not Comment.objects.open()
    reopen(thread, by=reviewer, now=LAST)
    assert list(Comment.objects.open()) == [thread]


def test_who_settled_it_first_keeps_the_credit(
    draft: Incident, author: User, reviewer: User
) -> None:
    thread = comment(draft, "Which one?", by=reviewer, now=LATER)
    resolve(thread, by=reviewer, now=LATER)
    assert resolve(thread, by=author, now=LAST).resolved_by == reviewer
    assert draft.events.filter(what="comment_resolved").count() == 1


def test_talk_makes_no_revision(draft: Incident, author: User, reviewer: User) -> None:
    thread = comment(draft, "Which one?", by=reviewer, now=LATER)
    reply(thread, "The red one.", by=author, now=LAST)
    assert draft.revisions.count() == 1
    said = draft.events.filter(what__in=["commented", "replied"])
    assert [event.revision for event in said] == [draft.revisions.get()] * 2


def test_a_button_pressed_twice_makes_one_comment(
    draft: Incident, author: User, reviewer: User
) -> None:
    thread = comment(draft, "Which one?", by=reviewer, now=LATER)
    assert comment(draft, "Which one?", by=reviewer, now=LATER) == thread
    assert comment(draft, "Which one?", by=author, now=LATER) != thread
    assert comment(draft, "Which one?", by=reviewer, now=LAST) != thread
    reply(thread, "Yes.", by=author, now=LAST)
    reply(thread, "Yes.", by=author, now=LAST)
    assert thread.replies.count() == 1
