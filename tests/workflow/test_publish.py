"""Publishing: who may, what is refused, and what is written down."""

import datetime as dt
from typing import Any

import pytest

from incidents.documents.document import Section
from incidents.documents.formats.as_json import from_json
from incidents.documents.kinds import SectionKind
from incidents.documents.render import MAX_CHARACTERS
from incidents.models import Publication, PublishPolicy, State, User
from incidents.workflow.parts.part_kinds import FACTS
from incidents.workflow.parts.save import save
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.reviewing.comment import comment, resolve
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.reviewing.review import approve, ask_for_review
from incidents.workflow.reviewing.standing import digest_of_words
from incidents.workflow.whole.to_document import to_document
from tests.factories import DAY, NOW, make_draft, make_report, restrict

LATER = NOW + DAY


def summary(body: str) -> tuple[Section, ...]:
    return (Section(kind=SectionKind.SUMMARY, title="Summary", body=body),)


def test_an_author_may_not_publish(author: User) -> None:
    draft = make_draft(author)
    with pytest.raises(NotAllowedError, match="Only reviewers can publish"):
        publish(draft, by=author, now=LATER)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT


def test_a_reader_may_not_publish(author: User, reader: User) -> None:
    with pytest.raises(NotAllowedError):
        publish(make_draft(author), by=reader, now=LATER)


def test_a_reviewer_may_not_publish_what_is_hidden_from_them(
    author: User, reviewer: User
) -> None:
    draft = restrict(make_draft(author))
    with pytest.raises(NotAllowedError):
        publish(draft, by=reviewer, now=LATER)


def test_what_is_withdrawn_is_not_published(reviewer: User) -> None:
    draft = make_draft(reviewer)
    draft.state = State.WITHDRAWN
    draft.save()
    with pytest.raises(RefusedError):
        publish(draft, by=reviewer, now=LATER)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"title": " "}, "title"),
        ({"sections": ()}, "summary"),
        ({"sections": summary("\n \n")}, "summary"),
        ({"started_at": None, "detected_at": None}, "started"),
        ({"sections": summary("a" * (MAX_CHARACTERS + 1))}, "is the most"),
    ],
)
def test_what_no_reader_could_use_is_refused_and_stays_a_draft(
    reviewer: User, facts: dict[str, Any], reason: str
) -> None:
    draft = make_draft(reviewer, **facts)
    with pytest.raises(RefusedError, match=reason):
        publish(draft, by=reviewer, now=LATER)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert not Publication.objects.exists()
    assert [event.what for event in draft.events.all()] == ["created"]


def test_publishing_is_written_down(reviewer: User) -> None:
    draft = make_draft(reviewer)
    publication = publish(draft, by=reviewer, now=LATER, note="First")
    event = draft.events.first()
    assert event
    assert (event.what, event.actor, event.at) == ("published", reviewer, LATER)
    assert event.before == {"state": "draft"}
    assert event.after == {
        "state": "published",
        "version": 1,
        "note": "First",
        "approved_by": [],
        "lacking": [],
        "despite": "",
    }
    assert event.revision == publication.revision
    draft.refresh_from_db()
    assert draft.state == State.PUBLISHED


def test_a_publication_holds_the_document_as_it_was(reviewer: User) -> None:
    draft = make_draft(reviewer)
    document = to_document(draft)
    publication = publish(draft, by=reviewer, now=LATER)
    assert from_json(publication.document) == document
    assert publication.card["title"] == document.title


def test_publishing_again_makes_the_next_version_with_a_revision_of_its_own(
    reviewer: User,
) -> None:
    first = make_report(reviewer)
    second = publish(first.incident, by=reviewer, now=NOW + dt.timedelta(minutes=1))
    assert (first.number, second.number) == (1, 2)
    assert first.revision.number < second.revision.number


# What a site requires


def require(**rules: bool) -> None:
    PublishPolicy.objects.filter(pk=1).update(**rules)


def test_what_a_site_requires_is_named_when_it_is_missing(reviewer: User) -> None:
    require(approval=True, impact=True)
    with pytest.raises(RefusedError, match="Impact is a number; Somebody approved"):
        publish(make_draft(reviewer), by=reviewer, now=LATER)


def test_an_end_is_required_from_the_beginning(reviewer: User) -> None:
    with pytest.raises(RefusedError, match="Start, end and time zone"):
        publish(make_draft(reviewer, resolved_at=None), by=reviewer, now=LATER)


def test_a_reason_publishes_all_the_same_and_stays_with_the_report(
    reviewer: User,
) -> None:
    require(impact=True)
    despite = "The numbers come on Monday."
    publication = publish(make_draft(reviewer), by=reviewer, now=LATER, despite=despite)
    assert publication.card["despite"] == despite
    assert publication.card["lacking"] == ["Impact is a number"]


def test_a_reason_without_need_is_not_kept(reviewer: User) -> None:
    publication = publish(make_draft(reviewer), by=reviewer, now=LATER, despite="x")
    assert publication.card["despite"] == ""


def test_no_reason_is_good_enough_for_a_report_without_a_summary(
    reviewer: User,
) -> None:
    with pytest.raises(RefusedError, match="Write the summary"):
        publish(make_draft(reviewer, sections=()), by=reviewer, now=LATER, despite="x")


def test_an_approval_that_holds_is_told_with_the_report(
    author: User, reviewer: User, admin: User
) -> None:
    require(approval=True)
    draft = ask_for_review(make_draft(author), by=author, now=NOW)
    approve(draft, by=reviewer, now=NOW)
    publication = publish(draft, by=admin, now=LATER)
    assert publication.card["approved_by"] == ["Rita Moss"]
    save(FACTS, draft, None, {"title": "It fell"}, version=1, by=author, now=LATER)
    with pytest.raises(RefusedError, match="Somebody approved it as it stands"):
        publish(draft, by=admin, now=LATER)


def test_an_open_comment_stops_a_report_where_the_site_says_so(
    reviewer: User,
) -> None:
    require(comments=True)
    draft = make_draft(reviewer)
    thread = comment(draft, "Wait.", by=reviewer, now=NOW)
    with pytest.raises(RefusedError, match="No comment is open"):
        publish(draft, by=reviewer, now=LATER)
    resolve(thread, by=reviewer, now=LATER)
    publish(draft, by=reviewer, now=LATER)


def test_words_that_were_not_seen_are_not_published(reviewer: User) -> None:
    draft = make_draft(reviewer)
    seen = digest_of_words(draft)
    save(FACTS, draft, None, {"title": "It fell"}, version=1, by=reviewer, now=NOW)
    with pytest.raises(RefusedError, match="changed while you were reading"):
        publish(draft, by=reviewer, now=LATER, seen=seen)
