"""Who has read a report, who is asked to, and who may know of it."""

import pytest
from django.contrib.auth.models import Group

from incidents.models import Notice, Publication, ReadMark, RequiredReader, User
from incidents.workflow.reviewing.publish import publish
from tests.factories import DAY, NOW, browser_of, make_report, restrict


@pytest.fixture
def report(reviewer: User) -> Publication:
    return make_report(reviewer)


def address(report: Publication, rest: str = "") -> str:
    return f"/reports/{report.incident_id}/{rest}"


def page(user: User, report: Publication, rest: str = "") -> str:
    response = browser_of(user).get(address(report, rest))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def ask(by: User, report: Publication, people: str, *groups: str) -> str:
    chosen = [group.pk for group in Group.objects.filter(name__in=groups)]
    response = browser_of(by).post(
        address(report, "readers/"), {"people": people, "groups": chosen}, follow=True
    )
    return " ".join(response.content.decode().split())


def test_a_reader_does_not_see_who_has_read(report: Publication, reader: User) -> None:
    assert browser_of(reader).get(address(report, "readers/")).status_code == 403
    assert "readers/" not in page(reader, report)


def test_nobody_is_asked_to_read_what_they_may_not_see(
    report: Publication, reviewer: User, reader: User
) -> None:
    restrict(report.incident)
    html = ask(reviewer, report, "remy")
    assert "Remy Sol may not see this report" in html
    assert not RequiredReader.objects.exists()
    assert not Notice.objects.exists()


def test_an_account_that_is_none_is_not_asked(
    report: Publication, reviewer: User
) -> None:
    assert "There is no account “nobody”." in ask(reviewer, report, "nobody")


@pytest.mark.parametrize("place", ["/reports/{}/readers/", "/incidents/{}/access/"])
def test_a_group_whose_number_no_row_can_have_is_refused(
    report: Publication, reviewer: User, place: str
) -> None:
    sent = {"visibility": "everyone", "groups": ["9" * 20]}
    response = browser_of(reviewer).post(place.format(report.incident_id), sent)
    assert "is not a valid value" in response.content.decode()


def test_one_says_that_one_has_read_and_takes_it_back(
    report: Publication, reader: User, reviewer: User
) -> None:
    browser = browser_of(reader)
    browser.post(address(report, "v/1/read/"), {"read": ""})
    assert "You have read version 1." in page(reader, report)
    assert "Remy Sol" in page(reviewer, report, "readers/")
    browser.post(address(report, "v/1/read/"), {"unread": ""})
    assert not ReadMark.objects.exists()


def test_who_is_asked_is_told_and_sees_it_on_the_report(
    report: Publication, reviewer: User, reader: User
) -> None:
    html = ask(reviewer, report, "remy")
    assert "0 of 1 have read it." in html
    assert "You are asked to read this" in page(reader, report)
    assert Notice.objects.get().to == reader
    browser_of(reader).post(address(report, "v/1/read/"), {"read": ""})
    assert "You are asked" not in page(reader, report)
    assert Notice.objects.get().read_at
    assert "1 of 1 have read it." in page(reviewer, report, "readers/")


def test_the_members_of_a_group_are_asked_those_who_join_later_too(
    report: Publication, reviewer: User, reader: User, stranger: User
) -> None:
    assert "0 of 1 have read it." in ask(reviewer, report, "", "reader")
    stranger.groups.add(Group.objects.get(name="reader"))
    assert "0 of 2 have read it." in page(reviewer, report, "readers/")


def test_a_new_version_asks_again(
    report: Publication, reviewer: User, reader: User
) -> None:
    ask(reviewer, report, "remy")
    browser_of(reader).post(address(report, "v/1/read/"), {"read": ""})
    publish(report.incident, by=reviewer, now=NOW + DAY)
    assert "You are asked to read this version" in page(reader, report)
    assert Notice.objects.filter(to=reader, read_at=None).count() == 1
    assert "0 of 1 have read it." in page(reviewer, report, "readers/")


def test_a_reminder_reaches_those_who_have_not_read(
    report: Publication, reviewer: User, reader: User, author: User
) -> None:
    ask(reviewer, report, "remy, ada")
    browser_of(author).post(address(report, "v/1/read/"), {"read": ""})
    response = browser_of(reviewer).post(
        address(report, "readers/remind/"), follow=True
    )
    assert "1 person was reminded." in response.content.decode()
    assert Notice.objects.filter(to=reader).count() == 2
    assert Notice.objects.filter(to=author).count() == 1


def test_a_reader_does_not_choose_what_stands_on_top(
    report: Publication, author: User
) -> None:
    response = browser_of(author).post(address(report, "feature/"), {"feature": ""})
    assert response.status_code == 403


def test_the_report_of_the_month_stands_on_top_for_whom_may_see_it(
    report: Publication, reviewer: User, reader: User
) -> None:
    browser = browser_of(reviewer)
    browser.post(address(report, "feature/"), {"feature": ""})
    listing = browser_of(reader).get("/reports/").content.decode()
    assert "Report of the month" in listing
    restrict(report.incident)
    listing = browser_of(reader).get("/reports/").content.decode()
    assert "Report of the month" not in listing
    browser.post(address(report, "feature/"))
    assert "Report of the month" not in browser.get("/reports/").content.decode()
