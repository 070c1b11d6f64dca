"""A row that somebody removes while another person writes in it."""

import pytest

from incidents.documents.document import Entry
from incidents.models import Incident, TimelineEntry, User
from incidents.workflow.parts.part_kinds import ENTRY
from incidents.workflow.parts.rows import remove
from tests.factories import NOW, browser_of, make_incident


@pytest.fixture
def row(author: User) -> TimelineEntry:
    draft = make_incident(author, timeline=(Entry(text="The alarm rang."),))
    return draft.timeline.get()


def take_out(row: TimelineEntry, by: User) -> None:
    remove(ENTRY, row.incident, row.key, version=row.version, by=by, now=NOW)


def write(
    row: TimelineEntry, by: User, incident: Incident | None = None, **more: str
) -> tuple[int, str]:
    """The status of the answer, and its page."""
    address = (incident or row.incident).get_absolute_url()
    sent = {"text": "It rang twice.", "kind": "note", "time": "", "version": "1"}
    where = f"{address}timeline/{row.key}/"
    answer = browser_of(by).post(where, {**sent, **more})
    return answer.status_code, answer.content.decode()


def test_a_row_of_another_incident_is_not_there_even_when_it_was_removed(
    row: TimelineEntry, author: User
) -> None:
    take_out(row, author)
    other = make_incident(author)
    assert write(row, author, other)[0] == 404
    assert write(row, author, other, bring_back="yes")[0] == 404


def test_the_words_are_kept_and_the_removal_is_told(
    row: TimelineEntry, author: User, colleague: User
) -> None:
    take_out(row, colleague)
    status, page = write(row, author)
    assert status == 422
    assert "It rang twice." in page
    assert f"{colleague.name} removed this" in page
    assert not row.incident.timeline.exists()


def test_a_script_is_shown_the_same_in_place_of_the_row(
    row: TimelineEntry, author: User, colleague: User
) -> None:
    take_out(row, colleague)
    address = f"{row.incident.get_absolute_url()}timeline/{row.key}/"
    sent = {"text": "It rang twice.", "kind": "note", "version": "1"}
    answer = browser_of(author).post(address, sent, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    assert answer["HX-Retarget"] == f"#entry-{row.key}"


def test_it_is_brought_back_with_the_words_once_however_often_that_is_asked(
    row: TimelineEntry, author: User, colleague: User
) -> None:
    take_out(row, colleague)
    for _ in range(2):
        assert write(row, author, bring_back="yes")[0] == 302
    assert [entry.text for entry in row.incident.timeline.all()] == ["It rang twice."]
