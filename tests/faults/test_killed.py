"""The server dies in the middle of saves. What it acknowledged is there, and the
forms that got no answer are sent again: one row each, none lost, none doubled. What
search finds is in step with it."""

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import uuid4

from tools.browsing import CONNECTION_LOST, Browser
from tools.served import Site

KILLS = 3
WRITERS = 4
PASSWORD = "a lift of seven storeys"
PREPARE = f"""
from django.contrib.auth.models import Group
from django.utils import timezone
from incidents.documents.document import Document, Section
from incidents.documents.kinds import SectionKind
from incidents.models import User
from incidents.workflow.whole.create import create
ada = User.objects.create_user("ada", password="{PASSWORD}")
ada.groups.add(Group.objects.get(name="author"))
section = Section(kind=SectionKind.OTHER, title="Log", body="Nothing yet.")
draft = create(Document(title="The lift", sections=(section,) * {WRITERS}), by=ada,
    now=timezone.now())
print(draft.number, *draft.sections.values_list("key", flat=True))
"""
STORED = """
from django.core.management import call_command
from incidents.models import Event, Section, TimelineEntry
for text in TimelineEntry.objects.values_list("text", flat=True):
    print("row", text)
for body in Section.objects.values_list("body", flat=True):
    print("body", body)
for after in Event.objects.filter(what="entry added").values_list("after", flat=True):
    print("event", after["text"])
call_command("reindex", "--check")
"""


class Writer:
    """Adds entries and rewrites a section, and sends each form until it is answered."""

    def __init__(self, browser: Browser, number: str, section: str, name: str) -> None:
        self.browser, self.name = browser, name
        self.address = f"/incidents/{number}/"
        self.section = f"{self.address}sections/{section}/"
        self.said: list[str] = []
        self.last = ""
        self.version = 1
        self.sent_again = 0

    def write(self, enough: Event) -> None:
        while not enough.is_set():
            text = f"{self.name} {len(self.said)}"
            form = {"key": str(uuid4()), "time": "", "kind": "note", "text": text}
            self.send(f"{self.address}timeline/", form)
            self.said.append(text)
            form = {"version": str(self.version), "title": "Log", "body": text}
            self.send(self.section, form)
            self.version += 1
            self.last = text

    def send(self, address: str, form: dict[str, str]) -> None:
        """The very same form again and again, as a person would who reloads."""
        while True:
            try:
                answer = self.browser.post(address, **form)
            except CONNECTION_LOST:
                self.sent_again += 1
                time.sleep(0.05)
                continue
            assert answer.status == 302, answer.text
            return


def prepare(served: Site) -> list[Writer]:
    number, *sections = served.manage("shell", "--verbosity=0", stdin=PREPARE).split()
    ada = Browser(served.address)
    ada.log_in("ada", PASSWORD)
    return [
        Writer(ada, number, section, f"w{place}")
        for place, section in enumerate(sections)
    ]


def kill_now_and_then(served: Site, enough: Event) -> None:
    try:
        for _ in range(KILLS):
            time.sleep(random.uniform(0.2, 0.8))
            served.kill()
            served.start()
        time.sleep(0.3)
    finally:
        enough.set()


def test_a_server_killed_in_mid_save_loses_and_doubles_nothing(served: Site) -> None:
    writers, enough = prepare(served), Event()
    with ThreadPoolExecutor(max_workers=WRITERS) as pool:
        writing = [pool.submit(writer.write, enough) for writer in writers]
        kill_now_and_then(served, enough)
        for done in writing:
            done.result()
    lines = served.manage("shell", "--verbosity=0", stdin=STORED).splitlines()
    stored = Counter(lines)
    assert "The index says what the record says." in lines
    said = [text for writer in writers for text in writer.said]
    assert said
    assert sum(writer.sent_again for writer in writers) >= KILLS
    assert [stored[f"row {text}"] for text in said] == [1] * len(said)
    assert [stored[f"event {text}"] for text in said] == [1] * len(said)
    assert [stored[f"body {writer.last}"] for writer in writers] == [1] * WRITERS
