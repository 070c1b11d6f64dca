"""The import page as a browser meets it: what it shows, and what it sends back."""

import io
import zipfile
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tools.forms import FilledForm

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


class Sent(FilledForm):
    """What a browser would send back of the preview's form, untouched."""

    def __init__(self, page: Any) -> None:
        super().__init__(page.content.decode())


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
