"""A text becomes a record once; a newer text of it becomes its next revision."""

import datetime as dt
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from incidents.documents.document import Entry
from incidents.documents.kinds import ActionState
from incidents.documents.parse import parse
from incidents.models import ActionItem, Event, Incident, User
from incidents.workflow.parts.part_kinds import ENTRY
from incidents.workflow.parts.rows import add
from incidents.workflow.refusals import NotAllowedError, RefusedError
from incidents.workflow.whole.importing import (
    Imported,
    Outcome,
    import_document,
    reimport,
)
from incidents.workflow.whole.restore import restore
from incidents.workflow.whole.to_document import to_document
from tests.factories import DAY, NOW, make_user, restrict
from tests.racing import together

LATER = NOW + DAY
TEXT = """\
# The lift stood still

Severity: SEV2

## Summary
A fuse blew.

## Timeline
- 2024-08-18 10:00 UTC: it stopped
- 2024-08-18 10:30 UTC: it went on

## Action items
- [ ] Buy a fuse (@bo)
- [ ] Call the fitter
"""
NEWER = TEXT.replace("A fuse blew.", "An old fuse blew.").replace(
    "- [ ] Call the fitter\n", ""
)


def bring(
    by: User, text: str = TEXT, name: str = "lift.md", zone: str = "UTC", **more: Any
) -> Imported:
    document = parse(text, name=name, now=NOW).document
    return import_document(document, text, name, zone=zone, by=by, now=NOW, **more)


def bring_again(incident: Incident, by: User, text: str = NEWER) -> Any:
    document = parse(text, name="lift.md", now=LATER).document
    return reimport(incident, document, text, "lift.md", zone="UTC", by=by, now=LATER)


def close(item: ActionItem) -> None:
    item.state, item.done_at = ActionState.DONE, NOW
    item.save()


def test_a_reader_may_not_import(reader: User) -> None:
    with pytest.raises(NotAllowedError):
        bring(reader)
    assert not Incident.objects.exists()


@pytest.mark.once
def test_a_log_of_a_hundred_thousand_lines_is_refused_in_a_sentence(
    author: User,
) -> None:
    text = "# x\n\n## Action items\n" + "- [ ] do it\n" * 20_001
    with pytest.raises(RefusedError, match="20,001 action items"):
        bring(author, text)


def test_somebody_who_may_only_look_may_not_revise(author: User, reader: User) -> None:
    incident = bring(author).incident
    with pytest.raises(NotAllowedError):
        bring_again(incident, reader)


@pytest.mark.parametrize("again", [TEXT, "\ufeff" + TEXT.replace("\n", "\r\n")])
def test_the_same_text_again_opens_what_exists(
    author: User, colleague: User, again: str
) -> None:
    first = bring(author)
    second = bring(colleague, again, "copy.md")
    assert second == Imported(first.incident, Outcome.EXISTS)
    assert Incident.objects.count() == 1


def test_a_record_that_is_hidden_is_not_revealed(author: User, colleague: User) -> None:
    hidden = restrict(bring(author).incident)
    second = bring(colleague)
    assert second.outcome is Outcome.MADE
    assert second.incident != hidden
    assert bring(colleague, NEWER).incident != hidden


def test_of_two_records_that_look_alike_ones_own_is_offered(
    author: User, colleague: User
) -> None:
    incident = bring(author).incident
    bring(colleague, f"{TEXT}\nAs I saw it.", anew=True)
    assert bring(author, NEWER) == Imported(incident, Outcome.CHANGED)


@pytest.mark.parametrize("name", ["lift.md", "renamed.md"])
def test_a_changed_text_is_offered_and_not_stored(author: User, name: str) -> None:
    incident = bring(author).incident
    second = bring(author, NEWER, name)
    assert second == Imported(incident, Outcome.CHANGED)
    assert Incident.objects.count() == 1
    assert bring(author, NEWER, name, anew=True).outcome is Outcome.MADE


