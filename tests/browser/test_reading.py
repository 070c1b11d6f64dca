"""Reading in a real browser: ticking, clocks, views, notices; with scripts or not."""

from dataclasses import replace

import pytest
from playwright.sync_api import Locator, Page, expect

from incidents.documents.document import Action, Entry, Person
from incidents.documents.kinds import ActionState
from incidents.models import ActionItem, Notice, Publication, User
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.reviewing.readership import ask_to_read, feature
from incidents.workflow.reviewing.watching import watch
from incidents.workflow.reviewing.withdraw import reinstate, withdraw
from tests.browser.opening import OpenPage
from tests.browser.usable import unusable
from tests.factories import DAY, DOCUMENT, NOW, make_report

STORY = replace(
    DOCUMENT,
    timeline=(Entry(at=NOW, text="The light went out."),),
    actions=(Action(text="Buy fuses"), Action(text="Hang a sign")),
)


@pytest.fixture
def report(reviewer: User, reader: User) -> Publication:
    """A report in its second version, on top, with a reader who is asked and told."""
    first = make_report(reviewer, document=STORY)
    make_report(reviewer, document=replace(STORY, title="The garage"))
    incident = first.incident
    watch(incident, by=reader)
    ask_to_read(incident, [reader], [], by=reviewer, now=NOW)
    feature(incident, True, by=reviewer, now=NOW)
    return publish(incident, by=reviewer, now=NOW + DAY, note="The title")


def address(report: Publication) -> str:
    return f"/reports/{report.incident_id}/"


def box(page: Page) -> Locator:
    return page.get_by_role("checkbox", name="Buy fuses")


def test_one_click_ticks_and_one_key_undoes(
    open_page: OpenPage, report: Publication, author: User
) -> None:
    page = open_page(user=author)
    page.goto(address(report))
    page.evaluate("window.stays = true")
    box(page).click()
    expect(page.get_by_role("status").first).to_contain_text("Ticked as done.")
    expect(page.get_by_text("by Ada Byron")).to_be_visible()
    expect(page.locator("#kept")).to_have_text("1 of 2")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_role("status").first).to_contain_text("Open again.")
    expect(box(page)).not_to_be_checked()
    assert page.evaluate("window.stays === true")


def test_a_box_is_ticked_and_evidence_given_without_scripts(
    open_page: OpenPage, report: Publication, author: User
) -> None:
    page = open_page(user=author, scripts=False)
    page.goto(address(report))
    box(page).check()
    page.get_by_role("button", name="Save").first.click()
    expect(box(page)).to_be_checked()
    field = page.get_by_label("A link or a note that shows it was done")
    field.first.fill("https://t.example/1")
    page.get_by_role("button", name="Keep it").first.click()
    expect(page.get_by_role("link", name="evidence")).to_be_visible()
    assert ActionItem.objects.filter(state=ActionState.DONE).count() == 1


def test_a_reader_cannot_tick(
    open_page: OpenPage, report: Publication, reader: User
) -> None:
    page = open_page(user=reader)
    page.goto(address(report))
    expect(box(page)).to_be_disabled()


@pytest.mark.parametrize("scripts", [True, False])
def test_the_clocks_are_changed_and_changed_back(
    open_page: OpenPage, report: Publication, reader: User, scripts: bool
) -> None:
    page = open_page(user=reader, scripts=scripts)
    page.goto(address(report))
    page.get_by_role("link", name="UTC").click()
    expect(page.get_by_text("Times are in UTC.")).to_be_visible()
    assert page.url.endswith("?zone=UTC")
    page.get_by_role("link", name="Europe/Berlin").click()
    expect(page.get_by_text("Times are in Europe/Berlin.")).to_be_visible()


