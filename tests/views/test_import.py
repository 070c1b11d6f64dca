"""A written postmortem becomes a draft, after a look at what was read."""

import io
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from incidents.models import Incident, User
from incidents.workflow.to_document import to_document

ADDRESS = "/incidents/import/"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
TEXT = """\
# The failover that locked the primary

## Issue summary
- **Duration:** 3 hours, 08:15 to 11:15 UTC on 2024-08-18
- **Impact:** about 85% of users saw a loading screen

## Timeline
- **08:15 AM UTC:** latency alert on the primary
- **08:20 AM UTC:** suspected the network, no packet loss
- **09:15 AM UTC:** found the failover holding its lock
- later that morning: rebooted

## Root cause
The lock outlived its holder.

## Action items
- [ ] Patch the failover script
- [x] Log every failover decision (@bo)
"""
WITHOUT_ZONE = TEXT.replace(" UTC", "")


class Sent(HTMLParser):
    """What a browser would send back of the preview's form, untouched."""

    def __init__(self, page: Any) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.area = self.select = ""
        self.text: list[str] = []
        self.within = False
        self.feed(page.content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        name = told.get("name") or ""
        if tag == "form":
            self.within = "data-save" in told
        if not self.within or (not name and tag != "option"):
            return
        if tag == "textarea":
            self.area, self.text = name, []
        elif tag == "select":
            self.select = name
        elif tag == "option" and "selected" in told:
            self.add(self.select, told.get("value") or "")
        elif tag == "input" and told.get("type") in ("checkbox", "radio"):
            if "checked" in told:
                self.add(name, told.get("value") or "on")
        elif tag == "input":
            self.add(name, told.get("value") or "")

    def handle_data(self, data: str) -> None:
        if self.area:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            self.add(self.area, "".join(self.text).removeprefix("\n"))
            self.area = ""
        if tag == "form":
            self.within = False

    def add(self, name: str, value: str) -> None:
        self.values.setdefault(name, []).append(value)


@pytest.fixture
def writer(client: Client, author: User) -> Client:
    client.force_login(author)
    return client


def paste(writer: Client, text: str) -> Any:
    return writer.post(ADDRESS, {"text": text})


def send(writer: Client, page: HttpResponse, **changes: Any) -> Any:
    """The preview sent back, with these of its values changed."""
    values: dict[str, Any] = {**Sent(page).values, **changes}
    return writer.post(ADDRESS, values)


def a_file(name: str, text: str | bytes = TEXT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def a_zip(**files: str | bytes) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return SimpleUploadedFile("all.zip", packed.getvalue())


def streamed(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()


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
    assert "photo.md: This is not a text file." in page.content.decode()


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
