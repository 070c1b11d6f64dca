"""The report: what was published stays; only the state of its promises moves."""

import re
from dataclasses import replace

import pytest

from incidents.documents.document import Action, Entry, Factor, Person, Section
from incidents.documents.kinds import ActionKind, ActionState, EntryKind, SectionKind
from incidents.models import Publication, Service, State, User
from incidents.workflow.reviewing.publish import publish
from tests.counting import queries
from tests.factories import (
    DAY,
    DOCUMENT,
    HOUR,
    MINUTE,
    NOW,
    browser_of,
    make_report,
    restrict,
)

FULL = replace(
    DOCUMENT,
    sections=(
        *DOCUMENT.sections,
        Section(kind=SectionKind.ROOT_CAUSE, title="Root cause", body="An old fuse."),
        Section(kind=SectionKind.IMPACT, title="Impact", body="Three floors."),
        Section(kind=SectionKind.LESSONS, title="Nothing here", body=" "),
    ),
    timeline=(
        Entry(at=NOW, text="Dark", kind=EntryKind.DETECTED),
        Entry(at=NOW + 16 * HOUR, text="Light", kind=EntryKind.RESOLVED),
    ),
    actions=(
        Action(
            text="Buy **fuses**", kind=ActionKind.PREVENT, owner=Person(name="Ines")
        ),
    ),
    factors=(Factor(text="No spare fuse", evidence=(0,), answers=(0,)),),
)


def read(user: User, address: str) -> str:
    response = browser_of(user).get(address)
    assert response.status_code == 200, address
    return " ".join(response.content.decode().split())


def article(html: str) -> str:
    found = re.search(r"<article>.*</article>", html, re.DOTALL)
    assert found
    return found[0]


@pytest.mark.parametrize("page", ["", "v/1/", "print/"])
def test_nobody_reads_without_signing_in(reviewer: User, page: str) -> None:
    report = make_report(reviewer)
    address = f"/reports/{report.incident_id}/{page}"
    response = browser_of(None).get(address)
    assert response["Location"] == f"/account/login/?next={address}"


@pytest.mark.parametrize("page", ["", "v/1/", "print/"])
def test_a_restricted_report_is_not_there_for_others(
    reviewer: User, author: User, page: str
) -> None:
    incident = restrict(make_report(reviewer).incident)
    address = f"/reports/{incident.number}/{page}"
    assert browser_of(author).get(address).status_code == 404
    assert browser_of(reviewer).get(address).status_code == 200


@pytest.mark.parametrize("page", ["", "v/1/", "print/"])
@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.WITHDRAWN])
def test_what_is_not_published_is_not_there(
    reviewer: User, admin: User, reader: User, state: State, page: str
) -> None:
    report = make_report(reviewer)
    report.incident.state = state
    report.incident.save()
    address = f"/reports/{report.incident_id}/{page}"
    assert browser_of(reader).get(address).status_code == 404
    # Who writes is told that it was withdrawn, and why.
    led_on = 302 if state == State.WITHDRAWN else 404
    assert browser_of(admin).get(address).status_code == led_on


def test_there_is_no_version_that_was_never_published(reviewer: User) -> None:
    report = make_report(reviewer)
    address = f"/reports/{report.incident_id}/v/2/"
    assert browser_of(reviewer).get(address).status_code == 404


def test_a_reader_finds_no_way_to_edit(reviewer: User, reader: User) -> None:
    report = make_report(reviewer)
    address = f"/reports/{report.incident_id}/"
    edit = f'href="/incidents/{report.incident_id}/"'
    assert edit not in read(reader, address)
    assert edit in read(reviewer, address)


def test_a_report_is_told_in_the_order_a_reader_wants(reviewer: User) -> None:
    report = make_report(reviewer, document=FULL)
    html = article(read(reviewer, f"/reports/{report.incident_id}/"))
    told = ("A fuse blew", "Duration", "Impact", "Timeline", "Root cause")
    at_last = ("Contributing factors", "Action items")
    places = [html.index(f">{words}") for words in told + at_last]
    assert places == sorted(places)
    assert "Nothing here" not in html


def test_an_evidence_and_an_answer_are_one_click_away(reviewer: User) -> None:
    report = make_report(reviewer, document=FULL)
    html = read(reviewer, f"/reports/{report.incident_id}/")
    for anchor in ("timeline.1", "action.1"):
        assert f'href="#{anchor}"' in html
        assert f'id="{anchor}"' in html


def test_no_id_stands_twice_on_the_page(reviewer: User) -> None:
    titles = ("Timeline", "Content", "Root cause", "Root cause", "Site search")
    sections = tuple(
        Section(kind=SectionKind.OTHER, title=title, body="## Why\n\nSo.")
        for title in titles
    )
    report = make_report(
        reviewer, document=replace(FULL, sections=(*DOCUMENT.sections, *sections))
    )
    html = read(reviewer, f"/reports/{report.incident_id}/")
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'href="#([^"]+)"', html):
        assert target in ids


