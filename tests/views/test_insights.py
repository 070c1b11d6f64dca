"""The page of insights: what nobody learns from it, and that it is always there."""

import pytest
from django.test import Client
from django.utils import timezone

from incidents.documents.document import Action, Factor
from incidents.insights.page import ABOUT_ONE, FIGURES
from incidents.models import FactorCategory, Incident, User, Visibility
from incidents.workflow.reviewing.access import set_access
from tests.factories import DAY, HOUR, browser_of, make_report

NOW = timezone.now()
START = NOW - 100 * DAY


def make_secret(by: User) -> Incident:
    """A report of which only its writer and the admins know."""
    made = make_report(
        by,
        now=START + 5 * DAY,
        started_at=START,
        detected_at=START,
        mitigated_at=None,
        resolved_at=START + HOUR,
        services=("vault",),
        tags=("theft",),
        factors=(Factor(text="A key was copied.", category="Betrayal"),),
        actions=(Action(text="Change the lock."),),
    ).incident
    kept = Visibility.RESTRICTED
    set_access(made, kept, [], [], by=by, now=START + 5 * DAY)
    return made


PAGES = (
    "/insights/",
    "/insights/?service=vault",
    "/insights/?factor=Betrayal&tag=theft",
    *(f"/insights/{name}.csv?service=vault" for name in FIGURES | ABOUT_ONE),
    "/insights/services/vault/",
    "/insights/tags/theft/",
    "/insights/factors/Betrayal/",
)


@pytest.mark.parametrize("who", ["reader", "author"])
def test_an_outsider_reads_the_same_whether_a_restricted_incident_exists_or_not(
    request: pytest.FixtureRequest, who: str, admin: User
) -> None:
    browser = browser_of(request.getfixturevalue(who))
    before = [bare(browser, page) for page in PAGES]
    make_secret(admin)
    assert [bare(browser, page) for page in PAGES] == before


def test_a_link_by_a_former_name_leads_on_for_those_who_may_know(
    admin: User, reader: User
) -> None:
    make_secret(admin)
    category = FactorCategory.objects.get(name="Betrayal")
    for name in ("Broken trust", "Trust"):
        category.name = name
        category.save()
    for former in ("Betrayal", "broken trust"):
        page = f"/insights/factors/{former}/?period=year"
        assert browser_of(reader).get(page).status_code == 404
        answer = browser_of(admin).get(page)
        assert (answer.status_code, answer["Location"]) == (
            302,
            "/insights/factors/Trust/?period=year",
        )


def bare(browser: Client, page: str) -> tuple[int, list[str]]:
    """A page without the line that differs from answer to answer."""
    response = browser.get(page)
    lines = response.content.decode().splitlines()
    return response.status_code, [line for line in lines if "csrf" not in line.lower()]


def test_an_empty_site_says_where_numbers_come_from(reader: User) -> None:
    page = browser_of(reader).get("/insights/").content.decode()
    assert "come by themselves from published reports" in page
    assert "<figure" not in page


def test_filters_that_nothing_fits_can_be_cleared(reader: User) -> None:
    page = browser_of(reader).get("/insights/?severity=SEV1").content.decode()
    assert "Clear the filters" in page


@pytest.mark.parametrize(
    "query",
    [
        "months=7",
        "until=2026-13",
        "until=0001-01",
        "severity=%00",
        "service=x&tag=y",
        "until=9999-12&months=60",
    ],
)
def test_an_odd_address_is_a_page(reader: User, query: str) -> None:
    assert browser_of(reader).get(f"/insights/?{query}").status_code == 200
