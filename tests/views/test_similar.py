"""Similar reports: what they share, what they still owe, and who may know."""

from dataclasses import replace

from incidents.documents.document import Action
from incidents.models import User
from tests.factories import DOCUMENT, browser_of, make_draft, make_report, restrict


def similar(user: User, number: int) -> str:
    response = browser_of(user).get(f"/reports/{number}/similar/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_restricted_report_is_similar_to_nothing_for_others(
    reviewer: User, reader: User
) -> None:
    report = make_report(reviewer)
    restrict(make_report(reviewer, title="The vault").incident)
    assert "The vault" not in similar(reader, report.incident_id)
    assert "The vault" in similar(reviewer, report.incident_id)


def test_a_draft_is_similar_to_nothing(reviewer: User) -> None:
    report = make_report(reviewer)
    make_draft(reviewer, title="Half written")
    assert "Half written" not in similar(reviewer, report.incident_id)


def test_what_shares_most_comes_first(reviewer: User) -> None:
    report = make_report(reviewer, tags=("fuse",))
    make_report(reviewer, title="One thing")
    make_report(reviewer, title="Two things", tags=("fuse",))
    make_report(reviewer, title="Nothing", services=("garage",))
    html = similar(reviewer, report.incident_id)
    assert html.index("Two things") < html.index("One thing")
    assert "Nothing" not in html


def test_what_is_still_open_is_told_but_not_from_a_draft(reviewer: User) -> None:
    report = make_report(reviewer)
    story = replace(DOCUMENT, actions=(Action(text="Buy **fuses**"),))
    other = make_report(reviewer, document=story).incident
    other.actions.update(text="Not yet published")
    html = similar(reviewer, report.incident_id)
    assert "1 still open" in html
    assert "Buy fuses" in html
    assert "Not yet published" not in html


def test_a_report_that_shares_nothing_says_so(reviewer: User) -> None:
    report = make_report(reviewer)
    assert "No other report shares" in similar(reviewer, report.incident_id)


def test_without_the_extra_there_is_no_pdf(reviewer: User) -> None:
    report = make_report(reviewer)
    browser = browser_of(reviewer)
    page = browser.get(f"/reports/{report.incident_id}/").content.decode()
    assert "/pdf/" not in page
    answer = browser.get(f"/reports/{report.incident_id}/pdf/")
    assert answer.status_code == 501
    assert "This site makes no PDF" in answer.content.decode()
