"""Fifty people at once, who read, search and write as a team does in a bad week."""

import statistics
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random

from tools.browsing import CONNECTION_LOST, Browser
from tools.faults.contract import PASSWORD
from tools.faults.results import Result
from tools.faults.stage import Stage, prepare, stage
from tools.faults.writing import (
    FOUND,
    SAVED,
    Writer,
    acknowledged,
    content_of,
    lost,
    writers,
)

PEOPLE = 50
WRITERS = 8
# Seconds in which a person looks at a page before the next one.
LOOKING = (0.5, 3.5)
PROCESSES = "2"
# SQLite has to show that its writers get along, which needs less time.
SHARE = {"sqlite": 0.1, "postgres": 1.0}
# On PostgreSQL; SQLite has one writer at a time, and promises no time.
MOST_MILLISECONDS = 1000
PAGES = (
    "/reports/",
    "/reports/?q=fuse",
    "/reports/?severity=SEV2",
    "/reports/{report}/",
    "/reports/{report}/",
    "/actions/",
    "/insights/",
)
LOCKED = "database is locked"


@dataclass
class Answers:
    """What one person or all of them met; `amiss` is other than what they asked for.

    A page that sends them to log in again is quick, and no page.
    """

    seconds: list[float] = field(default_factory=list)
    amiss: Counter[int] = field(default_factory=Counter)

    def add(self, other: "Answers") -> None:
        self.seconds += other.seconds
        self.amiss += other.amiss

    def milliseconds(self, percent: int) -> float:
        return statistics.quantiles(self.seconds, n=100)[percent - 1] * 1000


@dataclass
class Reader:
    browser: Browser
    reports: Sequence[str]
    chance: Random

    def live(self, until: float) -> Answers:
        seen = Answers()
        while time.monotonic() < until:
            time.sleep(self.chance.uniform(*LOOKING))
            page = self.chance.choice(PAGES)
            path = page.format(report=self.chance.choice(self.reports))
            started = time.monotonic()
            status = status_of(self.browser, path)
            seen.seconds.append(time.monotonic() - started)
            if status != FOUND:
                seen.amiss[status] += 1
        return seen


def status_of(browser: Browser, path: str) -> int:
    try:
        return browser.get(path).status
    except CONNECTION_LOST:
        return 0


@dataclass
class Author:
    """Writes, and waits as readers do in between."""

    writer: Writer
    chance: Random

    def live(self, until: float) -> Answers:
        seen, turn = Answers(), 0
        while time.monotonic() < until:
            time.sleep(self.chance.uniform(*LOOKING))
            turn += 1
            started = time.monotonic()
            if turn % 10:
                self.writer.add_entry(f"{self.writer.name} {turn}")
            else:
                self.writer.save_section(f"{self.writer.name} {turn}")
            seen.seconds.append(time.monotonic() - started)
        seen.amiss = self.writer.statuses - Counter({SAVED: self.writer.acknowledged})
        return seen


def load(kind: str, *, seconds: float, chance: Random) -> Result:
    seconds *= SHARE[kind]
    with stage(kind) as staged:
        staged.site.environ = {**staged.site.environ, "WEB_CONCURRENCY": PROCESSES}
        prepare(staged)
        authors = writers(staged, WRITERS)
        seen = live_all(staged, authors, seconds, chance)
        content = content_of(staged)
        slowest = seen.milliseconds(99)
        wrong = [f"{n} answers of {status}" for status, n in seen.amiss.items()]
        if LOCKED in staged.site.log.read_text():
            wrong.append(f"the log says: {LOCKED}")
        if kind == "postgres" and slowest > MOST_MILLISECONDS:
            wrong.append(f"p99 is {slowest:.0f} ms")
        return Result(
            f"load: {PEOPLE} people, {WRITERS} of them write",
            kind,
            f"{len(seen.seconds)} requests in {seconds:.0f} s",
            acknowledged=acknowledged(authors),
            lost=lost(authors, content),
            half=[*content["half"], *content["drift"]],
            errors=seen.amiss.total(),
            wrong=wrong,
            figures=f"p50 {seen.milliseconds(50):.0f} ms, p99 {slowest:.0f} ms",
        )


def live_all(
    staged: Stage, authors: Sequence[Writer], seconds: float, chance: Random
) -> Answers:
    rita = Browser(staged.site.address)
    rita.log_in("rita", PASSWORD)
    reports = [author.report for author in authors]
    people: list[Reader | Author] = [
        Author(author, Random(chance.random())) for author in authors
    ]
    while len(people) < PEOPLE:
        browser = Browser(staged.site.address)
        browser.cookies = dict(rita.cookies)
        people.append(Reader(browser, reports, Random(chance.random())))
    until, total = time.monotonic() + seconds, Answers()
    with ThreadPoolExecutor(max_workers=PEOPLE) as pool:
        for seen in pool.map(lambda person: person.live(until), people):
            total.add(seen)
    return total
