"""Pages that only read are answered by a replica of the database, if one is named.

A replica is a moment behind. So a request reads there only if it cannot matter: a
page in `settings.REPLICA_PAGES`, asked for by a browser that has changed nothing in
the last seconds, outside any transaction, and while the replica keeps up. From its
first write on, a request reads from the primary alone. Without a replica nothing of
this is installed.
"""

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]

PRIMARY = DEFAULT_DB_ALIAS
REPLICA = "replica"
# A replica that is further behind is left alone.
LONGEST_LAG = 5.0
# Longer than any replica that is read from can be behind.
SECONDS_OF_OWN_WRITES = 10
MARK = "wrote"
# Signing out holds from the next request on, whoever answers it.
ALWAYS_PRIMARY = {"sessions"}
SECONDS_BETWEEN_LOOKS = 1.0
SECONDS_AFTER_FAILURE = 10.0


@dataclass
class Routing:
    """Where one request reads, and whether it has written."""

    reads: str
    wrote: bool = False


routing: ContextVar[Routing | None] = ContextVar("routing", default=None)


class Router:
    """Tells Django which database a query goes to; see `DATABASE_ROUTERS`."""

    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        now = routing.get()
        if now is None or now.wrote or model._meta.app_label in ALWAYS_PRIMARY:
            return PRIMARY
        return PRIMARY if connections[PRIMARY].in_atomic_block else now.reads

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        now = routing.get()
        if now is not None:
            now.wrote = True
        return PRIMARY

    def allow_relation(self, first: Model, second: Model, **hints: Any) -> bool:
        """Always: both databases hold the same rows."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == PRIMARY


class ReplicaHealth:
    """What this process knows of its replica. One thread looks; no other waits."""

    def __init__(self) -> None:
        self.looking = Lock()
        self.verdict = False
        self.look_at = 0.0
        self.awaited = ""
        self.awaited_since = 0.0
        self.complete_at = -LONGEST_LAG

    def is_good(self) -> bool:
        if monotonic() >= self.look_at and self.looking.acquire(blocking=False):
            try:
                self.look()
            finally:
                self.looking.release()
        return self.verdict

    def look(self) -> bool:
        try:
            self.verdict = self.keeps_up(monotonic())
        except Error:
            self.verdict = False
        pause = SECONDS_BETWEEN_LOOKS if self.verdict else SECONDS_AFTER_FAILURE
        self.look_at = monotonic() + pause
        return self.verdict

    def keeps_up(self, now: float) -> bool:
        """Whether it has all that the primary had written a few seconds ago."""
        if self.has_reached(now) and self.is_late(now):
            # It was asked for what was written before the last pause; now for the rest.
            self.has_reached(now)
        return not self.is_late(now)

    def has_reached(self, now: float) -> bool:
        """Whether it has what is awaited of it: what was written when that began."""
        if not self.awaited:
            self.awaited, self.awaited_since = written_by_primary(), now
        reached = reached_by_replica(self.awaited)
        if reached:
            self.awaited, self.complete_at = "", self.awaited_since
        return reached

    def is_late(self, now: float) -> bool:
        return now - self.complete_at > LONGEST_LAG


def written_by_primary() -> str:
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_lsn()::text")
        return str(cursor.fetchone()[0])


def reached_by_replica(position: str) -> bool:
    """Whether the replica has this position; False if it has become a primary."""
    with connections[REPLICA].cursor() as cursor:
        cursor.execute(
            "SELECT pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn",
            [position],
        )
        return bool(cursor.fetchone()[0])


replica_health = ReplicaHealth()


def read_only_pages(get_response: Answer) -> Answer:
    """Decides where a request reads, and marks the browser that has written."""

    def answer(request: HttpRequest) -> HttpResponse:
        now = Routing(REPLICA if may_be_behind(request) else PRIMARY)
        token = routing.set(now)
        try:
            response = get_response(request)
            if response.status_code >= 500 and was_let_down(now):
                now.reads = PRIMARY
                response = get_response(request)
        finally:
            routing.reset(token)
        if now.wrote:
            mark(response)
        return response

    return answer


def may_be_behind(request: HttpRequest) -> bool:
    return (
        request.method in ("GET", "HEAD")
        and request.path.startswith(settings.REPLICA_PAGES)
        and MARK not in request.COOKIES
        # A program keeps no cookies: it could not be known by its mark.
        and "Authorization" not in request.headers
        and replica_health.is_good()
    )


def was_let_down(now: Routing) -> bool:
    """Whether the replica went away while the page was made of it."""
    return now.reads == REPLICA and not now.wrote and not replica_health.look()


def mark(response: HttpResponse) -> None:
    """Mark a browser that has written, and nobody: forged, it only asks the primary."""
    response.set_cookie(
        MARK,
        "1",
        max_age=SECONDS_OF_OWN_WRITES,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
