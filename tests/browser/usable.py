"""Asks axe what a person could not use."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT, AxeResults
from playwright.sync_api import Page

from tests.browser.opening import PHONE, WIDE

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# To weigh them takes axe most of its time, and most words of a page look alike.
COLOURS = ["color-contrast", "link-in-text-block"]
PARTS: dict[str, object] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {rule: {"enabled": False} for rule in COLOURS},
}
WORDS: dict[str, object] = {
    "resultTypes": ["violations"],
    "runOnly": {"type": "rule", "values": COLOURS},
}
# What it found right is not sent back.
ASK_OF_PARTS = """async (options) => {
  const { violations } = await axe.run(options);
  return { violations };
}"""
ASK_OF_LOOKS = Path(__file__).with_name("looks.js").read_text()


def axe(page: Page) -> list[str]:
    """What axe finds on the page as it stands, in light and in dark; best is empty."""
    page.evaluate(AXE_SCRIPT)
    return ask(page)


def unusable(page: Page) -> list[str]:
    """What axe finds on a wide page, and when it becomes as narrow as a phone.

    To ask takes as much as ten page loads, so it is done when the page shows most.
    """
    found = axe(page)
    page.set_viewport_size(PHONE)
    found += wider_than_the_screen(page) + ask(page)
    page.set_viewport_size(WIDE)
    return found


def wider_than_the_screen(page: Page) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{page.url} is {wide} pixels wider than the screen"] if wide > 0 else []


def ask(page: Page) -> list[str]:
    page.emulate_media(color_scheme="light")
    found = answer(page, "light", ASK_OF_PARTS, PARTS)
    found += answer(page, "light", ASK_OF_LOOKS, WORDS)
    # The dark changes colours and nothing else, so nothing else is asked again.
    page.emulate_media(color_scheme="dark")
    return found + answer(page, "dark", ASK_OF_LOOKS, WORDS)


def answer(page: Page, scheme: str, how: str, rules: dict[str, object]) -> list[str]:
    results = AxeResults(page.evaluate(how, rules))
    if not results.violations_count:
        return []
    return [f"{page.url} in {scheme}: {results.generate_report()}"]
