"""A real browser before a live server: scripts on or off, light or dark, any width."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from incidents.models import User
from tests.browser.opening import OpenPage, Windows, sign_in
from tests.browser.watch import watched
from tools.machine import BROWSER_FLAGS, find_browser

HERE = Path(__file__).parent

# No other name is known, so a request that would leave this machine is a console error.
# To be told of every request would take a tenth of what a page takes.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

# How long a page takes says more about the machine's other work than about us.
expect.set_options(timeout=20_000)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here drives a browser.

    Said first, because by these marks the tests that empty the tables are put
    behind the others.
    """
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(
                pytest.mark.django_db(transaction=True, serialized_rollback=True)
            )


@pytest.fixture(scope="session")
def browser(django_db_setup: None) -> Iterator[Browser]:
    program = find_browser()
    assert program, "No browser was found; install the package chromium."
    known = {alias: connections[alias] for alias in connections}
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Beside an event loop Django would make connections anew, and these would
        # know nothing of the rows that are put back after each test.
        for alias, connection in known.items():
            connections[alias] = connection
        # Playwright runs an event loop in this thread, where Django would refuse
        # to ask the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(
            executable_path=program, args=[*BROWSER_FLAGS, ALONE]
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def windows(browser: Browser, live_server: LiveServer) -> Windows:
    return Windows(browser, live_server.url)


@pytest.fixture
def open_page(windows: Windows) -> Iterator[OpenPage]:
    """Opens pages; each fails the test on a console error or a foreign request."""
    with ExitStack() as stack:

        def opened(
            *,
            user: User | None = None,
            scripts: bool = True,
            phone: bool = False,
            forgiving: str = "",
            alone: bool = False,
        ) -> Page:
            window = windows.page(scripts=scripts, phone=phone, alone=alone)
            page = stack.enter_context(window)
            stack.enter_context(watched(page, forgiving))
            if user:
                sign_in(page, user, windows.url)
            return page

        yield opened


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A wide, light page of somebody who is not logged in."""
    return open_page()


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(phone=True)
