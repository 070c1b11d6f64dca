"""How a page is opened, and for whom."""

from typing import Literal, Protocol

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, ViewportSize

from incidents.models import User

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE = ViewportSize(width=1280, height=900)
PHONE = ViewportSize(width=390, height=844)


class OpenPage(Protocol):
    def __call__(
        self,
        *,
        user: User | None = None,
        scripts: bool = True,
        scheme: Literal["light", "dark"] = "light",
        phone: bool = False,
        forgiving: str = "",
    ) -> Page: ...


def sign_in(page: Page, user: User, url: str) -> None:
    """Gives the page's browser a session, without a walk through the login form."""
    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": url}]
    )
