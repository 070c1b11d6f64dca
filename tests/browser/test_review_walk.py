"""Three people bring a postmortem from a draft to a report, and amend it."""

import re
from dataclasses import replace

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from incidents.documents.document import Person
from incidents.management.samples import samples
from incidents.management.samples.seeding import seed
from incidents.models import Incident, State, User
from incidents.workflow.whole.create import create
from tests.browser.opening import OpenPage
from tests.browser.usable import unusable
from tests.factories import NOW

# Of the three, one writes, one reviews and one only reads.
SAMPLES = 5
# Without scripts every step is the same plain form, whatever the text is: the
# shortest sample and the longest stand for the five.
WALKS = [(place, True) for place in range(SAMPLES)] + [(4, False), (1, False)]


class Walk:
    """One postmortem on its way, with a page for each of the three people.

    After each deed the reviewer is on the page of the review again.
    """

    def __init__(self, incident: Incident, pages: tuple[Page, Page, Page]) -> None:
        self.incident = incident
        self.author, self.reviewer, self.reader = pages

    @property
    def review(self) -> str:
        return f"/incidents/{self.incident.pk}/review/"

    @property
    def report(self) -> str:
        return f"/reports/{self.incident.pk}/"

    def state(self) -> str:
        self.incident.refresh_from_db()
        return self.incident.state

    def ask(self) -> None:
        self.author.goto(self.review)
        self.author.get_by_label("Ask for a review").fill("rita")
        self.author.get_by_role("button", name="Ask", exact=True).click()
        expect(self.author.locator(".answers")).to_contain_text("Rita Moss")

    def remark(self) -> None:
        """The reviewer asks for changes, and says at which part."""
        page = self.reviewer
        page.goto(self.review)
        page.locator(".draft-part").first.get_by_role("link", name="Comment").click()
        expect(page.get_by_label("Your comment")).to_be_focused()
        page.get_by_label("Your comment").fill("Since **when**?")
        page.locator(".commenting .btn-primary").click()
        expect(page.locator(".thread strong", has_text="when")).to_be_visible()
        page.get_by_label("I ask for changes").check()
        page.get_by_label("A word why").fill("Say since when.")
        page.get_by_role("button", name="Send your answer").click()
        expect(page.locator(".answers")).to_contain_text("Changes asked")

    def mend(self, words: str) -> None:
        """The author writes in the editor."""
        page = self.author
        page.goto(self.incident.get_absolute_url())
        row = self.incident.sections.all()[0]
        row.refresh_from_db()
        panel = page.locator(f"#section-{row.key}")
        panel.get_by_label(row.title, exact=True).fill(f"{row.body}\n\n{words}")
        panel.locator("button.btn-primary").first.click()
        expect(page.get_by_text("Saved.").first).to_be_visible()

    def settle(self) -> None:
        """The author goes from the editor to the remark that is counted there."""
        page = self.author
        page.get_by_role("link", name="1 open comment").first.click()
        page.get_by_role("button", name="Resolve the comment of Rita Moss").click()
        expect(page.get_by_text("Every comment is resolved.")).to_be_visible()

    def approve(self) -> None:
        page = self.reviewer
        page.goto(self.review)
        page.get_by_label("I approve it as it stands").check()
        page.get_by_role("button", name="Send your answer").click()
        expect(page.locator(".mark-approved")).to_be_visible()

    def publish(self, note: str = "") -> None:
        page = self.reviewer
        if note:
            page.get_by_label("What is new in this version?").fill(note)
        reason = page.get_by_label("Publish all the same, because")
        if reason.count():
            reason.fill("The rest is not known yet.")
        page.get_by_role("button", name=re.compile("^Publish")).click()
        expect(page.get_by_role("status").first).to_contain_text("Published")

    def read(self, *words: str) -> None:
        self.reader.goto(self.report)
        for text in words:
            expect(self.reader.locator("article")).to_contain_text(text)

    def compare(self, words: str) -> None:
        self.reader.get_by_role("link", name="See what changed").click()
        expect(self.reader.locator(".pair ins").first).to_contain_text(words)

    def withdraw(self) -> None:
        page = self.reviewer
        page.get_by_text("Withdraw the report").click()
        page.get_by_label("Why is it withdrawn?").fill("A number is wrong.")
        page.get_by_role("button", name="Withdraw", exact=True).click()
        expect(page.get_by_role("heading", name="is withdrawn")).to_be_visible()
        self.reader.goto(self.report)
        expect(self.reader.get_by_text("There is nothing here")).to_be_visible()

    def restore(self) -> None:
        self.author.goto(self.report)
        expect(self.author.get_by_text("A number is wrong.")).to_be_visible()
        self.reviewer.get_by_role("button", name="Restore the report").click()
        expect(self.reviewer.get_by_role("status").first).to_contain_text("Restored")


@pytest.mark.parametrize(("place", "scripts"), WALKS)
def test_each_sample_goes_from_draft_to_report_and_back_again(
    open_page: OpenPage,
    author: User,
    reviewer: User,
    reader: User,
    place: int,
    scripts: bool,
) -> None:
    people = (author, reviewer, reader)
    pages = tuple(open_page(user=user, scripts=scripts) for user in people)
    own = Person(name=author.name, account=author.username)
    document = replace(samples(timezone.now())[place].document, owner=own)
    incident = create(document, by=author, now=NOW)
    walk = Walk(incident, (pages[0], pages[1], pages[2]))
    walk.ask()
    assert walk.state() == State.IN_REVIEW
    walk.remark()
    walk.mend("It began in the night.")
    walk.settle()
    walk.approve()
    walk.publish()
    assert walk.state() == State.PUBLISHED
    walk.read("It began in the night.")
    walk.mend("It ended at noon.")
    walk.reviewer.goto(walk.review)
    expect(walk.reviewer.locator(".mark-stale")).to_be_visible()
    walk.publish("When it ended")
    walk.read("It ended at noon.", "What is new in version 2: When it ended")
    walk.compare("It ended at noon.")
    walk.withdraw()
    assert walk.state() == State.WITHDRAWN
    walk.restore()
    walk.read("It ended at noon.")


# By eye, by ear, by keyboard and by thumb


def test_everybody_can_use_the_review_and_a_keyboard_is_enough_to_approve(
    open_page: OpenPage, author: User, reviewer: User, reader: User
) -> None:
    seed(timezone.now())
    asked = Incident.objects.get(state=State.IN_REVIEW)
    page = open_page(user=reviewer)
    part = asked.sections.all()[0].key
    published = Incident.objects.filter(state=State.PUBLISHED)[0]
    for address in (
        f"/incidents/{published.pk}/review/",
        f"/reports/{published.pk}/changes/",
        f"/incidents/{asked.pk}/review/?comment={part}",
    ):
        page.goto(address)
        assert unusable(page) == []
    page.goto(f"/incidents/{asked.pk}/review/")
    approve_by_keyboard(page)
    expect(page.locator(".answers")).to_contain_text("Rita Moss Approved")


def approve_by_keyboard(page: Page) -> None:
    choice = page.get_by_label("I approve it as it stands")
    for _ in range(40):
        page.keyboard.press("Tab")
        if choice.evaluate("it => it === document.activeElement"):
            break
    page.keyboard.press("Space")
    expect(choice).to_be_checked()
    page.keyboard.press("Tab")
    page.keyboard.type("Clear.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
