"""Django's `migrate`, one at a time: two deployments may start at the same moment."""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

# Any number will do, as long as it is always the same.
LOCK: Final = 7_461_203
WAITING: Final = "Somebody else is migrating this database; waiting for them."

Say = Callable[[str], object]


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        """Whoever comes second waits, looks then, and finds nothing left to do."""
        with alone(connections[options["database"]], self.stderr.write):
            super().handle(*args, **options)


def alone(connection: BaseDatabaseWrapper, say: Say) -> AbstractContextManager[None]:
    """Holds a lock that ends with this process, however that ends."""
    if connection.vendor == "postgresql":
        return locked_by_server(connection, say)
    return locked_by_file(Path(connection.settings_dict["NAME"]), say)


@contextmanager
def locked_by_server(connection: BaseDatabaseWrapper, say: Say) -> Iterator[None]:
    """In a transaction of its own, which a pooler leaves with one connection."""
    with closing(connection.copy()) as apart:
        apart.set_autocommit(False)
        try:
            with apart.cursor() as cursor:
                cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
                cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
                if not cursor.fetchone()[0]:
                    say(WAITING)
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
            yield
        finally:
            apart.rollback()


@contextmanager
def locked_by_file(database: Path, say: Say) -> Iterator[None]:
    """Beside the database: SQLite's own file must not be opened by others."""
    database.parent.mkdir(parents=True, exist_ok=True)
    with database.with_name(f"{database.name}.migrating").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(WAITING)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
