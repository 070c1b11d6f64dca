"""The worker's part: each thing leaves once, whoever fails or dies on the way."""

from functools import partial

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from incidents.delivery import hooks
from incidents.delivery.failures import FailedError, HopelessError
from incidents.delivery.retries import LEASE, MINUTE, PAUSES
from incidents.delivery.tasks import attempt, sweep
from incidents.management.commands.worker import SteadyWorker
from incidents.models import Delivery, User, Webhook
from incidents.models.outbox import Outcome
from incidents.workflow.outgoing.outbox import (
    empty_old,
    enqueue,
    queue_hook,
    queue_mail,
    send_again,
)
from tests.factories import DAY, NOW, make_user
from tests.racing import together

MANY = 20


class Killed(BaseException):
    """What a power cut is to a worker."""


@pytest.fixture
def hook(db: None) -> Webhook:
    return Webhook.objects.create(name="Chat", url="https://chat.example/hook")


@pytest.fixture
def post(hook: Webhook) -> Delivery:
    queued = queue_hook(hook, key="post", payload={"text": "Hi"}, now=NOW)
    assert queued
    return queued


@pytest.fixture
def letter(db: None) -> Delivery:
    ada = make_user("ada", email="ada@example.com")
    queued = queue_mail(ada, key="one", subject="Hi", text="Hi", html="Hi", now=NOW)
    assert queued
    return queued


