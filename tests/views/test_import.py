"""A written postmortem becomes a draft, after a look at what was read."""

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from incidents.documents.document import Document, Entry, Factor
from incidents.documents.formats.as_markdown import write
from incidents.documents.parse import parse
from incidents.models import Incident, User
from incidents.workflow.whole.to_document import to_document
from tests.factories import restrict
from tests.previewing import (
    ADDRESS,
    TEXT,
    WITHOUT_ZONE,
    Sent,
    a_file,
    paste,
    send,
)

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


@pytest.fixture
def writer(client: Client, author: User) -> Client:
    client.force_login(author)
    return client


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reader_may_not_import(client: Client, reader: User, method: str) -> None:
    client.force_login(reader)
    assert getattr(client, method)(ADDRESS, {"text": TEXT}).status_code == 403
    assert not Incident.objects.exists()


def test_nothing_pasted_gets_a_sentence(writer: Client) -> None:
    page = paste(writer, " \n")
    assert page.status_code == 422
    assert "first." in page.content.decode()


def test_a_file_that_is_no_text_gets_a_sentence(writer: Client) -> None:
    page = writer.post(ADDRESS, {"files": [a_file("photo.md", b"\x89PNG\0\0")]})
    assert page.status_code == 422
    assert "photo.md: This file is not a text file." in page.content.decode()


def test_a_preview_saves_nothing_and_shows_what_was_read(writer: Client) -> None:
    page = paste(writer, TEXT)
    shown = page.content.decode()
    assert page.status_code == 200
    assert not Incident.objects.exists()
    for words in ("4 timeline entries", "2 action items", "every line placed"):
        assert words in shown
    assert 'value="2024-08-18 08:20"' in shown
    assert "It has no clear time." in shown


def test_an_untouched_preview_is_saved_as_it_was_read(
    writer: Client, author: User
) -> None:
    answer = send(writer, paste(writer, TEXT))
    incident = Incident.objects.get()
    assert answer["Location"] == incident.get_absolute_url()
    document = to_document(incident)
    assert document.title == "The failover that locked the primary"
    assert document.timeline[0].as_written == "08:15 AM UTC"
    assert [item.state for item in document.actions] == ["open", "done"]
    assert incident.source == "imported"


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"title": "\u200b \u2060"}, "Give it a title."),
        ({"started_at": "when it rained"}, "not a time we can read"),
        ({"resolved_at": "2024-08-18 07:00"}, "Resolved is before the start."),
        ({"users_affected_percent": "130"}, "Give a number from 0 to 100"),
        ({"section_title": ["", "Root cause"]}, "Give the section a title"),
        ({"time": ["08:15", "then", "", ""]}, "not a time we can read"),
        ({"text_of_entry": ["", "b", "c", "d"]}, "Say what happened"),
        ({"actions-0-text": ""}, "Say what will be done."),
        ({"actions-1-due_on": "soon"}, "Give a day, such as"),
        ({"zone": "Mars"}, "is not a time zone we know"),
    ],
)
def test_what_cannot_be_saved_is_told_and_nothing_typed_is_lost(
    writer: Client, changes: dict[str, Any], words: str
) -> None:
    typed = {"tags": "lift, fuse", "section_body": ["New words.", "More."], **changes}
    page = send(writer, paste(writer, TEXT), **typed)
    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Incident.objects.exists()
    again = Sent(page).values
    for name, value in typed.items():
        assert again[name] == (value if isinstance(value, list) else [value])


# Another value for each one that the preview shows.
MENDED = {
    "title": "The primary stood still",
    "severity": "SEV1",
    "detected_at": "+5m",
    "resolved_at": "11:45",
    "users_affected_percent": "90",
    "users_affected_count": "1200",
    "detection": "alert",
    "services": "database, web",
    "tags": "failover",
    "owner": "bo",
    "participants": "Zoe: scribe",
    "section_kind": ["impact", "leave out"],
    "section_title": ["What we saw", "Root cause"],
    "section_body": ["A loading screen.", "Gone."],
    "time": ["2024-08-18 08:15", "08:25", "leave", "09:30"],
    "kind": ["detected", "note", "leave out", "action"],
    "text_of_entry": ["The alert rang", "b", "c", "d"],
    "actions-0-text": "Mend the script",
    "actions-0-owner": "bo",
    "actions-0-due_on": "2024-09-01",
    "actions-0-kind": "prevent",
    "actions-0-priority": "high",
    "actions-0-url": "https://tickets.example.org/7",
    "actions-1-leave_out": "on",
}