@pytest.mark.parametrize("moved", ["2024-08-18", "on a day"])
def test_a_pasted_text_of_the_same_title_is_offered_where_no_start_tells(
    author: User, moved: str
) -> None:
    without = TEXT.replace("2024-08-18", "once")
    incident = bring(author, without, "").incident
    second = bring(author, TEXT.replace("2024-08-18", moved), "")
    assert second == Imported(incident, Outcome.CHANGED)


def test_two_pasted_texts_without_a_title_are_two_incidents(author: User) -> None:
    bring(author, "The printer jammed.", "")
    assert bring(author, "The lift stood.", "").outcome is Outcome.MADE


def test_two_files_called_readme_are_two_incidents(author: User) -> None:
    bring(author, name="README.md")
    other = TEXT.replace("The lift stood still", "The stairs were shut")
    assert bring(author, other, "README.md").outcome is Outcome.MADE


def test_names_become_accounts_where_one_fits(author: User, colleague: User) -> None:
    first, second = bring(author).incident.actions.all()
    assert first.owner == colleague
    assert second.owner is None


def test_local_times_are_read_in_the_zone_of_the_answer(author: User) -> None:
    text = TEXT.replace(" UTC", "")
    incident = bring(author, text, zone="Europe/Berlin").incident
    assert incident.zone == "Europe/Berlin"
    first = incident.timeline.first()
    assert first
    assert first.at == dt.datetime(2024, 8, 18, 8, 0, tzinfo=dt.UTC)


def test_an_abbreviated_zone_becomes_a_place_and_no_moment_moves(
    author: User,
) -> None:
    text = TEXT.replace("UTC", "PST").replace("2024-08", "2024-01")
    incident = bring(author, text).incident
    assert incident.zone == "America/Los_Angeles"
    assert incident.started_at == dt.datetime(2024, 1, 18, 18, 0, tzinfo=dt.UTC)


def test_a_newer_text_keeps_the_rows_and_what_was_done_to_them(author: User) -> None:
    incident = bring(author).incident
    fuse, _ = incident.actions.all()
    close(fuse)
    entries = set(incident.timeline.values_list("key", flat=True))
    bring_again(incident, author)
    assert list(incident.actions.values_list("key", "state")) == [(fuse.key, "done")]
    assert set(incident.timeline.values_list("key", flat=True)) == entries
    assert incident.sections.get(title="Summary").body == "An old fuse blew."


def test_a_newer_text_leaves_what_was_added_here(author: User) -> None:
    incident = bring(author).incident
    own = Entry(text="seen on the camera", at=NOW)
    row = add(ENTRY, incident, own, key=uuid4(), by=author, now=NOW)
    bring_again(incident, author)
    assert incident.timeline.filter(key=row.key).exists()


def test_each_row_that_a_newer_text_changes_has_its_event(author: User) -> None:
    incident = bring(author).incident
    revision = bring_again(incident, author)
    what = sorted(
        Event.objects.filter(revision=revision).values_list("what", flat=True)
    )
    assert what == ["action removed", "section changed"]
    assert revision.note == "Imported again from lift.md"


def test_what_a_newer_text_did_can_be_taken_back(author: User) -> None:
    incident = bring(author).incident
    before = to_document(incident)
    first = incident.revisions.get()
    bring_again(incident, author)
    restore(incident, first, by=author, now=LATER)
    incident.refresh_from_db()
    assert to_document(incident) == before


def test_a_revised_text_is_known_from_then_on(author: User) -> None:
    incident = bring(author).incident
    bring_again(incident, author)
    assert bring(author, NEWER).outcome is Outcome.EXISTS
    assert bring(author, TEXT).outcome is Outcome.CHANGED


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("attempt", range(3))
def test_two_who_import_the_same_text_at_once_get_one_record(attempt: int) -> None:
    text = f"{TEXT}\nAttempt {attempt}."
    people = [make_user("ada", "author"), make_user("bo", "author")]
    first, second = together(*(partial(bring, by, text) for by in people))
    assert isinstance(first, Imported)
    assert isinstance(second, Imported)
    assert {first.outcome, second.outcome} == {Outcome.MADE, Outcome.EXISTS}
    assert Incident.objects.count() == 1