def test_an_address_is_copied_at_a_heading_and_lines_for_a_chat(
    open_page: OpenPage, report: Publication, reader: User
) -> None:
    page = open_page(user=reader)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(address(report))
    page.get_by_role("link", name="Link to “Timeline”").click()
    expect(page.get_by_text("The link is copied.")).to_be_attached()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.endswith(f"{address(report)}#timeline")
    page.get_by_role("button", name="Copy for a chat").click()
    expect(page.get_by_text("The lines are copied.")).to_be_attached()
    first, second, *_ = page.evaluate("navigator.clipboard.readText()").splitlines()
    assert report.card["title"] in first
    assert second.endswith(address(report))


def test_similar_reports_come_by_themselves_or_by_a_link(
    open_page: OpenPage, report: Publication, reader: User
) -> None:
    page = open_page(user=reader)
    page.goto(address(report))
    expect(page.get_by_role("link", name="The garage")).to_be_visible()
    plain = open_page(user=reader, scripts=False)
    plain.goto(address(report))
    plain.get_by_role("link", name="Find similar reports").click()
    expect(plain.get_by_role("link", name="The garage")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_reader_follows_a_notice_and_says_that_they_have_read(
    open_page: OpenPage, report: Publication, reader: User, scripts: bool
) -> None:
    page = open_page(user=reader, scripts=scripts)
    page.goto("/reports/")
    page.get_by_text("Remy Sol").first.click()
    page.get_by_role("link", name="Notices").click()
    page.get_by_role("button", name="Read it").first.click()
    expect(page.get_by_text("You are asked to read this version.")).to_be_visible()
    page.get_by_role("button", name="I have read this").click()
    expect(page.get_by_text("You have read version 2.")).to_be_visible()
    assert not Notice.objects.filter(to=reader, read_at=None).exists()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_view_of_the_list_is_narrowed_kept_and_opened_again(
    open_page: OpenPage, report: Publication, reader: User, scripts: bool
) -> None:
    page = open_page(user=reader, scripts=scripts)
    page.goto("/reports/")
    page.get_by_label("Service", exact=True).select_option("lift")
    if not scripts:
        page.get_by_role("button", name="Filter").click()
    expect(page.get_by_role("link", name="Without Service lift")).to_be_visible()
    page.get_by_label("Keep this view as").fill("Lifts")
    page.get_by_role("button", name="Keep").click()
    page.get_by_role("link", name="Without Service lift").click()
    page.get_by_role("link", name="Lifts").click()
    assert page.url.endswith("/reports/?service=lift")


def pages(report: Publication) -> list[str]:
    return [
        "/reports/",
        "/reports/?service=lift&severity=SEV2&q=fuse&actions=open",
        f"{address(report)}readers/",
        f"{address(report)}similar/",
        f"{address(report)}pdf/",
        "/account/notices/",
        "/account/",
    ]


def test_a_word_that_is_wider_than_a_phone_breaks_wherever_it_stands(
    open_page: OpenPage, reviewer: User
) -> None:
    wide = "Donaudampfschifffahrt" * 3
    report = make_report(
        reviewer, title=wide, owner=Person(name=wide), services=(wide[:60],)
    )
    withdraw(report.incident, wide, by=reviewer, now=NOW)
    reinstate(report.incident, by=reviewer, now=NOW)
    page = open_page(user=reviewer, phone=True)
    draft = f"/incidents/{report.incident_id}/"
    for place in ("/reports/", address(report), f"{draft}history/", f"{draft}review/"):
        page.goto(place)
        width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, place


def test_everybody_can_use_what_there_is_to_read(
    open_page: OpenPage, report: Publication, author: User
) -> None:
    watch(report.incident, by=author)
    publish(report.incident, by=User.objects.get(username="rita"), now=NOW + 2 * DAY)
    page = open_page(user=author)
    found = []
    for place in pages(report):
        page.goto(place)
        found += unusable(page)
    page.goto(address(report))
    box(page).click()
    expect(page.get_by_role("status").first).to_contain_text("Ticked")
    found += unusable(page)
    assert found == []
