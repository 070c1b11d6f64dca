"""`make test` itself: nothing that failed, was skipped or never ran counts as good."""

import sys
import time
from functools import partial
from pathlib import Path

import pytest

from tools import check, machine, steps

# Whoever runs this in the background of a shell hands down that SIGINT is ignored.
TIDIES = """
import pathlib, signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
try:
    time.sleep(60)
except KeyboardInterrupt:
    pathlib.Path(sys.argv[1]).touch()
"""
PYTEST = (sys.executable, "-m", "pytest", "-p", "no:django", "-p", "no:cacheprovider")


def run_suite(folder: Path, source: str) -> steps.Result:
    (folder / "test_some.py").write_text(source)
    (folder / "none.ini").write_text("[pytest]\n")
    own = [f"--rootdir={folder}", "-c", str(folder / "none.ini"), str(folder)]
    return steps.suite("some", [*PYTEST, *own], {"DATA_DIR": str(folder)})


def test_a_suite_without_tests_fails(tmp_path: Path) -> None:
    result = run_suite(tmp_path, "")
    assert (result.passed, result.failed) == (0, 1)
    assert "No test was collected" in result.output


def test_a_suite_that_cannot_be_read_fails(tmp_path: Path) -> None:
    assert run_suite(tmp_path, "import nowhere_at_all").failed == 1


def test_a_skipped_test_counts_as_failed(tmp_path: Path) -> None:
    source = "import pytest\ndef test_a(): pytest.skip('')\ndef test_b(): pass\n"
    result = run_suite(tmp_path, source)
    assert (result.passed, result.failed) == (1, 1)


def test_each_test_is_counted(tmp_path: Path) -> None:
    source = "def test_a(): pass\ndef test_b(): pass\ndef test_c(): assert 0\n"
    result = run_suite(tmp_path, source)
    assert (result.passed, result.failed) == (2, 1)


def test_a_check_whose_program_is_missing_fails() -> None:
    result = steps.check("lint", ["/nowhere/ruff"], {})
    assert (result.passed, result.failed) == (0, 1)


def test_a_browser_that_cannot_be_had_is_a_failure_with_its_reason(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(machine, "find_browser", lambda: None)
    monkeypatch.setattr(machine, "right_to_install", lambda: None)
    result = check.in_browser({})
    assert result.failed == 1
    assert "apt-get install chromium" in result.output


def test_results_come_in_the_order_of_the_steps() -> None:
    slow = partial(steps.check, "slow", ["sleep", "0.2"], {})
    quick = partial(steps.check, "quick", ["true"], {})
    names = [result.name for result in steps.side_by_side([slow, quick, quick])]
    assert names == ["slow", "quick", "quick"]


def test_a_stop_ends_what_is_running() -> None:
    def stopped() -> steps.Result:
        raise KeyboardInterrupt

    started = time.monotonic()
    long = partial(steps.check, "long", ["sleep", "60"], {})
    with pytest.raises(KeyboardInterrupt):
        list(steps.side_by_side([stopped, long]))
    assert time.monotonic() - started < 30


def test_what_takes_too_long_may_tidy_up_before_it_ends(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Tests start servers of their own, which nobody else would stop."""
    monkeypatch.setattr(steps, "SECONDS_FOR_A_STEP", 0.5)
    tidied = tmp_path / "tidied"
    command = [sys.executable, "-c", TIDIES, str(tidied)]
    assert steps.check("long", command, {}).failed
    assert tidied.exists()
