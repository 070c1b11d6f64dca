"""Searching in a real browser: as one types, by keyboard, and without scripts."""

from playwright.sync_api import expect

from incidents.models import User
from tests.browser.opening import OpenPage
from tests.browser.usable import axe
from tests.factories import make_report


def test_hits_come_as_one_types_and_lead_to_the_words(
    open_page: OpenPage, reviewer: User
) -> None:
    make_report(reviewer)
    make_report(reviewer, title="The garage stood under water", severity="SEV1")
    page = open_page(user=reviewer, phone=True)
    page.goto("/reports/")
    box = page.get_by_label("Search in everything that was written")
    box.press_sequentially("garag")
    title = page.get_by_role("heading", name="The garage stood under water")
    expect(title).to_be_visible()
    expect(page.get_by_text("1 report matches")).to_be_visible()
    expect(box).to_be_focused()
    assert page.url.endswith("/reports/?q=garag")
    box.fill("severity:sev1 fuse")
    page.get_by_role("link", name="Summary").click()
    page.wait_for_url("**/reports/*/#lead")
    page.go_back()
    expect(page.get_by_role("link", name="Without Severity sev1")).to_be_visible()
    assert axe(page) == []


def test_without_scripts_a_misspelt_word_can_be_mended(
    open_page: OpenPage, reviewer: User
) -> None:
    make_report(reviewer)
    page = open_page(user=reviewer, scripts=False)
    page.goto("/reports/")
    page.get_by_label("Search in everything that was written").fill("nobdy")
    page.get_by_role("button", name="Filter").click()
    page.get_by_role("link", name="nobody").click()
    expect(page.locator("mark")).to_have_text("Nobody")
