"""How a page is opened, and for whom."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from incidents.models import User

WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)


class OpenPage(Protocol):
    """`alone` is for a test that changes what outlives its page, such as the clock."""

    def __call__(
        self,
        *,
        user: User | None = None,
        scripts: bool = True,
        phone: bool = False,
        forgiving: str = "",
        alone: bool = False,
    ) -> Page: ...


class Device(NamedTuple):
    """What cannot be changed once a browser's window is made."""

    scripts: bool = True
    phone: bool = False


class Windows:
    """Browser windows that share nothing, each lent to one person in one test.

    A new one costs most of a second of processor time, for fetching and compiling
    what the last one had, so those that came back are cleaned and lent again.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.free: dict[Device, list[BrowserContext]] = defaultdict(list)

    @contextmanager
    def page(self, device: Device, alone: bool = False) -> Iterator[Page]:
        """One page in a window; that of a page which was `alone` is never lent."""
        window = self.make(device) if alone else self.lend(device)
        page = window.new_page()
        self.forget(page)
        try:
            yield page
        finally:
            if alone:
                window.close()
            else:
                self.take_back(device, window)

    def lend(self, device: Device) -> BrowserContext:
        waiting = self.free[device]
        return waiting.pop() if waiting else self.make(device)

    def make(self, device: Device) -> BrowserContext:
        return self.browser.new_context(
            base_url=self.url,
            java_script_enabled=device.scripts,
            viewport=PHONE if device.phone else WIDE,
            has_touch=device.phone,
            # A button half-way between two colours has neither one's contrast.
            reduced_motion="reduce",
        )

    def take_back(self, device: Device, window: BrowserContext) -> None:
        """Closed and signed out."""
        for page in window.pages:
            page.close()
        window.clear_cookies()
        window.clear_permissions()
        self.free[device].append(window)

    def forget(self, page: Page) -> None:
        """Empties what scripts have stored, if only when their page was closed."""
        stored = {"origin": self.url, "storageTypes": "local_storage,indexeddb"}
        session = page.context.new_cdp_session(page)
        session.send("Storage.clearDataForOrigin", stored)
        session.detach()


def sign_in(page: Page, user: User, url: str) -> None:
    """Gives the page's browser a session, without a walk through the login form."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": url}]
    )
