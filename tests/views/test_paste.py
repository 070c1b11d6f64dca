"""Notes pasted as they are become entries, after a look at what was read."""

import re
from collections.abc import Sequence
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from incidents.models import Incident, User
from tests.factories import NOW, make_incident

NOTES = """\
[23:45] bo: paged: latency alert on the primary
[23:52] ada: suspected the network, no packet loss
later that morning we ate
[00:10] bo: rolled back, service restored
"""


@pytest.fixture
def draft(author: User) -> Incident:
    return make_incident(author, started_at=NOW, zone="UTC")


@pytest.fixture
def writer(client: Client, author: User) -> Client:
    client.force_login(author)
    return client


def address(draft: Incident) -> str:
    return f"/incidents/{draft.number}/timeline/paste/"


def values(page: Any, name: str) -> list[str]:
    text = page.content.decode()
    return [
        unescape(found) for found in re.findall(rf'name="{name}" value="([^"]*)"', text)
    ]


def texts(page: Any) -> list[str]:
    found = re.findall(
        r'name="text" rows="1">(.*?)</textarea>', page.content.decode(), re.S
    )
    return [unescape(text) for text in found]


def send(
    writer: Client, draft: Incident, rows: Sequence[tuple[str, str, str]], batch: str
) -> Any:
    times, kinds, words = zip(*rows, strict=True)
    data = {
        "batch": batch,
        "time": times,
        "time_was": [""] * len(rows),
        "written": [""] * len(rows),
        "kind": kinds,
        "text": words,
    }
    return writer.post(address(draft), data)


def test_a_reader_may_not_paste(client: Client, draft: Incident, reader: User) -> None:
    client.force_login(reader)
    assert client.get(address(draft)).status_code == 404


def test_nothing_pasted_gets_a_sentence(writer: Client, draft: Incident) -> None:
    answer = writer.post(address(draft), {"text": "  "})
    assert answer.status_code == 422
    assert "Paste your notes first." in answer.content.decode()


def test_a_preview_saves_nothing(writer: Client, draft: Incident) -> None:
    page = writer.post(address(draft), {"text": NOTES})
    assert page.status_code == 200
    assert not draft.timeline.exists()


def test_a_transcript_is_read_with_times_kinds_and_a_midnight(
    writer: Client, draft: Incident
) -> None:
    page = writer.post(address(draft), {"text": NOTES})
    times = values(page, "time")
    assert times[:2] == ["2026-03-02 23:45", "2026-03-02 23:52"]
    assert times[-1] == "2026-03-03 00:10"
    shown = page.content.decode()
    assert "midnight" in shown
    assert "latency alert" in texts(page)[0]


def test_a_time_that_cannot_be_read_keeps_every_line(
    writer: Client, draft: Incident
) -> None:
    rows = [("10:45", "note", "first"), ("when it rained", "note", "second")]
    page = send(writer, draft, rows, str(uuid4()))
    assert page.status_code == 422
    assert texts(page) == ["first", "second"]
    assert "not a time we can read" in page.content.decode()
    assert not draft.timeline.exists()


def test_all_are_saved_at_once_and_once(writer: Client, draft: Incident) -> None:
    rows = [
        ("2026-03-02 10:45", "detected", "first"),
        ("", "note", "second"),
        ("2026-03-02 10:50", "leave out", "nonsense"),
        ("2026-03-02 11:00", "resolved", "third"),
    ]
    batch = str(uuid4())
    for _ in range(2):
        assert send(writer, draft, rows, batch).status_code == 302
    found = draft.timeline.values_list("text", "kind")
    assert list(found) == [
        ("first", "detected"),
        ("second", "note"),
        ("third", "resolved"),
    ]
    assert draft.events.filter(what="entry added").count() == 3


def test_pasted_lines_stand_between_those_that_are_there(
    writer: Client, draft: Incident
) -> None:
    send(writer, draft, [("10:00", "note", "a"), ("12:00", "note", "c")], str(uuid4()))
    send(writer, draft, [("2026-03-02 11:00", "note", "b")], str(uuid4()))
    assert "".join(draft.timeline.values_list("text", flat=True)) == "abc"


def test_three_thousand_lines_are_too_many(writer: Client, draft: Incident) -> None:
    page = writer.post(address(draft), {"text": "10:00 x\n" * 3000})
    assert page.status_code == 422
    assert "Paste up to 2,000 lines at a time." in page.content.decode()
