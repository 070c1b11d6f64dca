"""The whole site in one file, out of one database and into another.

A zip of JSON lines, a member a table, and of the uploaded files; the manifest,
written last, holds a checksum of each. A file that is damaged, unfinished or
from another version is refused before anything is touched.
"""

import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from incidents import __version__
from incidents.models import Attachment, Incident, User
from incidents.search.index import rebuild

FORMAT = 1
MANIFEST = "manifest.json"
CHUNK = 1 << 20
ROWS = 500
# Who is signed in is no part of the site, and a new site has tasks of its own; what
# search finds is made anew from what was restored.
LEFT_OUT = {
    "sessions.Session",
    "django_tasks_database.DBTaskResult",
    "incidents.Heartbeat",
    "incidents.SearchDocument",
    "incidents.SearchWord",
}

Progress = Callable[[str], None]
Model = type[models.Model]


class BackupError(Exception):
    """Nothing was changed; the message says why."""


def back_up(path: Path, say: Progress) -> None:
    """Write everything as it stands at one moment, while people go on writing."""
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "version": __version__,
        "migrations": applied(),
        "members": {},
    }
    draft = path.with_name(f"{path.name}.part")
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive, one_moment():
        for model in tables():
            with archive.open(f"{model._meta.label}.jsonl", "w") as member:
                digest, rows = write_rows(model, member)
            manifest["members"][f"{model._meta.label}.jsonl"] = digest
            say(f"{model._meta.label}: {rows} rows")
        for name in Attachment.objects.order_by("pk").values_list("file", flat=True):
            manifest["members"][f"files/{name}"] = write_file(archive, name)
        archive.writestr(MANIFEST, json.dumps(manifest))
    draft.replace(path)


def restore(path: Path, say: Progress) -> None:
    """Fill an empty site with what a backup holds; all of it or nothing."""
    with open_archive(path) as archive:
        manifest = checked(archive)
        if User.objects.exists() or Incident.objects.exists():
            raise BackupError(
                "This site has accounts or postmortems already. Restore into a new "
                "database, so that nothing is overwritten."
            )
        with transaction.atomic():
            for model in reversed(tables()):
                model._base_manager.all().delete()
            for model in tables():
                with archive.open(f"{model._meta.label}.jsonl") as member:
                    say(f"{model._meta.label}: {read_rows(model, member)} rows")
            reset_numbers()
            rebuild(Incident.objects.all(), lambda done: None)
        for name in manifest["members"]:
            if name.startswith("files/"):
                keep_file(archive, name)


def tables() -> list[Model]:
    """Every table of the site, with those that only join two others."""
    found = apps.get_models(include_auto_created=True)
    return [
        model
        for model in found
        if model._meta.managed
        and not model._meta.proxy
        and model._meta.label not in LEFT_OUT
    ]


def columns(model: Model) -> list[models.Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if not field.generated]


def applied() -> list[str]:
    return sorted(
        f"{app}.{name}"
        for app, name in MigrationRecorder(connection).applied_migrations()
    )


@contextmanager
def one_moment() -> Iterator[None]:
    """All reads see the database as it is now, and hold up nobody who writes."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def write_rows(model: Model, member: IO[bytes]) -> tuple[str, int]:
    digest, count = hashlib.sha256(), 0
    names = [field.attname for field in columns(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=ROWS):
        line = json.dumps(row, default=plain, sort_keys=True).encode() + b"\n"
        digest.update(line)
        member.write(line)
        count += 1
    return digest.hexdigest(), count


def plain(value: Any) -> str:
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    raise TypeError(f"A {type(value).__name__} has no form in a backup yet.")


def write_file(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with default_storage.open(name) as file, archive.open(f"files/{name}", "w") as out:
        for chunk in file.chunks(CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (OSError, zipfile.BadZipFile) as error:
        raise BackupError(f"{path} is no backup that can be read: {error}") from error


def checked(archive: zipfile.ZipFile) -> dict[str, Any]:
    """The manifest of a whole backup of this very version; else a refusal."""
    try:
        manifest: dict[str, Any] = json.loads(archive.read(MANIFEST))
    except (KeyError, ValueError) as error:
        raise BackupError(
            "This file has no manifest: it is no whole backup."
        ) from error
    refuse_other_version(manifest)
    wanted = {f"{model._meta.label}.jsonl" for model in tables()}
    if missing := wanted - set(manifest["members"]):
        raise BackupError(f"The backup lacks {', '.join(sorted(missing))}.")
    for name, digest in manifest["members"].items():
        if sum_of(archive, name) != digest:
            raise BackupError(f"The backup is damaged: {name} is not what was written.")
    return manifest


def refuse_other_version(manifest: dict[str, Any]) -> None:
    if manifest.get("format") != FORMAT:
        raise BackupError("This backup was made by a newer version. Upgrade first.")
    if set(manifest["migrations"]) - set(applied()):
        raise BackupError(
            f"This backup was made by version {manifest['version']}, which is newer "
            f"than this one ({__version__}). Upgrade first."
        )
    if set(applied()) - set(manifest["migrations"]):
        raise BackupError(
            f"This backup was made by version {manifest['version']}, which is older "
            "than this one. Restore it there, then upgrade that site."
        )


def sum_of(archive: zipfile.ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    try:
        with archive.open(name) as member:
            while chunk := member.read(CHUNK):
                digest.update(chunk)
    except (KeyError, zipfile.BadZipFile) as error:
        raise BackupError(f"The backup is damaged: {name} cannot be read.") from error
    return digest.hexdigest()


def read_rows(model: Model, member: IO[bytes]) -> int:
    fields, count = columns(model), 0
    while lines := list(islice(member, ROWS)):
        model._base_manager.bulk_create(row_of(model, fields, line) for line in lines)
        count += len(lines)
    return count


def row_of(
    model: Model, fields: Sequence[models.Field[Any, Any]], line: bytes
) -> models.Model:
    values = zip(fields, json.loads(line), strict=True)
    return model(
        **{
            field.attname: field.target_field.to_python(value)
            if isinstance(field, models.ForeignKey)
            else field.to_python(value)
            for field, value in values
        }
    )


def reset_numbers() -> None:
    """New rows are numbered after the restored ones, and no number is used again."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def keep_file(archive: zipfile.ZipFile, member: str) -> None:
    name = member.removeprefix("files/")
    with archive.open(member) as file:
        if not default_storage.exists(name):
            default_storage.save(name, file)
