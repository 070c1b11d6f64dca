"""Child processes that start, are watched and stop together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from types import FrameType, TracebackType
from typing import NoReturn
from urllib.request import urlopen

from tools.venv import HOME

SECONDS_TO_START = 60
SECONDS_TO_STOP = 25
PR_SET_PDEATHSIG = 1


def run(*command: str, environ: Mapping[str, str]) -> None:
    """Runs one command to its end; its failure is ours, it has said why."""
    code = subprocess.run(command, cwd=HOME, env=environ, check=False).returncode
    if code:
        sys.exit(code)


class Processes:
    """Stops all of them when the block ends, for whatever reason it does."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.environ = environ
        self.parent = os.getppid()
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> "Processes":
        return self

    def start(self, name: str, *command: str) -> None:
        """Start a command beyond the terminal: its Ctrl-C is for us, who stop all.

        A second signal on top of that one makes gunicorn's process wait for ever.
        """
        self.running[name] = subprocess.Popen(
            command,
            cwd=HOME,
            env=self.environ,
            process_group=0,
            preexec_fn=end_with_parent,
        )

    def wait(self) -> int:
        """Returns the exit code to use, once one of them has ended.

        A parent that was killed takes us with it: nobody could stop us any more.
        """
        while os.getppid() == self.parent:
            self.refuse_ended()
            time.sleep(0.5)
        return 1

    def refuse_ended(self) -> None:
        for name, process in self.running.items():
            if process.poll() is not None:
                sys.exit(f"The {name} has ended with code {process.returncode}.")

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in self.running.values():
            process.terminate()
        until = time.monotonic() + SECONDS_TO_STOP
        for process in self.running.values():
            try:
                process.wait(timeout=max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()


def end_with_parent() -> None:
    """Where Linux allows it, end with our parent, who may be killed: free the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def wait_until_live(address: str, processes: Processes) -> None:
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until:
        processes.refuse_ended()
        if is_live(address):
            return
        time.sleep(0.2)
    sys.exit(f"The web server did not answer within {SECONDS_TO_START} seconds.")


def is_live(address: str) -> bool:
    """Whether the web server there answers, however busy the database is."""
    try:
        with urlopen(f"{address}/health/live", timeout=5):
            return True
    except OSError:
        return False


def as_interrupt(signum: int, frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt
