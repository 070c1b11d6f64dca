"""How a page is opened, and for whom."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple, Protocol

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Page, ViewportSize

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


class Device(NamedTuple):
    """What cannot be changed once a browser's window is made."""

    scripts: bool = True
    phone: bool = False


class Windows:
    """Browser windows that share nothing, each lent to one person in one test.

    A new one costs most of a second of processor time, for fetching and compiling
    what the last one had, and a new page in it a fifth; so those that came back are
    cleaned and lent again.
    """

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser, self.url = browser, url
        self.free: dict[Device, list[Page]] = defaultdict(list)

    @contextmanager
    def page(self, device: Device, alone: bool = False) -> Iterator[Page]:
        """The page of a window of its own; one that was `alone` is never lent."""
        page = self.make(device) if alone else self.lend(device)
        self.forget(page)
        try:
            yield page
        finally:
            if alone:
                page.context.close()
            else:
                self.take_back(device, page)

    def lend(self, device: Device) -> Page:
        waiting = self.free[device]
        return waiting.pop() if waiting else self.make(device)

    def make(self, device: Device) -> Page:
        window = self.browser.new_context(
            base_url=self.url,
            java_script_enabled=device.scripts,
            viewport=PHONE if device.phone else WIDE,
            has_touch=device.phone,
            # A button half-way between two colours has neither one's contrast.
            reduced_motion="reduce",
        )
        return window.new_page()

    def take_back(self, device: Device, page: Page) -> None:
        """Empty, in light, with no pointer over it, alone and signed out."""
        window = page.context
        page.unroute_all()
        page.goto(NOWHERE)
        page.emulate_media(media="null", color_scheme="null")
        page.mouse.move(0, 0)
        for other in window.pages:
            if other != page:
                other.close()
        window.clear_cookies()
        window.clear_permissions()
        self.free[device].append(page)

    def forget(self, page: Page) -> None:
        """Empties what scripts have stored, if only when their page was left."""
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
