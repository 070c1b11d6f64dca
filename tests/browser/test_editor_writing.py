"""A person enters a whole postmortem; what is stored is what was meant."""

import datetime as dt

import pytest
from playwright.sync_api import Page, expect

from incidents.documents.document import Action, Document, Entry, Person, Section
from incidents.documents.kinds import ActionKind, EntryKind, Priority, SectionKind
from incidents.models import Incident, User
from incidents.workflow.whole.to_document import to_document
from tests.browser.desk import Desk
from tests.browser.opening import OpenPage


def at(clock: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2024-08-18T{clock}:00+00:00")


def entry(time: str, clock: str, kind: EntryKind, text: str) -> Entry:
    return Entry(text=text, at=at(clock), as_written=time, zone="UTC", kind=kind)


TIMELINE = (
    entry("08:15", "08:15", EntryKind.DETECTED, "Query latency alert on the primary."),
    entry("08:20", "08:20", EntryKind.DEAD_END, "Suspected the network."),
    entry("8.40", "08:40", EntryKind.ACTION, "Restarted the first replica."),
    entry("+45m", "09:00", EntryKind.ESCALATION, "Called the database team."),
    entry("09:15", "09:15", EntryKind.FINDING, "The failover held its **lock**."),
    entry("10:00 AM", "10:00", EntryKind.MITIGATION, "Failover switched off."),
    entry("10:30 UTC", "10:30", EntryKind.ACTION, "Replicas added one by one."),
    entry("11:15", "11:15", EntryKind.RESOLVED, "Latency is back to normal."),
)
BODIES = {
    "Issue summary": "Queries stood still for three hours.\n\nNobody lost data.",
    "Root cause": "The failover met a *configuration mistake* and kept retrying.",
    "Resolution and recovery": "1. Switched it off\n2. Added the replicas",
    "Corrective and preventative measures": "Retries get a limit.",
    "Where we got lucky": "It was a Sunday <quiet> & calm.",
}


def promise(text: str, day: str, kind: ActionKind, priority: Priority) -> Action:
    return Action(
        text=text,
        kind=kind,
        priority=priority,
        owner=Person(name="Ana Silva"),
        due_on=dt.date.fromisoformat(day),
    )


ACTIONS = (
    promise("Limit the retries", "2024-08-23", ActionKind.PREVENT, Priority.HIGH),
    promise("Alert on a held lock", "2024-09-13", ActionKind.DETECT, Priority.MEDIUM),
    promise("Practise the failover", "2024-09-20", ActionKind.PROCESS, Priority.LOW),
    promise("Lower the timeout", "2024-09-27", ActionKind.MITIGATE, Priority.MEDIUM),
    promise("Review the settings", "2024-10-04", ActionKind.PREVENT, Priority.LOW),
)


def expected(sections: tuple[Section, ...]) -> Document:
    return Document(
        title="The failover that locked the primary database",
        severity="SEV1",
        zone="UTC",
        started_at=at("08:15"),
        services=("database", "orders"),
        owner=None,
        sections=sections,
        timeline=TIMELINE,
        actions=ACTIONS,
    )


def begin(page: Page) -> Incident:
    page.goto("/incidents/new/")
    page.get_by_label("Title").fill("The failover that locked the primary database")
    page.get_by_label("Severity").select_option("SEV1")
    page.get_by_label("Services").fill("database, orders")
    page.get_by_label("Started").fill("2024-08-18 08:15")
    page.get_by_role("button", name="Start writing").click()
    expect(page.locator("#timeline")).to_be_visible()
    return Incident.objects.get()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_what_an_author_enters_is_what_is_stored(
    open_page: OpenPage, author: User, scripts: bool
) -> None:
    page = open_page(user=author, scripts=scripts)
    incident = begin(page)
    desk = Desk(page, live=scripts)
    enter_timeline = type_timeline if scripts else send_timeline
    enter_timeline(desk)
    desk.add_section("Where we got lucky", "lessons")
    for section in incident.sections.all():
        desk.write(section, BODIES[section.title])
    for number, item in enumerate(ACTIONS, 1):
        assert item.kind
        assert item.priority
        desk.add_action(
            text=item.text,
            kind=item.kind,
            priority=item.priority,
            owner="Ana Silva",
            due_on=str(item.due_on),
        )
        desk.rows("actions", number)
    assert to_document(incident) == expected(sections_written(incident))


def type_timeline(desk: Desk) -> None:
    """With scripts an entry takes one key, and none takes a page load."""
    desk.stay()
    keyboard = desk.page.keyboard
    desk.field("entry-new", "time").focus()
    for row in TIMELINE:
        keyboard.type(row.as_written)
        desk.field("entry-new", "kind").select_option(row.kind)
        desk.field("entry-new", "text").focus()
        keyboard.type(row.text)
        keyboard.press("Enter")
        assert desk.focus == "entry-new-time"
    desk.rows("timeline", 8)
    assert desk.never_left


def send_timeline(desk: Desk) -> None:
    for row in TIMELINE:
        desk.add_entry(row.as_written, row.kind, row.text)
    desk.rows("timeline", 8)


def sections_written(incident: Incident) -> tuple[Section, ...]:
    kinds = ("summary", "root_cause", "resolution", "prevention", "lessons")
    return tuple(
        Section(kind=SectionKind(kind), title=title, body=body)
        for kind, (title, body) in zip(kinds, BODIES.items(), strict=True)
    )
