"""Whatever happens to a save, the words stay: here, in the browser, once."""

import datetime as dt

import pytest
from playwright.sync_api import Dialog, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from incidents.documents.document import Entry, Section
from incidents.documents.kinds import SectionKind
from incidents.models import Incident, User
from tests.browser.desk import Desk
from tests.browser.opening import OpenPage, sign_in
from tests.factories import NOW, make_incident

DEAD = "net::ERR_FAILED"


@pytest.fixture
def incident(author: User) -> Incident:
    return make_incident(
        author,
        zone="UTC",
        started_at=NOW,
        sections=(Section(kind=SectionKind.SUMMARY, title="Summary"),),
        timeline=(Entry(text="The alert fired.", at=NOW, zone="UTC"),),
    )


@pytest.fixture
def summary(incident: Incident) -> str:
    return f"section-{incident.sections.get().key}"


def body(incident: Incident) -> str:
    return incident.sections.get().body


def saves(incident: Incident) -> int:
    return incident.events.filter(what="section changed").count()


def test_a_doubled_click_saves_once(
    open_page: OpenPage, author: User, incident: Incident, summary: str
) -> None:
    desk = Desk(open_page(user=author)).open(incident)
    sent = []
    desk.page.on("request", lambda one: sent.append(one.method))
    desk.field(summary, "body").fill("Written once.")
    desk.page.locator(f"[id='{summary}-save']").dblclick()
    desk.saved(summary)
    assert sent.count("POST") == 1
    assert saves(incident) == 1


def answer_with(page: Page, status: int) -> None:
    page.route("**/sections/**", lambda route: route.fulfill(status=status))


def test_a_server_error_keeps_the_text_and_offers_it_again(
    open_page: OpenPage, author: User, incident: Incident, summary: str
) -> None:
    desk = Desk(open_page(user=author, forgiving="500")).open(incident)
    answer_with(desk.page, 500)
    desk.field(summary, "body").fill("Not to be lost.")
    desk.save(summary)
    expect(desk.page.get_by_role("alert")).to_contain_text("Not saved")
    expect(desk.field(summary, "body")).to_have_value("Not to be lost.")
    desk.page.unroute_all()
    desk.open(incident)
    expect(desk.field(summary, "body")).to_have_value("")
    desk.page.get_by_role("button", name="Put it back").click()
    desk.save(summary)
    desk.saved(summary)
    assert body(incident) == "Not to be lost."
    desk.open(incident)
    expect(desk.page.get_by_text("You have unsaved text")).to_have_count(0)


def test_a_dead_connection_is_tried_again_and_adds_the_row_once(
    open_page: OpenPage, author: User, incident: Incident
) -> None:
    desk = Desk(open_page(user=author, forgiving=DEAD)).open(incident)
    lost = []

    def reach_and_die(route: Route) -> None:
        lost.append(route.fetch())
        route.abort()

    desk.page.route("**/timeline/", reach_and_die, times=1)
    desk.add_entry("09:10", "note", "Typed into a dead line.")
    alert = desk.page.get_by_role("alert")
    expect(alert).to_contain_text("is not saved yet")
    assert lost
    alert.get_by_role("button", name="Try again").click()
    desk.rows("timeline", 2)
    expect(alert).to_have_count(0)
    assert incident.timeline.count() == 2


def test_a_row_that_was_not_sent_is_there_on_return(
    open_page: OpenPage, author: User, incident: Incident
) -> None:
    desk = Desk(open_page(user=author, forgiving=DEAD)).open(incident)
    desk.page.route("**/timeline/", lambda route: route.abort())
    desk.add_entry("09:10", "note", "For later.")
    expect(desk.page.get_by_role("alert")).to_be_visible()
    desk.page.unroute_all()
    desk.open(incident)
    desk.page.get_by_role("button", name="Try again").click()
    desk.rows("timeline", 2)
    assert incident.timeline.filter(text="For later.").count() == 1


def test_what_was_added_is_still_shown_after_the_back_button(
    open_page: OpenPage, author: User, incident: Incident
) -> None:
    # The first visit brings a cookie, and a browser keeps no page for other cookies.
    desk = Desk(open_page(user=author)).open(incident).open(incident)
    desk.add_entry("09:10", "note", "Added since.")
    desk.rows("timeline", 2)
    desk.page.get_by_role("link", name="Drafts").click()
    desk.page.go_back()
    desk.rows("timeline", 2)


def test_a_lost_login_keeps_the_text_and_a_new_one_saves_it(
    open_page: OpenPage,
    live_server: LiveServer,
    author: User,
    incident: Incident,
    summary: str,
) -> None:
    page = open_page(user=author, forgiving="401")
    desk = Desk(page).open(incident)
    page.context.clear_cookies(name="sessionid")
    desk.field(summary, "body").fill("Written while away.")
    desk.save(summary)
    expect(page.get_by_role("alert")).to_contain_text("logged out")
    expect(desk.field(summary, "body")).to_have_value("Written while away.")
    sign_in(page, author, live_server.url)
    page.get_by_role("button", name="Try again").click()
    desk.saved(summary)
    assert body(incident) == "Written while away."


