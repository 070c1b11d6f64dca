"""PgBouncer before a PostgreSQL, for the length of one test."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from tools.postgres import own_folder, server_user

SECONDS_TO_START = 10
PORT = 6432
CONFIGURATION = """
[databases]
; Everybody is the one user of the throw-away server.
* = host={server} user={user}
[pgbouncer]
listen_addr =
listen_port = {port}
unix_socket_dir = {folder}
auth_type = any
pool_mode = transaction
default_pool_size = {connections}
max_client_conn = 100
"""


@contextmanager
def pooler(program: Path, database: str, *, connections: int) -> Iterator[str]:
    """The DATABASE_URL of the same database behind so few connections."""
    parts = urlsplit(database)
    (server,) = parse_qs(parts.query)["host"]
    with own_folder() as folder:
        file = folder / "pgbouncer.ini"
        file.write_text(
            CONFIGURATION.format(
                server=server,
                user=parts.username,
                port=PORT,
                folder=folder,
                connections=connections,
            )
        )
        process = subprocess.Popen(
            [program, "-q", file], cwd=folder, user=server_user()
        )
        try:
            wait_until_ready(folder / f".s.PGSQL.{PORT}", process)
            yield f"postgres://{parts.username}@:{PORT}{parts.path}?host={folder}"
        finally:
            process.send_signal(signal.SIGINT)
            process.wait()


def wait_until_ready(socket: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while not socket.exists():
        if process.poll() is not None or time.monotonic() > until:
            raise TimeoutError("PgBouncer did not start.")
        time.sleep(0.05)
