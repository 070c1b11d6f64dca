"""The clock is put back by an hour while people write and two workers run."""

import time

from tools.browsing import Browser
from tools.faults.killed import drained
from tools.faults.results import Result
from tools.faults.stage import Stage, prepare, stage
from tools.faults.writing import content_of, result_of, writers, writing

HOUR = 60 * 60
SECONDS_BEFORE = 4
# The worker beats, and does its chores, in this time.
SECONDS_AFTER = 15


def put_clock_back(kind: str) -> Result:
    with stage(kind) as staged:
        staged.set_clock(HOUR)
        prepare(staged)
        staged.start_worker()
        people = writers(staged, 3)
        with writing(people):
            time.sleep(SECONDS_BEFORE)
            before = len(staged.arrived)
            staged.set_clock(0)
            time.sleep(SECONDS_AFTER)
        wrong = complaints(staged, before)
        late = content_of(staged)["waiting"]
        content = drained(staged)
        if content["waiting"]:
            wrong.append(f"{content['waiting']} deliveries wait for ever")
        return result_of(
            "clock put back an hour",
            staged,
            "once, under load, with 2 workers",
            people,
            content,
            wrong=[*wrong, *content["unsent"]],
            figures=f"{len(content['sent'])} deliveries, {late} of them late",
        )


def complaints(staged: Stage, before: int) -> list[str]:
    wrong = [
        f"a worker ended with {worker.returncode}"
        for worker in staged.workers
        if worker.poll() is not None
    ]
    if len(staged.arrived) <= before:
        wrong.append("nothing was delivered after it")
    wrong += staged.arrived_again()
    if Browser(staged.site.address).get("/health/ready").status != 200:
        wrong.append("the site says that it is not ready")
    if "Traceback" in staged.site.log.read_text():
        wrong.append("the log holds a traceback")
    return wrong
