"""Whether a site holds exactly what a backup holds."""

from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import default_storage

from incidents.delivery.backup import state
from incidents.delivery.backup.archive import (
    FILES,
    BackupError,
    digest,
    open_archive,
    read_manifest,
)
from incidents.delivery.backup.rows import Progress, lines
from incidents.delivery.backup.writing import one_moment, pieces, uploaded


def differences(path: Path, say: Progress) -> list[str]:
    """The tables and files that are not byte for byte as in the backup."""
    with open_archive(path) as archive:
        written = read_manifest(archive)
    with one_moment():
        here = state.current()
        if here.migrations != written.migrations:
            raise BackupError(
                f"This backup was made by version {written.version}, whose tables are "
                "not those of this database: it cannot be compared."
            )
        found = {
            f"{model._meta.label}.jsonl": digest(lines(model, say))
            for model in here.tables
        }
        found |= dict(files(uploaded(here)))
    members = found.keys() | written.members.keys()
    return sorted(
        member for member in members if found.get(member) != written.members.get(member)
    )


def files(names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        there = default_storage.exists(name)
        yield f"{FILES}{name}", digest(pieces(name)) if there else "missing"
