"""Notices: who is told of what, and that nobody hears of what is closed to them."""

from typing import Any

import pytest

from incidents.models import Notice, Service, Severity, User, Visibility, Watch
from incidents.workflow.reviewing.access import set_access
from incidents.workflow.reviewing.comment import comment, reply
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.reviewing.review import ask_for_changes, ask_for_review
from incidents.workflow.reviewing.watching import watch
from incidents.workflow.reviewing.withdraw import withdraw
from tests.counting import queries
from tests.factories import DAY, NOW, browser_of, make_draft, make_report, restrict


def page(user: User) -> str:
    response = browser_of(user).get("/account/notices/")
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def told(user: User) -> list[str]:
    return [notice.why for notice in Notice.objects.filter(to=user).order_by("pk")]


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "service", "name": "vault"},
        {"kind": "severity", "name": "SEV9"},
        {"kind": "incident", "name": "1"},
        {},
    ],
)
def test_what_stands_on_no_report_of_mine_cannot_be_watched(
    reviewer: User, reader: User, asked: dict[str, Any]
) -> None:
    restrict(make_report(reviewer, services=("vault",)).incident)
    assert browser_of(reader).post("/account/watches/", asked).status_code == 404


def test_a_watcher_hears_nothing_of_what_is_closed_to_them(
    reviewer: User, reader: User
) -> None:
    watch(Service.objects.create(name="lift"), by=reader)
    draft = restrict(make_draft(reviewer))
    publish(draft, by=reviewer, now=NOW)
    assert told(reader) == []


def test_what_was_closed_since_is_not_told_any_more(
    reviewer: User, reader: User
) -> None:
    report = make_report(reviewer, title="The vault")
    watch(report.incident, by=reader)
    publish(report.incident, by=reviewer, now=NOW + DAY)
    assert "The vault" in page(reader)
    closed = Visibility.RESTRICTED
    set_access(report.incident, closed, [], [], by=reviewer, now=NOW + DAY)
    assert "The vault" not in page(reader)
    assert "unread notice" not in page(reader)


def test_the_notices_of_others_are_not_mine(
    reviewer: User, reader: User, author: User
) -> None:
    report = make_report(reviewer)
    watch(report.incident, by=reader)
    publish(report.incident, by=reviewer, now=NOW + DAY)
    notice = Notice.objects.get()
    mine = Watch.objects.get()
    browser = browser_of(author)
    assert browser.post(f"/account/notices/{notice.pk}/").status_code == 404
    assert browser.post(f"/account/watches/{mine.pk}/remove/").status_code == 404


def test_nobody_is_told_of_what_they_did_themselves(reviewer: User) -> None:
    report = make_report(reviewer)
    watch(report.incident, by=reviewer)
    publish(report.incident, by=reviewer, now=NOW + DAY)
    assert told(reviewer) == []


def test_each_way_to_watch_tells_and_one_event_tells_once(
    reviewer: User, reader: User, author: User, stranger: User
) -> None:
    draft = make_draft(reviewer)
    watch(Service.objects.get(name="lift"), by=reader)
    watch(Severity.objects.get(name="SEV2"), by=reader)
    watch(Severity.objects.get(name="SEV2"), by=author)
    watch(draft, by=author)
    publish(draft, by=reviewer, now=NOW)
    assert told(reader) in (["You watch lift"], ["You watch SEV2"])
    assert told(author) == ["You watch this incident"]
    assert told(stranger) == []


def test_a_withdrawal_is_told_without_a_way_to_the_report(
    reviewer: User, reader: User
) -> None:
    report = make_report(reviewer)
    watch(report.incident, by=reader)
    withdraw(report.incident, "It was wrong.", by=reviewer, now=NOW + DAY)
    html = page(reader)
    assert "withdrew the report" in html
    assert f'href="/reports/{report.incident_id}/"' not in html