def test_every_value_can_be_mended_before_it_is_saved(
    writer: Client, colleague: User
) -> None:
    answer = send(writer, paste(writer, TEXT), **MENDED)
    assert answer.status_code == 302
    document = to_document(Incident.objects.get())
    assert (document.title, document.severity) == ("The primary stood still", "SEV1")
    assert document.detected_at
    assert document.detected_at.isoformat() == "2024-08-18T08:20:00+00:00"
    assert document.services == ("database", "web")
    assert document.owner
    assert document.owner.account == colleague.username
    assert [(one.kind, one.title) for one in document.sections] == [
        ("impact", "What we saw")
    ]
    rows = [(one.text, one.as_written) for one in document.timeline]
    assert rows == [("The alert rang", "08:15 AM UTC"), ("b", "08:25"), ("d", "09:30")]
    (item,) = document.actions
    assert (item.text, item.priority, str(item.due_on)) == (
        "Mend the script",
        "high",
        "2024-09-01",
    )


def test_a_zone_that_is_not_stated_is_asked_for_once(writer: Client) -> None:
    page = paste(writer, WITHOUT_ZONE)
    assert "does not say in which time zone" in page.content.decode()
    asked = send(writer, page)
    assert asked.status_code == 422
    assert "Which one was it?" in asked.content.decode()
    assert send(writer, asked, zone="Europe/Berlin").status_code == 302
    incident = Incident.objects.get()
    assert incident.zone == "Europe/Berlin"
    assert incident.started_at
    assert incident.started_at.isoformat() == "2024-08-18T06:15:00+00:00"
    assert all(entry.at for entry in incident.timeline.all()[:3])


def test_a_question_about_a_time_is_answered_in_place(writer: Client) -> None:
    page = paste(writer, TEXT)
    asked = send(writer, page, detected_at="10/09/2024 08:20")
    assert asked.status_code == 422
    assert "Which did you mean?" in asked.content.decode()
    assert send(writer, asked).status_code == 302


def test_the_same_text_again_opens_what_exists(writer: Client, colleague: User) -> None:
    first = paste(writer, TEXT)
    send(writer, first)
    assert "This text is here already" in paste(writer, TEXT).content.decode()
    answer = send(writer, first)
    assert answer["Location"] == Incident.objects.get().get_absolute_url()


def test_a_hidden_record_of_the_same_text_is_not_revealed(
    writer: Client, client: Client, colleague: User
) -> None:
    send(writer, paste(writer, TEXT))
    restrict(Incident.objects.get())
    client.force_login(colleague)
    page = paste(client, TEXT)
    assert "nothing is saved yet" in page.content.decode()
    assert send(client, page).status_code == 302
    assert Incident.objects.count() == 2


def test_an_export_of_what_stands_here_holds_nothing_new(writer: Client) -> None:
    send(writer, paste(writer, TEXT))
    number = Incident.objects.get().pk
    export = writer.get(f"/incidents/{number}/export.md").content.decode()
    assert "This text is here already" in paste(writer, export).content.decode()
    changed = paste(writer, export.replace("outlived", "outran")).content.decode()
    assert f"a newer text of PM-{number}" in changed


def test_a_newer_text_becomes_the_next_revision_or_a_draft_of_its_own(
    writer: Client,
) -> None:
    send(writer, paste(writer, TEXT))
    incident = Incident.objects.get()
    newer = TEXT.replace("outlived", "survived")
    page = paste(writer, newer)
    assert f"a newer text of {incident.label}" in page.content.decode()
    assert send(writer, page).status_code == 422
    assert Incident.objects.count() == 1
    send(writer, page, revise=str(incident.number))
    assert (
        incident.sections.get(kind="root_cause").body == "The lock survived its holder."
    )
    other = paste(writer, newer.replace("survived", "forgot"))
    send(writer, other, anew="1")
    assert Incident.objects.count() == 2


@pytest.mark.parametrize("number", ["²", "9" * 5000])
def test_what_is_no_number_of_a_record_revises_none(
    writer: Client, number: str
) -> None:
    assert send(writer, paste(writer, TEXT), revise=number).status_code == 302
    assert Incident.objects.count() == 1


