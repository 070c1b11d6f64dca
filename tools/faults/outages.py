"""The database goes away and comes back; its disk is full; it can only be read."""

import secrets
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tools.browsing import Answer
from tools.faults.results import Result
from tools.faults.stage import Stage, prepare, stage
from tools.faults.writing import (
    EXCUSED,
    FOUND,
    SAVED,
    StuckError,
    Writer,
    content_of,
    result_of,
    writers,
    writing,
)
from tools.postgres import server_user

PAGES = ("/reports/", "/drafts/", "/actions/", "/insights/")
# Incompressible, so that no database finds room for it in a page it has.
TEXT_LENGTH = 40_000
MOST_SAVES = 500
DISK = "64m"
CHUNK = 1 << 16
SECONDS_TO_END = 10


def restart_database(kind: str, *, times: int) -> Result:
    """Restart the database, but not the site. On SQLite the web server restarts."""
    with stage(kind) as staged:
        prepare(staged)
        people = writers(staged, 3)
        after: list[int] = []
        with writing(people):
            for _ in range(times):
                time.sleep(0.5)
                restart(staged)
                after += [people[0].browser.get(page).status for page in PAGES * 3]
        content = content_of(staged)
        bad = [str(status) for status in after if status != FOUND]
        return result_of(
            "database restarted",
            staged,
            f"{times} times, {len(after)} pages after it",
            people,
            content,
            wrong=[f"a page after it answered {status}" for status in bad],
        )


def restart(staged: Stage) -> None:
    if staged.server is None:
        staged.site.kill()
        staged.site.start()
        return
    staged.server.stop()
    time.sleep(0.5)
    staged.server.start()


def fill_disk(kind: str) -> Result:
    """The disk of the data is full to the last byte, and then has room again."""
    with small_disk() as disk, stage(kind, disk) as staged:
        if kind == "postgres":
            move_to(disk, staged)
        prepare(staged)
        return save_through_outage("disk full", staged, filled(disk))


def make_read_only(kind: str) -> Result:
    with small_disk() as disk, stage(kind, disk) as staged:
        prepare(staged)
        refused = refusing(staged) if kind == "postgres" else remounted(disk, staged)
        return save_through_outage("read-only", staged, refused)


def save_through_outage(
    fault: str, staged: Stage, trouble: AbstractContextManager[None]
) -> Result:
    """A text is refused kindly while it lasts, and saved when it is over."""
    (writer,) = writers(staged, 1)
    writer.take_turn("before")
    with trouble:
        answer, text = until_refused(writer)
        page = writer.browser.get("/reports/").status
    wrong = [*complaints_about(answer, text), *after_outage(staged)]
    if page not in (FOUND, *EXCUSED):
        wrong.append(f"the listing answered {page} meanwhile")
    writer.save_section(text)
    writer.take_turn("after")
    return result_of(
        fault,
        staged,
        "a save refused, and sent again after it",
        [writer],
        content_of(staged),
        wrong=wrong,
        figures=f"{answer.status} with the text; the listing then {page}",
    )


def until_refused(writer: Writer) -> tuple[Answer, str]:
    """Save until a save is refused: the database may have room for a few more."""
    address = f"{writer.address}sections/{writer.section}/"
    for _ in range(MOST_SAVES):
        text = secrets.token_hex(TEXT_LENGTH // 2)
        form = {"version": str(writer.version), "title": "Summary", "body": text}
        answer = writer.browser.post(address, **form)
        if answer.status != SAVED:
            return answer, text
        writer.version += 1
    raise StuckError(f"{MOST_SAVES} saves were taken, and none was refused.")


def complaints_about(answer: Answer, text: str) -> Iterator[str]:
    if answer.status not in EXCUSED:
        yield f"it was refused with {answer.status}"
    if text not in answer.text:
        yield "the page lacks the text that was sent"
    if "Traceback" in answer.text:
        yield "the page shows a traceback"


def after_outage(staged: Stage) -> Iterator[str]:
    for worker in staged.workers:
        if worker.poll() is not None:
            yield f"the worker ended with code {worker.returncode}"


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of its own. Only root may mount one."""
    folder = Path(tempfile.mkdtemp(prefix="pm-disk-"))
    try:
        run("mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(folder))
    except subprocess.CalledProcessError as error:
        folder.rmdir()
        raise StuckError("A small disk needs a mount: run this as root.") from error
    try:
        yield folder
    finally:
        run("umount", "--lazy", str(folder))
        folder.rmdir()


def run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def run_when_idle(*command: str) -> None:
    """Run a command, again while the file system is busy with processes that end."""
    for _ in range(SECONDS_TO_END * 10):
        with suppress(subprocess.CalledProcessError):
            return run(*command)
        time.sleep(0.1)
    return run(*command)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(CHUNK)):
            pass
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def remounted(disk: Path, staged: Stage) -> Iterator[None]:
    """No file may be open for writing then: the site starts when it is so already."""
    staged.kill_workers()
    staged.site.kill()
    run_when_idle("mount", "-o", "remount,ro", str(disk))
    staged.site.start()
    try:
        yield
    finally:
        run("mount", "-o", "remount,rw", str(disk))
        staged.start_worker()


@contextmanager
def refusing(staged: Stage) -> Iterator[None]:
    """Let PostgreSQL refuse writes, as a replica does."""
    command(staged, "ALTER DATABASE {} SET default_transaction_read_only = on")
    try:
        yield
    finally:
        command(staged, "ALTER DATABASE {} RESET default_transaction_read_only")


def command(staged: Stage, statement: str) -> None:
    """Said to the server, and to everybody who talks to it already."""
    assert staged.server is not None
    name = urlsplit(staged.site.environ["DATABASE_URL"]).path[1:]
    with psycopg.connect(staged.server.address, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            [name],
        )


def move_to(disk: Path, staged: Stage) -> None:
    """The database lies on the small disk; the server's journal stays elsewhere."""
    assert staged.server is not None
    place = disk / "postgres"
    place.mkdir()
    if user := server_user():
        shutil.chown(place, user)
        disk.chmod(0o755)
    name = urlsplit(staged.site.environ["DATABASE_URL"]).path[1:]
    make = sql.SQL("CREATE TABLESPACE small LOCATION {}").format(str(place))
    move = sql.SQL("ALTER DATABASE {} SET TABLESPACE small").format(
        sql.Identifier(name)
    )
    with psycopg.connect(staged.server.address, autocommit=True) as connection:
        connection.execute(make)
        connection.execute(move)
