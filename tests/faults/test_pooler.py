"""The site behind a real PgBouncer that hands out connections a transaction."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from tests.faults.staging import prepared, rita
from tools import machine, postgres
from tools.browsing import Browser
from tools.pooler import pooler
from tools.served import Site, new_database

pytestmark = pytest.mark.fault
# More people than connections, so that each of them meets all of these.
PEOPLE = 6
CONNECTIONS = 2
ROUNDS = 8
# What a session sets for itself must not be left to the next one.
ELSEWHERE = "ALTER DATABASE {} SET timezone TO 'Asia/Tokyo'"


@pytest.fixture
def database(tmp_path: Path) -> Iterator[str]:
    with (
        postgres.throw_away_server(machine.provide_postgresql()) as server,
        new_database(server, tmp_path) as made,
    ):
        with psycopg.connect(made, autocommit=True) as connection:
            connection.execute(ELSEWHERE.format(connection.info.dbname))
        yield made


@pytest.fixture
def pooled(database: str, tmp_path: Path) -> Iterator[Site]:
    program = machine.provide_pgbouncer()
    with (
        pooler(program, database, connections=CONNECTIONS) as address,
        prepared(Site(address, tmp_path), DATABASE_POOLER="1") as site,
    ):
        yield site


def read_and_write(browser: Browser, name: str) -> set[int]:
    statuses = set()
    for number in range(ROUNDS):
        statuses.add(browser.get("/reports/").status)
        statuses.add(browser.get("/actions/export.csv").status)
        saved = browser.post("/reports/views/", name=f"{name} {number}", query="q=lift")
        statuses.add(saved.status)
    return statuses


def test_more_people_than_connections_read_and_write_without_an_error(
    pooled: Site,
) -> None:
    browsers = [rita(pooled) for _ in range(PEOPLE)]
    with ThreadPoolExecutor(max_workers=PEOPLE) as pool:
        names = [str(place) for place in range(PEOPLE)]
        seen = list(pool.map(read_and_write, browsers, names))
    assert seen == [{200, 302}] * PEOPLE


def test_a_site_behind_a_pooler_is_the_same_to_the_last_byte(
    pooled: Site, database: str, tmp_path: Path
) -> None:
    pooled.manage("backup", str(tmp_path / "site.zip"))
    direct = Site(database, tmp_path)
    direct.manage("backup", "--compare", str(tmp_path / "site.zip"))
