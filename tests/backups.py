"""Backups of this site, and a site with nothing in it to restore them into."""

import io
import json
import zipfile
from pathlib import Path

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import call_command

from incidents.delivery.backup.archive import MANIFEST
from incidents.models import Attachment


def call(*command: object) -> None:
    name, *rest = map(str, command)
    call_command(name, *rest, stdout=io.StringIO(), stderr=io.StringIO())


def checksums_of_new(file: Path) -> dict[str, str]:
    """The checksums in a new backup of this site."""
    call("backup", file)
    return members(file)


def members(file: Path) -> dict[str, str]:
    with zipfile.ZipFile(file) as archive:
        found: dict[str, str] = json.loads(archive.read(MANIFEST))["members"]
    return found


def empty_site() -> None:
    for name in Attachment.objects.values_list("file", flat=True):
        default_storage.delete(name)
    for model in reversed(apps.get_models(include_auto_created=True)):
        if model._meta.managed and not model._meta.proxy:
            model._base_manager.all()._raw_delete(using="default")
