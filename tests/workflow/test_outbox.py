"""What leaves the site waits in rows: once a key, and only if the change happened."""

from django.db import transaction
from django_tasks_db.models import DBTaskResult

from incidents.models import Delivery, User, Webhook
from incidents.workflow.outgoing.outbox import queue_hook, queue_mail
from tests.factories import DAY, NOW


def mail(to: User, key: str = "hello") -> Delivery | None:
    return queue_mail(
        to, key=key, subject="Good\nmorning", text="Hi", html="<p>Hi</p>", now=NOW
    )


def test_the_same_is_never_queued_twice(reader: User) -> None:
    assert mail(reader) is not None
    assert mail(reader) is None
    assert Delivery.objects.count() == DBTaskResult.objects.count() == 1


def test_what_is_rolled_back_is_never_sent(reader: User) -> None:
    with transaction.atomic():
        mail(reader)
        transaction.set_rollback(True)
    assert not Delivery.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_subject_is_one_line(reader: User) -> None:
    queued = mail(reader)
    assert queued
    assert queued.subject == "Good morning"


def test_a_post_overtakes_the_mails(reader: User) -> None:
    mail(reader)
    hook = Webhook.objects.create(name="Chat", url="https://chat.example/hook")
    queued = queue_hook(hook, key="post", payload={"text": "Hi"}, now=NOW - DAY)
    assert queued
    first = DBTaskResult.objects.ready()[0]
    assert first.args_kwargs["args"] == [queued.pk]
