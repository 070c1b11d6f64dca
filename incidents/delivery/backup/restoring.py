"""Filling an empty site from a backup: all of it or nothing."""

import zipfile
from pathlib import Path

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import default_storage
from django.core.management.color import no_style
from django.db import connection, transaction

from incidents import __version__
from incidents.delivery.backup import schema
from incidents.delivery.backup.archive import (
    FILES,
    BackupError,
    Manifest,
    chunks,
    digest,
    open_archive,
    read_manifest,
    refuse_damage,
)
from incidents.delivery.backup.comparing import differences
from incidents.delivery.backup.rows import Model, Progress, load
from incidents.delivery.backup.schema import Schema
from incidents.delivery.backup.writing import pieces
from incidents.models import Incident, User
from incidents.search.words.drift import missing
from incidents.search.words.index import rebuild
from incidents.workflow.counting.recounting import not_counted, recount


def restore(path: Path, say: Progress) -> None:
    """Make this new site what the other one was when the backup was written."""
    with open_archive(path) as archive:
        manifest = read_manifest(archive)
        written = schema_of(manifest)
        refuse_damage(archive, manifest)
        refuse_missing_tables()
        if User.objects.exists() or Incident.objects.exists():
            refuse_other_content(path, manifest, say)
        else:
            fill(archive, manifest, written, say)
    rebuild_derived(say)


def schema_of(manifest: Manifest) -> Schema:
    """What the backup was written from; refused if this code cannot know it."""
    if manifest.migrations - schema.known():
        raise BackupError(
            f"This backup was made by version {manifest.version}, which is newer "
            f"than this one ({__version__}), or with packages that are missing here. "
            "Upgrade first."
        )
    written = schema.schema_of(manifest.migrations)
    wanted = {f"{model._meta.label}.jsonl" for model in written.tables}
    if missing := wanted - manifest.members.keys():
        raise BackupError(f"The backup lacks {', '.join(sorted(missing))}.")
    return written


def refuse_missing_tables() -> None:
    if schema.current().migrations != schema.known():
        raise BackupError(
            "This database lacks tables. Run manage.py migrate, then try again."
        )


def refuse_other_content(path: Path, manifest: Manifest, say: Progress) -> None:
    """Refuse a site that has content of its own.

    What a restore of this very backup has left, when it was broken off, is none.
    """
    comparable = manifest.migrations == schema.known()
    if is_rebuilt() or not comparable or differences(path, say):
        raise BackupError(
            "This site has accounts or postmortems already. Restore into a new "
            "database, so that nothing is overwritten."
        )


def is_rebuilt() -> bool:
    return not (missing().exists() or not_counted().exists())


def fill(
    archive: zipfile.ZipFile, manifest: Manifest, written: Schema, say: Progress
) -> None:
    # Files first: without their rows they do no harm, and nobody finds them.
    for name in manifest.files:
        keep_file(archive, name)
    with schema.moved_back(written), transaction.atomic():
        load_all(archive, written.tables, say)


def keep_file(archive: zipfile.ZipFile, name: str) -> None:
    try:
        with archive.open(f"{FILES}{name}") as file:
            if not default_storage.exists(name):
                default_storage.save(name, file)
        with archive.open(f"{FILES}{name}") as file:
            same = digest(chunks(file)) == digest(pieces(name))
    except SuspiciousOperation as error:
        raise BackupError(f"{name!r} is no name for an uploaded file.") from error
    if not same:
        raise BackupError(
            f"There is another file {name} where files are kept. "
            "Restore into an empty folder or bucket, so that nothing is overwritten."
        )


def load_all(archive: zipfile.ZipFile, tables: list[Model], say: Progress) -> None:
    """Rows may name others that come later: the database asks when all are there."""
    # What the migrations have put there comes back with the rest.
    for model in reversed(tables):
        model._base_manager.all()._raw_delete(using=connection.alias)
    for model in tables:
        with archive.open(f"{model._meta.label}.jsonl") as member:
            load(model, member, say)
    reset_numbers(tables)


def reset_numbers(tables: list[Model]) -> None:
    """New rows are numbered after the restored ones, and no number is used again."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables):
            cursor.execute(statement)


def rebuild_derived(say: Progress) -> None:
    """Rebuild what is made from the rows: the search index and the sums."""
    ContentType.objects.clear_cache()
    rebuild(Incident.objects.all(), lambda done: say(f"search: {done} found again"))
    for done in recount():
        say(f"insights: {done} counted again")
    with connection.cursor() as cursor:
        # Without it the planner guesses for hours how large the tables are.
        cursor.execute("ANALYZE")
