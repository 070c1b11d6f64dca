"""The admin site: the catalogue is an admin's; incidents are only looked at there."""

import pytest
from django.test import Client

from incidents.models import ActionPolicy, PublishPolicy, User
from tests.factories import browser_of, make_draft

PAGES = (
    "user",
    "severity",
    "service",
    "tag",
    "factorcategory",
    "reporttemplate",
    "incident",
)


@pytest.fixture
def chief(admin: User) -> User:
    admin.is_staff = True
    admin.save()
    return admin


def test_an_author_does_not_enter(author: User) -> None:
    page = browser_of(author).get("/admin/incidents/service/", follow=True)
    assert page.status_code == 403


def test_there_is_one_login_page_for_who_guesses_passwords(client: Client) -> None:
    page = client.get("/admin/incidents/service/", follow=True)
    login = "/account/login/?next=/admin/incidents/service/"
    assert page.redirect_chain[-1] == (login, 302)
    assert client.post("/admin/login/", {"username": "admin"}).status_code == 302


@pytest.mark.parametrize("page", PAGES)
def test_an_admin_lists_and_opens(chief: User, page: str) -> None:
    draft = make_draft(chief)
    client = browser_of(chief)
    assert client.get(f"/admin/incidents/{page}/").status_code == 200
    first = draft.number if page == "incident" else 1
    opened = client.get(f"/admin/incidents/{page}/{first}/change/", follow=True)
    assert opened.status_code == 200


@pytest.mark.parametrize("page", PAGES[:-1])
def test_an_admin_adds(chief: User, page: str) -> None:
    assert browser_of(chief).get(f"/admin/incidents/{page}/add/").status_code == 200


def test_nobody_changes_an_incident_there(chief: User) -> None:
    draft = make_draft(chief)
    address = f"/admin/incidents/incident/{draft.number}"
    client = browser_of(chief)
    assert client.post(f"{address}/change/", {"title": "x"}).status_code == 403
    assert client.post(f"{address}/delete/", {"post": "yes"}).status_code == 403
    assert client.get("/admin/incidents/incident/add/").status_code == 403


def test_an_admin_decides_what_a_report_needs(chief: User) -> None:
    client = browser_of(chief)
    page = "/admin/incidents/publishpolicy"
    assert client.get(f"{page}/1/change/").status_code == 200
    assert client.get(f"{page}/add/").status_code == 403
    assert client.post(f"{page}/1/delete/", {"post": "yes"}).status_code == 403
    client.post(f"{page}/1/change/", {"approval": "on"})
    assert PublishPolicy.objects.current().required == {"approval"}


def test_a_site_without_a_policy_requires_what_everybody_needs(author: User) -> None:
    PublishPolicy.objects.all().delete()
    assert PublishPolicy.objects.current().required == {"summary", "times"}


def test_an_admin_decides_who_is_reminded_when(chief: User) -> None:
    client = browser_of(chief)
    page = "/admin/incidents/actionpolicy/1/change/"
    html = client.get(page).content.decode()
    assert "hour of the morning for reminders" in html.lower()
    given = {
        "remind_at": 7,
        "remind_before": 5,
        "lead_after": 10,
        "managers_after": 5,
        "managers": [chief.pk],
        "snooze_days": 7,
        "summary": "daily",
    }
    refused = client.post(page, given).content.decode()
    assert "The incident’s owner hears of it first." in refused
    assert client.post(page, given | {"managers_after": 20}).status_code == 302
    policy = ActionPolicy.objects.get()
    assert (policy.remind_at, policy.managers_after) == (7, 20)
    assert list(policy.managers.all()) == [chief]
