"""However large a site is, only a little of it is held at once."""

import os
import tracemalloc
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from pytest_django import Settings

from incidents.delivery.backup import schema
from incidents.delivery.backup.archive import open_archive, read_manifest
from incidents.delivery.backup.restoring import keep_file, load_all
from incidents.documents.pictures import read
from incidents.models import Attachment, Section, User
from incidents.workflow.parts.attach import attach
from tests.backups import call, empty_site
from tests.factories import NOW, make_incident
from tests.pictures import picture

# Far more than what is held at once, in a file and in a table of wide rows.
LARGE = 24 << 20
WIDE = 12 << 10


@pytest.mark.django_db
def test_a_large_site_is_carried_a_piece_at_a_time(
    author: User, tmp_path: Path, settings: Settings
) -> None:
    files = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.STORAGES = {**settings.STORAGES, "default": files}
    draft = make_incident(author)
    attach(draft, read(picture()), name="a", alt="A", by=author, now=NOW)
    name = default_storage.save("film.png", ContentFile(os.urandom(LARGE)))
    Attachment.objects.update(file=name)
    Section.objects.bulk_create(
        Section(
            incident=draft, saved_at=NOW, position=place, title="Log", body="x" * WIDE
        )
        for place in range(LARGE // WIDE)
    )
    assert most_held(lambda: call("backup", tmp_path / "site.zip")) < LARGE / 2
    empty_site()
    with open_archive(tmp_path / "site.zip") as archive:
        manifest = read_manifest(archive)
        tables = schema.schema_of(manifest.migrations).tables
        keep = partial(keep_file, archive, name)
        load = partial(load_all, archive, tables, lambda said: None)
        assert most_held(lambda: (keep(), load())) < LARGE / 2
    assert Section.objects.count() >= LARGE // WIDE


def most_held(work: Callable[[], object]) -> int:
    """The most bytes that were held at once while it worked."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
