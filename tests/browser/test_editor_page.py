"""The editor for everybody: by keyboard, on a phone, read aloud, light and dark."""

import pytest
from playwright.sync_api import Page, expect

from incidents.documents.document import Action, Document, Entry, Factor, Section
from incidents.documents.kinds import EntryKind, SectionKind
from incidents.models import Incident, User
from tests.browser.desk import Desk
from tests.browser.opening import OpenPage
from tests.browser.usable import axe
from tests.factories import MINUTE, NOW, make_draft

FULL = Document(
    title="The lift stood still",
    severity="SEV2",
    zone="Europe/Berlin",
    started_at=NOW,
    sections=(
        Section(kind=SectionKind.SUMMARY, title="Summary", prompt="What happened?"),
        Section(
            kind=SectionKind.PREVENTION,
            title="What will change",
            body="- Check the fuses\n- Train the porter",
        ),
    ),
    timeline=(
        Entry(text="The lift **stops**.", at=NOW, zone="UTC", kind=EntryKind.DETECTED),
        Entry(text="A fuse is found.", at=NOW + 9 * MINUTE, zone="UTC"),
        Entry(text="Somebody calls.", as_written="about noon"),
    ),
    actions=(Action(text="Buy fuses"), Action(text="Label the box")),
    factors=(Factor(text="No spare fuse", evidence=(1,), answers=(0,)),),
)


@pytest.fixture
def incident(author: User) -> Incident:
    return make_draft(author, document=FULL)


@pytest.fixture
def desk(open_page: OpenPage, author: User, incident: Incident) -> Desk:
    return Desk(open_page(user=author)).open(incident)


OPEN_ALL = """
  for (const part of document.querySelectorAll(".editor details:not([data-menu])")) {
    part.open = true;
  }
"""


def test_everybody_can_use_the_page_with_everything_open_and_errors(
    desk: Desk, incident: Incident
) -> None:
    entry = incident.timeline.first()
    assert entry
    desk.edit(entry)
    desk.field(f"entry-{entry.key}", "time").fill("half past never")
    desk.save(f"entry-{entry.key}")
    desk.add_entry("08:00", "note", "Before it all.")
    expect(desk.page.locator(".question")).to_have_count(2)
    desk.page.evaluate(OPEN_ALL)
    desk.page.locator(".more summary").first.click()
    assert axe(desk.page) == []


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_phone_never_scrolls_sideways(
    open_page: OpenPage, author: User, incident: Incident, scripts: bool
) -> None:
    page = open_page(user=author, phone=True, scripts=scripts)
    row = incident.timeline.first()
    assert row
    page.goto(f"{incident.get_absolute_url()}?open={row.key}&insert={row.key}")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width == page.evaluate("document.documentElement.clientWidth")


def test_the_keyboard_edits_cancels_and_saves_a_row(
    desk: Desk, incident: Incident
) -> None:
    row = incident.timeline.first()
    assert row
    text = desk.field(f"entry-{row.key}", "text")
    edit = desk.page.locator(f"[id='edit-{row.key}']")
    edit.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.field(f"entry-{row.key}", "time")).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(edit).to_be_focused()
    desk.page.keyboard.press("Enter")
    text.fill("The lift stops.")
    desk.page.keyboard.press("Control+Enter")
    expect(edit).to_be_focused()
    row.refresh_from_db()
    assert row.text == "The lift stops."
    assert row.at == NOW
    desk.page.keyboard.press("/")
    expect(desk.page.get_by_placeholder("Search reports")).to_be_focused()


def test_the_keyboard_removes_a_row_and_brings_it_back(
    desk: Desk, incident: Incident
) -> None:
    row = incident.timeline.first()
    assert row
    desk.page.locator(f"[id='more-{row.key}'] summary").press("Enter")
    desk.page.locator(f"[id='remove-{row.key}']").press("Enter")
    desk.rows("timeline", 2)
    expect(desk.page.get_by_role("button", name="Undo")).to_be_focused()
    desk.page.keyboard.press("Enter")
    desk.rows("timeline", 3)
    expect(desk.page.locator(f"[id='edit-{row.key}']")).to_be_focused()
    back = incident.timeline.first()
    assert back
    assert back.key == row.key


def test_an_entry_is_put_between_two(desk: Desk, incident: Incident) -> None:
    row = incident.timeline.first()
    assert row
    desk.page.locator(f"[id='more-{row.key}'] summary").click()
    desk.page.get_by_role("link", name="Insert one below").click()
    expect(desk.field("entry-insert", "time")).to_be_focused()
    desk.field("entry-insert", "time").fill("+3m")
    desk.field("entry-insert", "text").fill("Nobody moves.")
    desk.field("entry-insert", "text").press("Enter")
    desk.rows("timeline", 4)
    assert incident.timeline.all()[1].text == "Nobody moves."


def test_a_row_is_dragged_to_another_place(desk: Desk, incident: Incident) -> None:
    first, second = incident.actions.all()
    grip = desk.page.locator(f"[id='action-{first.key}'] > .handle")
    grip.hover()
    desk.page.mouse.down()
    desk.page.locator(f"[id='action-{second.key}'] .meta").hover()
    desk.page.mouse.move(*below(desk.page, f"action-{second.key}"))
    desk.page.mouse.up()
    expect(desk.page.locator("#actions-rows [data-key]").first).to_contain_text("Label")
    assert [item.text for item in incident.actions.all()] == [second.text, first.text]


def below(page: Page, row: str) -> tuple[float, float]:
    box = page.locator(f"[id='{row}']").bounding_box()
    assert box
    return box["x"] + 5, box["y"] + box["height"] - 2