def always(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def fail(*args: object, **options: object) -> None:
        raise error

    monkeypatch.setattr(hooks, "post", fail)


def test_what_fails_is_tried_after_growing_pauses_and_then_given_up(
    monkeypatch: pytest.MonkeyPatch, post: Delivery, caplog: pytest.LogCaptureFixture
) -> None:
    always(monkeypatch, FailedError("It answered 503."))
    moment = NOW
    for tries, pause in enumerate(PAUSES, start=1):
        attempt(post.pk, now=moment)
        attempt(post.pk, now=moment + pause - MINUTE / 2)
        post.refresh_from_db()
        assert (post.state, post.attempts) == (Outcome.WAITING, tries)
        moment += pause
        assert DBTaskResult.objects.filter(run_after=moment).exists()
    attempt(post.pk, now=moment)
    post.refresh_from_db()
    assert post.state == Outcome.GIVEN_UP
    assert post.last_error == "It answered 503."
    assert caplog.text.count("It answered 503.") == len(PAUSES) + 1
    assert sorted(PAUSES) == list(PAUSES)


def test_what_is_hopeless_is_given_up_at_once(
    monkeypatch: pytest.MonkeyPatch, post: Delivery
) -> None:
    always(monkeypatch, HopelessError("It answered 404."))
    attempt(post.pk, now=NOW)
    post.refresh_from_db()
    assert (post.state, post.attempts) == (Outcome.GIVEN_UP, 1)


def test_what_was_emptied_is_not_sent_again(hook: Webhook, post: Delivery) -> None:
    Webhook.objects.update(active=False)
    attempt(post.pk, now=NOW)
    empty_old(now=NOW + 31 * DAY)
    assert not send_again(post, now=NOW + 31 * DAY)


def test_an_error_that_nobody_foresaw_is_no_end(
    monkeypatch: pytest.MonkeyPatch, post: Delivery, caplog: pytest.LogCaptureFixture
) -> None:
    always(monkeypatch, ZeroDivisionError("a slip of ours"))
    attempt(post.pk, now=NOW)
    post.refresh_from_db()
    assert (post.state, post.next_at) == (Outcome.WAITING, NOW + PAUSES[0])
    assert "ZeroDivisionError: a slip of ours" in post.last_error
    assert "nobody foresaw" in caplog.text


def test_nothing_is_posted_to_a_webhook_that_was_switched_off(
    hook: Webhook, post: Delivery
) -> None:
    Webhook.objects.update(active=False)
    attempt(post.pk, now=NOW)
    post.refresh_from_db()
    assert post.state == Outcome.DROPPED


def test_what_was_given_up_can_be_sent_again(
    monkeypatch: pytest.MonkeyPatch, post: Delivery
) -> None:
    assert not send_again(post, now=NOW)
    always(monkeypatch, HopelessError("It answered 404."))
    attempt(post.pk, now=NOW)
    assert send_again(post, now=NOW + DAY)
    monkeypatch.setattr(hooks, "post", lambda *args, **options: None)
    attempt(post.pk, now=NOW + DAY)
    post.refresh_from_db()
    assert (post.state, post.attempts) == (Outcome.SENT, 1)
    assert not send_again(post, now=NOW + DAY)


@pytest.mark.parametrize("after_sending", [False, True])
def test_a_worker_that_dies_in_between_is_taken_over_from_once(
    monkeypatch: pytest.MonkeyPatch, letter: Delivery, after_sending: bool
) -> None:
    send = EmailMultiAlternatives.send

    def die(message: EmailMultiAlternatives) -> int:
        if after_sending:
            send(message)
        raise Killed

    DBTaskResult.objects.update(status="RUNNING")
    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", die)
        with pytest.raises(Killed):
            attempt(letter.pk, now=NOW)
    sweep(now=NOW + LEASE / 2)
    attempt(letter.pk, now=NOW + LEASE / 2)
    assert len(mail.outbox) == after_sending
    assert DBTaskResult.objects.ready().count() == 0

    for _ in range(2):
        sweep(now=NOW + LEASE)
    assert DBTaskResult.objects.ready().count() == 1
    attempt(letter.pk, now=NOW + LEASE)
    attempt(letter.pk, now=NOW + 2 * LEASE)
    sweep(now=NOW + DAY)
    marks = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(marks) == 1 + after_sending
    assert len(set(marks)) == 1


def test_a_delivery_that_kills_every_worker_is_given_up(letter: Delivery) -> None:
    Delivery.objects.update(attempts=len(PAUSES) + 1)
    attempt(letter.pk, now=NOW)
    letter.refresh_from_db()
    assert letter.state == Outcome.GIVEN_UP
    assert mail.outbox == []


def test_a_worker_that_was_overtaken_marks_nothing(
    monkeypatch: pytest.MonkeyPatch, letter: Delivery, caplog: pytest.LogCaptureFixture
) -> None:
    def slowly(message: EmailMultiAlternatives) -> int:
        monkeypatch.undo()
        attempt(letter.pk, now=NOW + LEASE)
        return 1

    monkeypatch.setattr(EmailMultiAlternatives, "send", slowly)
    attempt(letter.pk, now=NOW)
    letter.refresh_from_db()
    assert (letter.state, letter.sent_at) == (Outcome.SENT, NOW + LEASE)
    assert "overtaken" in caplog.text


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_deliver_each_of_many_once() -> None:
    """Each has two tasks besides, as after a sweep: the claim decides."""
    ada = make_user("ada", email="ada@example.com")
    say = partial(queue_mail, ada, subject="Hi", text="Hi", html="Hi")
    keys = [f"mail {number}" for number in range(MANY)]
    for key in keys:
        queued = say(key=key, now=timezone.now())
        assert queued is not None
        enqueue(queued)
    workers = [SteadyWorker(interval=0, chores=[]) for _ in range(2)]
    results = together(*(worker.run for worker in workers))
    assert results == [None, None]
    assert len(mail.outbox) == MANY
    assert len({mail.extra_headers["Message-ID"] for mail in mail.outbox}) == MANY
    assert Delivery.objects.filter(state=Outcome.SENT, attempts=1).count() == MANY


def test_the_words_of_what_was_sent_are_forgotten_but_not_its_key(
    letter: Delivery, reader: User
) -> None:
    attempt(letter.pk, now=NOW)
    empty_old(now=NOW + 29 * DAY)
    letter.refresh_from_db()
    assert letter.text == "Hi"
    empty_old(now=NOW + 31 * DAY)
    letter.refresh_from_db()
    assert (letter.subject, letter.text, letter.html) == ("", "", "")
    again = queue_mail(reader, key="one", subject="", text="", html="", now=NOW)
    assert again is None
