"""The admin's part: webhooks, and what could not be delivered."""

import socket
from collections.abc import Sequence

import pytest
from django.test import Client

from incidents.models import Delivery, User, Webhook
from incidents.models.outbox import Outcome
from incidents.workflow.outgoing.outbox import queue_hook, queue_mail
from tests.factories import NOW, browser_of

HOOKS = "/admin/incidents/webhook/"
DELIVERIES = "/admin/incidents/delivery/"


@pytest.fixture
def chief(admin: User) -> Client:
    admin.is_staff = True
    admin.save()
    return browser_of(admin)


@pytest.fixture
def hook(db: None) -> Webhook:
    return Webhook.objects.create(name="Chat", url="https://chat.example/secret-1")


@pytest.fixture
def lost(reader: User, hook: Webhook) -> Sequence[Delivery]:
    """One mail and one post that were given up."""
    queue_mail(reader, key="m", subject="Overdue", text="Look", html="Look", now=NOW)
    queue_hook(hook, key="h", payload={"text": "Look"}, now=NOW)
    Delivery.objects.update(
        state=Outcome.GIVEN_UP, attempts=8, last_error="It answered 503."
    )
    return list(Delivery.objects.all())


def ask(client: Client, page: str, action: str, rows: Sequence[int]) -> str:
    form = {"action": action, "_selected_action": rows}
    return client.post(page, form, follow=True).content.decode()


def saved(client: Client, url: str) -> str:
    form = {"name": "Chat", "url": url, "published": "on", "active": "on"}
    return client.post(f"{HOOKS}add/", form, follow=True).content.decode()


def test_staff_without_the_role_sees_neither(author: User, hook: Webhook) -> None:
    author.is_staff = True
    author.save()
    client = browser_of(author)
    for page in (HOOKS, f"{HOOKS}add/", f"{HOOKS}{hook.pk}/change/", DELIVERIES):
        assert client.get(page).status_code == 403


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("http://127.0.0.1:8000/", "an address inside the network"),
        ("http://169.254.169.254/", "an address inside the network"),
        ("ftp://chat.example/", "begins with https:// or http://"),
        ("https://ada:secret@1.1.1.1/", "Leave the name and the password out"),
    ],
)
def test_an_address_that_would_fail_is_refused_in_the_form(
    chief: Client, url: str, said: str
) -> None:
    assert said in saved(chief, url)
    assert not Webhook.objects.exists()


def test_a_name_that_leads_inside_is_refused_in_the_form(
    chief: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.7", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **how: found)
    said = saved(chief, "https://chat.example/hook")
    assert "chat.example stands for 10.0.0.7, an address inside the network" in said


def test_an_admin_adds_a_webhook_and_tests_it(chief: Client, admin: User) -> None:
    saved(chief, "https://1.1.1.1/secret-1")
    hook = Webhook.objects.get()
    assert hook.made_by == admin
    said = ask(chief, HOOKS, "test", [hook.pk])
    assert "See what became of it" in said
    assert "secret-1" not in said
    queued = Delivery.objects.get()
    assert queued.payload == {"text": "A test from Postmortems, sent by Amir Khan."}


def test_an_admin_removes_a_webhook_with_its_deliveries(
    chief: Client, hook: Webhook, lost: Sequence[Delivery]
) -> None:
    chief.post(f"{HOOKS}{hook.pk}/delete/", {"post": "yes"})
    assert not Webhook.objects.exists()
    assert [row.channel for row in Delivery.objects.all()] == ["mail"]


def test_what_was_given_up_is_listed_with_its_error(
    chief: Client, lost: Sequence[Delivery]
) -> None:
    page = chief.get(f"{DELIVERIES}?state__exact=given_up").content.decode()
    assert "Overdue, to Remy Sol" in page
    assert page.count("It answered 503.") == 2
    opened = chief.get(f"{DELIVERIES}{lost[0].pk}/change/")
    assert opened.status_code == 200
    assert chief.post(f"{DELIVERIES}{lost[0].pk}/change/", {}).status_code == 403


def test_an_admin_sends_many_again_and_what_was_sent_stays(
    chief: Client, lost: Sequence[Delivery]
) -> None:
    Delivery.objects.filter(pk=lost[0].pk).update(state=Outcome.SENT, sent_at=NOW)
    said = ask(chief, DELIVERIES, "send_again", [row.pk for row in lost])
    assert "1 will be sent again." in said
    assert "1 left alone" in said
    assert Delivery.objects.waiting().get().attempts == 0