def test_an_item_is_ticked_declined_and_opened_again(
    desk: Desk, incident: Incident
) -> None:
    item = incident.actions.first()
    assert item
    tick = desk.page.locator(f"[id='tick-{item.key}']")
    tick.click()
    expect(tick).to_have_attribute("value", "open")
    tick.click()
    expect(tick).to_have_attribute("value", "done")
    desk.page.locator(f"[id='more-{item.key}'] summary").click()
    desk.page.get_by_role("link", name="Decline…").first.click()
    reason = desk.field(f"decline-{item.key}", "declined_because")
    expect(reason).to_be_focused()
    desk.page.get_by_role("button", name="Decline it").click()
    expect(desk.page.get_by_role("alert")).to_contain_text("Say why it is declined.")
    reason.fill("They are sold out.")
    desk.page.get_by_role("button", name="Decline it").click()
    expect(desk.page.locator(".note")).to_contain_text("They are sold out.")
    item.refresh_from_db()
    assert (item.state, item.declined_because) == ("declined", "They are sold out.")


def test_a_bullet_becomes_an_action_item_with_one_click(
    desk: Desk, incident: Incident
) -> None:
    desk.page.get_by_role("button", name="Check the fuses").click()
    desk.rows("actions", 3)
    expect(desk.page.get_by_role("button", name="Make an action item")).to_have_count(1)
    assert incident.actions.filter(text="Check the fuses").count() == 1


def test_a_time_is_understood_before_it_is_saved(desk: Desk) -> None:
    desk.field("entry-new", "time").press_sequentially("+45m")
    expect(desk.page.locator("#timeline .understood")).to_contain_text("10:45")


def test_a_text_is_previewed_and_counted(desk: Desk, incident: Incident) -> None:
    part = f"section-{incident.sections.all()[0].key}"
    panel = desk.page.locator(f"[id='{part}']")
    desk.field(part, "body").fill("Two **words**")
    expect(panel.locator(".length")).to_have_text("2 words")
    panel.get_by_role("button", name="Preview").click()
    expect(panel.locator(".preview strong")).to_have_text("words")


def test_times_are_shown_on_the_clock_that_the_reader_chooses(desk: Desk) -> None:
    first = desk.page.locator(".entry time").first
    expect(first).to_have_text("10:00")
    desk.page.get_by_role("link", name="UTC").click()
    expect(first).to_have_text("09:00")
    desk.add_entry("10:30", "note", "Later.")
    desk.rows("timeline", 4)
    expect(first).to_have_text("09:00")


def test_a_section_is_moved_and_what_is_typed_elsewhere_stays(
    desk: Desk, incident: Incident
) -> None:
    summary, change = incident.sections.all()
    desk.field(f"section-{summary.key}", "body").fill("Half a summary")
    panel = desk.page.locator(f"[id='section-{change.key}']")
    panel.get_by_text("Rename or move").click()
    panel.get_by_role("button", name="Move up").click()
    expect(desk.page.locator("#parts .panel:has(.field-body) h2").first).to_have_text(
        "What will change"
    )
    expect(desk.field(f"section-{summary.key}", "body")).to_have_value("Half a summary")


def test_what_a_new_factor_points_at_is_counted_and_begins_anew(desk: Desk) -> None:
    desk.add_entry("", "note", "Added a moment ago.")
    desk.field("factor-new", "text").fill("Nobody looked.")
    chosen = desk.page.locator("form.adding .pick").first
    chosen.locator("summary").click()
    chosen.get_by_label("Added a moment ago.").check()
    expect(chosen.locator(".count")).to_have_text("1 chosen")
    desk.page.get_by_role("button", name="Add factor").click()
    desk.rows("factors", 2)
    expect(chosen.locator(".count")).to_have_text("0 chosen")


def test_the_proposed_day_follows_the_priority(desk: Desk, incident: Incident) -> None:
    due = desk.field("action-new", "due_on")
    first = due.input_value()
    desk.field("action-new", "priority").select_option("high")
    sooner = due.input_value()
    assert sooner < first
    due.fill("2030-01-02")
    desk.field("action-new", "priority").select_option("low")
    expect(due).to_have_value("2030-01-02")


def test_a_text_is_previewed_without_scripts_and_nothing_is_saved(
    open_page: OpenPage, author: User, incident: Incident
) -> None:
    desk = Desk(open_page(user=author, scripts=False), live=False).open(incident)
    part = f"section-{incident.sections.all()[0].key}"
    panel = desk.page.locator(f"[id='{part}']")
    desk.field(part, "body").fill("Two **words**")
    panel.get_by_role("button", name="Preview").click()
    expect(panel.locator(".preview strong")).to_have_text("words")
    expect(desk.field(part, "body")).to_have_value("Two **words**")
    assert incident.sections.all()[0].body == ""


def test_an_entry_is_put_between_two_and_removed_without_scripts(
    open_page: OpenPage, author: User, incident: Incident
) -> None:
    desk = Desk(open_page(user=author, scripts=False), live=False).open(incident)
    row = incident.timeline.first()
    assert row
    desk.page.locator(f"[id='more-{row.key}'] summary").click()
    desk.page.locator(f"[id='insert-{row.key}']").click()
    desk.field("entry-insert", "text").fill("Nobody moves.")
    desk.page.locator(".inserting").get_by_role("button", name="Save entry").click()
    desk.rows("timeline", 4)
    made = incident.timeline.all()[1]
    assert made.text == "Nobody moves."
    desk.page.locator(f"[id='more-{made.key}'] summary").click()
    desk.page.locator(f"[id='remove-{made.key}']").click()
    desk.rows("timeline", 3)
    desk.page.get_by_role("button", name="Undo").click()
    desk.rows("timeline", 4)
