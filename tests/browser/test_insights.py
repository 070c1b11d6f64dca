"""The insights, looked at: in light, in dark, on a phone, and with a keyboard."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from incidents.documents.document import Action, Factor
from incidents.models import User
from tests.browser.opening import OpenPage
from tests.browser.watch import axe
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


@pytest.mark.parametrize("phone", [False, True])
def test_a_manager_follows_a_number_to_its_reports(
    open_page: OpenPage, reports: None, reader: User, phone: bool
) -> None:
    page = open_page(user=reader, phone=phone)
    found = []
    for address in ("/insights/", "/insights/factors/failover/"):
        page.goto(address)
        for table in page.get_by_text("As a table").all():
            table.click()
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, address
        found += axe(page)
    assert found == []
    page.goto("/insights/")
    page.get_by_label("Severity", exact=True).select_option("SEV3")
    expect(page).to_have_url(re.compile("severity=SEV3"))
    box = page.get_by_role("link", name=re.compile(r": 1 SEV3$"))
    box.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1 report matches")
