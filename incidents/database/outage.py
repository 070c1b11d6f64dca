"""Failures of a database or a disk that are nobody's mistake, and that pass."""

import errno
import sqlite3
from enum import Enum
from typing import Final

from django.db import Error, InterfaceError, OperationalError, connections


class Outage(Enum):
    """What is the matter with the place where everything is kept."""

    FULL = "disk full"
    READ_ONLY = "database read-only"
    BUSY = "database busy"
    AWAY = "database away"
    NO_STORE = "no store of files"


OF_DISK: Final = {
    errno.ENOSPC: Outage.FULL,
    errno.EDQUOT: Outage.FULL,
    errno.EFBIG: Outage.FULL,
    errno.EROFS: Outage.READ_ONLY,
}
OF_SQLITE: Final = {
    sqlite3.SQLITE_FULL: Outage.FULL,
    sqlite3.SQLITE_READONLY: Outage.READ_ONLY,
    sqlite3.SQLITE_BUSY: Outage.BUSY,
    sqlite3.SQLITE_LOCKED: Outage.BUSY,
    sqlite3.SQLITE_IOERR: Outage.AWAY,
    sqlite3.SQLITE_CANTOPEN: Outage.AWAY,
    sqlite3.SQLITE_CORRUPT: Outage.AWAY,
    sqlite3.SQLITE_NOTADB: Outage.AWAY,
}
# By the whole code, else by its class: appendix A of PostgreSQL's manual.
OF_POSTGRESQL: Final = {
    "53100": Outage.FULL,
    "25006": Outage.READ_ONLY,
    "40": Outage.BUSY,
    "53": Outage.BUSY,
    "55": Outage.BUSY,
    "08": Outage.AWAY,
    "57": Outage.AWAY,
    "58": Outage.AWAY,
}
OF_STORE: Final = "botocore.exceptions"
# The extended codes of SQLite say more in their higher bytes.
PRIMARY: Final = 0xFF


def outage_of(error: BaseException | None) -> Outage | None:
    """What has failed around us, or None where the failure is the program's own."""
    # Some of its errors are an OSError too.
    if is_of_store(error):
        return Outage.NO_STORE
    if isinstance(error, OSError):
        return OF_DISK.get(error.errno or 0)
    if not isinstance(error, Error):
        return None
    cause = error.__cause__
    if code := getattr(cause, "sqlite_errorcode", 0):
        return OF_SQLITE.get(code & PRIMARY)
    if state := getattr(cause, "sqlstate", None):
        return OF_POSTGRESQL.get(state) or OF_POSTGRESQL.get(state[:2])
    return Outage.AWAY if is_of_connection(error) else None


def is_of_connection(error: Error) -> bool:
    """No server has answered with a code: there was none, or it went away."""
    return isinstance(error, OperationalError | InterfaceError)


def is_of_store(error: BaseException | None) -> bool:
    """By name: the package that talks to a bucket is there only where one is used."""
    return any(kind.__module__ == OF_STORE for kind in type(error).__mro__)


def let_go() -> None:
    """The next question opens its connection anew.

    A file of SQLite that was opened while nobody could write is never written to.
    """
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
