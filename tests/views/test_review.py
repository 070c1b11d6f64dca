"""The page of the review: who finds what there, and what its forms answer."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from incidents.documents.document import Action, Entry, Person, Section
from incidents.documents.kinds import SectionKind
from incidents.models import Comment, Incident, State, User
from incidents.workflow.parts.part_kinds import SECTION
from incidents.workflow.parts.save import save
from incidents.workflow.reviewing.comment import comment
from incidents.workflow.reviewing.review import approve, ask_for_review
from incidents.workflow.reviewing.standing import digest_of_words
from incidents.workflow.reviewing.withdraw import withdraw
from tests.counting import queries
from tests.factories import (
    DAY,
    DOCUMENT,
    HOUR,
    NOW,
    browser_of,
    make_draft,
    make_report,
    restrict,
)

STORY = replace(
    DOCUMENT,
    sections=(
        *DOCUMENT.sections,
        Section(kind=SectionKind.ROOT_CAUSE, title="Cause", body="Human error."),
    ),
    timeline=(Entry(text="The alarm rang.", at=NOW),),
    actions=(Action(text="Improve fuses", owner=Person(name="Ines")),),
)


@pytest.fixture
def draft(author: User, reviewer: User) -> Incident:
    draft = make_draft(author, document=STORY)
    return ask_for_review(draft, [reviewer], by=author, now=NOW + HOUR)


def address(incident: Incident, deed: str = "") -> str:
    return f"/incidents/{incident.pk}/review/{deed}"


def read(user: User, page: str) -> str:
    response = browser_of(user).get(page)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def send(
    user: User, incident: Incident, deed: str, status: int = 302, **fields: Any
) -> str:
    """The page again after a form that was refused; nothing after one that was not."""
    response = browser_of(user).post(address(incident, deed), fields)
    assert response.status_code == status
    return " ".join(response.content.decode().split())


# Refusals


def test_a_reader_does_not_learn_that_a_draft_is_reviewed(
    draft: Incident, reader: User
) -> None:
    assert browser_of(reader).get(address(draft)).status_code == 404


def test_a_reader_of_the_report_does_not_read_what_was_said_before(
    reviewer: User, reader: User
) -> None:
    incident = make_report(reviewer).incident
    assert browser_of(reader).get(address(incident)).status_code == 403


def test_who_may_not_see_it_finds_no_review(
    draft: Incident, colleague: User, reviewer: User
) -> None:
    restrict(draft)
    for user in (colleague, reviewer):
        assert browser_of(user).get(address(draft)).status_code == 404


def test_an_author_is_told_who_approves_and_publishes(
    draft: Incident, author: User
) -> None:
    page = read(author, address(draft))
    assert "A reviewer publishes it" in page
    assert "Send your answer" not in page
    send(author, draft, "answer/", 403, answer="approved", seen=digest_of_words(draft))
    send(author, draft, "publish/", 403, seen=digest_of_words(draft))


def test_a_reviewer_who_wrote_in_it_is_told_why_there_is_no_form(
    draft: Incident, reviewer: User
) -> None:
    row = draft.sections.all()[0]
    save(SECTION, draft, row.key, {"body": "Mine."}, version=1, by=reviewer, now=NOW)
    page = read(reviewer, address(draft))
    assert "somebody else approves it" in page
    sent: Any = {"answer": "approved", "seen": digest_of_words(draft)}
    assert "written yourself" in send(reviewer, draft, "answer/", 403, **sent)


def test_an_answer_to_an_old_page_is_asked_for_again_and_keeps_its_words(
    draft: Incident, author: User, reviewer: User
) -> None:
    sent: Any = {
        "answer": "approved",
        "word": "Very clear.",
        "seen": digest_of_words(draft),
    }
    row = draft.sections.all()[0]
    save(SECTION, draft, row.key, {"body": "Other."}, version=1, by=author, now=NOW)
    page = send(reviewer, draft, "answer/", 422, **sent)
    assert "changed while you were reading" in page
    assert "Very clear." in page
    found = re.search(r'name="seen" value="(\w+)"', page)
    assert found
    send(reviewer, draft, "answer/", **{**sent, "seen": found[1]})


def test_changes_without_a_word_why_are_refused(
    draft: Incident, reviewer: User
) -> None:
    sent: Any = {"answer": "changes", "word": " ", "seen": digest_of_words(draft)}
    assert "Say what should change." in send(reviewer, draft, "answer/", 422, **sent)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("nobody", "There is no account"), ("bo", "is not a reviewer"), ("", "at least")],
)
def test_who_cannot_be_asked_is_said_at_the_form(
    draft: Incident, author: User, colleague: User, name: str, reason: str
) -> None:
    assert reason in send(author, draft, "ask/", 422, reviewers=name)


# What the page shows


def test_the_whole_draft_can_be_read_and_each_part_commented_on(
    draft: Incident, reviewer: User
) -> None:
    page = read(reviewer, address(draft))
    started = "<dt>Started</dt><dd>2 March 2026, 10:00 CET</dd>"
    for words in ("A fuse blew.", "The alarm rang.", "Improve fuses", started):
        assert words in page
    keys = [row.key for row in (*draft.sections.all(), draft.timeline.get())]
    for key in keys:
        assert f'?comment={key}#comment-{key}-text"' in page
        assert f'id="part-{key}"' in page


def test_a_comment_stands_at_its_part_and_is_counted_in_the_editor(
    draft: Incident, author: User, reviewer: User
) -> None:
    key = draft.timeline.get().key
    opened = read(reviewer, f"{address(draft)}?comment={key}")
    assert f'value="{key}"' in opened
    send(reviewer, draft, "comments/", text="Which **alarm**?", about=str(key))
    page = read(author, address(draft))
    assert "Which <strong>alarm</strong>?" in page
    assert "1 open" in page
    editor = read(author, f"/incidents/{draft.pk}/")
    assert f'review/#part-{key}">1 open comment</a>' in editor


def test_a_thread_is_answered_resolved_and_opened_on_the_page(
    draft: Incident, author: User, reviewer: User
) -> None:
    thread = comment(draft, "Why?", by=reviewer, now=NOW)
    send(author, draft, f"comments/{thread.pk}/reply/", text="Because.")
    send(author, draft, f"comments/{thread.pk}/resolve/", to="resolved")
    page = read(reviewer, address(draft))
    assert "Resolved by Ada Byron: Why?" in page
    assert "Every comment is resolved." in page
    send(reviewer, draft, f"comments/{thread.pk}/resolve/", to="open")
    assert Comment.objects.open().count() == 1


def test_a_comment_on_a_part_that_is_gone_can_still_be_read(
    draft: Incident, author: User
) -> None:
    row = draft.timeline.get()
    comment(draft, "Which one?", part=row.key, by=author, now=NOW)
    row.delete()
    page = read(author, address(draft))
    assert "About a part that is gone: The alarm rang." in page


def test_an_old_approval_says_so_and_shows_what_changed(
    draft: Incident, author: User, reviewer: User
) -> None:
    approve(draft, by=reviewer, now=NOW)
    row = draft.sections.all()[0]
    text = {"body": "A fuse blew. Everybody was fine."}
    save(SECTION, draft, row.key, text, version=1, by=author, now=NOW + DAY)
    page = read(author, address(draft))
    assert "Approved, but it has changed since" in page
    assert "Everybody was fine" in page


def test_hints_are_shown_set_aside_and_shown_again(
    draft: Incident, author: User
) -> None:
    page = read(author, address(draft))
    assert "ends the search too early" in page
    assert "This promise has no end" in page
    hints = re.findall(r'name="hint" value="(\w{64})"', page)
    for hint in hints:
        send(author, draft, "hints/", hint=hint)
    quiet = read(author, address(draft))
    assert "ends the search too early" not in quiet
    assert "2 set aside" in quiet
    send(author, draft, "hints/", hint=hints[0], to="shown")
    assert "1 set aside" in read(author, address(draft))


def test_the_checks_lead_to_where_they_are_mended(
    draft: Incident, author: User
) -> None:
    for page in (address(draft), f"/incidents/{draft.pk}/"):
        html = read(author, page)
        own = "" if page == address(draft) else address(draft)
        assert f'href="{own}#comments">No comment is open</a>' in html
    edit = f"/incidents/{draft.pk}/"
    assert f'href="{edit}#actions">Every action item has' in read(
        author, address(draft)
    )


def test_what_a_page_costs_does_not_grow_with_what_is_said(
    draft: Incident, author: User, reviewer: User
) -> None:
    comment(draft, "One.", by=reviewer, now=NOW)
    before = queries(author, address(draft))
    for number in range(10):
        comment(draft, f"And {number}.", by=reviewer, now=NOW)
    assert queries(author, address(draft)) == before


# Publishing


def test_publishing_again_asks_what_is_new(reviewer: User) -> None:
    incident = make_report(reviewer).incident
    sent: Any = {"seen": digest_of_words(incident), "version": "1"}
    assert "Say in a sentence" in send(reviewer, incident, "publish/", 422, **sent)
    send(reviewer, incident, "publish/", **sent, note="Better words.")
    assert incident.publications.count() == 2


def test_who_publishes_after_somebody_else_is_told_to_look_first(
    reviewer: User, admin: User
) -> None:
    incident = make_report(reviewer).incident
    said = send(admin, incident, "publish/", 422, seen=digest_of_words(incident))
    assert "Rita Moss has published version 1 since this page was opened" in said
    assert incident.publications.count() == 1


def test_a_required_check_that_fails_asks_for_a_reason_that_readers_see(
    author: User, reviewer: User, reader: User
) -> None:
    draft = make_draft(author, resolved_at=None)
    assert "This site requires more" in read(reviewer, address(draft))
    sent: Any = {"seen": digest_of_words(draft)}
    assert "give a reason" in send(reviewer, draft, "publish/", 422, **sent)
    send(reviewer, draft, "publish/", **sent, despite="It still burns.")
    report = read(reader, f"/reports/{draft.pk}/")
    assert "Start, end and time zone are set. The reason: It still burns." in report


def test_a_report_tells_who_approved_it(
    draft: Incident, reviewer: User, reader: User
) -> None:
    approve(draft, by=reviewer, now=NOW)
    send(reviewer, draft, "publish/", seen=digest_of_words(draft))
    assert "Approved by Rita Moss" in read(reader, f"/reports/{draft.pk}/")


def test_a_withdrawn_report_is_gone_for_readers_and_explained_to_writers(
    reviewer: User, author: User, reader: User
) -> None:
    incident = make_report(reviewer).incident
    withdraw(incident, "It names a customer.", by=reviewer, now=NOW + DAY)
    for page in ("", "v/1/", "print/", "changes/"):
        report = f"/reports/{incident.pk}/{page}"
        assert browser_of(reader).get(report).status_code == 404
        assert browser_of(author).get(report)["Location"] == address(incident)
    page = read(author, address(incident))
    assert "It names a customer." in page
    assert "Restore the report" not in page
    send(reviewer, incident, "reinstate/")
    incident.refresh_from_db()
    assert incident.state == State.PUBLISHED
    assert browser_of(reader).get(f"/reports/{incident.pk}/").status_code == 200


def test_the_editor_of_a_withdrawn_report_says_what_to_do(reviewer: User) -> None:
    incident = make_report(reviewer).incident
    withdraw(incident, "Wrong.", by=reviewer, now=NOW + DAY)
    answer = Client()
    answer.force_login(reviewer)
    refused = answer.get(f"/incidents/{incident.pk}/")
    assert refused.status_code == 403
    assert "restore it on its review page" in refused.content.decode()


def test_after_a_refused_answer_the_links_to_comment_still_lead_to_the_review(
    draft: Incident, reviewer: User
) -> None:
    page = send(
        reviewer, draft, "answer/", 422, answer="changes", seen=digest_of_words(draft)
    )
    links = re.findall(r'href="([^"]*\?comment=[^"]*)"', page)
    assert links
    assert all(link.startswith(f"{address(draft)}?") for link in links)


def test_who_opens_the_address_of_a_form_is_told_what_it_is(
    draft: Incident, reviewer: User
) -> None:
    response = browser_of(reviewer).get(address(draft, "answer/"))
    assert response.status_code == 405
    assert response["Allow"] == "POST"
    assert "only takes what a form sends" in response.content.decode()


def test_commas_alone_name_nobody_to_ask(draft: Incident, author: User) -> None:
    page = send(author, draft, "ask/", 422, reviewers=" , ,")
    assert "Name at least one reviewer." in page
