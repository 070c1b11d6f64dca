"""The whole site out of one database and into another, equal to the last byte."""

import io
import json
import os
import stat
import subprocess
import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path
from shutil import copytree

import pytest
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError
from hypothesis import HealthCheck, given
from hypothesis import settings as runs
from hypothesis import strategies as st
from PIL import Image

from incidents.delivery.backup import back_up, schema
from incidents.delivery.backup.archive import MANIFEST
from incidents.documents.pictures import read
from incidents.models import Attachment, Incident, Publication, SearchDocument, User
from incidents.search.words import drift
from incidents.workflow.counting import recounting
from incidents.workflow.parts.attach import attach
from incidents.workflow.whole.to_document import to_document
from tests import migrated
from tests.backups import call, checksums_of_new, empty_site, members
from tests.factories import NOW, make_incident, make_report
from tests.racing import together
from tools.check import RELEASED

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


def test_a_site_with_content_is_not_overwritten(
    draft: Incident, tmp_path: Path
) -> None:
    call("backup", tmp_path / "site.zip")
    with pytest.raises(CommandError, match="Restore into a new database"):
        call("restore", tmp_path / "site.zip")
    Incident.objects.filter(pk=draft.pk).update(title="Written since")
    SearchDocument.objects.all().delete()
    with pytest.raises(CommandError, match="Restore into a new database"):
        call("restore", tmp_path / "site.zip")
    assert Incident.objects.filter(title="Written since").exists()


def test_a_database_without_a_site_is_no_backup(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """DATA_DIR may lead to another folder than yours, night after night."""
    nothing = schema.Schema(frozenset(), apps)
    monkeypatch.setattr(schema, "current", lambda: nothing)
    with pytest.raises(CommandError, match="no site in this database"):
        call("backup", tmp_path / "site.zip")
    assert not list(tmp_path.iterdir())


def test_an_uploaded_file_of_another_site_is_not_overwritten(
    draft: Incident, tmp_path: Path
) -> None:
    call("backup", tmp_path / "site.zip")
    name = str(Attachment.objects.get().file)
    empty_site()
    default_storage.save(name, io.BytesIO(b"somebody else's"))
    with pytest.raises(CommandError, match="There is another file"):
        call("restore", tmp_path / "site.zip")
    assert not User.objects.exists()


@pytest.mark.parametrize("content", [b"", b"no zip at all"])
def test_what_is_no_backup_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "site.zip").write_bytes(content)
    with pytest.raises(CommandError, match="no backup that can be read"):
        call("restore", tmp_path / "site.zip")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="no backup that can be read"):
        call("restore", tmp_path / "nothing.zip")


def test_a_changed_backup_is_refused_by_the_name_of_what_changed(
    draft: Incident, tmp_path: Path
) -> None:
    call("backup", tmp_path / "site.zip")
    with (
        zipfile.ZipFile(tmp_path / "site.zip") as whole,
        zipfile.ZipFile(tmp_path / "damaged.zip", "w") as damaged,
    ):
        for name in whole.namelist():
            text = whole.read(name)
            changed = text.replace(b"Moss", b"Mass") if "User" in name else text
            damaged.writestr(name, changed)
    with pytest.raises(CommandError, match=r"damaged: incidents\.User\.jsonl"):
        call("restore", tmp_path / "damaged.zip")


@runs(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_backup_with_a_wrong_byte_or_without_its_end_restores_nothing_else(
    draft: Incident, tmp_path: Path, data: st.DataObject
) -> None:
    whole = tmp_path / "site.zip"
    before = checksums_of_new(whole)
    content = bytearray(whole.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content = content[:place]
    else:
        content[place] ^= 1 << data.draw(st.integers(0, 7))
    (tmp_path / "hurt.zip").write_bytes(content)
    empty_site()
    try:
        call("restore", tmp_path / "hurt.zip")
    except CommandError:
        assert not User.objects.exists()
        call("restore", whole)
    assert checksums_of_new(tmp_path / "again.zip") == before


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"format": 99}, "newer version"),
        ({"format": 1}, "no longer read"),
        ({"migrations": ["incidents.9999_far_ahead"]}, "newer than this one"),
        ({"members": {}}, "lacks .*incidents.User"),
        ({"members": None}, "no manifest"),
    ],
)
def test_a_backup_that_this_version_cannot_know_is_refused(
    tmp_path: Path, change: dict[str, object], said: str
) -> None:
    call("backup", tmp_path / "site.zip")
    with zipfile.ZipFile(tmp_path / "site.zip") as archive:
        manifest = json.loads(archive.read(MANIFEST)) | change
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr(MANIFEST, json.dumps(manifest))
    with pytest.raises(CommandError, match=said):
        call("restore", tmp_path / "other.zip")


