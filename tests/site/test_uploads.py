"""Where uploaded files are kept: in a folder, or in a bucket that stays closed."""

from io import StringIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.management import call_command
from django.utils.module_loading import import_string
from pytest_django import Settings

from incidents.documents.pictures import read
from incidents.models import User
from incidents.workflow.parts.attach import attach
from postmortems import env, uploads
from tests.backups import empty_site
from tests.factories import NOW, make_incident
from tests.pictures import picture
from tests.site.bucket import store

KEY = {"SECRET_KEY": "k" * 60}
BUCKET = {
    "MEDIA_BUCKET": "our-files",
    "MEDIA_ENDPOINT": "http://minio:9000",
    "MEDIA_ACCESS_KEY": "me",
    "MEDIA_SECRET_KEY": "hush",
}


def test_a_bucket_without_its_package_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(env, "find_spec", lambda name: None)
    with pytest.raises(
        env.RefusedError, match=r"^MEDIA_BUCKET needs .*django-storages"
    ):
        env.settle(env.read({**KEY, **BUCKET}))


def test_files_lie_in_a_folder_unless_a_bucket_is_named() -> None:
    described = uploads.description(env.read({**KEY, "MEDIA_ACCESS_KEY": "me"}))
    assert described == {"BACKEND": "django.core.files.storage.FileSystemStorage"}


def test_a_bucket_is_described_with_what_is_known_of_it() -> None:
    described = uploads.description(env.read({**KEY, **BUCKET}))
    assert described["BACKEND"] == "storages.backends.s3.S3Storage"
    described["OPTIONS"].pop("client_config")
    assert described["OPTIONS"] == {
        "bucket_name": "our-files",
        "endpoint_url": "http://minio:9000",
        "access_key": "me",
        "secret_key": "hush",
        "default_acl": None,
        "file_overwrite": False,
    }


def test_the_key_to_the_bucket_is_not_shown() -> None:
    assert "hush" not in repr(env.read({**KEY, **BUCKET}))


def test_a_bucket_takes_a_file_and_hands_it_out_again() -> None:
    with store() as (address, objects):
        bucket = opened(address)
        name = bucket.save("pictures/a b.png", ContentFile(b"drawn"))
        assert objects == {"/our-files/pictures/a b.png": b"drawn"}
        with bucket.open(name) as file:
            assert file.read() == b"drawn"


def test_a_file_in_a_bucket_is_never_overwritten() -> None:
    with store() as (address, objects):
        bucket = opened(address)
        names = {bucket.save("a.png", ContentFile(text)) for text in (b"1", b"2")}
        assert len(names) == 2
        assert sorted(objects.values()) == [b"1", b"2"]


def test_a_file_that_a_bucket_does_not_have_is_missed_by_name() -> None:
    with store() as (address, _):
        bucket = opened(address)
        assert not bucket.exists("a.png")
        with pytest.raises(FileNotFoundError), bucket.open("a.png") as file:
            file.read()


@pytest.mark.django_db
def test_a_backup_brings_what_lies_in_a_bucket_and_a_restore_puts_it_back(
    author: User, settings: Settings, tmp_path: Path
) -> None:
    with store() as (address, objects):
        settings.STORAGES = {**settings.STORAGES, "default": in_bucket(address)}
        drawn, draft = read(picture()), make_incident(author)
        attach(draft, drawn, name="a", alt="A", by=author, now=NOW)
        call_command("backup", tmp_path / "site.zip", stdout=StringIO())
        before = dict(objects)
        empty_site()
        assert not objects
        call_command("restore", tmp_path / "site.zip", stdout=StringIO())
        assert objects == before
    (content,) = before.values()
    with ZipFile(tmp_path / "site.zip") as archive:
        (name,) = [n for n in archive.namelist() if n.startswith("files/")]
        assert archive.read(name) == content


def in_bucket(address: str) -> dict[str, Any]:
    environ = {**KEY, **BUCKET, "MEDIA_ENDPOINT": address, "MEDIA_REGION": "here"}
    return uploads.description(env.read(environ))


def opened(address: str) -> Storage:
    described = in_bucket(address)
    made: Storage = import_string(described["BACKEND"])(**described["OPTIONS"])
    return made
