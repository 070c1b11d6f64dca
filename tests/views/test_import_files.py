"""Files and zips brought in by the browser: each by itself, each told of."""

import re
from typing import Any

import pytest
from django.test import Client

from incidents.documents.parse import Parsed, parse
from incidents.models import Incident, User
from tests.previewing import ADDRESS, TEXT, a_file, a_zip, paste, send, streamed


@pytest.fixture
def writer(client: Client, author: User) -> Client:
    client.force_login(author)
    return client


def test_several_files_are_imported_each_by_itself(writer: Client) -> None:
    send(writer, paste(writer, TEXT))
    incident = Incident.objects.get()
    files = [
        a_file("same.md"),
        a_file("newer.md", TEXT.replace("outlived", "survived")),
        a_file("photo.md", b"\0"),
        a_file("other.md", "# The stairs were shut"),
        a_zip({"in-zip.md": "# The door was open", "inner.zip": b"PK"}),
    ]
    shown = streamed(writer.post(ADDRESS, {"files": files}))
    words = re.findall(r'<span class="tag">(.*?)</span>', shown)
    assert words == [
        "here already",
        "changed text",
        "not read",
        "imported",
        "imported",
        "not read",
    ]
    assert "All files are done: 1 here already" in shown
    assert f"a newer text of {incident.label}" in shown
    assert Incident.objects.count() == 3


def test_a_folder_of_files_is_imported_at_once(writer: Client) -> None:
    files = [
        a_file(f"{place}.md", f"# Lift {place} stood still") for place in range(40)
    ]
    assert "All files are done: 40 imported" in streamed(
        writer.post(ADDRESS, {"files": files})
    )


def test_a_file_that_we_stumble_over_does_not_stop_the_others(
    writer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(text: str, **more: Any) -> Parsed:
        if "stairs" in text:
            raise RuntimeError("stumbled")
        return parse(text, **more)

    monkeypatch.setattr("incidents.views.importing.many.parse", stumble)
    files = [a_file("a.md", "# The stairs were shut"), a_file("b.md")]
    shown = streamed(writer.post(ADDRESS, {"files": files}))
    assert "All files are done: 1 not read, 1 imported" in shown
    assert "Something went wrong here" in shown


def test_a_changed_file_can_be_looked_at_from_the_list(writer: Client) -> None:
    send(writer, paste(writer, TEXT))
    newer = TEXT.replace("outlived", "survived")
    files = [a_file("newer.md", newer), a_file("other.md", "# Other")]
    shown = streamed(writer.post(ADDRESS, {"files": files}))
    assert "Look at it, and choose" in shown
    page = writer.post(ADDRESS, {"text": newer, "name": "newer.md"})
    assert "Save as the next revision" in page.content.decode()


def test_one_file_is_shown_first_under_its_name(writer: Client) -> None:
    page = writer.post(ADDRESS, {"files": [a_file("failover-2024.md")]})
    assert "<span>failover-2024.md</span>" in page.content.decode()
    send(writer, page)
    assert Incident.objects.get().source_name == "failover-2024.md"


@pytest.mark.once
def test_a_text_too_long_for_a_form_is_imported_as_it_was_read(
    writer: Client,
) -> None:
    long = f"{TEXT}\n## Log\n" + f"{'the lift stood still, ' * 30}\n" * 2_000
    shown = streamed(writer.post(ADDRESS, {"files": [a_file("long.md", long)]}))
    assert "1 imported" in shown
    assert Incident.objects.get().timeline.count() == 4


def test_more_than_fifty_megabytes_are_refused(
    writer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("incidents.views.importing.page.MOST_UPLOADED", 100)
    page = writer.post(ADDRESS, {"files": [a_file("a.md")]})
    assert page.status_code == 422
    assert "Send fewer at a time." in page.content.decode()


def test_what_was_pasted_beside_files_is_imported_with_them(writer: Client) -> None:
    sent = {"files": [a_file("other.md", "# The stairs were shut")], "text": TEXT}
    shown = streamed(writer.post(ADDRESS, sent))
    assert "All files are done: 2 imported" in shown
    assert "pasted text" in shown


def test_the_zone_of_many_files_is_asked_for_once_and_told(writer: Client) -> None:
    assert 'name="zone"' in writer.get(ADDRESS).content.decode()
    text = "# A\n\n## Timeline\n- 2024-08-18 08:15: it began\n"
    sent = {"files": [a_zip({"a.md": text})], "zone": "Europe/Berlin"}
    assert "read in Europe/Berlin" in streamed(writer.post(ADDRESS, sent))
    incident = Incident.objects.get()
    assert incident.started_at
    assert incident.started_at.isoformat() == "2024-08-18T06:15:00+00:00"


def test_a_zone_that_nobody_knows_is_refused_before_any_file_is_read(
    writer: Client,
) -> None:
    sent = {"files": [a_zip({"a.md": "# A"})], "zone": "Atlantis"}
    answer = writer.post(ADDRESS, sent)
    assert answer.status_code == 422
    assert "Atlantis" in answer.content.decode()
    assert not Incident.objects.exists()
