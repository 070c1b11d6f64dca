"""Pictures at the door: who may send them, who may see them, how they are served."""

import base64
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import FileResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from incidents.documents.document import Section
from incidents.documents.kinds import SectionKind
from incidents.documents.pictures import MOST_BYTES
from incidents.models import Attachment, Incident, User, Visibility
from incidents.views.reading.pdf import with_pictures
from incidents.workflow.parts.part_kinds import SECTION
from incidents.workflow.parts.save import save
from incidents.workflow.reviewing.publish import publish
from tests import pictures
from tests.factories import NOW, make_incident

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Answer

JSON = {"Accept": "application/json"}


@pytest.fixture
def draft(author: User) -> Incident:
    section = Section(kind=SectionKind.SUMMARY, title="Summary", body="It stood still.")
    return make_incident(author, started_at=NOW, resolved_at=NOW, sections=(section,))


def send(
    client: Client,
    user: User,
    draft: Incident,
    data: bytes | None = None,
    *,
    name: str = "lift.png",
    alt: str = "A lift",
    headers: dict[str, str] | None = None,
) -> "Answer":
    client.force_login(user)
    content = pictures.picture() if data is None else data
    form = {"file": SimpleUploadedFile(name, content, "image/png"), "alt": alt}
    return client.post(f"/incidents/{draft.pk}/images/", form, headers=headers)


@pytest.fixture
def kept(client: Client, author: User, draft: Incident) -> Attachment:
    send(client, author, draft)
    client.logout()
    return draft.attachments.get()


def content(answer: object) -> bytes:
    assert isinstance(answer, FileResponse)
    return b"".join(answer)


# Sending: refusals


def test_a_stranger_may_not_send_a_picture(
    client: Client, draft: Incident, stranger: User
) -> None:
    assert send(client, stranger, draft).status_code == 404


def test_a_reader_may_not_send_a_picture(
    client: Client, draft: Incident, reader: User, reviewer: User
) -> None:
    publish(draft, by=reviewer, now=timezone.now())
    assert send(client, reader, draft).status_code == 403


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"MZ a program", "cat.png", "“cat.png” is not a picture"),
        (pictures.picture("JPEG"), "cat.png", "is a JPEG file by its content"),
        (b"\x89PNG" + bytes(MOST_BYTES + 2**20), "cat.png", "larger than 10 MB"),
        (b"", "cat.png", "This file is empty"),
    ],
)
def test_a_file_that_cannot_be_kept_gets_a_sentence(
    client: Client,
    draft: Incident,
    author: User,
    data: bytes,
    name: str,
    sentence: str,
) -> None:
    page = send(client, author, draft, data, name=name)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert 'value="A lift"' in page.content.decode()
    said = send(client, author, draft, data, name=name, headers=JSON)
    assert said.status_code == 422
    assert sentence in said.json()["errors"]["file"][0]
    assert not draft.attachments.exists()


def test_words_for_those_who_cannot_see_it_are_asked_for(
    client: Client, draft: Incident, author: User
) -> None:
    page = send(client, author, draft, alt=" ")
    assert "Say what the picture shows" in page.content.decode()
    said = send(client, author, draft, alt=" ", headers=JSON)
    assert list(said.json()["errors"]) == ["alt"]
    assert not draft.attachments.exists()


def test_a_form_without_a_file_is_refused(
    client: Client, draft: Incident, author: User
) -> None:
    client.force_login(author)
    page = client.post(f"/incidents/{draft.pk}/images/", {"alt": "A lift"})
    assert page.status_code == 422
    assert "Choose a picture." in page.content.decode()


# Sending: what comes of it


def test_a_script_gets_the_markdown_to_insert(
    client: Client, draft: Incident, author: User
) -> None:
    answer = send(client, author, draft, headers=JSON)
    kept = draft.attachments.get()
    assert answer.status_code == 201
    assert answer.json()["markdown"] == kept.markdown


def test_without_scripts_the_pictures_are_listed_with_their_markdown(
    client: Client, draft: Incident, author: User
) -> None:
    answer = send(client, author, draft)
    assert answer.status_code == 302
    kept = draft.attachments.get()
    for address in (answer["Location"], f"/incidents/{draft.pk}/"):
        assert f'value="{kept.markdown}"' in client.get(address).content.decode()


# Seeing: refusals


def test_who_is_not_signed_in_sees_no_picture(client: Client, kept: Attachment) -> None:
    assert client.get(kept.get_absolute_url()).status_code == 302


def test_the_pictures_of_a_draft_are_not_there_for_readers(
    client: Client, kept: Attachment, reader: User, stranger: User
) -> None:
    for user in (reader, stranger):
        client.force_login(user)
        assert client.get(kept.get_absolute_url()).status_code == 404


