"""Similar reports: what they share, what they still owe, and who may know."""

from dataclasses import replace

import pytest
from django.utils import timezone

from incidents.documents.document import Action, Factor, Section
from incidents.documents.kinds import ActionKind, SectionKind
from incidents.models import User
from incidents.workflow.reviewing.withdraw import withdraw
from tests.counting import queries
from tests.factories import (
    DOCUMENT,
    browser_of,
    make_draft,
    make_incident,
    make_report,
    restrict,
)

# What scripts ask for: without the page around it, which is never the same.
PART = {"HX-Request": "true"}


def similar(user: User, number: int, of: str = "reports", **headers: str) -> str:
    response = browser_of(user).get(f"/{of}/{number}/similar/", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("of", ["reports", "incidents"])
def test_a_restricted_report_is_similar_to_nothing_for_others(
    reviewer: User, author: User, of: str
) -> None:
    report = make_report(reviewer)
    restrict(make_report(reviewer, title="The vault").incident)
    assert "The vault" not in similar(author, report.incident_id, of)
    assert "The vault" in similar(reviewer, report.incident_id, of)


def test_what_is_shown_is_the_same_whether_a_hidden_report_exists_or_not(
    reviewer: User, author: User
) -> None:
    report = make_report(reviewer)
    for title in ("The fuse again", "A belt tore", "Doors ajar"):
        make_report(reviewer, title=title)
    before = similar(author, report.incident_id, **PART)
    for title in ("The lift, the fuse and the belt", "Lift, fuse, doors"):
        restrict(make_report(reviewer, title=title).incident)
    assert similar(author, report.incident_id, **PART) == before


def test_a_draft_is_similar_to_nothing(reviewer: User) -> None:
    report = make_report(reviewer)
    make_draft(reviewer, title="Half written")
    assert "Half written" not in similar(reviewer, report.incident_id)


def test_an_editor_left_open_may_ask_after_the_report_is_withdrawn(
    reviewer: User, author: User
) -> None:
    report = make_report(reviewer)
    withdraw(report.incident, "Wrong", by=reviewer, now=timezone.now())
    assert similar(author, report.incident_id, of="incidents", **PART)


def test_what_shares_most_comes_first(reviewer: User) -> None:
    report = make_report(reviewer, tags=("fuse",))
    make_report(reviewer, title="One thing")
    make_report(reviewer, title="Two things", tags=("fuse",))
    html = similar(reviewer, report.incident_id)
    assert html.index("Two things") < html.index("One thing")


def test_one_cause_in_one_service_is_similar_without_a_word_in_common(
    reviewer: User,
) -> None:
    cause = (Factor(text="Nobody looked", category="Attention"),)
    make_report(reviewer, factors=cause, title="Doors ajar")
    told = Section(kind=SectionKind.SUMMARY, title="Summary", body="A belt tore.")
    bare = replace(DOCUMENT, title="Stuck", sections=(told,))
    other = (Factor(text="Overworked", category="Attention"),)
    here = make_report(reviewer, document=bare, factors=other)
    alone = make_report(reviewer, document=bare, title="Humming", services=())
    assert "Doors ajar" in similar(reviewer, here.incident_id)
    assert "Doors ajar" not in similar(reviewer, alone.incident_id)


def test_among_few_reports_words_that_any_may_say_make_nothing_similar(
    reviewer: User,
) -> None:
    for own in (
        "gravel carburettor mast anchor rope sail keel",
        "soup ladle valet galley kettle spoon saucer",
    ):
        body = f"An address, a copy, a list and a name were read: {own}."
        told = Section(kind=SectionKind.SUMMARY, title="Summary", body=body)
        story = replace(DOCUMENT, title="???", services=(), sections=(told,))
        here = make_report(reviewer, document=story)
    assert "No report that you may see" in similar(reviewer, here.incident_id)


def test_what_is_still_open_is_told_but_not_from_a_draft(reviewer: User) -> None:
    report = make_report(reviewer)
    promised = (
        Action(text="Buy **fuses**", kind=ActionKind.PREVENT),
        Action(text="Hang up a sign"),
    )
    story = replace(DOCUMENT, actions=promised)
    other = make_report(reviewer, document=story).incident
    other.actions.update(text="Not yet published")
    html = similar(reviewer, report.incident_id)
    assert "Was to prevent a repeat, open since March 2026:" in html
    assert "Buy fuses" in html
    assert "1 more action item still open" in html
    assert "Not yet published" not in html


def test_a_report_that_shares_nothing_says_so(reviewer: User) -> None:
    report = make_report(reviewer)
    assert "No report that you may see" in similar(reviewer, report.incident_id)


def test_who_writes_is_told_what_happened_before(reviewer: User) -> None:
    make_report(reviewer)
    draft = make_incident(reviewer, title="A fuse blew in the lift", services=("lift",))
    assert "The lift stood still" in similar(reviewer, draft.number, "incidents")
    page = browser_of(reviewer).get(f"/incidents/{draft.number}/").content.decode()
    assert f'href="/incidents/{draft.number}/similar/"' in page
    assert "The lift stood still" not in page


def test_a_title_alone_is_compared_and_nothing_is_nothing(reviewer: User) -> None:
    make_report(reviewer)
    draft = make_incident(reviewer, title="???")
    assert "No report that you may see" in similar(reviewer, draft.number, "incidents")


def test_it_asks_as_often_for_many_reports_as_for_few(reviewer: User) -> None:
    cause = (Factor(text="Nobody looked", category="Attention"),)
    report = make_report(reviewer, factors=cause, tags=("fuse",))
    address = f"/reports/{report.incident_id}/similar/"
    for _ in range(2):
        make_report(reviewer, factors=cause, tags=("fuse",))
    few = queries(reviewer, address)
    for _ in range(5):
        make_report(reviewer, factors=cause, tags=("fuse",))
    assert queries(reviewer, address) == few


def test_without_the_extra_there_is_no_pdf(reviewer: User) -> None:
    report = make_report(reviewer)
    browser = browser_of(reviewer)
    page = browser.get(f"/reports/{report.incident_id}/").content.decode()
    assert "/pdf/" not in page
    answer = browser.get(f"/reports/{report.incident_id}/pdf/")
    assert answer.status_code == 501
    assert "This site makes no PDF" in answer.content.decode()
