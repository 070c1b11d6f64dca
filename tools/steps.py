"""One step of `make test`: a command, and how to count what it found."""

import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from tools.venv import HOME

SECONDS_FOR_A_STEP = 1800
SECONDS_TO_TIDY = 25
RUNNING: set[subprocess.Popen[str]] = set()


@dataclass(frozen=True)
class Result:
    """What a step found; `output` is its output, shown when something failed."""

    name: str
    passed: int
    failed: int
    seconds: float = 0.0
    output: str = ""

    def show(self) -> None:
        word = "FAIL" if self.failed else "ok"
        print(
            f"{word:4}  {self.name}: {self.finding()}, {self.seconds:.0f} s", flush=True
        )
        if self.failed:
            print(self.output, flush=True)

    def finding(self) -> str:
        return f"{self.passed} passed, {self.failed} failed"


Step = Callable[[], Result]


def side_by_side(steps: Iterable[Step]) -> Iterator[Result]:
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
            end_all(waiting)


def end_all(steps: Sequence[Future[Result]]) -> None:
    """Interrupt all commands, with time to stop what they have started."""
    asked: set[subprocess.Popen[str]] = set()
    until = time.monotonic() + SECONDS_TO_TIDY
    while not all(step.done() for step in steps):
        for command in RUNNING - asked:
            command.send_signal(signal.SIGINT)
            asked.add(command)
        if time.monotonic() > until:
            for command in tuple(RUNNING):
                command.kill()
        time.sleep(0.1)


def impossible(name: str, why: str) -> Result:
    """A step that could not even start counts as one failure, never as skipped."""
    return Result(name, passed=0, failed=1, output=why)


def check(name: str, command: Sequence[str], environ: Mapping[str, str]) -> Result:
    """A command that is right or wrong as a whole."""
    code, output, seconds = timed(command, environ)
    return Result(name, int(code == 0), int(code != 0), seconds, output)


def suite(name: str, command: Sequence[str], environ: Mapping[str, str]) -> Result:
    """A run of pytest, counted test by test."""
    report = Path(environ["DATA_DIR"]) / f"{name}.xml"
    code, output, seconds = timed([*command, f"--junitxml={report}"], environ)
    passed, failed = test_counts(report)
    if not passed + failed:
        output += "\nNo test was collected."
    if not failed and (code or not passed):
        failed = 1
    return Result(name, passed, failed, seconds, output)


def test_counts(report: Path) -> tuple[int, int]:
    """Tests that passed, and those that did not: a skipped test has shown nothing."""
    if not report.exists():
        return 0, 0
    totals = next(ElementTree.parse(report).iter("testsuite")).attrib
    failed = sum(int(totals[word]) for word in ("failures", "errors", "skipped"))
    return int(totals["tests"]) - failed, failed


def timed(command: Sequence[str], environ: Mapping[str, str]) -> tuple[int, str, float]:
    """The exit code, the output and the seconds of one command."""
    started = time.monotonic()
    try:
        code, output = output_of(command, environ)
    except (OSError, subprocess.TimeoutExpired) as error:
        code, output = 1, str(error)
    return code, output, time.monotonic() - started


def output_of(command: Sequence[str], environ: Mapping[str, str]) -> tuple[int, str]:
    """The exit code and the output of a command.

    It is out of the terminal's reach: a Ctrl-C is for us, and we pass it on once."""
    with subprocess.Popen(
        command,
        cwd=HOME,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        process_group=0,
    ) as process:
        RUNNING.add(process)
        try:
            output, _ = process.communicate(timeout=SECONDS_FOR_A_STEP)
        except BaseException:
            interrupt(process)
            raise
        finally:
            RUNNING.remove(process)
    return process.returncode, output


def interrupt(process: subprocess.Popen[str]) -> None:
    """Interrupt a command, with time to stop the servers that its tests started."""
    process.send_signal(signal.SIGINT)
    try:
        process.communicate(timeout=SECONDS_TO_TIDY)
    except subprocess.TimeoutExpired:
        process.kill()
