"""The history's pages: who may look back, and what they find."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.utils import timezone

from incidents.documents.document import Entry, Section
from incidents.documents.kinds import SectionKind
from incidents.models import Incident, State, User, Visibility
from incidents.views.history import EVENTS_SHOWN, PAGE_SIZE
from incidents.workflow.parts.part_kinds import ENTRY, SECTION
from incidents.workflow.parts.save import save
from incidents.workflow.record import record_event
from incidents.workflow.reviewing.comment import comment
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.reviewing.review import approve, ask_for_review
from tests.factories import NOW, make_incident


@pytest.fixture
def draft(author: User) -> Incident:
    section = Section(kind=SectionKind.SUMMARY, title="Summary", body="It stood still.")
    entry = Entry(text="The alarm rang.", at=NOW)
    draft = make_incident(
        author,
        severity="SEV2",
        started_at=NOW,
        resolved_at=NOW,
        sections=(section,),
        timeline=(entry,),
    )
    write(draft, author, "It stood still for an hour.", minutes=20)
    return draft


def write(draft: Incident, by: User, body: str, *, minutes: int) -> None:
    row, now = draft.sections.get(), NOW + dt.timedelta(minutes=minutes)
    save(SECTION, draft, row.key, {"body": body}, version=row.version, by=by, now=now)


def read(client: Client, user: User, address: str, status: int = 200) -> str:
    client.force_login(user)
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def pages(draft: Incident) -> list[str]:
    start = f"/incidents/{draft.pk}/history/"
    return [start, f"{start}1/", f"{start}compare/"]


# Refusals


def test_who_is_not_signed_in_is_sent_to_the_login(
    client: Client, draft: Incident
) -> None:
    for address in pages(draft):
        assert client.get(address).status_code == 302


def test_a_stranger_does_not_learn_that_a_draft_exists(
    client: Client, draft: Incident, stranger: User, reader: User
) -> None:
    for address in pages(draft):
        read(client, stranger, address, 404)
        read(client, reader, address, 404)


def test_a_writer_who_is_not_named_does_not_see_a_restricted_history(
    client: Client, draft: Incident, colleague: User
) -> None:
    Incident.objects.update(visibility=Visibility.RESTRICTED)
    for address in pages(draft):
        read(client, colleague, address, 404)


def test_a_reader_of_the_report_is_told_that_drafts_are_for_writers(
    client: Client, draft: Incident, reviewer: User, reader: User
) -> None:
    publish(draft, by=reviewer, now=timezone.now())
    for address in pages(draft):
        assert "Only those who write" in read(client, reader, address, 403)


def test_a_reader_may_not_restore(
    client: Client, draft: Incident, reviewer: User, reader: User
) -> None:
    publish(draft, by=reviewer, now=timezone.now())
    client.force_login(reader)
    answer = client.post(f"/incidents/{draft.pk}/history/1/restore/")
    assert answer.status_code == 403
    assert draft.sections.get().body == "It stood still for an hour."


def test_a_link_alone_restores_nothing(
    client: Client, draft: Incident, author: User
) -> None:
    read(client, author, f"/incidents/{draft.pk}/history/1/restore/", 405)


@pytest.mark.parametrize("query", ["from=9", "to=0", "from=x", f"to={'9' * 30}"])
def test_a_revision_that_never_was_is_not_found(
    client: Client, draft: Incident, author: User, query: str
) -> None:
    read(client, author, f"/incidents/{draft.pk}/history/compare/?{query}", 404)


def test_the_revision_of_another_postmortem_is_not_found(
    client: Client, draft: Incident, author: User
) -> None:
    other = make_incident(author, title="Another")
    read(client, author, f"/incidents/{other.pk}/history/2/", 404)


# What is there


def test_the_editor_leads_to_the_history(
    client: Client, draft: Incident, author: User
) -> None:
    page = read(client, author, f"/incidents/{draft.pk}/")
    assert f'href="/incidents/{draft.pk}/history/"' in page


def test_the_newest_revision_is_first_with_what_was_done_in_it(
    client: Client, draft: Incident, author: User
) -> None:
    page = read(client, author, f"/incidents/{draft.pk}/history/")
    assert page.index("Revision 2") < page.index("Revision 1")
    assert "Changed the section “Summary”" in page
    assert "Began the postmortem" in page


def test_whoever_joined_in_is_named_at_what_they_did(
    client: Client, draft: Incident, author: User, reviewer: User
) -> None:
    comment(draft, "Which floors?", by=reviewer, now=timezone.now())
    page = read(client, author, f"/incidents/{draft.pk}/history/")
    assert "<li>Rita Moss commented" in page


def test_times_stand_in_the_zone_of_who_looks_and_say_so(
    client: Client, draft: Incident, author: User
) -> None:
    User.objects.update(zone="Asia/Tokyo")
    assert "18:20 JST" in read(client, author, f"/incidents/{draft.pk}/history/")


def test_a_long_sitting_is_cut_and_says_so(
    client: Client, draft: Incident, author: User
) -> None:
    key = draft.timeline.get().key
    later = NOW + dt.timedelta(minutes=21)
    for number in range(EVENTS_SHOWN):
        text = {"text": f"It rang {number} times."}
        save(ENTRY, draft, key, text, version=number + 1, by=author, now=later)
    page = read(client, author, f"/incidents/{draft.pk}/history/")
    assert f"the newest of {EVENTS_SHOWN + 1} changes" in page


def test_a_long_history_has_pages(
    client: Client, draft: Incident, author: User
) -> None:
    for number in range(PAGE_SIZE):
        write(draft, author, f"Draft {number}.", minutes=40 + 20 * number)
    first = read(client, author, f"/incidents/{draft.pk}/history/")
    assert "Revision 3<" in first
    assert "Revision 2<" not in first
    more = re.search(r'rel="next" href="([^"]+)"', first)
    assert more
    second = read(client, author, f"/incidents/{draft.pk}/history/{more[1]}")
    assert "Revision 2<" in second
    assert "Revision 3<" not in second


def test_a_revision_shows_the_postmortem_as_it_was(
    client: Client, draft: Incident, author: User
) -> None:
    page = read(client, author, f"/incidents/{draft.pk}/history/1/")
    assert '<span class="sev sev-2">SEV2</span>' in page
    assert "It stood still." in page
    assert "The alarm rang." in page
    assert "for an hour" not in page


def test_a_revision_that_cannot_be_read_says_why(
    client: Client, draft: Incident, author: User
) -> None:
    draft.revisions.filter(number=1).update(document={"format": 99})
    start = f"/incidents/{draft.pk}/history/"
    assert "newer version" in read(client, author, f"{start}1/")
    assert "newer version" in read(client, author, f"{start}compare/")


def test_the_last_two_revisions_are_compared_word_by_word(
    client: Client, draft: Incident, author: User
) -> None:
    page = read(client, author, f"/incidents/{draft.pk}/history/compare/")
    spoken = '<span class="visually-hidden">[added: </span> for an hour'
    assert f"It stood still<ins>{spoken}" in page


def test_two_revisions_of_one_sitting_say_that_nothing_differs(
    client: Client, draft: Incident, author: User
) -> None:
    address = f"/incidents/{draft.pk}/history/compare/?from=2&to=2"
    assert "Nothing differs" in read(client, author, address)


def test_a_restore_is_confirmed_with_the_way_back(
    client: Client, draft: Incident, author: User
) -> None:
    client.force_login(author)
    address = f"/incidents/{draft.pk}/history/1/restore/"
    page = client.post(address, follow=True).content.decode()
    assert "Restored from revision 1" in page
    assert "What it said before is revision 2" in page
    assert draft.sections.get().body == "It stood still."
    again = client.post(address, follow=True).content.decode()
    assert "already says what revision 1 says" in again


def test_a_withdrawn_postmortem_has_a_history_and_no_way_to_restore(
    client: Client, draft: Incident, author: User
) -> None:
    Incident.objects.update(state=State.WITHDRAWN)
    page = read(client, author, f"/incidents/{draft.pk}/history/1/")
    assert "Restore this revision" not in page
    client.force_login(author)
    answer = client.post(f"/incidents/{draft.pk}/history/1/restore/")
    assert answer.status_code == 403


def test_an_event_of_a_kind_we_do_not_know_is_shown_in_its_own_words(
    client: Client, draft: Incident, author: User
) -> None:
    record_event(draft, "sent_by_pigeon", by=author, now=timezone.now())
    assert "Sent by pigeon" in read(client, author, f"/incidents/{draft.pk}/history/")


def test_who_approved_another_persons_words_is_named(
    client: Client, draft: Incident, author: User, reviewer: User
) -> None:
    ask_for_review(draft, [reviewer], by=author, now=NOW)
    approve(draft, by=reviewer, now=NOW)
    page = read(client, author, f"/incidents/{draft.pk}/history/")
    assert "Asked Rita Moss for a review" in page
    assert "Rita Moss approved it as it stood" in page
