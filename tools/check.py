"""`make test`: everything that is checked, each step whatever the others say."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from postmortems import env
from tools import machine, venv
from tools.postgres import throw_away_server
from tools.processes import as_interrupt
from tools.steps import Result, check, impossible, suite

PROGRAMS = venv.FOLDER / "bin"
MANAGE = (str(venv.PYTHON), "manage.py")
# Handed out in order: what empties the tables must stay behind what needs them full.
PYTEST = (str(PROGRAMS / "pytest"), "-p", "no:cacheprovider", "-n", "2")

# The newest migration of the last release; those after it meet a site that runs.
# Nothing has been released yet, so nothing runs that an older one could break.
RELEASED = "0017_delivery_about"
# A severity made twice while a new release starts: nobody does, and it is refused.
EXCUSED = ("0023_plain_truths",)


def main() -> None:
    # A stop takes the servers down too that the tests have started.
    signal.signal(signal.SIGTERM, as_interrupt)
    venv.refuse_without_venv()
    venv.provide(venv.DEVELOPING)
    with tempfile.TemporaryDirectory(prefix="postmortems-") as scratch:
        results = list(steps(clean_environment(Path(scratch))))
    passed = sum(result.passed for result in results)
    failed = sum(result.failed for result in results)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def clean_environment(scratch: Path) -> Mapping[str, str]:
    """A deployment that states only its key, whatever the caller's shell has set."""
    ours = {name for known in env.VARIABLES for name in (known, f"{known}_FILE")}
    inherited = {k: v for k, v in os.environ.items() if k not in ours}
    return inherited | {
        "DATA_DIR": str(scratch),
        "SECRET_KEY": secrets.token_urlsafe(64),
    }


def steps(environ: Mapping[str, str]) -> Iterator[Result]:
    for results in (checks(environ), suites(environ)):
        for result in results:
            result.show()
            yield result


def checks(environ: Mapping[str, str]) -> Iterator[Result]:
    """Two at a time: the types take as long as the others together."""
    with ThreadPoolExecutor(max_workers=2) as pool:
        yield from pool.map(
            lambda item: check(item[0], item[1], environ), commands().items()
        )


def commands() -> dict[str, Sequence[str]]:
    templates = sorted(str(path) for path in venv.HOME.glob("templates/**/*.html"))
    ruff, djade = str(PROGRAMS / "ruff"), str(PROGRAMS / "djade")
    return {
        "types": [str(PROGRAMS / "mypy")],
        "format": [ruff, "format", "--check", "."],
        "lint": [ruff, "check", "."],
        "layers": [str(PROGRAMS / "lint-imports")],
        "template format": [djade, "--check", *templates],
        "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
        "deployment": [*MANAGE, "check", "--deploy", "--fail-level=DEBUG"],
    }


def suites(environ: Mapping[str, str]) -> Iterator[Result]:
    yield suite(
        "suite on SQLite", [*PYTEST, "-m", "not browser and not fault"], environ
    )
    yield from on_postgresql(environ)
    yield in_browser(environ)


def on_postgresql(environ: Mapping[str, str]) -> Iterator[Result]:
    name = "suite on PostgreSQL"
    try:
        with throw_away_server(machine.provide_postgresql()) as url:
            there = {**environ, "DATABASE_URL": url}
            yield check("upgrade while it runs", upgrade(), there)
            command = [*PYTEST, "-m", "not browser and not fault and not once"]
            yield suite(name, command, there)
    except (machine.MissingError, OSError, subprocess.CalledProcessError) as error:
        yield impossible(name, str(error))


def upgrade() -> Sequence[str]:
    """Looks for migrations under which the release before this one would break."""
    folder = venv.HOME / "incidents" / "migrations"
    names = sorted(path.stem for path in folder.glob("0*.py"))
    old = [name for name in names if name <= RELEASED or name in EXCUSED]
    linter = [*MANAGE, "lintmigrations", "--settings=tests.linting", "--no-cache"]
    return [*linter, "--include-apps=incidents", "--ignore-name", *old]


def in_browser(environ: Mapping[str, str]) -> Result:
    name = "pages in a browser"
    try:
        machine.provide_browser()
    except machine.MissingError as missing:
        return impossible(name, str(missing))
    # A page that loads leaves its worker waiting: a third one uses that time.
    return suite(name, [*PYTEST, "-n", "3", "-m", "browser"], environ)


if __name__ == "__main__":
    main()
