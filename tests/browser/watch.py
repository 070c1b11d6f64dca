"""Looks over a page's shoulder."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import ConsoleMessage, Error, Page


class Watch:
    """Collects what no page of ours may do; the page's fixture fails on any of it."""

    def __init__(self, forgiving: str = "") -> None:
        self.forgiving = forgiving
        self.complaints: list[str] = []

    @contextmanager
    def over(self, page: Page) -> Iterator[None]:
        page.on("console", self.hear)
        page.on("pageerror", self.fail)
        try:
            yield
        finally:
            page.remove_listener("console", self.hear)
            page.remove_listener("pageerror", self.fail)

    def fail(self, error: Error) -> None:
        self.complaints.append(f"Script: {error}")

    def hear(self, message: ConsoleMessage) -> None:
        if message.type != "error" or self.is_the_pages_own_status(message):
            return
        if not (self.forgiving and self.forgiving in message.text):
            self.complaints.append(f"Console: {message.text} {message.location}")

    @staticmethod
    def is_the_pages_own_status(message: ConsoleMessage) -> bool:
        """Chromium reports a 404 page as an error, though the test has asked for it.

        So it does with 422, by which a form comes back to be mended.
        """
        failed = message.text.startswith("Failed to load resource")
        page = message.page
        own = page is not None and message.location["url"] == page.url
        return failed and (own or "status of 422" in message.text)


@contextmanager
def watched(page: Page, forgiving: str = "") -> Iterator[Watch]:
    """Fails on leaving the block if the page did what no page of ours may do.

    `forgiving` are words of an error that the test itself brings about.
    """
    watch = Watch(forgiving)
    with watch.over(page):
        yield watch
    assert not watch.complaints, "\n".join(watch.complaints)
