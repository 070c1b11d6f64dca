"""The digest of a month and the week of earlier years: what they tell, and to whom."""

import datetime as dt
from dataclasses import replace
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from incidents.documents.calendar.months import week_of_years_before
from incidents.documents.document import Action, Section
from incidents.documents.kinds import ActionKind, SectionKind
from incidents.models import Publication, User
from tests.counting import queries
from tests.factories import DAY, DOCUMENT, browser_of, make_draft, make_report, restrict

MARCH = "/reports/digest/2026-03/"
STORY = replace(
    DOCUMENT,
    sections=(
        *DOCUMENT.sections,
        Section(kind=SectionKind.LESSONS, title="Lessons", body="Fuses *age*."),
    ),
    actions=(
        Action(text="Buy **fuses** & wire", kind=ActionKind.PREVENT),
        Action(text="Hang up a sign", kind=ActionKind.MITIGATE),
    ),
)


def page(user: User, address: str, **headers: str) -> str:
    response = browser_of(user).get(address, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def report_at(by: User, at: dt.datetime, title: str) -> Publication:
    return make_report(
        by,
        now=at,
        title=title,
        started_at=at,
        detected_at=None,
        mitigated_at=None,
        resolved_at=at + dt.timedelta(hours=1),
    )


def test_a_digest_tells_nobody_of_what_is_not_theirs(
    reviewer: User, reader: User
) -> None:
    restrict(make_report(reviewer, document=STORY).incident)
    make_draft(reviewer, title="Half written")
    html = page(reader, MARCH)
    assert "No report that you may see was published in this month." in html
    assert "fuses" not in html
    assert "Half written" not in page(reviewer, MARCH)


def test_a_digest_tells_the_report_its_lessons_and_what_would_prevent_it(
    reviewer: User, reader: User
) -> None:
    report = make_report(reviewer, document=STORY)
    html = page(reader, MARCH)
    assert "1 report published" in html
    assert "Fuses age." in html
    assert (
        f'href="/reports/{report.incident_id}/#action.1">Buy fuses &amp; wire' in html
    )
    assert "Hang up a sign" not in html
    report.incident.actions.update(state="done")
    assert "Buy fuses" not in page(reader, MARCH)


def test_a_month_leads_to_the_one_before_and_to_the_next(reader: User) -> None:
    html = page(reader, MARCH)
    assert 'href="/reports/digest/2026-02/"' in html
    assert 'href="/reports/digest/2026-04/"' in html


def test_a_month_that_has_not_begun_has_no_digest(reader: User) -> None:
    assert browser_of(reader).get("/reports/digest/2899-01/").status_code == 404
    this = timezone.now().date()
    html = page(reader, f"/reports/digest/{this:%Y-%m}/")
    assert 'rel="next"' not in html


def this_week(years: int) -> dt.datetime:
    """A Wednesday, so many years ago."""
    today = timezone.now().date()
    start, _ = week_of_years_before(today, years, ZoneInfo("UTC"))
    return start + 2 * DAY


@pytest.mark.parametrize("htmx", [{}, {"HX-Request": "true"}])
def test_an_anniversary_tells_nobody_of_what_is_not_theirs(
    reviewer: User, reader: User, htmx: dict[str, str]
) -> None:
    restrict(report_at(reviewer, this_week(1), "The vault").incident)
    assert "The vault" not in page(reader, "/reports/years-ago/", **htmx)
    assert "The vault" in page(reviewer, "/reports/years-ago/", **htmx)


def test_what_began_in_this_week_of_earlier_years_is_remembered(
    reviewer: User,
) -> None:
    report_at(reviewer, this_week(1), "One")
    report_at(reviewer, this_week(3), "Three")
    report_at(reviewer, this_week(1) - 10 * DAY, "Between")
    html = page(reviewer, "/reports/years-ago/")
    assert html.index("A year ago") < html.index("One") < html.index("3 years ago")
    assert "Three" in html
    assert "Between" not in html


def test_the_listing_leads_back_without_asking_for_it(reviewer: User) -> None:
    make_report(reviewer)
    html = page(reviewer, "/reports/")
    assert 'href="/reports/years-ago/"' in html
    assert 'href="/reports/digest/"' in html
    assert "years-ago" not in page(reviewer, "/reports/?severity=SEV2")


def test_looking_back_asks_as_often_for_many_reports_as_for_few(
    reviewer: User,
) -> None:
    make_report(reviewer, document=STORY)
    few = queries(reviewer, MARCH)
    for _ in range(3):
        make_report(reviewer, document=STORY)
    assert queries(reviewer, MARCH) == few
