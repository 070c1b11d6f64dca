"""Two people at one part: joined, or asked; never silently overwritten."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from incidents.documents.document import Entry, Person, Section
from incidents.documents.kinds import EntryKind, SectionKind
from incidents.models import Incident, User
from incidents.workflow.parts.part_kinds import ENTRY, FACTS, SECTION
from incidents.workflow.parts.save import GoneError, Saved, StaleError, save
from incidents.workflow.refusals import NotAllowedError
from incidents.workflow.whole.to_document import to_document
from tests.factories import NOW, make_incident

LATER = NOW + dt.timedelta(minutes=5)
BODY = "The first sentence stands. The second one stands too. So does the third."


@pytest.fixture
def draft(author: User) -> Incident:
    section = Section(kind=SectionKind.SUMMARY, title="Summary", body=BODY)
    entry = Entry(text="The alarm rang.", at=NOW)
    return make_incident(author, sections=(section,), timeline=(entry,))


def write(draft: Incident, by: User, version: int, **changes: Any) -> Saved[Any]:
    key = draft.sections.get().key
    return save(SECTION, draft, key, changes, version=version, by=by, now=LATER)


def body(draft: Incident) -> str:
    return draft.sections.get().body


def test_a_reader_may_not_save(draft: Incident, reader: User) -> None:
    with pytest.raises(NotAllowedError):
        write(draft, reader, 1, body="Mine now.")
    assert body(draft) == BODY


def test_a_row_of_another_incident_is_gone(draft: Incident, author: User) -> None:
    other = make_incident(author, timeline=(Entry(text="Elsewhere."),))
    key = other.timeline.get().key
    with pytest.raises(GoneError):
        save(ENTRY, draft, key, {"text": "Here."}, version=1, by=author, now=LATER)


def test_both_changed_one_sentence_and_the_second_is_asked(
    draft: Incident, author: User, colleague: User
) -> None:
    theirs = BODY.replace("second one", "second")
    write(draft, colleague, 1, body=theirs)
    mine = BODY.replace("second one stands", "middle one stays")
    with pytest.raises(StaleError) as asked:
        write(draft, author, 1, body=mine)
    assert body(draft) == theirs
    assert asked.value.mine.body == mine
    assert asked.value.base.body == BODY
    assert asked.value.joined.clashes == {"body"}


def test_changes_of_different_sentences_are_joined(
    draft: Incident, author: User, colleague: User
) -> None:
    write(draft, colleague, 1, body=BODY.replace("first", "opening"))
    saved = write(draft, author, 1, body=BODY.replace("third", "last"))
    assert saved.joined
    assert "opening sentence" in body(draft)
    assert "the last." in body(draft)


def test_what_a_form_did_not_show_is_not_touched(
    draft: Incident, author: User, colleague: User
) -> None:
    write(draft, colleague, 1, title="In short")
    write(draft, author, 1, body="New.")
    section = draft.sections.get()
    assert (section.title, section.body) == ("In short", "New.")


def test_the_same_save_twice_is_one(draft: Incident, author: User) -> None:
    for _ in range(2):
        write(draft, author, 1, body="Once.")
    assert draft.sections.get().version == 2
    assert draft.events.filter(what="section changed").count() == 1


@pytest.mark.parametrize("version", [0, 7, 999_999_999])
def test_a_forged_version_overwrites_nothing(
    draft: Incident, author: User, version: int
) -> None:
    with pytest.raises(StaleError):
        write(draft, author, version, body="Forged.")
    assert body(draft) == BODY


def test_nobody_is_told_that_their_own_save_was_somebody_elses(
    draft: Incident, author: User
) -> None:
    save(FACTS, draft, None, {"tags": ("queue",)}, version=1, by=author, now=LATER)
    found = {"started_at": NOW, "zone": "Europe/Berlin"}
    saved = save(FACTS, draft, None, found, version=1, by=author, now=LATER)
    assert not saved.joined


def test_facts_from_two_forms_do_not_touch(
    draft: Incident, author: User, colleague: User
) -> None:
    owner = Person(name="Bo Lind", account="bo")
    save(FACTS, draft, None, {"owner": owner}, version=1, by=colleague, now=LATER)
    found = {"started_at": NOW, "zone": "Europe/Berlin"}
    save(FACTS, draft, None, found, version=1, by=author, now=LATER)
    draft.refresh_from_db()
    assert draft.owner == colleague
    assert (draft.started_at, draft.zone) == (NOW, "Europe/Berlin")


def test_two_different_severities_are_asked(
    draft: Incident, author: User, colleague: User
) -> None:
    save(FACTS, draft, None, {"severity": "SEV1"}, version=1, by=colleague, now=LATER)
    with pytest.raises(StaleError):
        save(FACTS, draft, None, {"severity": "SEV2"}, version=1, by=author, now=LATER)


def test_editing_a_text_never_changes_its_time(draft: Incident, author: User) -> None:
    key = draft.timeline.get().key
    changes = {"text": "The alarm rang twice.", "kind": EntryKind.DETECTED}
    save(ENTRY, draft, key, changes, version=1, by=author, now=LATER)
    entry = draft.timeline.get()
    assert (entry.at, entry.text, entry.kind) == (NOW, changes["text"], "detected")


def test_saves_of_one_sitting_share_a_revision(draft: Incident, author: User) -> None:
    write(draft, author, 1, body="One.")
    write(draft, author, 2, body="Two.")
    assert draft.revisions.count() == 1
    assert draft.events.count() == 3
    newest = draft.revisions.get().document
    assert newest["sections"][0]["body"] == "Two."


def test_another_hand_or_a_later_hour_makes_a_revision(
    draft: Incident, author: User, colleague: User
) -> None:
    key = draft.sections.get().key
    hour = NOW + dt.timedelta(hours=1)
    write(draft, colleague, 1, body="One.")
    save(SECTION, draft, key, {"body": "Two."}, version=2, by=colleague, now=hour)
    assert [row.author for row in draft.revisions.all()] == [
        colleague,
        colleague,
        author,
    ]


def test_a_removed_part_is_gone_for_who_still_writes(
    draft: Incident, author: User
) -> None:
    with pytest.raises(GoneError, match="Your text is safe"):
        save(SECTION, draft, uuid4(), {"body": "x"}, version=1, by=author, now=LATER)


def test_the_rows_and_the_document_agree_after_a_save(
    draft: Incident, author: User
) -> None:
    write(draft, author, 1, body="New.")
    assert to_document(draft).sections[0].body == "New."
