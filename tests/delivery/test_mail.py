"""Mail: to whom it may still go, what it carries, and a server that is no help."""

import smtplib
import socket

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from incidents.delivery.retries import PAUSES
from incidents.delivery.tasks import attempt
from incidents.models import Delivery, Incident, User
from incidents.models.outbox import Outcome
from incidents.workflow.outgoing.outbox import queue_mail
from tests.delivery.listening import listening, silent
from tests.factories import (
    NOW,
    browser_of,
    make_draft,
    make_report,
    make_user,
    restrict,
)


@pytest.fixture
def ada(db: None) -> User:
    return make_user("ada", "reader", email="ada@example.com", first_name="Ada")


def letter(
    to: User, incident: Incident | None = None, unsubscribe: str = ""
) -> Delivery:
    queued = queue_mail(
        to,
        key="a letter",
        subject="Overdue",
        text="Look",
        html="<p>Look</p>",
        now=NOW,
        incident=incident,
        unsubscribe=unsubscribe,
    )
    assert queued
    return queued


def tried(delivery: Delivery) -> Delivery:
    attempt(delivery.pk, now=NOW)
    delivery.refresh_from_db()
    return delivery


def test_a_closed_account_gets_nothing(ada: User) -> None:
    queued = letter(ada)
    User.objects.update(is_active=False)
    assert tried(queued).state == Outcome.DROPPED
    assert queued.last_error == "The account has been closed."
    assert mail.outbox == []


def test_an_account_without_an_address_gets_nothing(reader: User) -> None:
    assert tried(letter(reader)).last_error == "The account has no mail address."


def test_a_mail_about_what_was_closed_to_somebody_is_dropped(
    ada: User, reviewer: User
) -> None:
    incident = make_report(reviewer).incident
    queued = letter(ada, incident)
    restrict(incident, reviewer)
    assert tried(queued).state == Outcome.DROPPED
    assert queued.last_error == f"Ada may not see {incident.label} any more."
    assert mail.outbox == []


def test_a_digest_is_dropped_if_one_of_its_incidents_was_closed_to_somebody(
    ada: User, reviewer: User
) -> None:
    told = [make_report(reviewer).incident for _ in range(2)]
    queued = queue_mail(
        ada,
        key="digest",
        subject="Overdue",
        text="Look",
        html="Look",
        now=NOW,
        about=[incident.pk for incident in told],
    )
    assert queued
    restrict(told[1], reviewer)
    assert tried(queued).last_error == f"Ada may not see {told[1].label} any more."
    assert mail.outbox == []


def test_a_site_without_a_mail_server_does_not_claim_to_have_sent(
    ada: User, settings: Settings
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert tried(letter(ada)).state == Outcome.DROPPED
    assert "EMAIL_URL is not set" in letter_error()


def letter_error() -> str:
    return Delivery.objects.get().last_error


def test_a_mail_goes_to_the_address_of_the_day_in_text_and_html(ada: User) -> None:
    queued = letter(ada, unsubscribe="https://site.example/account/mail/x/")
    User.objects.update(email="ada@elsewhere.example")
    assert tried(queued).state == Outcome.SENT
    (sent,) = mail.outbox
    assert isinstance(sent, EmailMultiAlternatives)
    assert sent.to == ["ada@elsewhere.example"]
    assert (sent.body, sent.alternatives[0][0]) == ("Look", "<p>Look</p>")
    message = sent.message()
    assert message["List-Unsubscribe"] == "<https://site.example/account/mail/x/>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Message-ID"].endswith("@localhost>")


@pytest.mark.parametrize(
    ("error", "state", "said"),
    [
        (
            smtplib.SMTPRecipientsRefused({"ada@example.com": (550, b"No such user")}),
            Outcome.GIVEN_UP,
            "The mail server refused it: 550 No such user",
        ),
        (
            smtplib.SMTPRecipientsRefused({"ada@example.com": (450, b"Later")}),
            Outcome.WAITING,
            "The mail server refused it: 450 Later",
        ),
        (
            smtplib.SMTPDataError(554, b"Too long"),
            Outcome.GIVEN_UP,
            "The mail server refused it: 554 Too long",
        ),
        (
            smtplib.SMTPAuthenticationError(535, b"Who are you?"),
            Outcome.WAITING,
            "The mail server localhost did not take it: 535 Who are you?",
        ),
    ],
)
def test_a_server_that_refuses_is_asked_again_if_that_can_help(
    monkeypatch: pytest.MonkeyPatch,
    ada: User,
    error: Exception,
    state: Outcome,
    said: str,
) -> None:
    def refuse(message: EmailMultiAlternatives) -> int:
        raise error

    monkeypatch.setattr(EmailMultiAlternatives, "send", refuse)
    queued = tried(letter(ada))
    assert (queued.state, queued.last_error) == (state, said)


def test_a_mail_server_that_hangs_holds_up_no_page_and_is_tried_again(
    author: User, reviewer: User, settings: Settings
) -> None:
    calls: list[socket.socket] = []

    def hang(connection: socket.socket) -> None:
        calls.append(connection)
        silent(connection)

    User.objects.filter(pk=reviewer.pk).update(email="rita@example.com")
    page = f"/incidents/{make_draft(author).pk}/review/ask/"
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_TIMEOUT = 0.2
    with listening(hang) as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        answer = browser_of(author).post(page, {"reviewers": reviewer.username})
        queued = Delivery.objects.get()
        assert (answer.status_code, calls) == (302, [])
        attempt(queued.pk, now=queued.next_at)
    assert len(calls) == 1
    was_due = queued.next_at
    queued.refresh_from_db()
    assert (queued.state, queued.next_at) == (Outcome.WAITING, was_due + PAUSES[0])
    assert "no answer within 0.2 seconds" in queued.last_error