def test_a_record_that_one_may_not_edit_is_not_revised(
    writer: Client, author: User, colleague: User, client: Client
) -> None:
    send(writer, paste(writer, TEXT))
    hidden = restrict(Incident.objects.get())
    client.force_login(colleague)
    answer = send(client, paste(client, TEXT), revise=str(hidden.number))
    assert answer.status_code == 404


def test_what_a_record_cannot_hold_is_shown_and_kept_as_words(writer: Client) -> None:
    page = paste(
        writer, TEXT.replace("## Timeline", "Severity: Catastrophe\n\n## Timeline")
    )
    send(writer, page)
    assert "Catastrophe" in repr(to_document(Incident.objects.get()))
    text = write(Document(title="x", severity="Catastrophe"))
    page = paste(writer, text)
    assert "Kept as words: Severity: Catastrophe" in page.content.decode()
    send(writer, page)
    newest = Incident.objects.get(title="x")
    assert newest.sections.get().body.startswith("- Severity: Catastrophe")


def test_rows_beyond_those_that_are_shown_are_saved_as_they_were_read(
    writer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidents.forms.proposal.MOST_SHOWN", 1)
    page = paste(writer, TEXT)
    assert "5 more rows are not shown here" in page.content.decode()
    send(writer, page, text_of_entry="mended")
    incident = Incident.objects.get()
    texts = list(incident.timeline.values_list("text", flat=True))
    assert (len(texts), texts[0]) == (4, "mended")
    assert incident.actions.count() == 2


def test_characters_that_no_database_keeps_are_left_out(writer: Client) -> None:
    page = paste(writer, TEXT)
    names = ["a\0", "b", "c", "d"]
    send(writer, page, name="a\0.md", text_of_entry=names)
    incident = Incident.objects.get()
    assert incident.source_name == "a.md"
    assert incident.timeline.filter(text="a").exists()


def test_factors_of_a_file_point_past_the_rows_that_are_left_out(
    writer: Client,
) -> None:
    document = Document(
        title="x",
        zone="UTC",
        timeline=(Entry(text="a"), Entry(text="b"), Entry(text="c")),
        factors=(Factor(text="why", evidence=(0, 1, 2)),),
    )
    page = paste(writer, write(document))
    assert "1 contributing factor is saved with it." in page.content.decode()
    send(writer, page, kind=["note", "leave out", "note"])
    (factor,) = to_document(Incident.objects.get()).factors
    assert factor.evidence == (0, 1)


def test_the_source_is_shown_to_the_letter(writer: Client) -> None:
    shown = paste(writer, TEXT).content.decode()
    source = shown.partition('<div class="source">')[2].partition("</div>")[0]
    assert unescape(re.sub("<[^>]*>", "", source)) == TEXT


def test_the_way_to_the_import_is_shown_where_one_begins(writer: Client) -> None:
    for page in ("/incidents/new/", "/drafts/", "/reports/"):
        assert f'href="{ADDRESS}"' in writer.get(page).content.decode()


def test_the_seeds_go_through_the_page_unharmed(writer: Client) -> None:
    """The originals lie beside some checkouts only; each that is there is walked."""
    for path in sorted(SEEDS.glob("seed-*.md")):
        page = writer.post(ADDRESS, {"files": [a_file(path.name, path.read_bytes())]})
        assert "every line placed" in page.content.decode()
        assert send(writer, page).status_code == 302
        read = parse(path.read_text(), name=path.name).document
        held = to_document(Incident.objects.latest("number"))
        assert held.timeline == read.timeline
        assert held.actions == read.actions
        bodies = [one.body for one in held.sections]
        assert bodies == [one.body for one in read.sections]
        assert held.started_at == read.started_at


def test_the_preview_says_which_items_were_begun_or_given_up(writer: Client) -> None:
    rows = "| Task | Owner | Status |\n|---|---|---|\n| Cap | Bo | Rejected |\n"
    page = paste(writer, f"# Storm\n\n## Action items\n\n{rows}")
    assert "Declined, Bo" in page.content.decode()


def test_what_is_in_doubt_is_named_in_the_preview(writer: Client) -> None:
    text = (
        "# Push storm\n\n## Timeline\n- 19:00 IST: sent twice\n- 19:35 IST: stopped\n\n"
        "## Action items\n- [ ] Lock each campaign (@bo, due 2025-06-06)\n"
    )
    shown = " ".join(paste(writer, text).content.decode().split())
    assert "IST was read as India" in shown
    assert "only “19:00 IST” is written" in shown
    assert "bo, due 6 Jun 2025" in shown
