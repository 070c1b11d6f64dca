"""Two people with the editor open see each other, and where the other one writes."""

from playwright.sync_api import expect

from incidents.documents.document import Entry
from incidents.models import User
from tests.browser.desk import Desk
from tests.browser.opening import OpenPage
from tests.factories import make_incident

A_WHILE = 21_000


def test_people_who_write_see_each_other(
    author: User, colleague: User, open_page: OpenPage
) -> None:
    draft = make_incident(author, timeline=(Entry(text="The alarm rang."),))
    page = open_page(user=author, alone=True)
    page.clock.install()
    Desk(page).open(draft)
    here = page.locator("#here-now")
    expect(here).not_to_contain_text("Here now")
    other = open_page(user=colleague, alone=True)
    other.clock.install()
    theirs = Desk(other).open(draft)
    expect(other.locator("#here-now")).to_contain_text("Ada Byron")
    theirs.field("entry-new", "text").focus()
    with other.expect_response("**/presence/"):
        other.clock.run_for(A_WHILE)
    page.clock.run_for(A_WHILE)
    expect(here).to_contain_text("Bo Lind, at Timeline")
