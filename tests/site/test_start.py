"""The person who starts it: a bad value is one line, whichever way they start."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from postmortems import env
from postmortems.values import HOME

pytestmark = pytest.mark.once

STARTS = {
    "manage.py": [sys.executable, "manage.py", "check"],
    "wsgi": [sys.executable, "-c", "import postmortems.wsgi"],
    "asgi": [sys.executable, "-c", "import postmortems.asgi"],
    "web": [sys.executable, "-m", "postmortems.web"],
}


def start(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    ours = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE", *env.VARIABLES}
    environ = {k: v for k, v in os.environ.items() if k not in ours} | variables
    return subprocess.run(
        command,
        cwd=HOME,
        env=environ,
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("way", STARTS)
def test_a_start_with_an_unreadable_value_says_one_line(way: str) -> None:
    done = start(*STARTS[way], SECRET_KEY="k" * 60, WEB_CONCURRENCY="many")
    assert done.returncode == env.EXIT_CODE
    (line,) = done.stderr.splitlines()
    assert line.startswith("WEB_CONCURRENCY 'many' is no number")


def test_production_with_nothing_but_a_good_key_passes_the_deployment_check(
    tmp_path: Path,
) -> None:
    key = "".join(chr(33 + n) for n in range(60))
    command = [sys.executable, "-W", "error", "manage.py", "check", "--deploy"]
    done = start(
        *command, "--fail-level=DEBUG", SECRET_KEY=key, DATA_DIR=str(tmp_path / "data")
    )
    assert done.stderr == ""
    assert done.stdout == "System check identified no issues (0 silenced).\n"
