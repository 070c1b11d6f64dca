"""Pictures in a real browser: pasted, dropped, chosen, and by a plain form."""

import base64

import pytest
from django.conf import settings
from playwright.sync_api import FilePayload, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from incidents.documents.document import Section
from incidents.documents.kinds import SectionKind
from incidents.documents.pictures import read
from incidents.models import Incident, User
from incidents.workflow.parts.attach import attach
from tests import pictures
from tests.browser.opening import OpenPage, sign_in
from tests.browser.usable import axe
from tests.factories import NOW, make_incident

LIFT = FilePayload(name="lift.png", mimeType="image/png", buffer=pictures.picture())
# What a person's own hands do: a file arrives in a text by the clipboard or the mouse.
ARRIVE = """(text, [kind, name, data]) => {
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  const carried = new DataTransfer();
  carried.items.add(new File([bytes], name, { type: "image/png" }));
  const how = { bubbles: true, cancelable: true };
  text.dispatchEvent(kind === "paste"
    ? new ClipboardEvent("paste", { ...how, clipboardData: carried })
    : new DragEvent("drop", { ...how, dataTransfer: carried }));
}"""


@pytest.fixture
def draft(author: User) -> Incident:
    section = Section(kind=SectionKind.SUMMARY, title="Summary", body="Before. After.")
    return make_incident(author, sections=(section,))


def arrive(text: Locator, kind: str, name: str, data: bytes) -> None:
    expect(text).to_be_visible()
    text.evaluate("text => { text.focus(); text.setSelectionRange(8, 8); }")
    text.evaluate(ARRIVE, [kind, name, base64.b64encode(data).decode()])


def summary(page: Page) -> Locator:
    return page.get_by_role("region", name="Summary").locator("textarea")


@pytest.mark.parametrize("kind", ["paste", "drop"])
def test_a_picture_that_arrives_in_a_text_stands_where_the_caret_was(
    open_page: OpenPage, draft: Incident, author: User, kind: str
) -> None:
    page = open_page(user=author)
    page.goto(f"/incidents/{draft.pk}/")
    arrive(summary(page), kind, "lift.png", pictures.picture())
    asked = page.get_by_role("dialog", name="Add a picture")
    expect(asked.get_by_text("lift.png")).to_be_visible()
    asked.get_by_label("What it shows").fill("The lift between two floors")
    asked.get_by_label("What it shows").press("Enter")
    expect(asked).to_have_count(0)
    kept = draft.attachments.get()
    expect(summary(page)).to_have_value(f"Before. {kept.markdown}After.")
    expect(summary(page)).to_be_focused()


def test_a_picture_is_chosen_from_the_toolbar_and_shows_in_the_preview(
    open_page: OpenPage, draft: Incident, author: User
) -> None:
    page = open_page(user=author)
    page.goto(f"/incidents/{draft.pk}/")
    part = page.get_by_role("region", name="Summary")
    with page.expect_file_chooser() as choosing:
        part.get_by_role("button", name="Picture").click()
    choosing.value.set_files([LIFT])
    page.get_by_label("What it shows").last.fill("The lift")
    page.get_by_role("dialog").get_by_role("button", name="Add").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    part.get_by_role("button", name="Preview", exact=True).click()
    picture = part.get_by_role("img", name="The lift")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)")


def test_what_is_no_picture_gets_a_sentence_and_leaves_the_text_alone(
    open_page: OpenPage, draft: Incident, author: User
) -> None:
    page = open_page(user=author)
    page.goto(f"/incidents/{draft.pk}/")
    arrive(summary(page), "paste", "lift.png", b"MZ a program")
    asked = page.get_by_role("dialog")
    asked.get_by_label("What it shows").fill("The lift")
    with page.expect_response("**/images/"):
        asked.get_by_role("button", name="Add").click()
    expect(asked.get_by_role("alert")).to_contain_text("“lift.png” is not a picture")
    assert axe(page) == []
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(summary(page)).to_have_value("Before. After.")


def test_whoever_was_signed_out_signs_in_elsewhere_and_sends_it_again(
    open_page: OpenPage, draft: Incident, author: User, live_server: LiveServer
) -> None:
    page = open_page(user=author, forgiving="status of 401")
    page.goto(f"/incidents/{draft.pk}/")
    arrive(summary(page), "paste", "lift.png", pictures.picture())
    asked = page.get_by_role("dialog")
    asked.get_by_label("What it shows").fill("The lift")
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    asked.get_by_role("button", name="Add").click()
    expect(asked.get_by_role("alert")).to_contain_text("You are logged out.")
    sign_in(page, author, live_server.url)
    asked.get_by_role("button", name="Add").click()
    expect(asked).to_have_count(0)
    kept = draft.attachments.get()
    expect(summary(page)).to_have_value(f"Before. {kept.markdown}After.")


def test_without_scripts_a_picture_is_added_by_a_form(
    open_page: OpenPage, draft: Incident, author: User
) -> None:
    page = open_page(user=author, scripts=False)
    page.goto(f"/incidents/{draft.pk}/")
    panel = page.locator("#pictures")
    panel.locator("summary").click()
    panel.get_by_label("Picture").set_input_files([LIFT])
    panel.get_by_role("button", name="Add the picture").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what the picture shows")
    page.get_by_label("What it shows").fill("The lift between two floors")
    page.get_by_label("Picture").set_input_files([LIFT])
    page.get_by_role("button", name="Add the picture").click()
    kept = draft.attachments.get()
    expect(page.get_by_label("lift.png")).to_have_value(kept.markdown)


def test_everybody_can_use_the_list_of_pictures(
    open_page: OpenPage, draft: Incident, author: User
) -> None:
    for picture in (read(pictures.picture()), read(pictures.SVG)):
        attach(draft, picture, name="lift", alt="The lift", by=author, now=NOW)
    page = open_page(user=author, phone=True)
    page.goto(f"/incidents/{draft.pk}/images/")
    assert axe(page) == []
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
