"""The browser itself: it reaches the site, and the watch over it is awake."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.opening import OpenPage
from tests.browser.usable import axe
from tests.browser.watch import watched


@pytest.fixture
def foreign_page(browser: Browser) -> Iterator[Page]:
    """A page without our policy, to show what the watch would catch."""
    page = browser.new_page()
    yield page
    page.close()


def test_a_console_error_is_noticed(foreign_page: Page) -> None:
    with pytest.raises(AssertionError, match="Console: broken"), watched(foreign_page):
        foreign_page.set_content("<script>console.error('broken')</script>")


def test_a_request_that_leaves_the_machine_is_noticed(foreign_page: Page) -> None:
    with (
        pytest.raises(AssertionError, match=r"NAME_NOT_RESOLVED.*spy\.gif"),
        watched(foreign_page),
    ):
        foreign_page.set_content("<img alt='' src='http://example.invalid/spy.gif'>")


def test_an_image_without_words_is_noticed(foreign_page: Page) -> None:
    foreign_page.set_content("<main><h1>Hello</h1><img src='data:,'></main>")
    (light,) = axe(foreign_page)
    assert "image-alt" in light


def test_words_that_the_dark_swallows_are_noticed(foreign_page: Page) -> None:
    foreign_page.set_content(
        "<style>@media (prefers-color-scheme: dark) { h1 { color: #eee } }</style>"
        "<main><h1>Hello</h1></main>"
    )
    light, dark = axe(foreign_page)
    assert "color-contrast" not in light
    assert "color-contrast" in dark


def test_the_browser_reaches_the_site(page: Page) -> None:
    response = page.goto("/health/live")
    assert response is not None
    assert response.json() == {"status": "ok"}


def test_scripts_run_for_those_who_have_them(open_page: OpenPage) -> None:
    found = []
    for scripts in (False, True):
        page = open_page(scripts=scripts)
        page.goto("/account/login/")
        found.append(page.evaluate("typeof htmx"))
    assert found == ["undefined", "object"]
