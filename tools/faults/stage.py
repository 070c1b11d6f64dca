"""The site as it runs for a team, with a worker and all that it talks to."""

import os
import secrets
import signal
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from tools.faults import database, sinks
from tools.served import MANAGE, Site
from tools.venv import HOME

CLOCKED = HOME / "tools" / "faults" / "clocked"
PRODUCTION = {"DEBUG": "0", "HTTPS": "0", "WEBHOOK_NETWORKS": "127.0.0.0/8"}


@dataclass
class Stage:
    """One deployment. `server` is None on SQLite."""

    kind: str
    folder: Path
    site: Site
    server: database.Postgres | None
    mail: sinks.Sink
    hook: sinks.Sink
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def dial(self) -> Path:
        """The seconds by which the clock of the site and its workers is wrong."""
        return self.folder / "clock"

    def set_clock(self, seconds: float) -> None:
        """Set how wrong the clock is, in one step: nobody may read half a number."""
        half = self.dial.with_suffix(".new")
        half.write_text(str(seconds))
        half.replace(self.dial)

    @property
    def arrived(self) -> Counter[str]:
        """How often each delivery has arrived, by its mark."""
        return self.mail.seen + self.hook.seen

    def arrived_again(self) -> list[str]:
        """The deliveries that arrived more than once, in words."""
        again = {mark: times for mark, times in self.arrived.items() if times > 1}
        return [f"{mark} arrived {times} times" for mark, times in again.items()]

    def start_worker(self) -> None:
        self.workers.append(self.process(*MANAGE, "worker"))

    def process(self, *command: str) -> subprocess.Popen[bytes]:
        with self.site.log.open("ab") as log:
            return subprocess.Popen(
                command,
                cwd=HOME,
                env=self.site.environ,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill_workers(self) -> None:
        while self.workers:
            process = self.workers.pop()
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def ask(self, question: str) -> str:
        """What the site prints of itself."""
        asked = f"from tools.faults import inside; inside.{question}"
        return self.site.manage("shell", "--verbosity=0", stdin=asked)


@contextmanager
def stage(kind: str, folder: Path | None = None) -> Iterator[Stage]:
    """A migrated site with nobody in it; its servers are not started yet."""
    with ExitStack() as ending:
        made = tempfile.TemporaryDirectory(prefix="pm-faults-")
        log_folder = Path(ending.enter_context(made))
        postgres = ending.enter_context(database.server()) if kind != "sqlite" else None
        address = new_database(postgres, folder or log_folder)
        mail = ending.enter_context(sinks.sink(sinks.MailTalk))
        hook = ending.enter_context(sinks.sink(sinks.HookTalk))
        site = Site(address, log_folder)
        staged = Stage(kind, log_folder, site, postgres, mail, hook)
        staged.set_clock(0)
        site.environ = {**site.environ, **PRODUCTION, **environment_of(staged, folder)}
        ending.callback(staged.kill_workers)
        ending.callback(site.kill)
        yield staged


def environment_of(staged: Stage, data: Path | None) -> dict[str, str]:
    return {
        "DATA_DIR": str(data or staged.folder),
        "EMAIL_URL": f"smtp://127.0.0.1:{staged.mail.port}",
        "FAULTS_CLOCK": str(staged.dial),
        "PYTHONPATH": f"{CLOCKED}{os.pathsep}{HOME}",
    }


def new_database(postgres: database.Postgres | None, folder: Path) -> str:
    if postgres is None:
        return f"sqlite:///{folder}/site.sqlite3"
    name = f"site_{secrets.token_hex(4)}"
    with psycopg.connect(postgres.address, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    return urlsplit(postgres.address)._replace(path=f"/{name}").geturl()


def prepare(staged: Stage) -> None:
    """Tables, people and reports; then the web server and a worker."""
    staged.site.manage("migrate", "--no-input", "--verbosity=0")
    staged.ask(f"prepare('http://127.0.0.1:{staged.hook.port}/')")
    staged.site.start()
    staged.start_worker()
