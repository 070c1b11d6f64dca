"""Bytes that come in: files and zips, read as texts within bounds.

Nothing here trusts what a file says of itself: sizes are counted while reading.
"""

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO

from incidents.documents.parse import ParseError, read_bytes
from incidents.documents.parse.source import LARGEST

MARKDOWN = frozenset({".md", ".markdown", ".mdown", ".mkd", ".txt"})
LARGEST_ZIP = 200_000_000
MOST_FILES = 2_000
# Text seldom shrinks to less than a twentieth; a bomb shrinks a thousandfold.
MOST_SHRUNK = 200
HARMLESS_SIZE = 1_000_000
# What reading a zip raises where it, or a file in it, is damaged.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True, slots=True)
class Incoming:
    """One file: its text, or in words why there is none."""

    name: str
    text: str = ""
    error: str = ""

    @property
    def title_hint(self) -> str:
        """The name without the folders that it lay in."""
        return PurePosixPath(self.name).name


def read_file(name: str, file: IO[bytes]) -> Incoming:
    """One file, never more of it than may be read."""
    data = file.read(LARGEST + 1)
    try:
        text = read_bytes(data)
    except ParseError as error:
        return Incoming(name, error=str(error))
    if not text.strip():
        return Incoming(name, error="The file is empty.")
    return Incoming(name, text=text)


def is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def read_incoming(name: str, file: IO[bytes]) -> Iterator[Incoming]:
    """The documents in a file: one, or those of a zip in its order."""
    if not is_zip(name):
        yield read_file(name, file)
        return
    try:
        with zipfile.ZipFile(file) as archive:
            yield from _members(name, archive)
    except BROKEN:
        yield Incoming(name, error="This zip is damaged. Pack it again.")


def _members(name: str, archive: zipfile.ZipFile) -> Iterator[Incoming]:
    wanted = [member for member in archive.infolist() if _is_wanted(member)]
    if not wanted:
        yield Incoming(name, error="There is no Markdown file in this zip.")
    unpacked = 0
    for member in wanted[:MOST_FILES]:
        found = _member(archive, member)
        unpacked += len(found.text)
        if unpacked > LARGEST_ZIP:
            size = LARGEST_ZIP // 1_000_000
            said = f"The files in this zip are larger than {size} MB together."
            yield Incoming(name, error=f"{said} The rest was not read: split the zip.")
            return
        yield found
    if len(wanted) > MOST_FILES:
        said = f"There are {len(wanted):,} files in this zip; the first {MOST_FILES:,}"
        yield Incoming(name, error=f"{said} were read. Put the rest into another one.")


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    """Markdown and nested zips; not folders, hidden files, or a Mac's shadows."""
    path = PurePosixPath(member.filename)
    parts = (part for part in path.parts if part != "..")
    hidden = any(part.startswith((".", "__MACOSX")) for part in parts)
    known = path.suffix.lower() in MARKDOWN or is_zip(path.name)
    return known and not hidden and not member.is_dir()


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Incoming:
    name = member.filename
    if is_zip(name):
        said = "A zip inside a zip is not opened. Unpack it first."
        return Incoming(name, error=said)
    if member.flag_bits & 1:
        said = "The file is locked with a password. Pack it without one."
        return Incoming(name, error=said)
    shrunk = member.file_size > MOST_SHRUNK * max(member.compress_size, 1)
    if member.file_size > HARMLESS_SIZE and shrunk:
        said = "The file unpacks to far more than its size, so it was not opened."
        return Incoming(name, error=said)
    try:
        with archive.open(member) as file:
            return read_file(name, file)
    except BROKEN:
        return Incoming(
            name, error="The file is damaged inside the zip. Pack it again."
        )
