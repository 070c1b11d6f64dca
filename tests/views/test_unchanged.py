"""A browser that has the page is told so, but only after the permission was asked."""

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from incidents.documents.document import Action
from incidents.documents.kinds import ActionState
from incidents.models import Publication, State, User
from incidents.workflow.reviewing.publish import publish
from tests.factories import DAY, DOCUMENT, NOW, browser_of, make_report, restrict


@pytest.fixture
def report(reviewer: User) -> Publication:
    return make_report(
        reviewer, document=replace(DOCUMENT, actions=(Action(text="x"),))
    )


def again(browser: Client, report: Publication, mark: str = "") -> Any:
    headers = {"If-None-Match": mark} if mark else {}
    address = f"/reports/{report.incident_id}/"
    return browser.get(address, headers=headers)


def seen(browser: Client, report: Publication) -> str:
    """The mark of the page, once the browser has its cookies."""
    again(browser, report)
    return str(again(browser, report)["ETag"])


def test_who_lost_the_right_is_not_told_that_nothing_changed(
    report: Publication, reader: User
) -> None:
    browser = browser_of(reader)
    mark = seen(browser, report)
    restrict(report.incident)
    assert again(browser, report, mark).status_code == 404


def test_a_withdrawn_report_is_not_unchanged(report: Publication, reader: User) -> None:
    browser = browser_of(reader)
    mark = seen(browser, report)
    report.incident.state = State.WITHDRAWN
    report.incident.save()
    assert again(browser, report, mark).status_code == 404


def test_a_mark_of_one_person_is_nothing_to_another(
    report: Publication, reader: User, author: User
) -> None:
    mark = seen(browser_of(reader), report)
    assert again(browser_of(author), report, mark).status_code == 200


def test_a_page_that_did_not_change_is_not_sent_again(
    report: Publication, reader: User
) -> None:
    browser = browser_of(reader)
    response = again(browser, report, seen(browser, report))
    assert (response.status_code, response.content) == (304, b"")
    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]


def test_a_tick_a_mark_and_a_version_change_the_page(
    report: Publication, reader: User, reviewer: User
) -> None:
    browser = browser_of(reader)
    for change in (
        lambda: report.incident.actions.update(state=ActionState.IN_PROGRESS),
        lambda: browser.post(f"/reports/{report.incident_id}/v/1/read/", {"read": ""}),
        lambda: publish(report.incident, by=reviewer, now=NOW + DAY),
    ):
        mark = seen(browser, report)
        change()
        assert again(browser, report, mark).status_code == 200


def test_a_page_with_a_message_is_never_kept(report: Publication, reader: User) -> None:
    browser = browser_of(reader)
    browser.post(f"/reports/{report.incident_id}/watch/", {"watch": ""})
    response = again(browser, report)
    assert "You will get a notice" in response.content.decode()
    assert "ETag" not in response
