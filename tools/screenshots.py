"""`make screenshots`: the pages of docs/screenshots/, from a site with the samples.

The site is a throw-away one; nothing of it stays but the pictures.
"""

import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tools import machine
from tools.served import Site, site
from tools.venv import HOME

FOLDER = HOME / "docs" / "screenshots"
SIGN_IN_WITH = "postmortem"
# Flat pages need few colours; more would only make the files larger.
COLOURS = 256


@dataclass(frozen=True, slots=True)
class Look:
    """A way to look at a page."""

    name: str
    width: int = 1280
    height: int = 900
    scheme: str = "light"
    media: str = "screen"
    scale: float = 1


LOOKS = (
    Look("light"),
    Look("dark", scheme="dark"),
    Look("phone", width=390, height=844, scale=1.5),
    Look("print", width=794, height=1123, media="print"),
)


# One report has a second version, so that there is something to compare.
AMEND = """
from django.utils import timezone
from incidents.models import Incident, User
from incidents.workflow.parts.part_kinds import SECTION
from incidents.workflow.reviewing.publish import publish
from incidents.workflow.reviewing.readership import feature
from incidents.workflow.parts.save import save

now = timezone.now()
reviewer = User.objects.get(username="reviewer")
incident = Incident.objects.get(title__startswith="The hour that came twice")
for section in incident.sections.exclude(body="")[:2]:
    words = section.body.replace("1,912", "1,907").replace("customers", "clients")
    words += " All of them have been written to."
    version = section.version
    changes = {"body": words}
    save(SECTION, incident, section.key, changes, version=version, by=reviewer, now=now)
publish(
    incident,
    by=reviewer,
    now=now,
    note="Five invoices were counted twice.",
    despite="Only a number was mended; nobody has to approve that.",
)
locked = Incident.objects.get(title__startswith="The failover")
feature(locked, True, by=reviewer, now=now)
"""


def pages(page: Page) -> dict[str, str]:
    """The address of each picture, as the samples have them."""
    page.goto("/reports/")
    report = address(page, "The failover that locked")
    amended = address(page, "The hour that came twice")
    page.goto("/drafts/")
    draft = address(page, "Checkout")
    return {
        "listing": "/reports/",
        "search": "/reports/?q=failover",
        "report": report,
        "review": f"{draft}review/",
        "changes": f"{amended}changes/",
        "editor": draft,
        "import": "/incidents/import/",
        "actions": "/actions/",
        "insights": "/insights/?months=24",
        "recurrence": recurrence(page, report),
    }


def recurrence(page: Page, report: str) -> str:
    """The page of the first service that a report names."""
    page.goto(report)
    link = page.locator(".side a[href^='/insights/services/']").first
    return link.get_attribute("href") or "/insights/"


def address(page: Page, title: str) -> str:
    link = page.locator(".list h2 a", has_text=title).first
    found = link.get_attribute("href")
    if not found:
        raise LookupError(f"There is no “{title}” on {page.url}.")
    return found


def main() -> None:
    program = machine.find_browser()
    if program is None:
        sys.exit("No browser was found; install the package chromium.")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sampled_site() as served, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=machine.BROWSER_FLAGS
        )
        for look in LOOKS:
            for picture in take_pictures(browser, served, look):
                print(picture.relative_to(HOME), f"{picture.stat().st_size // 1024} kB")
        browser.close()


@contextmanager
def sampled_site() -> Iterator[Site]:
    with (
        tempfile.TemporaryDirectory(prefix="screenshots-") as folder,
        site("", Path(folder)) as served,
    ):
        served.manage("seed_demo")
        served.manage("shell", stdin=AMEND)
        yield served


def take_pictures(browser: Browser, served: Site, look: Look) -> Iterator[Path]:
    context = signed_in(browser, served, look)
    page = context.new_page()
    for name, path in pages(page).items():
        page.goto(path)
        page.emulate_media(media="print" if look.media == "print" else "screen")
        page.wait_for_load_state("networkidle")
        picture = FOLDER / f"{name}-{look.name}.png"
        page.screenshot(path=picture)
        shrink(picture)
        yield picture
    context.close()


def signed_in(browser: Browser, served: Site, look: Look) -> BrowserContext:
    context = browser.new_context(
        base_url=served.address,
        viewport={"width": look.width, "height": look.height},
        color_scheme="dark" if look.scheme == "dark" else "light",
        device_scale_factor=look.scale,
    )
    page = context.new_page()
    page.goto("/account/login/")
    page.get_by_label("Username").fill("reviewer")
    page.get_by_label("Password").fill(SIGN_IN_WITH)
    page.get_by_role("button", name="Log in").click()
    page.wait_for_url("**/reports/")
    page.close()
    return context


def shrink(picture: Path) -> None:
    with Image.open(picture) as image:
        small = image.convert("RGB").quantize(COLOURS)
    small.save(picture, optimize=True)


if __name__ == "__main__":
    main()
