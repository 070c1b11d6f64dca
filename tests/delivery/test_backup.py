"""The whole site out of one database and into another, equal to the last byte."""

import io
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image

from incidents.delivery.backup import MANIFEST, tables
from incidents.documents.pictures import read
from incidents.models import Attachment, Incident, Publication, User
from incidents.workflow.attach import attach
from incidents.workflow.to_document import to_document
from tests.factories import NOW, make_incident, make_report

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(reviewer: User) -> Incident:
    """A site with a report, a draft and a picture in it."""
    make_report(reviewer)
    draft = make_incident(reviewer, title="Ärger 障害 🎭", tags=("Ärger",))
    png = io.BytesIO()
    Image.new("RGB", (2, 2)).save(png, "PNG")
    attach(draft, read(png.getvalue()), name="a.png", alt="A", by=reviewer, now=NOW)
    return draft


def back_up(file: Path) -> dict[str, str]:
    call_command("backup", file, stdout=io.StringIO(), stderr=io.StringIO())
    return members(file)


def restore(file: Path) -> None:
    call_command("restore", file, stdout=io.StringIO(), stderr=io.StringIO())


def members(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        found: dict[str, str] = json.loads(archive.read(MANIFEST))["members"]
    return found


def test_a_site_with_content_is_not_overwritten(
    draft: Incident, tmp_path: Path
) -> None:
    back_up(tmp_path / "site.zip")
    with pytest.raises(CommandError, match="Restore into a new database"):
        restore(tmp_path / "site.zip")
    assert Incident.objects.count() == 2


@pytest.mark.parametrize("content", [b"", b"no zip at all"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "site.zip").write_bytes(content)
    with pytest.raises(CommandError, match="no backup that can be read"):
        restore(tmp_path / "site.zip")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no backup that can be read"):
        restore(tmp_path / "nothing.zip")


def test_a_damaged_backup_is_refused(draft: Incident, tmp_path: Path) -> None:
    back_up(tmp_path / "site.zip")
    with (
        zipfile.ZipFile(tmp_path / "site.zip") as whole,
        zipfile.ZipFile(tmp_path / "damaged.zip", "w") as damaged,
    ):
        for name in whole.namelist():
            text = whole.read(name)
            changed = text.replace(b"Moss", b"Mass") if "User" in name else text
            damaged.writestr(name, changed)
    with pytest.raises(CommandError, match=r"damaged: incidents\.User\.jsonl"):
        restore(tmp_path / "damaged.zip")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 2}, "newer version"),
        ({"migrations": ["incidents.9999_far_ahead"]}, "newer than this one"),
        ({"migrations": []}, "older than this one"),
    ],
)
def test_a_backup_of_another_version_is_refused(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    back_up(tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        manifest = json.loads(archive.read(MANIFEST)) | change
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))
    with pytest.raises(CommandError, match=said):
        restore(tmp_path / "other.zip")


def elsewhere(tmp_path: Path, *command: str) -> None:
    """A command on a site of its own, in SQLite, whatever this one runs on."""
    environ = {**os.environ, "DATA_DIR": str(tmp_path / "other"), "DEBUG": "1"}
    environ.pop("DATABASE_URL", None)
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env=environ,
        check=True,
        capture_output=True,
        timeout=120,
    )


def test_a_site_moves_into_another_database_unchanged(
    draft: Incident, tmp_path: Path
) -> None:
    before = back_up(tmp_path / "here.zip")
    elsewhere(tmp_path, "migrate", "--verbosity=0")
    elsewhere(tmp_path, "restore", str(tmp_path / "here.zip"))
    elsewhere(tmp_path, "backup", str(tmp_path / "there.zip"))
    assert members(tmp_path / "there.zip") == before
    assert "incidents.Publication.jsonl" in before
    assert any(name.startswith("files/") for name in before)


def test_a_site_moves_in_from_another_database_unchanged(tmp_path: Path) -> None:
    elsewhere(tmp_path, "migrate", "--verbosity=0")
    elsewhere(tmp_path, "seed_demo")
    elsewhere(tmp_path, "backup", str(tmp_path / "there.zip"))
    restore(tmp_path / "there.zip")
    assert back_up(tmp_path / "here.zip") == members(tmp_path / "there.zip")
    newest = make_incident(User.objects.get(username="author"))
    assert newest.number == 6


def test_what_was_published_is_the_same_to_the_last_byte(
    draft: Incident, reviewer: User, tmp_path: Path
) -> None:
    report = Publication.objects.get()
    document = to_document(draft)
    back_up(tmp_path / "site.zip")
    for name in Attachment.objects.values_list("file", flat=True):
        default_storage.delete(name)
    for model in reversed(tables()):
        model._base_manager.all()._raw_delete(using="default")
    restore(tmp_path / "site.zip")
    assert Publication.objects.get().html == report.html
    assert to_document(Incident.objects.get(pk=draft.pk)) == document
    with default_storage.open(str(Attachment.objects.get().file)) as file:
        assert file.read(8) == b"\x89PNG\r\n\x1a\n"
