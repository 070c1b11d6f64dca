"""Who may be shown what a replica has, and who is not: the writer, first of all."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings

from incidents.models import Incident, Listing
from postmortems import databases, env, replicas
from postmortems.replicas import MARK, PRIMARY, REPLICA, ReplicaHealth, Router, Routing

KEY = {"SECRET_KEY": "k" * 60}
URLS = {"DATABASE_URL": "postgres://db/x", "DATABASE_REPLICA_URL": "postgres://two/x"}
ROUTER = Router()


@pytest.fixture
def keeping_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replicas, "written_by_primary", lambda: "0/1")
    monkeypatch.setattr(replicas, "reached_by_replica", lambda position: True)
    monkeypatch.setattr(replicas, "replica_health", ReplicaHealth())


@pytest.fixture
def routing() -> Iterator[Routing]:
    now = Routing(REPLICA)
    token = replicas.routing.set(now)
    yield now
    replicas.routing.reset(token)


def asked(method: str = "GET", path: str = "/reports/", **extra: Any) -> HttpRequest:
    return RequestFactory().generic(method, path, **extra)


def test_a_replica_of_sqlite_is_refused_by_name(tmp_path: Path) -> None:
    replica = {"DATABASE_REPLICA_URL": "postgres://two/x"}
    environ = {**KEY, **replica, "DATA_DIR": str(tmp_path)}
    with pytest.raises(env.RefusedError, match=r"^DATABASE_REPLICA_URL .* SQLite"):
        env.settle(env.read(environ))


def test_a_file_is_no_replica() -> None:
    with pytest.raises(env.RefusedError, match="names no PostgreSQL"):
        env.read({**KEY, "DATABASE_REPLICA_URL": "sqlite:///data/x.sqlite3"})


def test_without_a_replica_there_is_one_database() -> None:
    assert databases.descriptions(env.read(KEY)).keys() == {"default"}


def test_a_page_waits_less_for_the_replica_than_for_the_primary() -> None:
    both = databases.descriptions(env.read({**KEY, **URLS}))
    waits = {name: one["OPTIONS"]["pool"]["timeout"] for name, one in both.items()}
    assert waits["replica"] < waits["default"]
    assert both["replica"]["OPTIONS"]["connect_timeout"] <= 2


@pytest.mark.usefixtures("keeping_up")
@pytest.mark.parametrize(
    "request_",
    [
        asked("POST"),
        asked(path="/incidents/1/"),
        asked(path="/account/"),
        asked(HTTP_AUTHORIZATION="Bearer x"),
        asked(HTTP_COOKIE=f"{MARK}=1"),
    ],
)
def test_who_writes_edits_or_has_just_written_reads_from_the_primary(
    request_: HttpRequest,
) -> None:
    assert not replicas.may_be_behind(request_)


@pytest.mark.usefixtures("keeping_up")
def test_who_only_reads_may_be_answered_by_the_replica() -> None:
    assert replicas.may_be_behind(asked())


def test_outside_a_request_everything_comes_from_the_primary() -> None:
    assert ROUTER.db_for_read(Incident) == PRIMARY


def test_a_session_is_never_read_from_the_replica(routing: Routing) -> None:
    assert ROUTER.db_for_read(Session) == PRIMARY


def test_after_a_write_the_request_reads_what_it_wrote(routing: Routing) -> None:
    assert ROUTER.db_for_read(Listing) == REPLICA
    assert ROUTER.db_for_write(Incident) == PRIMARY
    assert ROUTER.db_for_read(Listing) == PRIMARY


def test_what_is_locked_is_locked_on_the_primary(routing: Routing) -> None:
    with override_settings(DATABASE_ROUTERS=["postmortems.replicas.Router"]):
        assert Incident.objects.select_for_update().db == PRIMARY


@pytest.mark.django_db
def test_within_a_transaction_everything_comes_from_the_primary(
    routing: Routing,
) -> None:
    assert connection.in_atomic_block
    assert ROUTER.db_for_read(Incident) == PRIMARY


def test_only_the_primary_is_migrated() -> None:
    assert ROUTER.allow_migrate(PRIMARY, "incidents")
    assert not ROUTER.allow_migrate(REPLICA, "incidents")


def test_a_replica_that_fell_behind_is_left_until_it_has_caught_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    standing, reached = ReplicaHealth(), [True]
    monkeypatch.setattr(replicas, "written_by_primary", lambda: "0/1")
    monkeypatch.setattr(replicas, "reached_by_replica", lambda position: reached[0])
    assert standing.keeps_up(100.0)
    reached[0] = False
    assert standing.keeps_up(100.0 + replicas.LONGEST_LAG)
    assert not standing.keeps_up(100.1 + replicas.LONGEST_LAG)
    reached[0] = True
    standing.keeps_up(200.0)
    assert standing.keeps_up(201.0)


def test_a_replica_that_never_caught_up_is_not_read_from(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(replicas, "written_by_primary", lambda: "0/9")
    monkeypatch.setattr(replicas, "reached_by_replica", lambda position: False)
    assert not ReplicaHealth().keeps_up(100.0)


@pytest.mark.usefixtures("keeping_up")
def test_a_page_that_the_replica_let_down_is_made_again_from_the_primary(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    tried: list[str] = []

    def page(request: HttpRequest) -> HttpResponse:
        tried.append(ROUTER.db_for_read(Listing))
        return HttpResponse(status=500 if tried[-1] == REPLICA else 200)

    def gone(position: str) -> bool:
        raise OperationalError("gone")

    answer = replicas.read_only_pages(page)
    assert replicas.replica_health.is_good()
    monkeypatch.setattr(replicas, "reached_by_replica", gone)
    assert answer(asked()).status_code == 200
    assert tried == [REPLICA, PRIMARY]


@pytest.mark.usefixtures("keeping_up")
def test_an_error_of_the_pages_own_is_shown_and_not_tried_again() -> None:
    tried: list[HttpRequest] = []

    def page(request: HttpRequest) -> HttpResponse:
        tried.append(request)
        return HttpResponse(status=500)

    assert replicas.read_only_pages(page)(asked()).status_code == 500
    assert len(tried) == 1


def test_who_writes_is_marked_for_as_long_as_a_replica_may_be_behind() -> None:
    def page(request: HttpRequest) -> HttpResponse:
        ROUTER.db_for_write(Incident)
        return HttpResponse()

    cookie = replicas.read_only_pages(page)(asked("POST")).cookies[MARK]
    assert int(cookie["max-age"]) > replicas.LONGEST_LAG
    assert cookie["httponly"]
