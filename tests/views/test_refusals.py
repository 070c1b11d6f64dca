"""The pages that say no, and the one that says sorry."""

import re

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import Settings

from incidents.models import User
from tests.factories import browser_of, make_draft


def test_what_is_not_there_leads_back(reader: User) -> None:
    response = browser_of(reader).get("/reports/999/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/reports/{}/",
        "/reports/{}/print/",
        "/reports/{}/changes/",
        "/reports/{}/v/1/",
        "/reports/1/v/{}/",
        "/incidents/{}/",
        "/incidents/{}/review/",
        "/incidents/{}/history/",
        "/incidents/{}/history/{}/",
        "/incidents/{}/export.json",
    ],
)
def test_a_number_that_no_database_holds_is_not_there(
    author: User, address: str
) -> None:
    response = browser_of(author).get(address.format(2**63, 2**63))
    assert response.status_code == 404


def test_who_may_not_is_told_why_and_whom_to_ask(reader: User) -> None:
    response = browser_of(reader).get("/incidents/new/")
    assert response.status_code == 403
    assert "Ask an admin for the role" in response.content.decode()


def test_a_form_without_its_token_is_explained(author: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(author)
    response = client.post("/account/", {"zone": "UTC"})
    assert response.status_code == 403
    assert "nothing was changed" in response.content.decode()


@pytest.mark.parametrize("page", ["400.html", "403_csrf.html", "500.html"])
def test_the_plainest_pages_need_nothing_that_could_be_broken(
    page: str, settings: Settings
) -> None:
    """No request, no database, no list of hashed names: only files by their names."""
    html = render_to_string(page)
    assert '<a href="/">' in html
    named = re.findall(r'href="/static/([^"]+)"', html)
    assert named
    for name in named:
        assert (settings.BASE_DIR / "static" / name).is_file()


def test_the_front_page_is_the_listing(reader: User) -> None:
    assert browser_of(reader).get("/")["Location"] == "/reports/"


def test_no_page_holds_a_style_or_a_script_of_its_own(author: User) -> None:
    number = make_draft(author).number
    client = browser_of(author)
    for address in ("/reports/", "/drafts/", "/actions/", "/account/"):
        html = client.get(address).content.decode()
        assert " style=" not in html
        assert "<style" not in html
        assert html.count("<script") == html.count("<script src=") + html.count(
            '<script type="module" src='
        ), (address, number)
