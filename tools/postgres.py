"""A PostgreSQL server for the length of one test run."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SECONDS_TO_START = 30
# Nothing here outlives the run, so nothing needs to reach the disk.
CARELESS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@contextmanager
def throw_away_server(
    programs: Path, settings: Sequence[str] = CARELESS
) -> Iterator[str]:
    """The server's DATABASE_URL; it listens on a socket in its own folder only.

    Without `settings` it has PostgreSQL's own, and keeps what it has acknowledged.
    """
    with own_folder() as folder:
        initialise(programs, folder, server_user())
        with running(programs, folder, settings):
            yield address(folder)


@contextmanager
def replica(programs: Path, primary: str) -> Iterator[str]:
    """The DATABASE_URL of a server that follows the one at `primary`, for reading."""
    with own_folder() as folder:
        copy = [f"--dbname={primary}", f"--pgdata={folder}/data"]
        subprocess.run(
            [
                programs / "pg_basebackup",
                *copy,
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--no-sync",
            ],
            check=True,
            capture_output=True,
            cwd=folder,
            user=server_user(),
        )
        with running(programs, folder, CARELESS):
            yield address(folder)


@contextmanager
def own_folder() -> Iterator[Path]:
    # A socket's path may have 107 bytes, so not under the usual long folders.
    folder = Path(tempfile.mkdtemp(prefix="pm-", dir="/tmp"))
    if user := server_user():
        shutil.chown(folder, user)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def address(folder: Path) -> str:
    return f"postgres://postgres@/postgres?host={folder}"


@contextmanager
def running(programs: Path, folder: Path, settings: Sequence[str]) -> Iterator[None]:
    server = start(programs, folder, server_user(), settings)
    try:
        yield
    finally:
        # The fast shutdown: it does not wait for clients to take their leave.
        server.send_signal(signal.SIGINT)
        server.wait()


def server_user() -> str | None:
    """PostgreSQL refuses to run as root; then someone else must run it."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def initialise(programs: Path, folder: Path, user: str | None) -> None:
    options = ["--auth=trust", "--username=postgres", "--no-sync"]
    options += ["--encoding=UTF8", "--locale=C.UTF-8", f"--pgdata={folder}/data"]
    subprocess.run(
        [programs / "initdb", *options],
        check=True,
        capture_output=True,
        cwd=folder,
        user=user,
    )


def start(
    programs: Path, folder: Path, user: str | None, settings: Sequence[str]
) -> subprocess.Popen[bytes]:
    options = ["-D", f"{folder}/data", "-k", str(folder), "-c", "listen_addresses="]
    for setting in settings:
        options += ["-c", setting]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", *options],
            stdout=log,
            stderr=log,
            cwd=folder,
            user=user,
        )
    wait_until_ready(programs, folder)
    return server


def wait_until_ready(programs: Path, folder: Path) -> None:
    until = time.monotonic() + SECONDS_TO_START
    asking = [str(programs / "pg_isready"), "-q", "-h", str(folder)]
    while subprocess.run(asking, check=False).returncode:
        if time.monotonic() > until:
            raise TimeoutError((folder / "log").read_text())
        time.sleep(0.1)
