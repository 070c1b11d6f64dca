"""The file itself: its members, their checksums, and what makes it unreadable."""

import hashlib
import json
import os
import struct
import zipfile
import zlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from incidents import __version__

FORMAT = 2
MANIFEST = "manifest.json"
FILES = "files/"
CHUNK = 1 << 20
BLOCK = 1 << 18
BLOCKS_AHEAD = 4
# All that a file of other bytes can make the zip reader say.
UNREADABLE = (
    OSError,
    EOFError,
    KeyError,
    ValueError,
    RuntimeError,
    struct.error,
    zipfile.BadZipFile,
    zlib.error,
)


class BackupError(Exception):
    """Nothing was changed; the message says why."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says about itself."""

    version: str
    migrations: frozenset[str]
    members: dict[str, str]

    @property
    def files(self) -> Iterator[str]:
        """The names of the uploaded files, as the storage knows them."""
        for member in self.members:
            if member.startswith(FILES):
                yield member.removeprefix(FILES)


class Writer:
    """Adds members one after the other, and at last the manifest."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.members: dict[str, str] = {}

    def add(self, member: str, pieces: Iterable[bytes]) -> None:
        """A member of these pieces. They are compressed while the next are made."""
        total = hashlib.sha256()

        def take(block: bytes) -> None:
            total.update(block)
            out.write(block)

        # A member may be larger than what the plain form of a zip can hold.
        with (
            self.archive.open(member, "w", force_zip64=True) as out,
            ThreadPoolExecutor(1) as beside,
        ):
            under_way: deque[Future[None]] = deque()
            for block in in_larger_pieces(pieces):
                under_way.append(beside.submit(take, block))
                if len(under_way) > BLOCKS_AHEAD:
                    under_way.popleft().result()
            for taken in under_way:
                taken.result()
        self.members[member] = total.hexdigest()

    def finish(self, migrations: Iterable[str]) -> None:
        manifest = {
            "format": FORMAT,
            "version": __version__,
            "migrations": sorted(migrations),
            "members": self.members,
        }
        self.archive.writestr(MANIFEST, json.dumps(manifest))


@contextmanager
def new_archive(path: Path) -> Iterator[Writer]:
    """A file that appears under its name when it is whole, for its owner alone."""
    if path.exists() and not path.is_file():
        raise BackupError(f"{path} is no file that a backup could replace.")
    draft = path.with_name(f"{path.name}.part")
    try:
        with open(draft, "wb", opener=for_the_owner) as file:
            # More effort would take three times as long and save a tenth.
            with zipfile.ZipFile(
                file, "w", zipfile.ZIP_DEFLATED, compresslevel=1
            ) as archive:
                yield Writer(archive)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def for_the_owner(path: str, flags: int) -> int:
    """Open the file for its owner alone: it holds the hashes of passwords and keys."""
    return os.open(path, flags, mode=0o600)


@contextmanager
def open_archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except UNREADABLE as error:
        # "No such file or directory" and its like, without number and path.
        why = getattr(error, "strerror", None) or error
        raise BackupError(f"{path} is no backup that can be read: {why}.") from error
    with archive:
        yield archive


def read_manifest(archive: zipfile.ZipFile) -> Manifest:
    try:
        said = json.loads(archive.read(MANIFEST))
        manifest = Manifest(
            version=str(said["version"]),
            migrations=frozenset(said["migrations"]),
            members=dict(said["members"]),
        )
        form = int(said["format"])
    except (*UNREADABLE, TypeError) as error:
        raise BackupError(
            "This file has no manifest: it is no whole backup."
        ) from error
    if form > FORMAT:
        raise BackupError("This backup was made by a newer version. Upgrade first.")
    if form < FORMAT:
        raise BackupError(
            f"This backup was made by version {manifest.version}, in a form that is no "
            "longer read. Restore it with that version, upgrade it, and back it up."
        )
    return manifest


def refuse_damage(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    """Reads every member to its end: each must be what was written."""
    for member, written in manifest.members.items():
        found = ""
        with suppress(*UNREADABLE), archive.open(member) as stream:
            found = digest(chunks(stream))
        if found != written:
            raise BackupError(
                f"The backup is damaged: {member} is not what was written."
            )


def chunks(stream: IO[bytes]) -> Iterator[bytes]:
    while chunk := stream.read(CHUNK):
        yield chunk


def in_larger_pieces(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in pieces that are worth handing on."""
    block = bytearray()
    for piece in pieces:
        block += piece
        if len(block) >= BLOCK:
            yield bytes(block)
            block.clear()
    yield bytes(block)


def digest(pieces: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for piece in pieces:
        total.update(piece)
    return total.hexdigest()
