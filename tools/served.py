"""A site of its own for a measurement or a test: a new database, a real server.

The server is gunicorn, with the settings that `make run` uses.
"""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from postmortems import env
from tools.processes import is_live
from tools.venv import HOME

SECONDS_TO_START = 60
GUNICORN = (sys.executable, "-m", "gunicorn", "--no-control-socket")
MANAGE = (sys.executable, "manage.py")
SQLITE = "site.sqlite3"
# What every database of a PostgreSQL is copied from, unless another is named.
EMPTY = "template1"


class Site:
    """One database and the server before it, which can be killed and started anew."""

    def __init__(self, database: str, folder: Path) -> None:
        self.port = free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        self.log = folder / "server.log"
        self.environ = environment(database, folder, self.port)
        self.server: subprocess.Popen[bytes] | None = None

    def manage(self, *command: str, stdin: str = "") -> str:
        """What a management command prints; `stdin` goes to its standard input."""
        done = subprocess.run(
            [*MANAGE, *command],
            cwd=HOME,
            env=self.environ,
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.server = subprocess.Popen(
                [*GUNICORN, "postmortems.wsgi"],
                cwd=HOME,
                env=self.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.wait_until_live()

    def wait_until_live(self) -> None:
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until:
            if is_live(self.address):
                return
            time.sleep(0.05)
        raise TimeoutError(self.log.read_text())

    def kill(self) -> None:
        """Kill the server and its workers at once, as a power cut would."""
        self.end(signal.SIGKILL)

    def end(self, by: signal.Signals) -> None:
        if self.server is not None:
            os.killpg(self.server.pid, by)
            self.server.wait()
            self.server = None


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def environment(database: str, folder: Path, port: int) -> Mapping[str, str]:
    """A development site that states everything, whatever the caller's shell has."""
    ours = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", *env.VARIABLES}
    inherited = {k: v for k, v in os.environ.items() if k not in ours}
    return inherited | {
        "DATABASE_URL": database,
        "DATA_DIR": str(folder),
        "DEBUG": "1",
        "LOG_LEVEL": "WARNING",
        "PORT": str(port),
        "SECRET_KEY": secrets.token_urlsafe(64),
    }


@contextmanager
def site(server: str, folder: Path, template: str = EMPTY) -> Iterator[Site]:
    """A migrated site. `server` is a PostgreSQL's address, or empty for SQLite.

    What is made of a template, or is in the folder before, has been migrated there.
    """
    is_empty = template == EMPTY and not (folder / SQLITE).exists()
    with new_database(server, folder, template) as database:
        made = Site(database, folder)
        if is_empty:
            made.manage("migrate", "--no-input", "--verbosity=0")
        made.start()
        try:
            yield made
        finally:
            made.end(signal.SIGTERM)


@contextmanager
def new_database(server: str, folder: Path, template: str = EMPTY) -> Iterator[str]:
    """A copy of the server's database `template`; or the file that is there, if any."""
    if not server:
        yield f"sqlite:///{folder}/{SQLITE}"
        return
    name = f"site_{secrets.token_hex(4)}"
    with psycopg.connect(server, autocommit=True) as connection:
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        connection.execute(create.format(*map(sql.Identifier, (name, template))))
        try:
            yield urlsplit(server)._replace(path=f"/{name}").geturl()
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            connection.execute(drop.format(sql.Identifier(name)))