def test_the_pictures_of_a_restricted_report_are_not_there_for_others(
    client: Client, kept: Attachment, reader: User, colleague: User, reviewer: User
) -> None:
    publish(kept.incident, by=reviewer, now=timezone.now())
    Incident.objects.update(visibility=Visibility.RESTRICTED)
    for user in (reader, colleague):
        client.force_login(user)
        assert client.get(kept.get_absolute_url()).status_code == 404


def test_a_browser_that_has_it_is_refused_all_the_same(
    client: Client, kept: Attachment, reader: User
) -> None:
    client.force_login(reader)
    headers = {"If-None-Match": f'"{kept.sha256}"'}
    assert client.get(kept.get_absolute_url(), headers=headers).status_code == 404


@pytest.mark.parametrize("by", ["incident", "key", "ending"])
def test_a_picture_is_found_under_its_own_address_only(
    client: Client, kept: Attachment, author: User, by: str
) -> None:
    other = make_incident(author, title="Another")
    address = {
        "incident": f"/incidents/{other.pk}/images/{kept.key}.png",
        "key": f"/incidents/{kept.incident_id}/images/{uuid4()}.png",
        "ending": f"/incidents/{kept.incident_id}/images/{kept.key}.html",
    }[by]
    client.force_login(author)
    assert client.get(address).status_code == 404


def test_a_picture_whose_file_is_gone_is_not_found(
    client: Client, kept: Attachment, author: User
) -> None:
    kept.file.delete(save=False)
    client.force_login(author)
    assert (
        client.get(f"/incidents/{kept.incident_id}/images/{kept.key}.png").status_code
        == 404
    )


def test_an_svg_is_handed_out_and_never_shown(
    client: Client, draft: Incident, author: User
) -> None:
    send(client, author, draft, pictures.SVG, name="plan.svg")
    kept = draft.attachments.get()
    answer = client.get(kept.get_absolute_url())
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert content(answer) == pictures.SVG
    page = client.get(f"/incidents/{draft.pk}/images/").content.decode()
    assert f'<img src="{kept.get_absolute_url()}"' not in page


# Seeing: how it is served


def test_a_picture_is_served_to_its_writer_and_kept_by_nobody_else(
    client: Client, kept: Attachment, author: User
) -> None:
    client.force_login(author)
    answer = client.get(kept.get_absolute_url())
    assert content(answer)[:4] == b"\x89PNG"
    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Length"] == str(kept.size)
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-cache"
    assert (
        answer["Content-Disposition"]
        == f'inline; filename="PM-{kept.incident_id}-{kept.key}.png"'
    )


def test_a_picture_that_is_still_the_same_is_not_sent_again(
    client: Client, kept: Attachment, author: User
) -> None:
    client.force_login(author)
    etag = client.head(kept.get_absolute_url())["ETag"]
    answer = client.get(kept.get_absolute_url(), headers={"If-None-Match": etag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert answer["Cache-Control"] == "private, no-cache"


def test_only_looking_is_allowed(
    client: Client, kept: Attachment, author: User
) -> None:
    client.force_login(author)
    assert client.post(kept.get_absolute_url()).status_code == 405


def test_everybody_who_may_see_the_report_sees_its_pictures(
    client: Client, kept: Attachment, author: User, reviewer: User, reader: User
) -> None:
    row = kept.incident.sections.get()
    text = {"body": f"It stood still.\n\n{kept.markdown}"}
    save(SECTION, kept.incident, row.key, text, version=1, by=author, now=NOW)
    publish(kept.incident, by=reviewer, now=timezone.now())
    client.force_login(reader)
    report = client.get(f"/reports/{kept.incident_id}/").content.decode()
    assert f'src="{kept.get_absolute_url()}"' in report
    assert 'alt="A lift"' in report
    assert client.get(kept.get_absolute_url()).status_code == 200


def test_the_files_lie_under_the_media_root_for_the_site_alone(
    client: Client,
    draft: Incident,
    author: User,
    settings: Settings,
    tmp_path: Path,
) -> None:
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": files}
    settings.MEDIA_ROOT = tmp_path
    send(client, author, draft)
    kept = draft.attachments.get()
    file = tmp_path / "incidents" / str(draft.pk) / f"{kept.key}.png"
    assert file.stat().st_mode & 0o777 == 0o640
    assert content(client.get(kept.get_absolute_url())) == file.read_bytes()


def test_a_pdf_carries_its_pictures_as_far_as_they_are_there(kept: Attachment) -> None:
    page = f'<img alt="A lift" src="{kept.get_absolute_url()}">'
    with kept.file.open("rb") as file:
        data = base64.b64encode(file.read()).decode()
    drawn = f'<img alt="A lift" src="data:image/png;base64,{data}">'
    assert with_pictures(page, kept.incident) == drawn
    kept.file.delete(save=False)
    assert with_pictures(page, kept.incident) == '<img alt="A lift" src="">'
