"""The clocks of a report: frozen in its own zone, drawn anew in another."""

from dataclasses import replace

import pytest

from incidents.documents.document import Entry
from incidents.models import Publication, User
from tests.counting import queries
from tests.factories import DOCUMENT, HOUR, NOW, browser_of, make_report


@pytest.fixture
def report(reviewer: User) -> Publication:
    timeline = (
        Entry(at=NOW, text="Dark"),
        Entry(at=NOW + 16 * HOUR, until=NOW + 17 * HOUR, text="Light"),
    )
    return make_report(reviewer, document=replace(DOCUMENT, timeline=timeline))


def page(user: User, report: Publication, query: str = "") -> str:
    response = browser_of(user).get(f"/reports/{report.incident_id}/{query}")
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("query", ["", "?zone=", "?zone=Mars", "?zone=Asia/Tokyo"])
def test_the_page_is_the_frozen_one_unless_another_clock_is_asked_for(
    report: Publication, reader: User, query: str
) -> None:
    assert " ".join(report.html.split()) in page(reader, report, query)


def test_the_timeline_is_told_in_utc(report: Publication, reader: User) -> None:
    html = page(reader, report, "?zone=UTC")
    assert "Times are in UTC." in html
    assert ">09:00</time>" in html
    assert ">01:00–02:00</time>" in html


def test_the_timeline_is_told_on_the_clock_of_its_reader(
    report: Publication, reader: User
) -> None:
    reader.zone = "Asia/Tokyo"
    reader.save()
    html = page(reader, report, "?zone=mine")
    assert "Times are in Asia/Tokyo." in html
    assert ">18:00</time>" in html
    assert '<a href="?zone=UTC"' in html


def test_a_later_change_of_the_zone_does_not_reach_the_report(
    report: Publication, reader: User
) -> None:
    report.incident.zone = "Asia/Tokyo"
    report.incident.save()
    assert "Times are in Europe/Berlin." in page(reader, report)
    assert "Asia/Tokyo" not in page(reader, report)


def test_another_clock_costs_one_query_more(report: Publication, reader: User) -> None:
    assert queries(reader, f"/reports/{report.incident_id}/?zone=UTC") == 4
