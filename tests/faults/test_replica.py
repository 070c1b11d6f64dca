"""A real replica that follows, is held back, goes away and comes back."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from postmortems.replicas import LONGEST_LAG, MARK
from tests.faults.staging import prepared, rita
from tools import machine, postgres
from tools.browsing import Browser
from tools.served import Site, new_database

pytestmark = pytest.mark.fault
# A row of the listing is drawn anew when one of its numbers has changed.
RENAME = "UPDATE incidents_listing SET title = %s, promised = promised + 1"


@dataclass
class Followed:
    """A site on a primary, and the replica that it may read from."""

    site: Site
    primary: str
    replica: str
    lose_replica: Callable[[], None]


@pytest.fixture
def followed(tmp_path: Path) -> Iterator[Followed]:
    programs = machine.provide_postgresql()
    with (
        postgres.throw_away_server(programs) as server,
        new_database(server, tmp_path) as primary,
        ExitStack() as following,
    ):
        follower = following.enter_context(postgres.replica(programs, primary))
        copy = urlsplit(follower)._replace(path=urlsplit(primary).path).geturl()
        with prepared(Site(primary, tmp_path), DATABASE_REPLICA_URL=copy) as site:
            yield Followed(site, primary, copy, following.close)


def someone(site: Site) -> Browser:
    """Rita in a browser that has changed nothing of late."""
    browser = rita(site)
    del browser.cookies[MARK]
    return browser


def run(database: str, statement: str, *values: str) -> None:
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(statement, values or None)


def soon(holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + 4 * LONGEST_LAG
    while time.monotonic() < until:
        if holds():
            return True
        time.sleep(0.1)
    return False


def listing(browser: Browser) -> str:
    answer = browser.get("/reports/")
    assert answer.status == 200, answer.text
    return answer.text


def test_a_page_comes_from_the_replica_while_it_keeps_up(followed: Followed) -> None:
    reader, writer = someone(followed.site), someone(followed.site)
    assert soon(lambda: well(reader))
    run(followed.replica, "SELECT pg_wal_replay_pause()")
    run(followed.primary, RENAME, "Held back")
    # Others may be shown the page of a moment ago; who writes is not.
    assert "Held back" not in listing(reader)
    writer.post("/reports/views/", name="Mine", query="q=lift")
    assert MARK in writer.cookies
    assert "Held back" in listing(writer)
    # Too far behind: now the primary answers everybody.
    assert soon(lambda: "Held back" in listing(reader))
    assert not well(reader)
    run(followed.replica, "SELECT pg_wal_replay_resume()")
    assert soon(lambda: well(reader))


def test_a_replica_that_goes_away_is_not_noticed(followed: Followed) -> None:
    reader = someone(followed.site)
    assert soon(lambda: well(reader))
    with ThreadPoolExecutor(max_workers=1) as pool:
        reading = pool.submit(lambda: [listing(reader) for _ in range(40)])
        followed.lose_replica()
        assert len(reading.result()) == 40
    assert not well(reader)


def well(browser: Browser) -> bool:
    return '"replica": "ok"' in browser.get("/health/ready").text
