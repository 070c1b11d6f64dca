"""Looking back in a real browser, with scripts and without."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from incidents.documents.document import Action, Entry, Section
from incidents.documents.kinds import ActionKind, SectionKind
from incidents.models import Incident, User
from incidents.workflow.parts import rows
from incidents.workflow.parts.part_kinds import ENTRY, FACTS, SECTION
from incidents.workflow.parts.save import save
from tests.browser.opening import OpenPage
from tests.browser.usable import unusable
from tests.factories import NOW, make_incident

BODY = "The lift stood still between two floors. Nobody was hurt."


def after(minutes: int) -> dt.datetime:
    return NOW + dt.timedelta(minutes=minutes)


@pytest.fixture
def draft(author: User, colleague: User) -> Incident:
    draft = make_incident(
        author,
        started_at=NOW,
        severity="SEV2",
        sections=(Section(kind=SectionKind.SUMMARY, title="Summary", body=BODY),),
        timeline=(Entry(text="The alarm rang.", at=NOW),),
        actions=(Action(text="Oil the hinge.", kind=ActionKind.PREVENT),),
    )
    key = draft.sections.get().key
    text = {"body": BODY.replace("two floors", "the second and the third floor")}
    save(SECTION, draft, key, text, version=1, by=colleague, now=after(20))
    facts = {"title": "The lift stood still for an hour", "services": ("lift",)}
    save(FACTS, draft, None, facts, version=1, by=colleague, now=after(21))
    row = draft.timeline.get()
    rows.remove(ENTRY, draft, row.key, version=1, by=author, now=after(40))
    return draft


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_an_author_compares_two_revisions_and_restores_the_first(
    open_page: OpenPage, draft: Incident, author: User, scripts: bool
) -> None:
    page = open_page(user=author, scripts=scripts)
    page.goto(f"/incidents/{draft.pk}/history/")
    page.get_by_role("group", name="Revision 1").get_by_label("from").check()
    page.get_by_role("group", name="Revision 2").get_by_label("to").check()
    page.get_by_role("button", name="Compare the two chosen").click()
    expect(
        page.locator("ins", has_text="the second and the third floor")
    ).to_be_visible()
    page.get_by_role("link", name="revision 1").click()
    page.get_by_role("button", name="Restore this revision").click()
    expect(page.get_by_role("status")).to_contain_text("Restored.")
    expect(page.get_by_role("heading", name="Revision 4")).to_be_visible()
    draft.refresh_from_db()
    assert draft.title == "The lift stood still"
    assert draft.sections.get().body == BODY
    assert draft.timeline.get().text == "The alarm rang."


def test_everybody_can_use_the_history(
    open_page: OpenPage, draft: Incident, author: User
) -> None:
    page = open_page(user=author)
    for address in ("", "1/", "compare/?from=1&to=3"):
        page.goto(f"/incidents/{draft.pk}/history/{address}")
        assert unusable(page) == []
