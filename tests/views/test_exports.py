"""A postmortem taken away: only what the person may see, safe to open."""

import csv
import io
import json

import pytest

from incidents.documents.document import Action, Entry
from incidents.documents.formats.as_json import from_json
from incidents.documents.parse import parse
from incidents.models import State, User
from incidents.workflow.parts.part_kinds import FACTS
from incidents.workflow.parts.save import save
from incidents.workflow.whole.to_document import to_document
from tests.factories import NOW, browser_of, make_draft, make_report, restrict

ENDINGS = ("md", "json", "csv")


def address(number: int, ending: str) -> str:
    return f"/incidents/{number}/export.{ending}"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_reader_may_not_take_a_draft(author: User, reader: User, ending: str) -> None:
    draft = make_draft(author)
    answer = browser_of(reader).get(address(draft.number, ending))
    assert answer.status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
def test_nobody_takes_what_is_hidden_from_them(
    reviewer: User, colleague: User, reader: User, ending: str
) -> None:
    incident = restrict(make_report(reviewer).incident)
    for user in (colleague, reader):
        answer = browser_of(user).get(address(incident.number, ending))
        assert answer.status_code == 404


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_reader_never_gets_what_is_not_published(
    reviewer: User, reader: User, ending: str
) -> None:
    incident = make_report(reviewer, timeline=(Entry(text="Published."),)).incident
    entry = incident.timeline.get()
    entry.text = "Secret."
    entry.save()
    save(
        FACTS,
        incident,
        None,
        {"title": "A secret title"},
        version=incident.version,
        by=reviewer,
        now=NOW,
    )
    asked = address(incident.number, ending)
    answer = browser_of(reader).get(asked)
    assert answer.status_code == 200
    assert "secret" not in (answer.content.decode() + str(answer.headers)).lower()
    assert "Secret." in browser_of(reviewer).get(asked).content.decode()


def test_a_withdrawn_report_is_not_for_readers(reviewer: User, reader: User) -> None:
    incident = make_report(reviewer).incident
    incident.state = State.WITHDRAWN
    incident.save()
    answer = browser_of(reader).get(address(incident.number, "md"))
    assert answer.status_code == 404


@pytest.mark.parametrize("asked", ["export.csv?rows=people", "export.pdf"])
def test_what_is_not_offered_is_not_there(author: User, asked: str) -> None:
    draft = make_draft(author)
    answer = browser_of(author).get(f"/incidents/{draft.number}/{asked}")
    assert answer.status_code == 404


def test_markdown_and_json_say_what_the_record_says(author: User) -> None:
    draft = make_draft(author, timeline=(Entry(text="It stopped.", at=NOW),))
    browser = browser_of(author)
    markdown = browser.get(address(draft.number, "md")).content.decode()
    assert parse(markdown).document == to_document(draft)
    told = json.loads(browser.get(address(draft.number, "json")).content)
    assert from_json(told) == to_document(draft)


def test_csv_has_the_timeline_or_the_action_items(author: User) -> None:
    draft = make_draft(
        author,
        timeline=(Entry(text='=HYPERLINK("x")', at=NOW),),
        actions=(Action(text="Buy a fuse"),),
    )
    texts = []
    for query in ("", "?rows=actions"):
        answer = browser_of(author).get(address(draft.number, "csv") + query)
        text = answer.content.decode("utf-8-sig")
        texts.append(list(csv.reader(io.StringIO(text, newline="")))[1])
    assert texts[0][0] == "2026-03-02T09:00:00+00:00"
    assert texts[0][4] == '\'=HYPERLINK("x")'
    assert texts[1][0] == "Buy a fuse"


def test_a_file_is_saved_under_a_harmless_name_and_never_opened_as_a_page(
    author: User,
) -> None:
    draft = make_draft(author, title='"; filename="a.html\\../<script>')
    answer = browser_of(author).get(address(draft.number, "md"))
    name = f"PM-{draft.number}-filenameahtmlscript.md"
    assert answer["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "text/markdown; charset=utf-8"


def test_the_report_and_the_editor_lead_to_the_files(reviewer: User) -> None:
    number = make_report(reviewer).incident_id
    for page in (f"/reports/{number}/", f"/incidents/{number}/"):
        shown = browser_of(reviewer).get(page).content.decode()
        for ending in ENDINGS:
            assert f'href="{address(number, ending)}"' in shown
