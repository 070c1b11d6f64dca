"""The editor as a person uses it, with scripts and without."""

from playwright.sync_api import Locator, Page, expect

from incidents.models import Incident
from incidents.models.part import Part


class Desk:
    """One page of one incident. `live` says whether scripts run in it."""

    def __init__(self, page: Page, *, live: bool = True) -> None:
        self.page = page
        self.live = live

    def open(self, incident: Incident) -> "Desk":
        self.page.goto(incident.get_absolute_url())
        return self

    def stay(self) -> None:
        """From here on `never_left` tells whether a page was loaded."""
        self.page.evaluate("window.stays = true")

    @property
    def never_left(self) -> bool:
        return bool(self.page.evaluate("window.stays === true"))

    @property
    def focus(self) -> str:
        return str(self.page.evaluate("document.activeElement.id"))

    def field(self, part: str, name: str) -> Locator:
        return self.page.locator(f"[id='{part}-{name}']")

    def save(self, part: str) -> None:
        form = self.page.locator(
            "form", has=self.page.locator(f"[id='{part}-version']")
        )
        form.locator("button.btn-primary").first.click()

    def saved(self, panel: str) -> None:
        """Wait until the panel says so, or the page with scripts off does."""
        said = ".saved-line strong, .notice.said" if self.live else ".messages"
        place = self.page.locator(f"[id='{panel}']") if self.live else self.page
        expect(place.locator(said).first).to_be_visible()

    def write(self, section: Part, text: str) -> None:
        part = f"section-{section.key}"
        self.field(part, "body").fill(text)
        self.save(part)
        self.saved(part)

    def add_entry(self, time: str, kind: str, text: str) -> None:
        """Typed, and sent with one key where scripts run, once they do."""
        self.page.wait_for_load_state("domcontentloaded")
        self.field("entry-new", "time").fill(time)
        self.field("entry-new", "kind").select_option(kind)
        self.field("entry-new", "text").fill(text)
        if self.live:
            self.field("entry-new", "text").press("Enter")
        else:
            self.page.get_by_role("button", name="Add entry").click()

    def add_action(self, **values: str) -> None:
        for name, value in values.items():
            field = self.field("action-new", name)
            if name in ("kind", "priority"):
                field.select_option(value)
            else:
                field.fill(value)
        self.page.get_by_role("button", name="Add action item").click()

    def add_section(self, title: str, kind: str) -> None:
        self.field("section-new", "title").fill(title)
        self.field("section-new", "kind").select_option(kind)
        self.page.get_by_role("button", name="Add section").click()
        expect(self.page.get_by_role("heading", name=title)).to_be_visible()

    def edit(self, row: Part) -> None:
        self.page.locator(f"[id='edit-{row.key}']").click()
        part = f"{type(row)._meta.model_name or ''}"
        prefix = {"timelineentry": "entry", "actionitem": "action"}[part]
        expect(self.field(f"{prefix}-{row.key}", "text")).to_be_visible()

    def rows(self, panel: str, count: int) -> None:
        """Wait until the panel shows so many rows."""
        rows = self.page.locator(f"#{panel}-rows [data-key]")
        expect(rows).to_have_count(count)
