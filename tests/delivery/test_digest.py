"""Who gets the digest of a month by mail, when, and of what."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from incidents.delivery.digest import send_digests
from incidents.documents.calendar.months import Month
from incidents.models import Delivery, User
from incidents.workflow.outgoing.unsubscribing import DIGEST, stop_token
from tests.factories import DAY, browser_of, make_report, restrict
from tests.views.test_looking_back import STORY

# The first of April 2026 is a Wednesday, the first of August a Saturday.
MORNING = dt.datetime(2026, 4, 1, 8, 5, tzinfo=dt.UTC)


def mails(now: dt.datetime = MORNING) -> dict[str, Delivery]:
    """Who has got a digest by now, and which was the last."""
    send_digests(now=now)
    rows = Delivery.objects.filter(key__startswith="digest:").select_related("to")
    return {mail.to.username: mail for mail in rows.order_by("pk") if mail.to}


@pytest.fixture(autouse=True)
def with_mail(reviewer: User, reader: User) -> None:
    for user in (reviewer, reader):
        user.email = f"{user.username}@example.org"
        user.save(update_fields=["email"])


def test_nobody_is_told_of_what_is_not_theirs(reviewer: User) -> None:
    restrict(make_report(reviewer, document=STORY).incident)
    assert set(mails()) == {"rita"}


def test_a_month_without_a_report_is_no_mail(reviewer: User) -> None:
    assert mails() == {}


def test_who_does_not_want_it_or_has_no_address_gets_none(
    reviewer: User, reader: User, author: User
) -> None:
    make_report(reviewer)
    User.objects.filter(pk=reader.pk).update(monthly_digest=False)
    assert set(mails()) == {"rita"}


def test_it_tells_the_month_before_once(reviewer: User, reader: User) -> None:
    report = make_report(reviewer, document=STORY)
    make_report(reviewer, now=MORNING)
    mail = mails()["remy"]
    assert mail.key == f"digest:{reader.pk}:2026-03"
    assert mail.subject == "March 2026: 1 report published"
    assert mail.about == [report.incident_id]
    for said in (mail.text, mail.html):
        assert "Fuses age." in said
        assert f"/reports/{report.incident_id}/" in said
        assert "/reports/digest/2026-03/" in said
        assert "Hang up a sign" not in said
    assert "Still open, and would prevent it: Buy fuses & wire" in mail.text
    mails(MORNING + DAY)
    User.objects.update(digested_on=None)
    mails(MORNING + 2 * DAY)
    assert Delivery.objects.filter(to=reader).count() == 1


def test_it_comes_in_the_morning_of_each_person(reviewer: User, reader: User) -> None:
    make_report(reviewer)
    User.objects.filter(pk=reader.pk).update(zone="America/New_York")
    assert set(mails(MORNING)) == {"rita"}
    assert set(mails(MORNING + dt.timedelta(hours=4))) == {"rita", "remy"}


def test_it_waits_for_the_first_workday(reviewer: User) -> None:
    assert Month(2026, 8).first_workday == dt.date(2026, 8, 3)
    make_report(reviewer, now=dt.datetime(2026, 7, 9, tzinfo=dt.UTC))
    assert not mails(dt.datetime(2026, 8, 2, 9, tzinfo=dt.UTC))
    assert mails(dt.datetime(2026, 8, 3, 9, tzinfo=dt.UTC))


def test_what_is_no_news_any_more_is_not_sent(reviewer: User) -> None:
    make_report(reviewer)
    assert not mails(MORNING + 10 * DAY)


def test_one_click_stops_it_and_the_account_brings_it_back(reader: User) -> None:
    token = stop_token(reader, DIGEST)
    way_out = reverse("incidents:stop_digest", args=[token])
    assert "Stop the monthly digest?" in Client().get(way_out).content.decode()
    reader.refresh_from_db()
    assert reader.monthly_digest
    program = Client(enforce_csrf_checks=True)
    html = program.post(way_out, {"List-Unsubscribe": "One-Click"}).content.decode()
    assert "No more digests" in html
    reader.refresh_from_db()
    assert (reader.monthly_digest, reader.reminders) == (False, "daily")
    page = browser_of(reader).get("/account/").content.decode()
    assert "Monthly digest by mail" in page


def test_a_link_for_reminders_stops_no_digest(reader: User) -> None:
    bad = reverse("incidents:stop_digest", args=[stop_token(reader)])
    assert Client().post(bad).status_code == 404
