"""A login that expires while somebody writes costs them a password, and no word."""

import datetime as dt
import re
from html import unescape
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from incidents.documents.document import Section
from incidents.documents.kinds import SectionKind
from incidents.models import Incident, ReportTemplate, User, Visibility
from incidents.views.unsaved import carry
from tests.factories import make_incident

LOGIN = "/account/login/"
PASSWORD = "a lift of seven storeys"
WORDS = "The motor had <no> spare part & nobody knew.\r\n\r\nA second paragraph: “ü”."
SAVED = "The motor had <no> spare part & nobody knew.\n\nA second paragraph: “ü”."


@pytest.fixture
def draft(author: User, colleague: User, reader: User) -> Incident:
    for user in (author, colleague, reader):
        user.set_password(PASSWORD)
        user.save()
    section = Section(kind=SectionKind.SUMMARY, title="Summary", body="Before.")
    return make_incident(author, sections=(section,))


class Visitor:
    """Somebody with a browser that knows forms and cookies, and no scripts."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.page: Any = self.client.get(LOGIN)

    def token(self) -> str:
        return self.client.cookies["csrftoken"].value

    def send(self, address: str, *, token: str | None = None, **form: Any) -> Any:
        form["csrfmiddlewaretoken"] = self.token() if token is None else token
        self.page = self.client.post(address, form)
        return self.page

    def log_in(self, name: str = "ada", password: str = PASSWORD) -> Any:
        form = {"username": name, "password": password, "next": "/drafts/"}
        if signed := carried_in(self.page):
            form["carried"] = signed
        return self.send(LOGIN, **form)

    def expire(self) -> None:
        del self.client.cookies["sessionid"]


def carried_in(page: Any) -> str:
    found = re.search(r'name="carried" value="([^"]*)"', page.content.decode())
    return unescape(found[1]) if found else ""


@pytest.fixture
def visitor(draft: Incident) -> Visitor:
    """Ada, who has just been signed out."""
    visitor = Visitor()
    assert visitor.log_in().status_code == 302
    visitor.expire()
    return visitor


def section_address(draft: Incident) -> str:
    key = draft.sections.get().key
    return reverse("incidents:save_row", args=[draft.number, "sections", key])


def write(visitor: Visitor, draft: Incident, words: str = WORDS, **more: Any) -> Any:
    form = {"version": "1", "title": "Summary", "body": words, **more}
    return visitor.send(section_address(draft), **form)


def body(draft: Incident) -> str:
    return draft.sections.get().body


# Refusals


def test_a_forged_post_is_never_carried(visitor: Visitor, draft: Incident) -> None:
    headers = {"Origin": "https://evil.example"}
    form = {"version": "1", "title": "Summary", "body": "Forged."}
    for attempt in (form, form | {"csrfmiddlewaretoken": "a" * 32}):
        page = visitor.client.post(section_address(draft), attempt, headers=headers)
        assert page.status_code == 403
        assert not carried_in(page)
        assert b"Send it again" not in page.content
    visitor.page = page
    visitor.log_in()
    assert body(draft) == "Before."


def test_a_forged_login_carries_nothing(visitor: Visitor, draft: Incident) -> None:
    signed = carried_in(write(visitor, draft))
    page = visitor.send(
        LOGIN, token="x" * 32, username="ada", password=PASSWORD, carried=signed
    )
    assert page.status_code == 403
    assert body(draft) == "Before."


@pytest.mark.parametrize("address", ["/account/", "/account/password/", "/reports/"])
def test_only_what_people_write_is_carried(visitor: Visitor, address: str) -> None:
    page = visitor.send(address, old_password="secret")
    assert page.status_code == 302
    assert page["Location"].startswith(LOGIN)


def test_a_changed_form_is_not_saved(visitor: Visitor, draft: Incident) -> None:
    signed = carried_in(write(visitor, draft))
    forged = signing.dumps(["/incidents/1/", []], salt="other")
    for text in (signed[:-1], "x" + signed, forged, "::", "no signature"):
        visitor.expire() if "sessionid" in visitor.client.cookies else None
        page = visitor.send(LOGIN, username="ada", password=PASSWORD, carried=text)
        assert page.status_code == 302
    assert body(draft) == "Before."


def test_a_wrong_password_keeps_the_text(visitor: Visitor, draft: Incident) -> None:
    write(visitor, draft)
    for _ in range(2):
        assert visitor.log_in(password="wrong").status_code == 200
        assert body(draft) == "Before."
    visitor.log_in()
    assert body(draft) == SAVED


@pytest.mark.parametrize("restricted", [True, False])
def test_whoever_signs_in_needs_the_right_and_else_keeps_the_text(
    visitor: Visitor, draft: Incident, restricted: bool
) -> None:
    if restricted:
        Incident.objects.update(visibility=Visibility.RESTRICTED)
    write(visitor, draft)
    page = visitor.log_in(name="bo" if restricted else "remy")
    assert page.status_code == 404
    assert "motor had &lt;no&gt; spare part" in page.content.decode()
    assert body(draft) == "Before."


def test_a_form_from_long_ago_is_shown_before_it_is_saved(
    visitor: Visitor, draft: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(visitor, draft)
    monkeypatch.setattr(carry, "FRESH", dt.timedelta(seconds=-1))
    page = visitor.log_in()
    assert body(draft) == "Before."
    assert "Send it again" in page.content.decode()
    visitor.send(section_address(draft), **hidden_fields(page))
    assert body(draft) == SAVED


def test_a_form_too_long_to_carry_is_shown(
    visitor: Visitor, draft: Incident, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carry, "MOST", 100)
    page = write(visitor, draft)
    assert page.status_code == 413
    assert "Log in in another tab" in page.content.decode()
    assert hidden_fields(page)["body"] == WORDS.replace("\r\n", "\n")


# What people see


def test_what_was_posted_is_saved_after_the_login(
    visitor: Visitor, draft: Incident
) -> None:
    page = write(visitor, draft)
    assert page.status_code == 401
    assert "Log in, and what you wrote is saved." in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0")
    page = visitor.log_in()
    assert page["Location"].startswith(draft.get_absolute_url())
    assert body(draft) == SAVED
    event = draft.events.first()
    assert event
    assert event.actor_name == "Ada Byron"


def test_a_doubled_login_saves_once(visitor: Visitor, draft: Incident) -> None:
    """A second click sends the same cookies again, before the first was answered."""
    key = uuid4()
    address = reverse("incidents:add_row", args=[draft.number, "timeline"])
    visitor.send(address, key=key, time="", text="The lift stopped.", kind="note")
    cookies = {name: morsel.value for name, morsel in visitor.client.cookies.items()}
    form = visitor.page
    assert carried_in(form)
    for _ in range(2):
        visitor.client.cookies.load(cookies)
        visitor.client.cookies.pop("sessionid", None)
        visitor.page = form
        assert visitor.log_in().status_code == 302
    assert draft.timeline.get().text == "The lift stopped."


def test_who_is_logged_in_by_then_still_saves(
    visitor: Visitor, draft: Incident
) -> None:
    page = write(visitor, draft)
    visitor.log_in()
    draft.sections.update(version=1, body="Before.")
    visitor.page = page
    assert visitor.log_in().status_code == 302
    assert body(draft) == SAVED


def test_a_mistake_in_the_form_is_shown_after_the_login(
    visitor: Visitor, draft: Incident
) -> None:
    write(visitor, draft, title="")
    page = visitor.log_in()
    assert page.status_code == 422
    assert "motor had &lt;no&gt; spare part" in page.content.decode()
    assert body(draft) == "Before."


def test_every_form_and_link_says_where_it_leads() -> None:
    """After a login, a page of an incident stands at the login's address."""
    writing = ("editor", "importing", "pictures", "history", "carry")
    for folder in writing:
        for template in Path("templates", folder).rglob("*.html"):
            html = template.read_text()
            forms = re.findall(r'<form (?!id="\w+-act")[^>]*method="post"[^>]*>', html)
            assert all(" action=" in form for form in forms), template
            assert 'href="?' not in html, template