def test_what_is_typed_during_a_save_is_still_there_after_it(
    open_page: OpenPage, author: User, incident: Incident, summary: str
) -> None:
    desk = Desk(open_page(user=author)).open(incident)
    text = desk.field(summary, "body")

    def answer_late(route: Route) -> None:
        answered = route.fetch()
        text.press_sequentially(" And more.")
        route.fulfill(response=answered)

    desk.page.route("**/sections/**", answer_late, times=1)
    text.fill("Begun.")
    text.press("Control+Enter")
    desk.saved(summary)
    expect(text).to_have_value("Begun. And more.")
    expect(text).to_be_focused()
    with desk.page.expect_response("**/sections/**"):
        text.press("Control+Enter")
    assert body(incident) == "Begun. And more."


def test_an_answer_calls_nobody_back_who_writes_on_elsewhere(
    open_page: OpenPage, author: User, incident: Incident
) -> None:
    desk = Desk(open_page(user=author)).open(incident)
    row, more = incident.timeline.get(), desk.field("entry-new", "text")

    def answer_late(route: Route) -> None:
        answered = route.fetch()
        more.press_sequentially("Then")
        route.fulfill(response=answered)

    desk.edit(row)
    desk.page.route(f"**/timeline/{row.key}/", answer_late, times=1)
    desk.field(f"entry-{row.key}", "time").fill("half past never")
    desk.save(f"entry-{row.key}")
    expect(desk.page.locator(".question")).to_be_visible()
    expect(more).to_be_focused()
    more.press_sequentially(" nothing.")
    expect(more).to_have_value("Then nothing.")


def test_leaving_warns_only_with_unsaved_text(
    open_page: OpenPage, author: User, incident: Incident, summary: str
) -> None:
    desk = Desk(open_page(user=author)).open(incident)
    warned: list[str] = []

    def accept(box: Dialog) -> None:
        warned.append(box.type)
        box.accept()

    desk.page.on("dialog", accept)
    desk.open(incident)
    assert not warned
    desk.field(summary, "body").fill("Unsaved.")
    desk.open(incident)
    desk.page.remove_listener("dialog", accept)
    assert warned == ["beforeunload"]


@pytest.mark.parametrize("live", [True, False], ids=["scripts", "no-scripts"])
def test_an_error_keeps_the_text_and_takes_the_focus(
    open_page: OpenPage, author: User, incident: Incident, live: bool
) -> None:
    desk = Desk(open_page(user=author, scripts=live), live=live).open(incident)
    desk.field("when", "resolved_at").fill("2026-03-02 07:15")
    desk.save("when")
    field = desk.field("when", "resolved_at")
    expect(desk.page.get_by_role("alert")).to_contain_text("before the start")
    expect(field).to_have_value("2026-03-02 07:15")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_be_focused()


@pytest.mark.parametrize("live", [True, False], ids=["scripts", "no-scripts"])
def test_a_time_that_nobody_can_read_may_stay_as_written(
    open_page: OpenPage, author: User, incident: Incident, live: bool
) -> None:
    desk = Desk(open_page(user=author, scripts=live), live=live).open(incident)
    desk.add_entry("later that morning", "note", "Somebody called.")
    keep = desk.page.get_by_label("Keep “later that morning” as written")
    expect(keep).to_be_checked()
    desk.page.locator("form", has=keep).get_by_role("button", name="Add entry").click()
    desk.rows("timeline", 2)
    row = incident.timeline.get(text="Somebody called.")
    assert (row.at, row.as_written) == (None, "later that morning")


def test_a_clock_that_runs_backwards_asks_about_midnight(
    open_page: OpenPage, author: User, incident: Incident
) -> None:
    desk = Desk(open_page(user=author)).open(incident)
    desk.add_entry("08:30", "note", "Over night.")
    desk.add_entry("08:40", "note", "And after it.")
    asked = desk.page.locator(".unsaved")
    expect(asked).to_have_count(2)
    desk.page.get_by_label("3 Mar 2026, 08:30").check()
    asked.first.get_by_role("button", name="Add entry").click()
    desk.rows("timeline", 3)
    assert desk.focus == "entry-new-time"
    minutes = [row.at for row in incident.timeline.exclude(at=NOW)]
    night = dt.datetime(2026, 3, 3, 8, 30, tzinfo=dt.UTC)
    assert minutes == [night, night + dt.timedelta(minutes=10)]


def test_text_in_a_row_that_was_open_is_offered_on_return(
    open_page: OpenPage, author: User, incident: Incident
) -> None:
    desk = Desk(open_page(user=author)).open(incident)
    row = incident.timeline.get()
    desk.edit(row)
    desk.field(f"entry-{row.key}", "text").fill("The pager rang.")
    desk.open(incident)
    desk.page.get_by_role("link", name="Open it").click()
    desk.page.get_by_role("button", name="Put it back").click()
    desk.save(f"entry-{row.key}")
    expect(desk.page.locator(f"[id='edit-{row.key}']")).to_be_visible()
    row.refresh_from_db()
    assert row.text == "The pager rang."


def test_a_refused_row_survives_the_saves_of_its_neighbours(
    open_page: OpenPage, author: User, incident: Incident
) -> None:
    desk = Desk(open_page(user=author)).open(incident)
    row = incident.timeline.get()
    desk.edit(row)
    desk.field(f"entry-{row.key}", "time").fill("half past never")
    desk.save(f"entry-{row.key}")
    expect(desk.page.locator(".question")).to_have_count(1)
    desk.add_entry("09:10", "note", "A neighbour.")
    desk.rows("timeline", 2)
    time = desk.field(f"entry-{row.key}", "time")
    expect(time).to_have_value("half past never")
