"""Many people saving to one postmortem at once, through the real server.

    python -m bench.writers --seconds 60 --writers 20 [--database postgres]

Every save that was acknowledged must be in the history afterwards, and nobody
may see an error page; else it ends with code 1.
"""

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

from tools import machine
from tools.browsing import Browser
from tools.postgres import throw_away_server
from tools.served import Site, site

PASSWORD = "postmortem"
# Run inside the site: people, and a draft with a section for each and one for all.
PREPARE = """
from django.utils import timezone
from incidents.documents.document import Document, Section
from incidents.documents.kinds import SectionKind
from django.contrib.auth.models import Group
from incidents.models import User
from incidents.workflow.whole.create import create
role = Group.objects.get(name="author")
for place in range({writers}):
    person = User.objects.create_user(f"writer{{place}}", password="{password}")
    person.groups.add(role)
sections = tuple(
    Section(kind=SectionKind.OTHER, title=f"Part {{place}}", body="Empty.")
    for place in range({writers} + 1)
)
draft = create(Document(title="Twenty hands", sections=sections), by=person,
    now=timezone.now())
print(draft.number, *draft.sections.values_list("key", flat=True))
"""
# Every text that the history holds, one JSON list.
HISTORY = """
import json
from incidents.models import Event, TimelineEntry
events = Event.objects.exclude(after=None).values_list("after", flat=True)
said = [after.get("text", "") + " " + after.get("body", "") for after in events]
rows = list(TimelineEntry.objects.values_list("text", flat=True))
print(json.dumps([said, rows]))
"""


@dataclass
class Tally:
    """What happened to the saves of one writer or of all."""

    saved: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        self.saved += other.saved
        self.statuses += other.statuses
        self.seconds += other.seconds

    def at(self, share: float) -> float:
        """The milliseconds within which this share of the saves was answered."""
        ordered = sorted(self.seconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] * 1000


@dataclass
class Writer:
    """One person, who adds entries and writes two sections in turn."""

    browser: Browser
    name: str
    draft: str
    own: str
    shared: str
    tally: Tally = field(default_factory=Tally)
    versions: dict[str, str] = field(default_factory=dict)

    def write(self, until: float) -> Tally:
        turn = 0
        while time.monotonic() < until:
            mark = f"{self.name}-{turn};"
            (self.add_entry, self.save_own, self.save_shared)[turn % 3](mark)
            turn += 1
        return self.tally

    def add_entry(self, mark: str) -> None:
        form = {"key": str(uuid4()), "time": "", "kind": "note", "text": mark}
        self.send("timeline/", mark, form)

    def save_own(self, mark: str) -> None:
        self.save_section(self.own, mark)

    def save_shared(self, mark: str) -> None:
        self.save_section(self.shared, mark)

    def save_section(self, key: str, mark: str) -> None:
        version = self.versions.get(key, "1")
        form = {"version": version, "title": "Part", "body": f"Now {mark}"}
        newer = self.send(f"sections/{key}/", mark, form)
        self.versions[key] = newer or str(int(version) + 1)

    def send(self, path: str, mark: str, form: dict[str, str]) -> str:
        """Post a form; the version that a page of questions names, else nothing."""
        started = time.monotonic()
        answer = self.browser.post(f"/incidents/{self.draft}/{path}", **form)
        self.tally.seconds.append(time.monotonic() - started)
        self.tally.statuses[answer.status] += 1
        if answer.status == 302:
            self.tally.saved.append(mark)
        return answer.field("version") if answer.status == 422 else ""


def prepare(served: Site, writers: int) -> list[Writer]:
    script = PREPARE.format(writers=writers, password=PASSWORD)
    number, shared, *own = served.manage("shell", "--verbosity=0", stdin=script).split()
    made = []
    for place in range(writers):
        browser = Browser(served.address)
        browser.log_in(f"writer{place}", PASSWORD)
        made.append(Writer(browser, f"w{place}", number, own[place], shared))
    return made


def run(served: Site, *, writers: int, seconds: float) -> tuple[Tally, list[str]]:
    """What happened, and the acknowledged saves that the history does not hold."""
    people = prepare(served, writers)
    total, until = Tally(), time.monotonic() + seconds
    with ThreadPoolExecutor(max_workers=writers) as pool:
        for tally in pool.map(lambda person: person.write(until), people):
            total.add(tally)
    said, rows = json.loads(served.manage("shell", "--verbosity=0", stdin=HISTORY))
    known = {f"{word};" for text in said for word in text.split(";")[0].split()[-1:]}
    twice = [text for text, count in Counter(rows).items() if count > 1]
    return total, sorted(set(total.saved) - known) + twice


def show(tally: Tally, lost: list[str], *, seconds: float, kind: str) -> None:
    asked = tally.statuses[422]
    errors = sum(count for status, count in tally.statuses.items() if status >= 500)
    print(f"{'database':<12}{'saved':>8}{'asked':>8}{'errors':>8}{'lost':>6}", end="")
    print(f"{'a second':>10}{'p50 ms':>9}{'p95 ms':>9}{'p99 ms':>9}")
    print(f"{kind:<12}{len(tally.saved):>8}{asked:>8}{errors:>8}{len(lost):>6}", end="")
    print(f"{len(tally.saved) / seconds:>10.1f}", end="")
    print("".join(f"{tally.at(share):>9.0f}" for share in (0.5, 0.95, 0.99)))


@contextmanager
def database_server(kind: str) -> Iterator[str]:
    """A server's address as named, or one for this run, or none for SQLite."""
    if kind == "postgres":
        with throw_away_server(machine.provide_postgresql()) as address:
            yield address
    else:
        yield "" if kind == "sqlite" else kind


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--writers", type=int, default=20)
    parser.add_argument("--database", default="sqlite")
    options = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="pm-writers-") as folder,
        database_server(options.database) as server,
        site(server, Path(folder)) as served,
    ):
        tally, lost = run(served, writers=options.writers, seconds=options.seconds)
    kind = "PostgreSQL" if server else "SQLite"
    show(tally, lost, seconds=options.seconds, kind=kind)
    sys.exit(1 if lost or set(tally.statuses) - {302, 422} else 0)


if __name__ == "__main__":
    main()
