"""Monday on the board: a manager sorts what is late, an engineer ticks a box."""

import csv
import datetime as dt
import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from incidents.documents.document import Action, Person
from incidents.documents.kinds import ActionKind, ActionState, Priority
from incidents.models import ActionItem, ActionPolicy, Publication, User
from tests.browser.opening import OpenPage
from tests.browser.usable import unusable
from tests.factories import make_draft, make_report

TODAY = timezone.now().date()


def days(count: int) -> dt.date:
    return TODAY + dt.timedelta(days=count)


@pytest.fixture
def report(reviewer: User, colleague: User) -> Publication:
    """Promises of every kind: late, soon, far off, undated, closed, declined."""
    bo = Person(name="Bo Lind", account="bo")
    jira = "https://acme.atlassian.net/browse/OPS-12"
    make_draft(
        reviewer,
        title="Replication lag took the web application down",
        actions=(
            Action(text="Alert on replication lag over `30 s`", due_on=days(-3)),
            Action(text="Add dashboards", due_on=days(-4), priority=Priority.HIGH),
            Action(
                text="Drop it", state=ActionState.DECLINED, declined_because="Too dear."
            ),
        ),
    )
    return make_report(
        reviewer,
        title="The failover that locked the primary database",
        actions=(
            Action(
                text="Run failover in each maintenance window",
                kind=ActionKind.PREVENT,
                due_on=days(-12),
                owner=bo,
                url=jira,
            ),
            Action(text="Train the on-call group", due_on=days(0), owner=bo),
            Action(
                text="Write it down", due_on=days(40), state=ActionState.IN_PROGRESS
            ),
            Action(text="Hold a disaster-recovery drill", kind=ActionKind.MITIGATE),
            Action(text="Test", state=ActionState.DONE, done_at=timezone.now()),
        ),
    )


def choose(page: Page, *texts: str) -> None:
    for text in texts:
        page.get_by_role("checkbox", name=f"Choose: {text}").check()


def rows(page: Page) -> list[str]:
    return page.locator(".todo > li .what > p:first-child").all_inner_texts()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_manager_reassigns_three_and_moves_a_date(
    open_page: OpenPage, report: Publication, admin: User, author: User, scripts: bool
) -> None:
    page = open_page(user=admin, scripts=scripts)
    page.goto("/actions/")
    page.get_by_role("link", name="3 overdue").click()
    expect(page).to_have_url(re.compile("due=overdue"))
    late = rows(page)
    assert len(late) == 3
    choose(page, "Run failover", "Add dashboards", "Alert on replication")
    page.locator("#bulk-owner").fill("ada")
    page.get_by_role("button", name="Give to this owner").click()
    expect(page.get_by_text("3 items: Given to another owner.")).to_be_visible()
    assert ActionItem.objects.filter(owner=author).count() == 3
    move_one(page)
    moved = ActionItem.objects.get(text="Add dashboards")
    assert (moved.due_on, moved.moves) == (days(5), 1)
    agree(page, report, moved)


def move_one(page: Page) -> None:
    """A date without a reason is refused at the row, and what was typed stays."""
    page.goto("/actions/?due=overdue")
    page.get_by_role("link", name="Change: Add dashboards").click()
    row = page.locator(".todo > li", has_text="Add dashboards")
    row.get_by_label("Due").fill(days(5).isoformat())
    row.get_by_role("button", name="Save owner and date").click()
    expect(row.locator(".refused")).to_contain_text("Say why the date moves")
    expect(row.get_by_label("Due")).to_have_value(days(5).isoformat())
    row.get_by_label("Why?").fill("The parts are late")
    row.get_by_role("button", name="Save owner and date").click()
    expect(row.locator(".said")).to_contain_text("Saved.")
    expect(row).to_contain_text("moved once")


def agree(page: Page, report: Publication, moved: ActionItem) -> None:
    """Board, report, incident and both files tell the same of each item."""
    page.goto("/actions/")
    expect(page.get_by_role("link", name="2 overdue")).to_be_visible()
    page.goto(f"/reports/{report.incident_id}/")
    expect(page.locator("#action-items ~ ul")).to_contain_text("Ada Byron")
    page.goto(moved.incident.get_absolute_url())
    expect(page.locator("#actions-rows")).to_contain_text("moved once")
    answer = page.request.get("/actions/export.csv")
    table = list(csv.DictReader(answer.text().lstrip("\ufeff").splitlines()))
    told = {line["action item"]: line for line in table}
    assert told["Add dashboards"]["due"] == days(5).isoformat()
    assert told["Add dashboards"]["owner"] == "Ada Byron"
    assert len(table) == 6
    told_as_json = page.request.get(f"{moved.incident.get_absolute_url()}export.json")
    items = {item["text"]: item for item in told_as_json.json()["action_items"]}
    assert items["Add dashboards"]["due_on"] == days(5).isoformat()
    assert items["Add dashboards"]["owner"]["name"] == "Ada Byron"


@pytest.mark.parametrize("scripts", [True, False])
def test_one_click_ticks_and_another_takes_it_back(
    open_page: OpenPage, report: Publication, colleague: User, scripts: bool
) -> None:
    page = open_page(user=colleague, scripts=scripts)
    page.goto("/actions/?owner=me")
    page.get_by_role("button", name="Tick: Train the on-call group").click()
    row = page.locator(".todo > li", has_text="Train the on-call group")
    expect(row.locator(".said")).to_contain_text("Done.")
    row.get_by_label("Evidence").fill("Held on Monday.")
    row.get_by_role("button", name="Keep the evidence").click()
    expect(row.locator(".said")).to_contain_text("The evidence is kept.")
    row.get_by_role("button", name="Undo").click()
    expect(row.locator(".said")).to_contain_text("Undone.")
    assert ActionItem.objects.get(text__startswith="Train").evidence == ""


def test_an_engineer_ticks_on_the_report(
    open_page: OpenPage, report: Publication, colleague: User
) -> None:
    page = open_page(user=colleague)
    page.goto(f"/reports/{report.incident_id}/")
    page.get_by_role("checkbox", name="Train the on-call group").check()
    expect(page.get_by_text("Ticked as done.")).to_be_visible()
    item = ActionItem.objects.get(text__startswith="Train")
    assert (item.state, item.done_by) == ("done", colleague)


def test_the_keyboard_is_enough(
    open_page: OpenPage, report: Publication, colleague: User
) -> None:
    page = open_page(user=colleague)
    page.goto("/actions/")
    page.keyboard.press("m")
    expect(page).to_have_url(re.compile("owner=me"))
    tick = page.get_by_role("button", name="Tick: Train the on-call group")
    tick.focus()
    page.keyboard.press("Enter")
    row = page.locator(".todo > li", has_text="Train the on-call group")
    expect(row.locator(".said")).to_be_focused()
    page.keyboard.press("Tab")
    expect(row.get_by_role("button", name="Undo")).to_be_focused()


def test_everybody_can_use_the_board(
    open_page: OpenPage, report: Publication, reviewer: User
) -> None:
    ActionPolicy.objects.update(evidence=True)
    page = open_page(user=reviewer)
    first = report.incident.actions.all()[0]
    for address in (
        f"/actions/?group=owner&sort=priority&open={first.pk}",
        "/actions/?state=declined",
        "/actions/?kind=detect",
        "/actions/owners/bo/",
    ):
        page.goto(address)
        assert unusable(page) == []
    page.goto("/actions/")
    page.get_by_role("button", name="Tick: Add dashboards").click()
    expect(page.locator(".refused")).to_be_visible()
    assert unusable(page) == []
