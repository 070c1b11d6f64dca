"""What the fields of the editor take, refuse and say."""

import datetime as dt
import re

import pytest

from incidents.documents.document import Entry, Section
from incidents.documents.kinds import SectionKind
from incidents.forms.start import StartForm
from incidents.models import Incident, Service, User
from tests.factories import browser_of, make_incident, restrict


@pytest.fixture
def draft(author: User) -> Incident:
    section = Section(kind=SectionKind.SUMMARY, title="Summary", body="Short.")
    now = dt.datetime(2026, 3, 2, 20, 30, tzinfo=dt.UTC)
    return make_incident(author, sections=(section,), now=now)


def page(author: User, draft: Incident) -> str:
    return browser_of(author).get(draft.get_absolute_url()).content.decode()


def test_no_field_lets_the_browser_cut_a_paste_without_a_word(
    author: User, draft: Incident
) -> None:
    # The box to search with stands above, and holds no words of the postmortem.
    editor = page(author, draft).partition("<main")[2]
    fields = re.findall("<input[^>]* id=[^>]*>", editor)
    assert fields
    cut = [field for field in fields if "maxlength" in field]
    assert all("picture" in field for field in cut)


def test_a_name_is_not_proposed_that_only_a_restricted_postmortem_bears(
    author: User, reviewer: User, draft: Incident
) -> None:
    make_incident(reviewer, services=("lift", "chute"), tags=("merger",))
    restrict(Incident.objects.latest("number"))
    make_incident(reviewer, services=("lift",))
    Service.objects.create(name="stairs")
    names = re.findall(r'<option value="(\w+)">', page(author, draft))
    assert {"lift", "stairs"} <= {*names}
    assert not {"chute", "merger"} & {*names}
    assert "chute" in page(reviewer, draft)


def test_a_title_that_is_too_long_is_kept_and_told(
    author: User, draft: Incident
) -> None:
    address = f"{draft.get_absolute_url()}basics/"
    response = browser_of(author).post(address, {"title": "x" * 300, "version": "1"})
    assert response.status_code == 422
    assert "x" * 300 in response.content.decode()


@pytest.mark.parametrize(
    ("page", "field"),
    [("/incidents/new/", "new-title"), ("timeline/paste/", "paste-text")],
)
def test_the_first_thing_to_mend_has_the_focus(
    author: User, draft: Incident, page: str, field: str
) -> None:
    address = page if page.startswith("/") else f"{draft.get_absolute_url()}{page}"
    response = browser_of(author).post(address, {"zone": "UTC"})
    assert response.status_code == 422
    [focused] = re.findall("<(?:input|textarea)[^>]* autofocus[^>]*>", response.text)
    assert f'id="{field}"' in focused


def test_no_button_of_a_row_belongs_to_a_form_of_all_rows(author: User) -> None:
    """A browser looks through such a form for each: a long timeline stands still."""
    rows = tuple(Entry(text=f"Step {number}.") for number in range(3))
    html = page(author, make_incident(author, timeline=rows))
    buttons = re.findall(r'<button[^>]* id="(?:up|down|remove)-[^>]*>', html)
    assert len(buttons) == 9
    assert not [button for button in buttons if " form=" in button]


def test_what_is_no_number_is_kept_and_told(author: User, draft: Incident) -> None:
    address = f"{draft.get_absolute_url()}impact/"
    sent = {"users_affected_percent": "85-90", "version": "1"}
    response = browser_of(author).post(address, sent)
    assert response.status_code == 422
    assert "Give a number from 0 to 100" in response.content.decode()
    assert 'value="85-90"' in response.content.decode()


def test_the_last_save_is_told_on_the_clock_of_the_reader(
    author: User, draft: Incident
) -> None:
    author.zone = "Asia/Tokyo"
    author.save()
    line = re.search('class="saved-line".*?</p>', page(author, draft), re.DOTALL)
    assert line
    assert "3 Mar 2026, 05:30 JST" in line[0]


def test_a_time_that_means_nothing_is_not_asked_for_among_no_choices(
    author: User, draft: Incident
) -> None:
    address = f"{draft.get_absolute_url()}when/"
    sent = {"started_at": "banana", "zone": "UTC", "version": "1"}
    words = browser_of(author).post(address, sent).content.decode()
    assert "is not a time we can read" in words
    assert "Which did you mean?" not in words


def test_a_clock_that_is_written_anew_stays_on_its_day(author: User) -> None:
    night = dt.datetime(2026, 3, 2, 23, 50, tzinfo=dt.UTC)
    entries = (Entry(text="Began", at=night), Entry(text="Seen", at=night))
    incident = make_incident(
        author, zone="UTC", started_at=night, detected_at=night, timeline=entries
    )
    client, address = browser_of(author), incident.get_absolute_url()
    row = incident.timeline.last()
    assert row
    for version, time in enumerate(("2026-03-03 00:20", "00:10"), 1):
        given = {"version": version, "time": time, "kind": "note", "text": "Seen"}
        client.post(f"{address}timeline/{row.key}/", given)
    when = {"started_at": "23:30", "detected_at": "2026-03-02 23:50", "zone": "UTC"}
    client.post(f"{address}when/", {"version": "1", **when})
    row.refresh_from_db()
    incident.refresh_from_db()
    assert row.at == dt.datetime(2026, 3, 3, 0, 10, tzinfo=dt.UTC)
    assert incident.started_at == night - dt.timedelta(minutes=20)


def test_a_start_is_of_today_and_asked_about_where_it_is_still_to_come(
    author: User,
) -> None:
    now = dt.datetime(2026, 3, 3, 0, 30, tzinfo=dt.UTC)
    past, ahead = (
        StartForm({"started_at": text, "zone": "UTC"}, zone="UTC", now=now)
        for text in ("00:10", "23:50")
    )
    assert past.is_valid() is ahead.is_valid() is False
    assert past.cleaned_data["started_at"] == now.replace(minute=10)
    choices = ahead.questions["started_at"].choices
    assert [choice.resolved.at.day for choice in choices] == [2, 3]