def test_a_backup_that_lacks_a_picture_is_not_written(
    draft: Incident, tmp_path: Path
) -> None:
    default_storage.delete(str(Attachment.objects.get().file))
    with pytest.raises(CommandError, match="is missing from where files are kept"):
        call("backup", tmp_path / "site.zip")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing/site.zip", r"site\.zip could not be made: No such file"),
        ("folder", "folder is no file that a backup could replace"),
    ],
)
def test_a_place_that_takes_no_backup_is_named(
    tmp_path: Path, name: str, said: str
) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(CommandError, match=said):
        call("backup", tmp_path / name)


def test_nobody_else_may_read_a_backup(tmp_path: Path) -> None:
    call("backup", tmp_path / "site.zip")
    assert stat.S_IMODE((tmp_path / "site.zip").stat().st_mode) == 0o600


def test_a_comparison_names_what_differs(draft: Incident, tmp_path: Path) -> None:
    call("backup", tmp_path / "site.zip")
    call("backup", tmp_path / "site.zip", "--compare")
    Incident.objects.filter(pk=draft.pk).update(title="Another")
    default_storage.delete(str(Attachment.objects.get().file))
    with pytest.raises(CommandError, match=r"files/\S+, incidents.Incident.jsonl\.$"):
        call("backup", tmp_path / "site.zip", "--compare")


def elsewhere(folder: Path, *commands: Sequence[str]) -> None:
    """Commands on the site in this folder, in SQLite, whatever this one runs on."""
    environ = {**os.environ, "DATA_DIR": str(folder), "DEBUG": "1"}
    environ.pop("DATABASE_URL", None)
    environ.pop("DJANGO_SETTINGS_MODULE", None)
    # One process for all of them: its start takes longer than most of what it does.
    told = "".join(f"call_command(*{command!r})\n" for command in commands)
    done = subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity=0"],
        input=f"from django.core.management import call_command\n{told}",
        cwd=ROOT,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert not done.returncode, done.stderr


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with nothing in it. Copy it before you use it."""
    folder = tmp_path_factory.mktemp("empty") / "data"
    database = folder / "postmortems.sqlite3"
    migrated.fill(database)
    if not database.exists():
        elsewhere(folder, ("migrate", "--verbosity=0"))
    return folder


@pytest.fixture(scope="module")
def demo(empty: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with the sample content. Copy it before you use it."""
    folder = copytree(empty, tmp_path_factory.mktemp("demo") / "data")
    elsewhere(folder, ("seed_demo",))
    return folder


def test_a_site_moves_into_another_database_unchanged(
    draft: Incident, empty: Path, tmp_path: Path
) -> None:
    here = str(tmp_path / "here.zip")
    before = checksums_of_new(Path(here))
    there = copytree(empty, tmp_path / "there")
    elsewhere(there, ("restore", here), ("backup", here, "--compare"))
    assert "incidents.Publication.jsonl" in before
    assert any(name.startswith("files/") for name in before)


def test_a_site_moves_in_from_another_database_unchanged(
    demo: Path, tmp_path: Path
) -> None:
    elsewhere(demo, ("backup", str(tmp_path / "there.zip")))
    call("restore", tmp_path / "there.zip")
    # As a power cut leaves it: the rows are there, what is made from them is not.
    SearchDocument.objects.all().delete()
    call("restore", tmp_path / "there.zip")
    call("backup", tmp_path / "there.zip", "--compare")
    assert not list(drift.drift())
    assert not list(recounting.drift())
    newest = make_incident(User.objects.get(username="author"))
    assert newest.number == 6


@pytest.mark.once
def test_a_backup_of_an_older_release_is_brought_up_to_date(
    demo: Path, empty: Path, tmp_path: Path
) -> None:
    old, new = str(tmp_path / "old.zip"), str(tmp_path / "new.zip")
    one = copytree(demo, tmp_path / "one")
    elsewhere(
        one,
        ("migrate", "--verbosity=0", "incidents", RELEASED),
        ("backup", old),
        ("migrate", "--verbosity=0"),
        ("backup", new),
    )
    assert members(Path(old)) != members(Path(new))
    two = copytree(empty, tmp_path / "two")
    elsewhere(two, ("restore", old), ("backup", new, "--compare"))


def test_what_was_published_is_the_same_to_the_last_byte(
    draft: Incident, tmp_path: Path
) -> None:
    report = Publication.objects.get()
    document = to_document(draft)
    call("backup", tmp_path / "site.zip")
    empty_site()
    call("restore", tmp_path / "site.zip")
    assert Publication.objects.get().html == report.html
    assert to_document(Incident.objects.get(pk=draft.pk)) == document
    with default_storage.open(str(Attachment.objects.get().file)) as file:
        assert file.read(8) == b"\x89PNG\r\n\x1a\n"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_a_backup_shows_one_moment_while_people_go_on_writing(
    draft: Incident, tmp_path: Path
) -> None:
    before = checksums_of_new(tmp_path / "before.zip")
    said: list[str] = []

    def write_meanwhile(line: str) -> None:
        if not said:
            (made,) = together(lambda: make_incident(User.objects.get()))
            assert isinstance(made, Incident)
        said.append(line)

    back_up(tmp_path / "during.zip", write_meanwhile)
    assert members(tmp_path / "during.zip") == before
    assert Incident.objects.count() == 3
