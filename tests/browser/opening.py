"""How a page is opened, and for whom."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, CDPSession, Page, ViewportSize

from incidents.models import User

WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)
# A page of the site, because for any other one the browser starts another process.
NOWHERE = "/robots.txt"


class OpenPage(Protocol):
    """`alone` is for a test that changes what cannot be undone, such as the clock."""

    def __call__(
        self,
        *,
        user: User | None = None,
        scripts: bool = True,
        phone: bool = False,
        forgiving: str = "",
        alone: bool = False,
    ) -> Page: ...


class Window(NamedTuple):
    page: Page
    # What only the browser's own protocol can do.
    protocol: CDPSession

    def run_scripts(self, allowed: bool) -> None:
        self.protocol.send(
            "Emulation.setScriptExecutionDisabled", {"value": not allowed}
        )

    def forget(self, url: str) -> None:
        """Empties what scripts have stored, if only when their page was left."""
        stored = {"origin": url, "storageTypes": "local_storage,indexeddb"}
        self.protocol.send("Storage.clearDataForOrigin", stored)


class Windows:
    """Browser windows that share nothing, each lent to one person in one test.

    A new one costs most of a second of processor time, for fetching and compiling
    what the last one had, and a new page in it a fifth; so those that came back are
    cleaned and lent again.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        # By what cannot be changed any more once a window is made.
        self.free: dict[bool, list[Window]] = defaultdict(list)

    @contextmanager
    def page(self, *, scripts: bool, phone: bool, alone: bool) -> Iterator[Page]:
        """The page of a window of its own; one that was `alone` is never lent."""
        waiting = [] if alone else self.free[phone]
        window = waiting.pop() if waiting else self.make(phone)
        window.forget(self.url)
        window.run_scripts(scripts)
        try:
            yield window.page
        finally:
            if alone:
                window.page.context.close()
            else:
                self.clean(window)
                self.free[phone].append(window)

    def make(self, phone: bool) -> Window:
        context = self.browser.new_context(
            base_url=self.url,
            viewport=PHONE if phone else WIDE,
            has_touch=phone,
            # A button half-way between two colours has neither one's contrast.
            reduced_motion="reduce",
        )
        page = context.new_page()
        return Window(page, context.new_cdp_session(page))

    def clean(self, window: Window) -> None:
        """Empty, in light, with no pointer over it, alone and signed out."""
        page, context = window.page, window.page.context
        page.unroute_all()
        page.goto(NOWHERE)
        page.emulate_media(media="null", color_scheme="null")
        page.mouse.move(0, 0)
        for other in context.pages:
            if other != page:
                other.close()
        context.clear_cookies()
        context.clear_permissions()


def sign_in(page: Page, user: User, url: str) -> None:
    """Gives the page's browser a session, without a walk through the login form."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": url}]
    )
