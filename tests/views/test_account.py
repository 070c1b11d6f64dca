"""Signing in and out, and the account page."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from incidents.models import REVIEW, WRITE, User
from tests.factories import browser_of

SECRET = "correct horse battery staple"


@pytest.fixture
def known(author: User) -> User:
    author.set_password(SECRET)
    author.save()
    return author


def log_in(client: Client, password: str, to: str = "/drafts/") -> str:
    response = client.post(
        f"/account/login/?next={to}",
        {"username": "ada", "password": password, "next": to},
    )
    return response.get("Location", "") or response.content.decode()


def test_a_wrong_password_is_said_where_a_screen_reader_hears_it(known: User) -> None:
    html = log_in(Client(), "wrong")
    assert 'role="alert"' in html
    assert "Please enter a correct username and password" in html


def test_an_inactive_account_cannot_log_in(known: User) -> None:
    known.is_active = False
    known.save()
    assert 'role="alert"' in log_in(Client(), SECRET)


def test_an_account_made_inactive_is_logged_out_at_once(known: User) -> None:
    client = browser_of(known)
    known.is_active = False
    known.save()
    assert client.get("/drafts/").status_code == 302


def test_logging_in_does_not_lead_to_another_site(known: User) -> None:
    assert log_in(Client(), SECRET, to="https://evil.example/") == "/"


def test_logging_in_leads_on_to_where_one_wanted_to_go(known: User) -> None:
    html = Client().get("/account/login/?next=/drafts/").content.decode()
    assert '<input type="hidden" name="next" value="/drafts/">' in html
    assert log_in(Client(), SECRET) == "/drafts/"


def test_logging_out_needs_a_post(known: User) -> None:
    assert browser_of(known).get("/account/logout/").status_code == 405


def test_logging_out_says_so(known: User) -> None:
    client = browser_of(known)
    html = client.post("/account/logout/", follow=True).content.decode()
    assert "You are logged out." in html
    assert client.get("/drafts/").status_code == 302


def test_a_zone_that_does_not_exist_is_refused_beside_its_field(known: User) -> None:
    response = browser_of(known).post("/account/", {"zone": "Mars/Olympus"})
    html = response.content.decode()
    assert "is not a time zone we know" in html
    assert 'href="#id_zone"' in html
    known.refresh_from_db()
    assert known.zone == "UTC"


def test_a_member_says_who_they_are_and_where(known: User) -> None:
    data = {"first_name": "Ines", "last_name": "Okafor", "zone": "Africa/Lagos"}
    data |= {"reminders": "daily", "reminders_day": "0"}
    html = browser_of(known).post("/account/", data, follow=True).content.decode()
    assert "Saved." in html
    known.refresh_from_db()
    assert (known.name, known.zone) == ("Ines Okafor", "Africa/Lagos")


def test_the_account_page_names_the_role(known: User, stranger: User) -> None:
    assert "<dd>author</dd>" in browser_of(known).get("/account/").content.decode()
    html = browser_of(stranger).get("/account/").content.decode()
    assert "none yet: ask an admin" in html


def test_a_new_password_needs_the_old_one(known: User) -> None:
    data = {"old_password": "wrong", "new_password1": "x", "new_password2": "x"}
    html = browser_of(known).post("/account/password/", data).content.decode()
    assert 'role="alert"' in html
    known.refresh_from_db()
    assert known.check_password(SECRET)


def test_a_new_password_keeps_one_logged_in_here(known: User) -> None:
    client, elsewhere = browser_of(known), browser_of(known)
    new = "another horse, another staple"
    data = {"old_password": SECRET, "new_password1": new, "new_password2": new}
    html = client.post("/account/password/", data, follow=True).content.decode()
    assert "Your password is changed." in html
    assert elsewhere.get("/drafts/").status_code == 302


def test_help_that_a_site_wrote_is_escaped_and_djangos_list_is_not(known: User) -> None:
    html = browser_of(known).get("/account/password/").content.decode()
    assert "<ul><li>Your password" in html.replace("\n", "")


def test_the_account_and_its_rights_come_in_one_query(reviewer: User) -> None:
    client = browser_of(reviewer)
    with CaptureQueriesContext(connection) as captured:
        user = client.get("/drafts/").wsgi_request.user
        assert isinstance(user, User)
        assert user.rights == {WRITE, REVIEW}
    asked = [row["sql"] for row in captured if "incidents_user" in row["sql"]]
    assert len([sql for sql in asked if "auth_permission" in sql]) == 1
