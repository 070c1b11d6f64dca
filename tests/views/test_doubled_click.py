"""A doubled click does once what was meant, and shows a page that says so."""

from uuid import UUID, uuid4

import pytest

from incidents.documents.document import Entry
from incidents.models import Incident, ReportTemplate, User
from incidents.workflow.reviewing.standing import digest_of_words
from tests.factories import browser_of, make_draft, make_incident


@pytest.fixture
def draft(author: User) -> Incident:
    return make_incident(author, timeline=(Entry(text="The alarm rang."),))


def row_address(draft: Incident, key: UUID | None = None) -> str:
    key = key or draft.timeline.get().key
    return f"{draft.get_absolute_url()}timeline/{key}/"


def click_twice(user: User, address: str, **form: str) -> list[int]:
    client = browser_of(user)
    return [client.post(address, form).status_code for _ in range(2)]


def test_a_row_that_was_never_here_cannot_be_removed(
    draft: Incident, author: User
) -> None:
    address = f"{row_address(draft, uuid4())}remove/"
    assert click_twice(author, address, version="1") == [404, 404]


@pytest.mark.parametrize("version", ["", "x", "-1", "²", "9" * 5000])
def test_a_forged_version_removes_nothing(
    draft: Incident, author: User, version: str
) -> None:
    address = f"{row_address(draft)}remove/"
    assert click_twice(author, address, version=version) == [302, 302]
    assert draft.timeline.exists()


def test_a_row_removed_twice_can_be_brought_back(draft: Incident, author: User) -> None:
    client, address = browser_of(author), f"{row_address(draft)}remove/"
    pages = [client.post(address, {"version": "1"})["Location"] for _ in range(2)]
    assert pages[0] == pages[1]
    assert "undo=" in pages[0]
    assert draft.events.filter(what="entry removed").count() == 1


def test_an_entry_added_twice_is_one(draft: Incident, author: User) -> None:
    address = f"{draft.get_absolute_url()}timeline/"
    form = {"key": str(uuid4()), "time": "", "kind": "note", "text": "It stopped."}
    assert click_twice(author, address, **form) == [302, 302]
    assert draft.timeline.count() == 2


def test_a_row_saved_twice_is_changed_once(draft: Incident, author: User) -> None:
    form = {"version": "1", "time": "", "kind": "note", "text": "It rang twice."}
    assert click_twice(author, row_address(draft), **form) == [302, 302]
    assert draft.timeline.get().version == 2


def test_a_report_published_twice_is_one_version(author: User, reviewer: User) -> None:
    draft = make_draft(author)
    address = f"{draft.get_absolute_url()}review/publish/"
    assert click_twice(reviewer, address, seen=digest_of_words(draft)) == [302, 302]
    form = {"seen": digest_of_words(draft), "version": "1", "note": "Better words."}
    assert click_twice(reviewer, address, **form) == [302, 302]
    assert draft.publications.count() == 2


def test_a_postmortem_started_twice_is_one(author: User) -> None:
    template = str(ReportTemplate.objects.all()[0].pk)
    form = {"title": "The pager slept", "zone": "UTC", "template": template}
    form["key"] = str(uuid4())
    assert click_twice(author, "/incidents/new/", **form) == [302, 302]
    assert Incident.objects.count() == 1
