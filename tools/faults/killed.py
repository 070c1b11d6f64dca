"""kill -9 at any moment under load: the web server, the worker, the database."""

import time
from collections.abc import Callable, Iterator
from random import Random

from tools.faults import database
from tools.faults.contract import SiteContent
from tools.faults.results import Result
from tools.faults.stage import Stage, prepare, stage
from tools.faults.writing import (
    Writer,
    content_of,
    result_of,
    writers,
    writing,
)

WRITERS = 3
# Seconds after something was acknowledged: in the middle of what comes next.
MOMENT = (0.0, 0.3)
SECONDS_TO_SAVE = 20
# Longer than any lease and than the first pauses between attempts.
LATER = 3 * 60 * 60
SECONDS_TO_DELIVER = 90

Blow = Callable[[Stage, Random], None]


def kill_server(staged: Stage, chance: Random) -> None:
    staged.site.kill()
    staged.site.start()


def kill_web_process(staged: Stage, chance: Random) -> None:
    """Kill a worker process; its parent starts another one."""
    assert staged.site.server is not None
    for process in database.children(staged.site.server.pid):
        database.end(process)
    staged.site.wait_until_live()


def kill_worker(staged: Stage, chance: Random) -> None:
    staged.kill_workers()
    staged.start_worker()


def kill_database(staged: Stage, chance: Random) -> None:
    assert staged.server is not None
    staged.server.kill()
    staged.server.start()


def kill_one_of_database(staged: Stage, chance: Random) -> None:
    assert staged.server is not None
    staged.server.kill_one(chance)


BLOWS: dict[str, list[Blow]] = {
    "sqlite": [kill_web_process, kill_worker, kill_server, kill_worker],
    "postgres": [
        kill_database,
        kill_web_process,
        kill_one_of_database,
        kill_worker,
        kill_database,
        kill_server,
    ],
}


def kill_under_load(kind: str, *, kills: int, chance: Random) -> Result:
    with stage(kind) as staged:
        prepare(staged)
        people = writers(staged, WRITERS)
        with writing(people):
            for number in range(kills):
                wait_for_save(people)
                time.sleep(chance.uniform(*MOMENT))
                BLOWS[kind][number % len(BLOWS[kind])](staged, chance)
            time.sleep(1)
        content = drained(staged)
        return verdict(staged, people, content, kills)


def wait_for_save(people: list[Writer]) -> None:
    """Wait for the first save: before it there is nothing to lose."""
    before, until = acknowledged_saves(people), time.monotonic() + SECONDS_TO_SAVE
    while acknowledged_saves(people) == before and time.monotonic() < until:
        time.sleep(0.01)


def acknowledged_saves(people: list[Writer]) -> int:
    return sum(person.acknowledged for person in people)


def drained(staged: Stage) -> SiteContent:
    """The site's content, once a new worker had time to deliver what was left."""
    staged.kill_workers()
    staged.set_clock(LATER)
    staged.start_worker()
    until = time.monotonic() + SECONDS_TO_DELIVER
    content = content_of(staged)
    while content["waiting"] and time.monotonic() < until:
        time.sleep(1)
        content = content_of(staged)
    staged.kill_workers()
    return content


def verdict(
    staged: Stage, people: list[Writer], content: SiteContent, kills: int
) -> Result:
    arrived = staged.arrived
    twice = sum(arrived.values()) - len(arrived)
    resent = sum(person.statuses[0] for person in people)
    wrong = list(deliveries(content, dict(arrived), twice, kills))
    if acknowledged_saves(people) < kills:
        wrong.append("too little was saved between the kills")
    return result_of(
        "kill -9 under load",
        staged,
        f"{kills} kills",
        people,
        content,
        wrong=wrong,
        figures=f"{resent} answers lost and asked again; "
        f"{len(content['sent'])} deliveries, {twice} of them twice",
    )


def deliveries(
    content: SiteContent, arrived: dict[str, int], twice: int, kills: int
) -> Iterator[str]:
    """Everything queued is out, marked once, and nothing is out that was not queued."""
    yield from content["unsent"]
    if not content["sent"]:
        yield "nothing was delivered"
    if content["waiting"]:
        yield f"{content['waiting']} deliveries still wait"
    for mark, key in content["sent"].items():
        if mark not in arrived:
            yield f"{key} is marked as sent and did not arrive"
    for mark in arrived.keys() - content["sent"].keys():
        yield f"{mark} arrived and is not marked as sent"
    if twice > kills:
        yield f"{twice} deliveries arrived twice in {kills} kills"
