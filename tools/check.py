"""`make test`: everything that is checked, each step whatever the others say."""

import os
import secrets
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path

from postmortems import env
from tools import machine, venv
from tools.postgres import throw_away_server
from tools.processes import as_interrupt
from tools.steps import Result, Step, check, impossible, side_by_side, suite

PROGRAMS = venv.FOLDER / "bin"
MANAGE = (str(venv.PYTHON), "manage.py")
# One process a suite: two suites keep two cores busy, and a second process would read
# all tests once more.
PYTEST = (
    str(PROGRAMS / "pytest"),
    "-p",
    "no:cacheprovider",
    # Each is a copy of a migrated one, and goes with the whole folder.
    "--reuse-db",
)

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
    with tempfile.TemporaryDirectory(
        prefix="postmortems-", ignore_cleanup_errors=True
    ) as scratch:
        results = list(shown(steps(clean_environment(Path(scratch)))))
    passed = sum(result.passed for result in results)
    failed = sum(result.failed for result in results)
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def clean_environment(scratch: Path) -> Mapping[str, str]:
    """A deployment that states only its key, whatever the caller's shell has set."""
    ours = {name for known in env.VARIABLES for name in (known, f"{known}_FILE")}
    # Hundreds of processes start; without bytecode each would compile all of Django.
    ours.add("PYTHONDONTWRITEBYTECODE")
    inherited = {k: v for k, v in os.environ.items() if k not in ours}
    return inherited | {
        "DATA_DIR": str(scratch),
        "TMPDIR": str(scratch),
        "SHARED_BY_TESTS": str(scratch),
        "SECRET_KEY": secrets.token_urlsafe(64),
        "PYTHONPYCACHEPREFIX": str(scratch / "bytecode"),
    }


def shown(steps: Iterable[Step]) -> Iterator[Result]:
    for result in side_by_side(steps):
        result.show()
        yield result


def steps(environ: Mapping[str, str]) -> Iterator[Step]:
    """The long ones last, beside one another: they keep two cores busy to the end.

    The browser is the very last: its tests are short, so all its workers end at once.
    """
    for name, command in commands().items():
        yield partial(check, name, command, environ)
    yield partial(on_postgresql, check, "upgrade while it runs", upgrade(), environ)
    command = [*PYTEST, "-m", "not browser and not fault and not server"]
    yield partial(suite, "suite on SQLite", command, environ)
    command = [*PYTEST, "-m", "not browser and not fault and not once"]
    yield partial(on_postgresql, suite, "suite on PostgreSQL", command, environ)
    yield partial(in_browser, environ)


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


def on_postgresql(
    run: Callable[[str, Sequence[str], Mapping[str, str]], Result],
    name: str,
    command: Sequence[str],
    environ: Mapping[str, str],
) -> Result:
    """The step on a server of its own."""
    try:
        with throw_away_server(machine.provide_postgresql()) as url:
            return run(name, command, {**environ, "DATABASE_URL": url})
    except (machine.MissingError, OSError, subprocess.CalledProcessError) as error:
        return impossible(name, str(error))


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
    # The folder, because to look for the mark means to read all tests. Three at a time,
    # because a browser that waits for a page leaves a core free.
    return suite(name, [*PYTEST, "-n", "3", "tests/browser"], environ)


if __name__ == "__main__":
    main()
