"""Django's `migrate`, one at a time and each step whole.

Two deployments may start at the same moment, and any may be killed.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from pathlib import Path
from typing import Any, Final

from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

# Any number will do, as long as it is always the same.
LOCK: Final = 7_461_203
WAITING: Final = "Somebody else is migrating this database; waiting for them."

Say = Callable[[str], object]


class WholeSteps(MigrationExecutor):
    """What a migration changed and the note that it did are saved together.

    Django notes it a moment later. Killed in between, the next `migrate` would make
    tables that are there already, and never get further.
    """

    def apply_migration(
        self, state: ProjectState, migration: Migration, *args: Any, **options: Any
    ) -> ProjectState:
        with self.whole(migration):
            return super().apply_migration(state, migration, *args, **options)

    def unapply_migration(
        self, state: ProjectState, migration: Migration, *args: Any, **options: Any
    ) -> ProjectState:
        with self.whole(migration):
            return super().unapply_migration(state, migration, *args, **options)

    @contextmanager
    def whole(self, migration: Migration) -> Iterator[None]:
        if not migration.atomic:
            yield
            return
        # SQLite changes no table while it checks foreign keys, and can only stop
        # checking them before a transaction begins. They are checked at its end.
        with (
            self.connection.constraint_checks_disabled(),
            transaction.atomic(using=self.connection.alias),
        ):
            yield


# There is no other way to hand it to Django's command.
vars(migrate)["MigrationExecutor"] = WholeSteps


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
