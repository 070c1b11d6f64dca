"""Whether a site holds exactly what a backup holds."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.files.storage import default_storage

from incidents.delivery.backup import schema
from incidents.delivery.backup.archive import (
    FILES,
    BackupError,
    Manifest,
    digest,
    open_archive,
    read_manifest,
    refuse_damage,
)
from incidents.delivery.backup.rows import Progress, lines
from incidents.delivery.backup.writing import one_moment, pieces, uploaded


def differences(path: Path, say: Progress) -> list[str]:
    """The tables and files that are not exactly as in the backup."""
    with open_archive(path) as archive:
        written = read_manifest(archive)
        refuse_damage(archive, written)
        wanted = dict(contents(archive, written))
    with one_moment():
        here = schema.current()
        if here.migrations != written.migrations:
            raise BackupError(
                f"This backup was made by version {written.version}, whose tables are "
                "not those of this database: it cannot be compared."
            )
        found = {
            f"{model._meta.label}.jsonl": digest(normalised(lines(model, say)))
            for model in here.tables
        }
        found |= dict(files(uploaded(here)))
    members = found.keys() | wanted.keys()
    return sorted(
        member for member in members if found.get(member) != wanted.get(member)
    )


def contents(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[tuple[str, str]]:
    """Each member, and the checksum that the same here would have."""
    for member, checksum in manifest.members.items():
        if member.startswith(FILES):
            yield member, checksum
        else:
            with archive.open(member) as stream:
                yield member, digest(normalised(stream))


def normalised(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Lines that are the same where their values are: databases write JSON in
    different ways."""
    for piece in pieces:
        for line in filter(None, piece.split(b"\n")):
            yield json.dumps(json.loads(line), sort_keys=True).encode()


def files(names: list[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        there = default_storage.exists(name)
        yield f"{FILES}{name}", digest(pieces(name)) if there else "missing"
