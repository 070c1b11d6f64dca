"""The insights, looked at: in light, in dark, on a phone, and with a keyboard."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from incidents.documents.document import Action, Factor
from incidents.models import User
from tests.browser.opening import OpenPage
from tests.browser.usable import unusable
from tests.factories import DAY, HOUR, make_report


@pytest.fixture
def reports(reviewer: User) -> None:
    now = timezone.now()
    for number in range(3):
        start = now - (40 * number + 10) * DAY
        make_report(
            reviewer,
            now=start + DAY,
            severity=("SEV1", "SEV3", None)[number],
            started_at=start,
            detected_at=start,
            mitigated_at=None,
            resolved_at=start + (number + 1) * HOUR,
            factors=(Factor(text="Nobody had tried it.", category="Failover"),),
            actions=(Action(text="Try it each month.", due_on=start.date()),),
        )


def test_a_manager_follows_a_number_to_its_reports(
    open_page: OpenPage, reports: None, reader: User
) -> None:
    page = open_page(user=reader)
    found = []
    for address in ("/insights/", "/insights/factors/failover/"):
        page.goto(address)
        for table in page.get_by_text("As a table").all():
            table.click()
        found += unusable(page)
    assert found == []
    page.goto("/insights/")
    page.get_by_label("Severity", exact=True).select_option("SEV3")
    expect(page).to_have_url(re.compile("severity=SEV3"))
    box = page.get_by_role("link", name=re.compile(r": 1 SEV3$"))
    box.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 report matches")
