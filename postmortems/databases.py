"""Django's description of the database that the environment names."""

from typing import Any

from postmortems.values import Database

# Without IMMEDIATE a transaction that reads and then writes fails at once with
# "database is locked", whatever the timeout. With synchronous=NORMAL a power cut
# could take back a save that was acknowledged; FULL costs a fraction of a millisecond.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
# One process has four threads; the rest is for the connection of a health check.
POOL = {"min_size": 1, "max_size": 8, "timeout": 10}


def description(database: Database) -> dict[str, Any]:
    if database.kind == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": database.name,
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database.name,
        "USER": database.user,
        "PASSWORD": database.password,
        "HOST": database.host,
        "PORT": str(database.port or ""),
        # A pool keeps connections itself; the health check replaces those that
        # a restart of the server has killed.
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {**database.options, "pool": dict(POOL)},
    }
