"""Writing a backup: everything as it stands at one moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import connection, transaction

from incidents.delivery.backup import schema
from incidents.delivery.backup.archive import (
    CHUNK,
    FILES,
    BackupError,
    Writer,
    new_archive,
)
from incidents.delivery.backup.rows import Progress, lines
from incidents.delivery.backup.schema import Schema


def back_up(path: Path, say: Progress) -> None:
    """Write the whole site into one file, while people go on writing.

    The database may be older than this code: a backup can be made before `migrate`.
    """
    with new_archive(path) as writer, one_moment():
        here = schema.current()
        if not here.migrations:
            raise BackupError(
                "There is no site in this database to back up. See whether "
                "DATABASE_URL and DATA_DIR lead to yours."
            )
        for model in here.tables:
            writer.add(f"{model._meta.label}.jsonl", lines(model, say))
        add_files(writer, here, say)
        writer.finish(here.migrations)


def add_files(writer: Writer, here: Schema, say: Progress) -> None:
    names = uploaded(here)
    for name in names:
        try:
            writer.add(f"{FILES}{name}", pieces(name))
        except FileNotFoundError as error:
            raise BackupError(
                f"The uploaded file {name} is missing from where files are kept. "
                "Bring it back from an older backup, then try again."
            ) from error
    say(f"Uploaded files: {len(names)}")


def uploaded(here: Schema) -> list[str]:
    """The names of the files that the record shows."""
    attachments = here.registry.get_model("incidents", "Attachment")._base_manager
    return list(attachments.order_by("pk").values_list("file", flat=True))


def pieces(name: str) -> Iterator[bytes]:
    with default_storage.open(name) as file:
        yield from file.chunks(CHUNK)


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
