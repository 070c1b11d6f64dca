"""A login that expires in mid-edit, in a real browser without scripts."""

from playwright.sync_api import expect

from incidents.documents.document import Section as Summary
from incidents.documents.kinds import SectionKind
from incidents.models import Section, User
from tests.browser.desk import Desk
from tests.browser.opening import OpenPage, sign_in
from tests.factories import make_incident

PASSWORD = "a lift of seven storeys"
WORDS = "The motor had <no> spare part.\n\n  Nobody knew: “ü”."


def open_editor(author: User, open_page: OpenPage) -> tuple[Section, Desk]:
    author.set_password(PASSWORD)
    author.save()
    section = Summary(kind=SectionKind.SUMMARY, title="Summary", body="Before.")
    draft = make_incident(author, sections=(section,))
    desk = Desk(open_page(user=author, scripts=False), live=False).open(draft)
    return draft.sections.get(), desk


def write(desk: Desk, section: Section) -> None:
    desk.field(f"section-{section.key}", "body").fill(WORDS)
    desk.save(f"section-{section.key}")


def expect_words(desk: Desk, section: Section) -> None:
    field = desk.field(f"section-{section.key}", "body")
    expect(field).to_have_value(WORDS)
    section.refresh_from_db()
    assert section.body == WORDS


def test_what_was_written_is_saved_by_logging_in(
    author: User, open_page: OpenPage
) -> None:
    section, desk = open_editor(author, open_page)
    desk.page.context.clear_cookies(name="sessionid")
    write(desk, section)
    expect(desk.page.get_by_role("alert")).to_contain_text("what you wrote is saved")
    desk.page.get_by_label("Username").fill("ada")
    desk.page.get_by_label("Password").fill(PASSWORD)
    desk.page.get_by_role("button", name="Log in").click()
    expect_words(desk, section)


def test_a_login_in_another_tab_costs_one_click(
    author: User, open_page: OpenPage
) -> None:
    section, desk = open_editor(author, open_page)
    desk.page.context.clear_cookies()
    sign_in(desk.page, author, desk.page.url)
    other = desk.page.context.new_page()
    other.goto(desk.page.url)
    write(desk, section)
    expect(desk.page.get_by_role("heading", level=1)).to_have_text("Your text is safe")
    desk.page.get_by_role("button", name="Send it again").click()
    expect_words(desk, section)
