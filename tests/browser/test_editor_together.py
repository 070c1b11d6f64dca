"""Two people write at the same time: nobody is overwritten, no text is lost."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from incidents.documents.document import Entry
from incidents.documents.document import Section as Written
from incidents.documents.kinds import SectionKind
from incidents.models import Incident, Section, User
from tests.browser.desk import Desk
from tests.browser.opening import OpenPage
from tests.browser.usable import axe
from tests.factories import NOW, make_incident

CAUSE = "The failover met a mistake. It kept retrying. It held the lock."

Desks = tuple[Desk, Desk]


@pytest.fixture
def incident(author: User) -> Incident:
    return make_incident(
        author,
        zone="UTC",
        started_at=NOW,
        sections=(
            Written(kind=SectionKind.SUMMARY, title="Summary"),
            Written(kind=SectionKind.ROOT_CAUSE, title="Root cause", body=CAUSE),
        ),
        timeline=(Entry(text="The alert fired.", at=NOW, zone="UTC"),),
    )


@pytest.fixture
def two(
    open_page: OpenPage, author: User, colleague: User, incident: Incident
) -> Callable[[bool], Desks]:
    """Both have the editor open before either of them saves."""

    def opened(scripts: bool) -> Desks:
        first, second = (
            Desk(open_page(user=user, scripts=scripts), live=scripts).open(incident)
            for user in (author, colleague)
        )
        return first, second

    return opened


def body(incident: Incident, kind: SectionKind = SectionKind.ROOT_CAUSE) -> str:
    return incident.sections.get(kind=kind).body


LIVE = pytest.mark.parametrize("live", [True, False], ids=["scripts", "no-scripts"])


@LIVE
def test_two_sections_do_not_disturb_each_other_and_two_sentences_are_joined(
    two: Callable[[bool], Desks], incident: Incident, live: bool
) -> None:
    ada, bo = two(live)
    summary, cause = incident.sections.all()
    ada.write(summary, "A short summary.")
    bo.write(cause, CAUSE + " No alert watches it.")
    assert body(incident, SectionKind.SUMMARY) == "A short summary."
    ada.write(cause, CAUSE.replace("a mistake", "a typing mistake"))
    assert body(incident) == (
        "The failover met a typing mistake. It kept retrying. It held the lock. "
        "No alert watches it."
    )
    expect(ada.page.get_by_text("Somebody else's change was joined")).to_be_visible()


@LIVE
def test_who_changes_the_same_sentence_is_asked(
    two: Callable[[bool], Desks], incident: Incident, live: bool
) -> None:
    ada, bo = two(live)
    cause = incident.sections.get(kind=SectionKind.ROOT_CAUSE)
    ada.write(cause, CAUSE.replace("kept retrying", "retried without a limit"))
    clash(bo, cause, mine="kept retrying for 45 minutes", theirs="without a limit")
    settle(bo, cause, "Use mine")
    assert "It kept retrying for 45 minutes." in body(incident)
    # Now it is Ada who does not know the newest text.
    clash(ada, cause, mine="retried all night", theirs="for 45 minutes")
    settle(ada, cause, "Keep theirs")
    assert "It kept retrying for 45 minutes." in body(incident)
    bo.write(cause, CAUSE.replace("kept retrying", "tried again"))
    clash(ada, cause, mine="retried in vain", theirs="tried again")
    # axe is a script: where scripts are off it would never answer.
    assert not live or axe(ada.page) == []
    ada.field(f"section-{cause.key}", "body").fill("Both of it, in other words.")
    settle(ada, cause, "Save this")
    assert body(incident) == "Both of it, in other words."


def clash(desk: Desk, cause: Section, *, mine: str, theirs: str) -> None:
    """Both sentences are shown, and only the other one is stored."""
    part = f"section-{cause.key}"
    desk.field(part, "body").fill(CAUSE.replace("kept retrying", mine))
    desk.save(part)
    conflict = desk.page.locator(".conflict")
    expect(conflict).to_contain_text("This changed while you were writing")
    for words in (mine, theirs):
        expect(conflict.locator("ins", has_text=words.split()[-1])).to_be_visible()
    cause.refresh_from_db()
    assert theirs in cause.body
    assert mine not in cause.body


def settle(desk: Desk, cause: Section, button: str) -> None:
    desk.page.locator(".conflict .btn", has_text=button).click()
    expect(desk.page.locator(".conflict")).to_have_count(0)
    cause.refresh_from_db()
    expect(desk.field(f"section-{cause.key}", "body")).to_have_value(cause.body)


def test_one_retimes_an_entry_while_the_other_rewrites_it(
    two: Callable[[bool], Desks], incident: Incident
) -> None:
    ada, bo = two(True)
    row = incident.timeline.get()
    part = f"entry-{row.key}"
    for text, time, order in (
        ("The pager rang.", "09:05", (ada, bo)),
        ("A customer called.", "09:06", (bo, ada)),
    ):
        for desk in (ada, bo):
            desk.edit(row)
        ada.field(part, "text").fill(text)
        bo.field(part, "time").fill(time)
        for desk in order:
            desk.save(part)
            expect(desk.page.locator(f"[id='edit-{row.key}']")).to_be_focused()
        row.refresh_from_db()
        assert (row.text, f"{row.at:%H:%M}") == (text, time)


def test_who_rewrites_the_same_entry_is_asked_and_keeps_the_time(
    two: Callable[[bool], Desks], incident: Incident
) -> None:
    ada, bo = two(True)
    row = incident.timeline.get()
    part = f"entry-{row.key}"
    for desk in (ada, bo):
        desk.edit(row)
    ada.field(part, "text").fill("The pager rang.")
    ada.save(part)
    ada.saved("timeline")
    bo.field(part, "text").fill("A customer called.")
    bo.field(part, "time").fill("09:05")
    bo.save(part)
    bo.page.locator(".conflict").get_by_role("button", name="Use mine").click()
    expect(bo.page.locator(".conflict")).to_have_count(0)
    row.refresh_from_db()
    assert row.text == "A customer called."
    assert f"{row.at:%H:%M}" == "09:05"


def test_what_one_types_survives_the_rows_of_the_other(
    two: Callable[[bool], Desks], incident: Incident
) -> None:
    ada, bo = two(True)
    row = incident.timeline.get()
    ada.edit(row)
    ada.field(f"entry-{row.key}", "text").fill("Half a sentence")
    bo.add_entry("09:10", "note", "From Bo.")
    bo.rows("timeline", 2)
    ada.add_entry("09:20", "note", "From Ada.")
    ada.rows("timeline", 3)
    expect(ada.field(f"entry-{row.key}", "text")).to_have_value("Half a sentence")


def test_text_put_back_after_a_return_is_joined_with_what_came_meanwhile(
    two: Callable[[bool], Desks], incident: Incident
) -> None:
    ada, bo = two(True)
    cause = incident.sections.get(kind=SectionKind.ROOT_CAUSE)
    part = f"section-{cause.key}"
    bo.field(part, "body").fill(CAUSE + " No alert watches it.")
    ada.write(cause, CAUSE.replace("a mistake", "a typing mistake"))
    bo.open(incident)
    bo.page.get_by_role("button", name="Put it back").click()
    bo.save(part)
    bo.saved(part)
    assert "a typing mistake" in body(incident)
    assert "No alert watches it." in body(incident)


def test_going_back_puts_no_old_text_over_a_newer_one(
    two: Callable[[bool], Desks], incident: Incident
) -> None:
    ada, bo = two(False)
    summary, cause = incident.sections.all()
    ada.write(cause, "What Ada wrote.")
    bo.open(incident).write(cause, "What Bo wrote on top of it.")
    ada.page.go_back()
    text = ada.field(f"section-{cause.key}", "body")
    expect(text).to_have_value("What Bo wrote on top of it.")
    ada.save(f"section-{cause.key}")
    ada.saved(f"section-{cause.key}")
    assert body(incident) == "What Bo wrote on top of it."
    # What was typed and is still current comes back as ever.
    ada.field(f"section-{summary.key}", "body").fill("Not sent yet.")
    ada.page.get_by_role("link", name="Reports").first.click()
    ada.page.go_back()
    again = ada.field(f"section-{summary.key}", "body")
    expect(again).to_have_value("Not sent yet.")