def test_clocks_are_those_of_the_incident(reviewer: User) -> None:
    report = make_report(reviewer, document=FULL)
    html = read(reviewer, f"/reports/{report.incident_id}/")
    assert "Times are in Europe/Berlin." in html
    assert '<time datetime="2026-03-02T10:00:00+01:00">10:00</time>' in html
    assert "Tuesday, 3 March 2026" in html


def test_a_published_version_never_changes(reviewer: User) -> None:
    first = make_report(reviewer, document=replace(FULL, actions=(), factors=()))
    address = f"/reports/{first.incident_id}/v/1/"
    before = article(read(reviewer, address))
    incident = first.incident
    incident.title, incident.zone = "Another title", "Asia/Tokyo"
    incident.save()
    incident.sections.update(body="Another text")
    incident.timeline.update(text="Another entry")
    Service.objects.update(name="renamed")
    assert article(read(reviewer, address)) == before
    publish(incident, by=reviewer, now=NOW + DAY, note="The title")
    after = read(reviewer, address)
    assert "as it was published then" in after
    assert Publication.objects.get(pk=first.pk).html == first.html
    newest = read(reviewer, f"/reports/{first.incident_id}/")
    assert "Another title" in newest
    assert "What is new in version 2: The title" in newest


def test_the_state_of_an_action_item_is_alive(reviewer: User) -> None:
    report = make_report(reviewer, document=FULL)
    address = f"/reports/{report.incident_id}/"
    assert "0 of 1" in read(reviewer, address)
    item = report.incident.actions.get()
    item.state, item.done_at, item.done_by = ActionState.DONE, NOW, reviewer
    item.save()
    html = read(reviewer, address)
    assert "1 of 1" in html
    assert "Done 2 Mar 2026" in html
    assert "by Rita Moss" in html


def test_a_promise_that_is_late_says_so(reviewer: User) -> None:
    late = Action(text="Buy fuses", due_on=NOW.date() - DAY)
    kept = replace(late, state=ActionState.DONE, done_at=NOW)
    report = make_report(reviewer, document=replace(FULL, actions=(late, kept)))
    html = read(reviewer, f"/reports/{report.incident_id}/")
    assert html.count("overdue since 1 Mar 2026") == 1


@pytest.mark.parametrize("scheme", ["javascript:alert(1)//", "data:text/html,", "//x"])
def test_a_ticket_that_is_no_web_address_is_no_link(
    reviewer: User, scheme: str
) -> None:
    actions = (
        Action(text="x", url=scheme),
        Action(text="y", url="HTTPS://t.example/1"),
    )
    report = make_report(reviewer, document=replace(FULL, actions=actions, factors=()))
    html = read(reviewer, f"/reports/{report.incident_id}/")
    assert html.count('class="ticket"') == 1
    assert f'href="{scheme}' not in html


def test_an_action_item_keeps_the_words_it_was_published_with(reviewer: User) -> None:
    report = make_report(reviewer, document=FULL)
    report.incident.actions.update(text="Sell fuses")
    assert "Buy <strong>fuses</strong>" in read(
        reviewer, f"/reports/{report.incident_id}/"
    )


def test_an_action_item_that_was_taken_off_the_list_says_so(reviewer: User) -> None:
    report = make_report(reviewer, document=FULL)
    report.incident.actions.all().delete()
    assert "No longer on the list" in read(reviewer, f"/reports/{report.incident_id}/")


def test_frozen_html_holds_nothing_that_lives(reviewer: User) -> None:
    report = make_report(reviewer, document=FULL)
    for living in ("csrf", "<form", "<button", "hx-", "Open", "/static/"):
        assert living not in report.html


def test_script_in_a_postmortem_stays_text(reviewer: User) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    document = replace(
        FULL,
        title=evil,
        sections=(
            *DOCUMENT.sections,
            Section(kind=SectionKind.OTHER, title=evil, body=evil),
        ),
        timeline=(Entry(at=NOW, text=evil, as_written=evil),),
        actions=(Action(text=evil, owner=Person(name=evil)),),
        services=("<b>lift",),
    )
    report = make_report(reviewer, document=document)
    html = read(reviewer, f"/reports/{report.incident_id}/")
    assert "<script>alert" not in html
    assert "onerror=alert(1)>" not in html.replace("onerror=alert(1)&gt;", "")
    assert "<b>lift" not in html


def test_the_printed_page_has_no_navigation(reviewer: User) -> None:
    report = make_report(reviewer, document=FULL)
    html = read(reviewer, f"/reports/{report.incident_id}/print/")
    assert '<header class="bar">' not in html
    assert "An old fuse." in html


def test_a_report_costs_three_queries_however_long_it_is(reviewer: User) -> None:
    def cost(entries: int) -> int:
        document = replace(
            FULL,
            timeline=tuple(
                Entry(at=NOW + n * MINUTE, text="Dark") for n in range(entries)
            ),
            actions=FULL.actions * entries,
        )
        report = make_report(reviewer, document=document)
        return queries(reviewer, f"/reports/{report.incident_id}/")

    # The session, the account, and the publication with all that lives on it.
    assert cost(3) == cost(30) == 3
