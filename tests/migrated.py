"""Databases in which nobody has to migrate any more: to do that takes seconds.

`make test` names a folder for what its processes share. The first that needs a
migrated database makes it, and all copy it. Without that folder each migrates alone.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from fcntl import LOCK_EX, flock
from pathlib import Path
from shutil import copy
from urllib.parse import urlsplit

import psycopg
from django.conf import settings

from tools.served import EMPTY, MANAGE
from tools.venv import HOME

FOLDER = Path(os.environ.get("SHARED_BY_TESTS", ""))
IS_SHARED = "SHARED_BY_TESTS" in os.environ
# The name of the database on a server that new ones are copied from.
TEMPLATE = "migrated"


def fill(target: Path) -> None:
    """Puts a migrated SQLite database there, if `make test` runs us."""
    if not IS_SHARED:
        return
    made, unready = FOLDER / "migrated.sqlite3", FOLDER / "unready.sqlite3"
    with alone():
        if not made.exists():
            migrate(f"sqlite:///{unready}")
            unready.rename(made)
    target.parent.mkdir(parents=True, exist_ok=True)
    copy(made, target)


def template(server: str) -> str:
    """What new databases of this server are copied from; PostgreSQL's own if alone."""
    if not IS_SHARED:
        return EMPTY
    with alone(), psycopg.connect(server, autocommit=True) as connection:
        known = connection.execute("SELECT datname FROM pg_database").fetchall()
        if (TEMPLATE,) not in known:
            connection.execute("CREATE DATABASE unready")
            migrate(urlsplit(server)._replace(path="/unready").geturl())
            connection.execute(f"ALTER DATABASE unready RENAME TO {TEMPLATE}")
    return TEMPLATE


def server() -> str:
    """The address of the PostgreSQL that this run tests on; none for SQLite."""
    database = settings.DATABASES["default"]
    if "sqlite" in database["ENGINE"]:
        return ""
    host = database["HOST"] or database["OPTIONS"].get("host", "")
    port = f":{database['PORT']}" if database["PORT"] else ""
    login = f"{database['USER']}:{database['PASSWORD']}"
    return f"postgres://{login}@{port}/postgres?host={host}"


@contextmanager
def alone() -> Iterator[None]:
    """Let one process at a time make the template; the others wait for it."""
    with (FOLDER / "migrating").open("w") as file:
        flock(file, LOCK_EX)
        yield


def migrate(database: str) -> None:
    environ = {**os.environ, "DATABASE_URL": database}
    subprocess.run([*MANAGE, "migrate", "-v0"], cwd=HOME, env=environ, check=True)