def test_a_conflict_is_asked_after_the_login(visitor: Visitor, draft: Incident) -> None:
    write(visitor, draft)
    other = Visitor()
    other.log_in("bo")
    write(other, draft, words="Theirs.")
    page = visitor.log_in()
    assert page.status_code == 422
    assert "motor had &lt;no&gt; spare part" in page.content.decode()
    assert body(draft) == "Theirs."


def test_a_form_from_before_a_login_in_another_tab_needs_one_click(
    visitor: Visitor, draft: Incident
) -> None:
    old = visitor.token()
    visitor.log_in()
    visitor.client.defaults["HTTP_ORIGIN"] = "http://testserver"
    page = write(visitor, draft, token=old)
    assert page.status_code == 403
    assert body(draft) == "Before."
    visitor.send(section_address(draft), **hidden_fields(page))
    assert body(draft) == SAVED


def test_a_login_page_from_before_a_login_in_another_tab_keeps_what_it_carries(
    visitor: Visitor, draft: Incident
) -> None:
    old, page = visitor.token(), write(visitor, draft)
    visitor.page = visitor.client.get(LOGIN)
    visitor.log_in()
    visitor.client.defaults["HTTP_ORIGIN"] = "http://testserver"
    page = visitor.send(LOGIN, token=old, carried=carried_in(page))
    assert page.status_code == 403
    visitor.send(section_address(draft), **hidden_fields(page))
    assert body(draft) == SAVED


def hidden_fields(page: Any) -> dict[str, str]:
    """What the button of the page would send."""
    found = re.findall(
        r'<textarea name="(\w+)" hidden>\n(.*?)</textarea>',
        page.content.decode(),
        re.DOTALL,
    )
    assert found
    return {name: unescape(value).replace("\r\n", "\n") for name, value in found}


@pytest.mark.parametrize(
    "headers", [{"HX-Request": "true"}, {"Sec-Fetch-Mode": "cors"}]
)
def test_a_script_is_told_in_one_sentence(
    visitor: Visitor, draft: Incident, headers: dict[str, str]
) -> None:
    headers = headers | {"X-CSRFToken": visitor.token()}
    page = visitor.client.post(section_address(draft), {"body": "x"}, headers=headers)
    assert page.status_code == 401
    assert page["X-Signed-Out"] == "1"
    assert f"{LOGIN}?next=/incidents/{draft.number}/" in unquoted(page)
    page = visitor.client.get(draft.get_absolute_url(), headers=headers)
    assert page.status_code == 401
    visitor.client.cookies.clear()
    page = visitor.client.post(section_address(draft), {"body": "x"}, headers=headers)
    assert page.status_code == 401


def unquoted(page: Any) -> str:
    return str(page.content.decode()).replace("%2F", "/")


def test_a_new_postmortem_is_started_after_the_login(visitor: Visitor) -> None:
    template = str(ReportTemplate.objects.all()[0].pk)
    form = {"title": "The pager slept", "zone": "UTC", "template": template}
    visitor.send("/incidents/new/", **form)
    page = visitor.log_in()
    incident = Incident.objects.get(title="The pager slept")
    assert page["Location"] == incident.get_absolute_url()
