"""The pages in a real browser: usable by eye, by ear, by keyboard and by thumb."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from incidents.documents.document import Action, Entry, Factor, Person, Section
from incidents.documents.kinds import ActionKind, ActionState, EntryKind, SectionKind
from incidents.models import Publication, User
from tests.browser.opening import OpenPage
from tests.browser.usable import unusable
from tests.factories import DAY, DOCUMENT, HOUR, MINUTE, NOW, make_draft, make_report

RICH = """A fuse **blew**; see [the impact](#impact).[^1]

| floor | dark for |
|-------|---------:|
| 1 | 12 min |

```
meter --> fuse --> lift
```

!!! warning "Hands off"
    Not a toy.

- [x] seen
- [ ] felt

![A fuse](/static/img/icon.svg)

[^1]: It was old.
"""

STORY = replace(
    DOCUMENT,
    tags=("electric",),
    users_affected_count=1200,
    owner=Person(name="Rita Moss", account="rita"),
    sections=(
        *DOCUMENT.sections,
        Section(kind=SectionKind.IMPACT, title="Impact", body="Three floors."),
        Section(kind=SectionKind.ROOT_CAUSE, title="Root cause", body=RICH),
    ),
    timeline=(
        *(
            Entry(at=NOW + 3 * n * HOUR, text=k, kind=k)
            for n, k in enumerate(EntryKind)
        ),
        Entry(at=NOW + DAY, until=NOW + DAY + MINUTE, text="A walk through the house."),
        Entry(text="Somebody had heard a hum.", as_written="days before"),
    ),
    actions=(
        Action(text="Buy fuses", kind=ActionKind.PREVENT, due_on=NOW.date() - DAY),
        Action(text="Hang a sign", state=ActionState.IN_PROGRESS),
        Action(text="Test", state=ActionState.DONE, done_at=NOW),
        Action(text="Sue", state=ActionState.DECLINED, declined_because="Too dear."),
    ),
    factors=(
        Factor(text="No spare fuse", category="Hardware", evidence=(0,), answers=(0,)),
        Factor(text="Old cables", accepted="The house is to be torn down."),
    ),
)


@pytest.fixture
def report(reviewer: User) -> Publication:
    make_draft(reviewer, title="Half written")
    return make_report(reviewer, document=STORY)


def pages(report: Publication) -> list[str]:
    """Those that no other test looks at, wide and on a phone."""
    reports = f"/reports/{report.incident_id}/"
    return [
        "/reports/?q=nothing&from=2026-01-01&tag=electric",
        reports,
        f"{reports}v/1/",
        f"{reports}print/",
        "/reports/digest/2026-03/",
        "/drafts/",
        "/account/password/",
        "/reports/999/",
    ]


def test_everybody_can_use_every_page(
    open_page: OpenPage, report: Publication, reviewer: User
) -> None:
    page = open_page(user=reviewer)
    found = []
    for address in pages(report):
        page.goto(address)
        found += unusable(page)
    assert found == []


def test_everybody_can_use_a_form_in_error(open_page: OpenPage, reviewer: User) -> None:
    page = open_page(user=reviewer)
    page.goto("/account/")
    page.get_by_label("Time zone").fill("Mars")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert unusable(page) == []


def test_everybody_can_use_the_door(page: Page) -> None:
    page.goto("/account/login/")
    assert unusable(page) == []


def test_a_thumb_finds_what_it_aims_at(
    open_page: OpenPage, report: Publication, reviewer: User
) -> None:
    page = open_page(user=reviewer, phone=True)
    page.goto("/reports/")
    controls = (
        "header :is(a, summary, input):visible, .filters :is(input, button):visible"
    )
    for part in page.locator(controls).all():
        box = part.bounding_box()
        assert box
        assert box["height"] >= 44, part.inner_html()


def test_a_keyboard_alone_reads_a_report(
    open_page: OpenPage, report: Publication, reviewer: User
) -> None:
    page = open_page(user=reviewer)
    page.goto("/reports/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    link = page.get_by_role("link", name="The lift stood still")
    for _ in range(12):
        page.keyboard.press("Tab")
        if link.evaluate("element => element === document.activeElement"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("The lift stood still")


def test_a_slash_leads_to_the_search_and_is_typed_in_a_field(
    open_page: OpenPage, report: Publication, reviewer: User
) -> None:
    page = open_page(user=reviewer)
    page.goto("/drafts/")
    page.keyboard.press("/")
    search = page.get_by_label("Search reports")
    expect(search).to_be_focused()
    page.keyboard.type("lift/")
    expect(search).to_have_value("lift/")
    search.fill("LIFT")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 report matches")).to_be_visible()


def test_escape_closes_the_menu_and_gives_the_focus_back(
    open_page: OpenPage, reviewer: User
) -> None:
    page = open_page(user=reviewer)
    page.goto("/drafts/")
    page.get_by_text("Rita Moss").first.click()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Your account")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Your account")).to_be_hidden()
    expect(page.locator("summary").first).to_be_focused()


def test_a_filter_works_at_once_and_can_be_shared(
    open_page: OpenPage, report: Publication, reviewer: User
) -> None:
    make_report(reviewer, title="The garage", severity="SEV1")
    page = open_page(user=reviewer)
    page.goto("/reports/")
    page.get_by_label("Severity", exact=True).select_option("SEV1")
    expect(page.get_by_text("1 report matches")).to_be_visible()
    assert "severity=SEV1" in page.url
    page.reload()
    expect(page.get_by_text("1 report matches")).to_be_visible()
    expect(page.get_by_label("Severity", exact=True)).to_have_value("SEV1")


def test_a_filter_works_without_scripts(
    open_page: OpenPage, report: Publication, reviewer: User
) -> None:
    page = open_page(user=reviewer, scripts=False)
    page.goto("/reports/")
    page.get_by_label("Severity", exact=True).select_option("SEV2")
    page.get_by_role("button", name="Filter").click()
    expect(page.get_by_text("1 report matches")).to_be_visible()


def test_the_contents_show_where_one_reads(
    open_page: OpenPage, report: Publication, reviewer: User
) -> None:
    page = open_page(user=reviewer)
    page.goto(f"/reports/{report.incident_id}/")
    contents = page.get_by_role("navigation", name="Contents")
    contents.get_by_role("link", name="Action items").click()
    here = contents.locator("[aria-current]")
    expect(here).to_contain_text("Action items")
    expect(here).to_have_count(1)


def test_one_logs_in_and_out(page: Page, author: User) -> None:
    author.set_password("a horse and a staple")
    author.save()
    page.goto("/drafts/")
    page.get_by_label("Username").fill("ada")
    page.get_by_label("Password").fill("a horse and a staple")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Drafts")
    page.get_by_text("Ada Byron").first.click()
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_role("status")).to_have_text("You are logged out.")


def test_paper_shows_the_report_and_nothing_to_click(
    open_page: OpenPage, report: Publication, reviewer: User
) -> None:
    page = open_page(user=reviewer)
    page.goto(f"/reports/{report.incident_id}/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Contents")).to_be_hidden()
    expect(page.get_by_role("search")).to_be_hidden()
    expect(page.get_by_role("heading", name="Timeline")).to_be_visible()
