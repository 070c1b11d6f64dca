"""What other programs and mailboxes hear of a report."""

import pytest

from incidents.delivery.tasks import attempt
from incidents.models import Delivery, User, Visibility, Webhook
from incidents.models.outbox import Outcome
from incidents.workflow.outgoing.chat import chat_payload
from incidents.workflow.outgoing.outbox import queue_hook
from incidents.workflow.reviewing.access import set_access
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.reviewing.readership import ask_to_read, remind
from incidents.workflow.reviewing.review import ask_for_review
from tests.factories import HOUR, NOW, make_draft, make_report, restrict


@pytest.fixture
def hook(db: None) -> Webhook:
    return Webhook.objects.create(name="Chat", url="https://chat.example/hook")


def test_a_restricted_report_is_told_to_no_webhook(
    hook: Webhook, reviewer: User
) -> None:
    draft = restrict(make_draft(reviewer))
    publish(draft, by=reviewer, now=NOW)
    assert not Delivery.objects.exists()


def test_a_report_that_is_closed_meanwhile_is_told_to_no_webhook(
    hook: Webhook, reviewer: User
) -> None:
    incident = make_report(reviewer).incident
    set_access(incident, Visibility.RESTRICTED, [], [], by=reviewer, now=NOW)
    queued = Delivery.objects.get()
    attempt(queued.pk, now=NOW)
    queued.refresh_from_db()
    assert queued.state == Outcome.DROPPED


def test_a_summary_with_a_report_that_is_closed_meanwhile_is_posted_nowhere(
    hook: Webhook, reviewer: User
) -> None:
    told = [make_report(reviewer).incident for _ in range(2)]
    about = [incident.pk for incident in told]
    queued = queue_hook(
        hook, key="all", payload=chat_payload("Late"), about=about, now=NOW
    )
    assert queued
    restrict(told[0], reviewer)
    attempt(queued.pk, now=NOW)
    queued.refresh_from_db()
    assert queued.last_error == f"The report {told[0].label} is not for everybody."


def test_a_webhook_that_is_off_or_hears_of_other_things_is_not_told(
    hook: Webhook, reviewer: User
) -> None:
    Webhook.objects.create(name="Off", url="https://a.example/", active=False)
    Webhook.objects.create(name="Late", url="https://b.example/", published=False)
    make_report(reviewer)
    assert Delivery.objects.get().hook == hook


def test_a_report_is_told_with_its_severity_and_address(
    hook: Webhook, reviewer: User
) -> None:
    report = make_report(reviewer)
    number = report.incident_id
    queued = Delivery.objects.get()
    assert queued.payload == {
        "text": f"PM-{number} published: The lift stood still (SEV2)\n"
        f"http://127.0.0.1:8000/reports/{number}/"
    }
    publish(report.incident, by=reviewer, now=NOW + HOUR)
    newest = Delivery.objects.all()[0]
    assert newest.payload is not None
    assert newest.payload["text"].startswith(f"PM-{number} version 2 published: ")


def test_a_title_calls_nobody_and_draws_no_link() -> None:
    said = chat_payload("<!channel> <http://evil.example|PM-1> @here & now")["text"]
    assert "<" not in said
    assert "@here" not in said
    assert "&amp; now" in said


def letters() -> list[tuple[str, str]]:
    found = Delivery.objects.filter(channel="mail").order_by("pk")
    return [(str(letter.to), letter.subject) for letter in found]


def test_a_reviewer_gets_a_mail_when_asked(
    author: User, reviewer: User, admin: User
) -> None:
    draft = make_draft(author)
    ask_for_review(draft, [reviewer, admin], by=author, now=NOW)
    subject = f"Ada Byron asks you to review {draft.label}"
    assert letters() == [("Rita Moss", subject), ("Amir Khan", subject)]
    assert f"/incidents/{draft.pk}/review/" in Delivery.objects.all()[0].text


def test_readers_get_a_mail_a_version_and_one_when_reminded(
    reader: User, author: User, reviewer: User
) -> None:
    draft = make_draft(reviewer)
    ask_to_read(draft, [reader, reviewer], [], by=reviewer, now=NOW)
    assert letters() == []
    publish(draft, by=reviewer, now=NOW)
    asked = (reader.name, f"Rita Moss asks you to read {draft.label}")
    assert letters() == [asked]
    ask_to_read(draft, [reader, author, reviewer], [], by=reviewer, now=NOW)
    joined = [asked, (author.name, asked[1])]
    assert letters() == joined
    remind(draft, by=reviewer, now=NOW + HOUR)
    assert sorted(letters()) == sorted([*joined, *joined])
