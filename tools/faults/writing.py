"""People who write, and send each form until the site has acknowledged it."""

import json
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from uuid import uuid4

from tools.browsing import CONNECTION_LOST, Answer, Browser
from tools.faults.contract import PASSWORD, SiteContent
from tools.faults.results import Result
from tools.faults.stage import Stage

FOUND = 200
SAVED = 302
# The site says by itself that it cannot save just now, and gives the words back.
EXCUSED = (503, 507)
PAUSE = 0.1
# In the first and every so many turns after it, a new version is published.
TURNS = 5
# Longer than any outage here; then the site has not come back by itself.
SECONDS_TO_RECOVER = 60


class StuckError(Exception):
    """The site did not come back."""


@dataclass
class Writer:
    browser: Browser
    name: str
    report: str
    section: str
    version: int
    entries: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    body: str = ""
    acknowledged: int = 0
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def address(self) -> str:
        return f"/incidents/{self.report}/"

    def go_to(self, address: str) -> None:
        """Write on at another server, signed in as before."""
        cookies = self.browser.cookies
        self.browser = Browser(address)
        self.browser.cookies = cookies

    def write(self, enough: Event) -> None:
        turn = 0
        while not enough.is_set():
            turn += 1
            self.take_turn(f"{self.name} {turn}", publishes=turn % TURNS == 1)
            time.sleep(PAUSE)

    def take_turn(self, text: str, *, publishes: bool = False) -> None:
        self.add_entry(text)
        self.save_section(text)
        if publishes:
            self.publish(text)

    def add_entry(self, text: str) -> None:
        form = {"key": str(uuid4()), "time": "", "kind": "note", "text": text}
        self.send(f"{self.address}timeline/", form)
        self.entries.append(text)

    def save_section(self, text: str) -> None:
        form = {"version": str(self.version), "title": "Summary", "body": text}
        self.send(f"{self.address}sections/{self.section}/", form)
        self.version += 1
        self.body = text

    def publish(self, text: str) -> None:
        page = self.until_answered("GET", f"{self.address}review/")
        form = {name: page.field(name) for name in ("seen", "version")} | {"note": text}
        self.send(f"{self.address}review/publish/", form)
        self.notes.append(text)

    def read(self, address: str) -> None:
        answer = self.until_answered("GET", address)
        if answer.status != FOUND:
            raise StuckError(f"{address} answered {answer.status}.")

    def send(self, address: str, form: dict[str, str]) -> None:
        answer = self.until_answered("POST", address, form)
        if answer.status != SAVED:
            raise StuckError(f"{address} answered {answer.status}: {answer.text[:500]}")
        self.acknowledged += 1

    def until_answered(
        self, method: str, address: str, form: dict[str, str] | None = None
    ) -> Answer:
        """The very same form again and again, as a person would who reloads."""
        until = time.monotonic() + SECONDS_TO_RECOVER
        while time.monotonic() < until:
            try:
                answer = self.ask(method, address, form)
            except CONNECTION_LOST:
                self.statuses[0] += 1
            else:
                self.statuses[answer.status] += 1
                if answer.status < 500:
                    return answer
            time.sleep(0.05)
        raise StuckError(f"No answer from {address} in {SECONDS_TO_RECOVER} seconds.")

    def ask(self, method: str, address: str, form: dict[str, str] | None) -> Answer:
        if method == "GET":
            return self.browser.get(address)
        return self.browser.post(address, **(form or {}))

    @property
    def errors(self) -> int:
        """Pages that blame the program, where an excuse was due."""
        return sum(
            count
            for status, count in self.statuses.items()
            if status >= 500 and status not in EXCUSED
        )


def writers(staged: Stage, count: int) -> list[Writer]:
    made = []
    for line in staged.ask("print_people()").splitlines()[:count]:
        name, report, section, version = line.split()
        browser = Browser(staged.site.address)
        browser.log_in(name, PASSWORD)
        made.append(Writer(browser, name, report, section, int(version)))
    return made


@contextmanager
def writing(people: list[Writer]) -> Iterator[None]:
    """All of them write until the block ends; whoever got stuck says so then."""
    enough = Event()
    with ThreadPoolExecutor(max_workers=len(people)) as pool:
        busy = [pool.submit(person.write, enough) for person in people]
        try:
            yield
        finally:
            enough.set()
        for done in busy:
            done.result()


def content_of(staged: Stage) -> SiteContent:
    content: SiteContent = json.loads(staged.ask("print_content()"))
    return content


def result_of(
    fault: str,
    staged: Stage,
    done: str,
    people: list[Writer],
    content: SiteContent,
    *,
    wrong: Sequence[str] = (),
    figures: str = "",
) -> Result:
    """Whether all that these people were promised is there, and nothing in part."""
    return Result(
        fault,
        staged.kind,
        done,
        acknowledged=acknowledged(people),
        lost=lost(people, content),
        half=[*content["half"], *content["drift"]],
        errors=sum(person.errors for person in people),
        wrong=wrong,
        figures=figures,
    )


def acknowledged(people: list[Writer]) -> int:
    """How many saves were acknowledged; refuses none, which would show nothing."""
    if total := sum(person.acknowledged for person in people):
        return total
    raise StuckError("Nobody could write anything.")


def lost(people: list[Writer], content: SiteContent) -> list[str]:
    """The acknowledged texts that are not there, or are there twice."""
    rows, events = Counter(content["entries"]), Counter(content["events"])
    gone = [
        f"entry {text}: {rows[text]} rows, {events[text]} events"
        for person in people
        for text in person.entries
        if (rows[text], events[text]) != (1, 1)
    ]
    there = {"", *content["bodies"]}
    bodies = [person.body for person in people if person.body not in there]
    notes = {note for person in people for note in person.notes}
    return [*gone, *bodies, *sorted(notes - set(content["notes"]))]
