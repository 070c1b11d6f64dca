"""One step of `make test`: a command, and how to count what it found."""

import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools.venv import HOME

SECONDS_FOR_A_STEP = 1800
RUNNING: set[subprocess.Popen[str]] = set()


@dataclass(frozen=True)
class Result:
    """What a step found; `said` is its output, shown when something failed."""

    name: str
    passed: int
    failed: int
    seconds: float = 0.0
    said: str = ""

    def show(self) -> None:
        word = "FAIL" if self.failed else "ok"
        print(
            f"{word:4}  {self.name}: {self.finding()}, {self.seconds:.0f} s", flush=True
        )
        if self.failed:
            print(self.said, flush=True)

    def finding(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"


Step = Callable[[], Result]


def two_at_a_time(steps: Iterable[Step]) -> Iterator[Result]:
    """The results in the order of the steps; a stop ends what runs, and starts no more.

    Two, because a step does not keep two cores busy all the time.
    """
    with ThreadPoolExecutor(max_workers=2) as pool:
        waiting = [pool.submit(step) for step in steps]
        try:
            for done in waiting:
                yield done.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            while not all(step.done() for step in waiting):
                for command in tuple(RUNNING):
                    command.kill()
                time.sleep(0.1)


def impossible(name: str, why: str) -> Result:
    """A step that could not even start counts as one failure, never as skipped."""
    return Result(name, passed=0, failed=1, said=why)


def check(name: str, command: Sequence[str], environ: Mapping[str, str]) -> Result:
    """A command that is right or wrong as a whole."""
    code, said, seconds = finish(command, environ)
    return Result(name, int(code == 0), int(code != 0), seconds, said)


def suite(name: str, command: Sequence[str], environ: Mapping[str, str]) -> Result:
    """A run of pytest, counted test by test."""
    report = Path(environ["DATA_DIR"]) / f"{name}.xml"
    code, said, seconds = finish([*command, f"--junitxml={report}"], environ)
    passed, failed = counted(report)
    if not passed + failed:
        said += "\nNo test was collected."
    if not failed and (code or not passed):
        failed = 1
    return Result(name, passed, failed, seconds, said)


def counted(report: Path) -> tuple[int, int]:
    """Tests that passed, and those that did not: a skipped test has shown nothing."""
    if not report.exists():
        return 0, 0
    totals = next(ElementTree.parse(report).iter("testsuite")).attrib
    failed = sum(int(totals[word]) for word in ("failures", "errors", "skipped"))
    return int(totals["tests"]) - failed, failed


def finish(
    command: Sequence[str], environ: Mapping[str, str]
) -> tuple[int, str, float]:
    """The exit code, the output and the seconds of one command."""
    started = time.monotonic()
    try:
        code, said = outcome(command, environ)
    except (OSError, subprocess.TimeoutExpired) as error:
        code, said = 1, str(error)
    return code, said, time.monotonic() - started


def outcome(command: Sequence[str], environ: Mapping[str, str]) -> tuple[int, str]:
    with subprocess.Popen(
        command,
        cwd=HOME,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        RUNNING.add(process)
        try:
            said, _ = process.communicate(timeout=SECONDS_FOR_A_STEP)
        finally:
            RUNNING.remove(process)
            process.kill()
    return process.returncode, said
