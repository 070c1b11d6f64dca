"""Deployments that meet, and migrations that are cut off."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from random import Random

from tools.faults.results import Result
from tools.faults.stage import Stage, prepare, stage
from tools.faults.writing import content_of, result_of, writers, writing
from tools.served import MANAGE, Site

MIGRATE = (*MANAGE, "migrate", "--no-input", "--verbosity=0")
SECONDS_TO_WRITE = 5
SECONDS_TO_MIGRATE = 120
# Seconds from before the first table on; each goes on where the last one was cut off.
MOMENT = (0.7, 2.0)


def deploy_twice(kind: str) -> Result:
    """Two web servers and two workers, started on an empty database at once."""
    with stage(kind) as staged:
        both = [staged.process(*MIGRATE) for _ in range(2)]
        wrong = [f"migrate ended with {code}" for code in map(exit_code, both) if code]
        prepare(staged)
        staged.start_worker()
        second = second_site(staged)
        try:
            people = writers(staged, 4)
            for person in people[::2]:
                person.go_to(second.address)
            with writing(people):
                time.sleep(SECONDS_TO_WRITE)
        finally:
            second.kill()
        content = content_of(staged)
        wrong += staged.arrived_again()
        return result_of(
            "two deployments at once",
            staged,
            "2 × migrate, then 2 web servers and 2 workers",
            people,
            content,
            wrong=wrong,
            figures=f"{len(staged.arrived)} deliveries, each once",
        )


def second_site(staged: Stage) -> Site:
    made = Site(staged.site.environ["DATABASE_URL"], staged.folder)
    made.environ = {**staged.site.environ, "PORT": str(made.port)}
    made.start()
    return made


def exit_code(process: subprocess.Popen[bytes]) -> int:
    return process.wait(timeout=SECONDS_TO_MIGRATE)


def interrupt_migrations(kind: str, *, times: int, chance: Random) -> Result:
    """Killed as often as it takes, then run to its end: no table is other than new."""
    with stage(kind) as clean:
        clean.site.manage(*MIGRATE[len(MANAGE) :])
        wanted = clean.ask("print_schema()")
    wrong: list[str] = []
    cut_off = 0
    with stage(kind) as staged:
        for _ in range(times):
            cut_off += kill_migration(staged, chance)
        if not cut_off:
            wrong.append("each migrate had ended before it could be killed")
        code = exit_code(staged.process(*MIGRATE))
        if code:
            wrong.append(
                f"the last one ended with {code}: {staged.site.log.read_text()}"
            )
        elif staged.ask("print_schema()") != wanted:
            wrong.append("the tables differ from those of a new site")
    return Result(
        "migration interrupted",
        kind,
        f"{cut_off} × kill -9 in migrate",
        wrong=wrong,
        figures="the next one went to the end",
    )


def kill_migration(staged: Stage, chance: Random) -> bool:
    """Whether it was still at work when it was killed."""
    process = staged.process(*MIGRATE)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=chance.uniform(*MOMENT))
    if process.poll() is not None:
        return False
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    return True