def test_the_bar_counts_what_is_unread(reviewer: User, reader: User) -> None:
    report = make_report(reviewer)
    watch(report.incident, by=reader)
    publish(report.incident, by=reviewer, now=NOW + DAY)
    assert "Notices (1)" in page(reader)
    notice = Notice.objects.get()
    opened = browser_of(reader).post(f"/account/notices/{notice.pk}/")
    assert opened["Location"] == f"/reports/{report.incident_id}/"
    assert "Notices (" not in page(reader)


def test_all_are_read_at_once(reviewer: User, reader: User) -> None:
    report = make_report(reviewer)
    watch(report.incident, by=reader)
    for days in (1, 2):
        publish(report.incident, by=reviewer, now=NOW + days * DAY)
    browser_of(reader).post("/account/notices/read/")
    assert not Notice.objects.filter(read_at=None).exists()


def test_one_watches_from_the_report_and_from_the_list_and_leaves_off(
    reviewer: User, reader: User
) -> None:
    report = make_report(reviewer)
    browser = browser_of(reader)
    browser.post(f"/reports/{report.incident_id}/watch/", {"watch": ""})
    browser.post("/account/watches/", {"kind": "service", "name": "lift"})
    browser.post("/account/watches/", {"kind": "service", "name": "lift"})
    assert Watch.objects.filter(user=reader).count() == 2
    assert f"{report.incident.label} The lift stood still" in page(reader)
    listing = browser.get("/reports/?service=lift").content.decode()
    assert "You watch the service lift." in listing
    for mine in Watch.objects.all():
        browser.post(f"/account/watches/{mine.pk}/remove/")
    assert "What you watch" in page(reader)
    assert not Watch.objects.exists()


def test_a_watched_incident_that_was_closed_is_not_named(
    reviewer: User, reader: User
) -> None:
    report = make_report(reviewer, title="The vault")
    watch(report.incident, by=reader)
    restrict(report.incident)
    assert "The vault" not in page(reader)


def test_the_notices_cost_as_many_queries_for_ten_as_for_one(
    reviewer: User, reader: User
) -> None:
    report = make_report(reviewer)
    watch(report.incident, by=reader)
    publish(report.incident, by=reviewer, now=NOW + DAY)
    few = queries(reader, "/account/notices/")
    for days in range(2, 11):
        publish(report.incident, by=reviewer, now=NOW + days * DAY)
    assert queries(reader, "/account/notices/") == few


def test_who_is_asked_to_review_is_told_and_who_asked_hears_the_answer(
    author: User, reviewer: User
) -> None:
    draft = make_draft(author)
    ask_for_review(draft, [reviewer], by=author, now=NOW)
    html = page(reviewer)
    assert "You are asked to review it" in html
    assert f'href="/incidents/{draft.pk}/review/"' in html
    opened = browser_of(reviewer).post(f"/account/notices/{Notice.objects.get().pk}/")
    assert opened["Location"] == f"/incidents/{draft.pk}/review/"
    ask_for_changes(draft, "Say why.", by=reviewer, now=NOW + DAY)
    assert told(author) == ["You asked for this review"]
    assert "asked for changes" in page(author)


def test_a_comment_and_its_answer_are_told_to_whom_they_concern(
    author: User, reviewer: User, reader: User
) -> None:
    draft = make_draft(author)
    part = draft.sections.get().key
    thread = comment(draft, "Why?", part=part, by=reviewer, now=NOW)
    reply(thread, "A fuse.", by=author, now=NOW + DAY)
    assert (told(author), told(reviewer)) == (
        ["It is your postmortem"],
        ["You spoke there too"],
    )
    assert f'href="/incidents/{draft.pk}/review/#part-{part}"' in page(author)
    restrict(draft)
    comment(draft, "And then?", by=author, now=NOW + 2 * DAY)
    assert Notice.objects.count() == 2


def test_who_may_not_see_drafts_any_more_does_not_learn_how_one_is_called(
    author: User, reviewer: User
) -> None:
    draft = make_draft(author)
    ask_for_review(draft, [reviewer], by=author, now=NOW)
    reviewer.groups.clear()
    html = page(User.objects.get(pk=reviewer.pk))
    assert draft.label in html
    assert draft.title not in html
