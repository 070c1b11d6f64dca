"""The import in a real browser: beside the text, with scripts and without."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from incidents.models import Incident, User
from tests.browser.opening import OpenPage
from tests.browser.usable import axe, unusable
from tests.previewing import TEXT

ENTRY = "- **08:20 AM UTC:** suspected the network, no packet loss"


def paste(page: Page, text: str = TEXT) -> Page:
    page.goto("/incidents/import/")
    page.get_by_label("Paste the text").fill(text)
    page.get_by_role("button", name="Look at what we read").click()
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
    return page


def is_lit(page: Page, text: str) -> bool:
    """Whether these words of the source stand out from the rest."""
    piece = page.locator(".source span", has_text=text).last
    plain = page.locator(".source").evaluate("e => getComputedStyle(e).boxShadow")
    return bool(piece.evaluate("e => getComputedStyle(e).boxShadow") != plain)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_postmortem_is_pasted_mended_and_saved(
    open_page: OpenPage, author: User, scripts: bool
) -> None:
    page = paste(open_page(user=author, scripts=scripts))
    page.get_by_label("Title", exact=False).first.fill("The primary stood still")
    page.get_by_label("Kind of entry 4").select_option("leave out")
    page.get_by_label("Started").fill("when it rained")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("alert")).to_contain_text("not a time we can read")
    page.get_by_label("Started").fill("2024-08-18 08:10")
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The primary stood still")
    assert Incident.objects.get().timeline.count() == 3


def test_the_words_of_a_row_are_lit_while_it_has_the_focus_and_lead_to_it(
    open_page: OpenPage, author: User
) -> None:
    page = paste(open_page(user=author))
    page.get_by_label("Text of entry 2").focus()
    assert is_lit(page, ENTRY)
    page.get_by_label("What will be done, item 1").focus()
    assert not is_lit(page, ENTRY)
    assert is_lit(page, "Patch the failover script")
    page.locator(".source").get_by_text("suspected the network").click()
    expect(page.get_by_label("Text of entry 2")).to_be_focused()


def test_without_scripts_a_link_lights_the_words(
    open_page: OpenPage, author: User
) -> None:
    page = paste(open_page(user=author, scripts=False))
    page.get_by_role("link", name="Where entry 2 stands in the text").click()
    assert is_lit(page, ENTRY)


def test_a_warning_leads_to_its_line(open_page: OpenPage, author: User) -> None:
    page = paste(open_page(user=author), f"{TEXT}\n## Log\n```\nnever closed\n")
    page.get_by_role("link", name="Line 21").click()
    assert is_lit(page, "```")


def test_everybody_can_use_the_import(open_page: OpenPage, author: User) -> None:
    page = open_page(user=author)
    page.goto("/incidents/import/")
    assert unusable(page) == []
    paste(page, TEXT.replace(" UTC", ""))
    page.get_by_role("button", name="Save as draft").click()
    expect(page.get_by_role("alert")).to_contain_text("Which one was it?")
    assert unusable(page) == []


def test_many_files_are_listed_as_they_are_done(
    open_page: OpenPage, author: User, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("a.md", "b.md", "c.md")]
    for file, text in zip(files, (TEXT, TEXT, "\0"), strict=True):
        file.write_text(text)
    page = open_page(user=author, scripts=False)
    page.goto("/incidents/import/")
    page.get_by_label("Or choose files").set_input_files(files)
    page.get_by_role("button", name="Look at what we read").click()
    expect(page.get_by_role("status")).to_contain_text(
        "1 imported, 1 here already, 1 not read"
    )


def test_the_list_of_files_is_for_everybody(
    open_page: OpenPage, author: User, tmp_path: Path
) -> None:
    (tmp_path / "a.md").write_text(TEXT)
    (tmp_path / "b.md").write_text("\0")
    page = open_page(user=author)
    page.goto("/incidents/import/")
    page.get_by_label("Or choose files").set_input_files(sorted(tmp_path.iterdir()))
    page.get_by_role("button", name="Look at what we read").click()
    expect(page.get_by_role("status")).to_contain_text("1 imported, 1 not read")
    assert axe(page) == []
