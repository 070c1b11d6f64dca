"""The import page as a browser meets it: what it shows, and what it sends back."""

import io
import zipfile
from collections.abc import Mapping
from html.parser import HTMLParser
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

ADDRESS = "/incidents/import/"
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


def paste(writer: Client, text: str) -> Any:
    return writer.post(ADDRESS, {"text": text})


def send(writer: Client, page: Any, **changes: Any) -> Any:
    """The preview sent back, with these of its values changed."""
    values: dict[str, Any] = {**Sent(page).values, **changes}
    return writer.post(ADDRESS, values)


def a_file(name: str, text: str | bytes = TEXT) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode() if isinstance(text, str) else text)


def a_zip(files: Mapping[str, str | bytes]) -> SimpleUploadedFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("all.zip", packed.getvalue())


def streamed(answer: Any) -> str:
    return b"".join(answer.streaming_content).decode()
