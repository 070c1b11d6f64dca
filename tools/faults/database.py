"""A PostgreSQL that can be killed as a power cut would, and started again."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

from tools import machine, postgres

# What was acknowledged has left the process; that a disk keeps it is another matter.
SETTINGS = ("fsync=off", "full_page_writes=off")
SECONDS_TO_DIE = 10


class Postgres:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.programs = machine.provide_postgresql()
        self.address = postgres.address(folder)
        self.server: subprocess.Popen[bytes] | None = None
        postgres.initialise(self.programs, folder, postgres.server_user())

    def start(self) -> None:
        user = postgres.server_user()
        self.server = postgres.start(self.programs, self.folder, user, SETTINGS)

    def kill(self) -> None:
        """Every process of it at once."""
        assert self.server is not None
        processes = [self.server.pid, *children(self.server.pid)]
        for process in processes:
            end(process)
        self.server.wait()
        until = time.monotonic() + SECONDS_TO_DIE
        while any(map(is_running, processes)) and time.monotonic() < until:
            time.sleep(0.01)

    def kill_one(self, chance: Random) -> None:
        """One of its processes: the server then throws everybody out and recovers."""
        assert self.server is not None
        end(chance.choice(children(self.server.pid)))

    def stop(self) -> None:
        assert self.server is not None
        self.server.send_signal(signal.SIGINT)
        self.server.wait()


@contextmanager
def server() -> Iterator[Postgres]:
    with postgres.own_folder() as folder:
        made = Postgres(folder)
        made.start()
        try:
            yield made
        finally:
            made.stop()


def children(process: int) -> list[int]:
    text = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in text.split()]


def is_running(process: int) -> bool:
    """Whether it runs; a zombie does not."""
    try:
        text = Path(f"/proc/{process}/stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
    return text.rpartition(")")[2].split()[0] != "Z"


def end(process: int) -> None:
    """kill -9, if it has not ended by itself just now."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
