"""Django's description of the databases that the environment names."""

from typing import Any

from postmortems.env import Environment
from postmortems.values import Database

# Without IMMEDIATE a transaction that reads and then writes fails at once with
# "database is locked", whatever the timeout. With synchronous=NORMAL a power cut
# could take back a save that was acknowledged; FULL costs a fraction of a millisecond.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;",
}
# Opening the file, and tidying its log away when the last one closes it, takes longer
# than what most pages ask. Not for ever: a disk may have been read-only meanwhile.
SQLITE_MAX_AGE = 60
# To compile the question of a page takes PostgreSQL longer than to answer it.
NO_COMPILING = "-c jit=off"
# One process has four threads; the rest is for the connection of a health check.
POOL = {"min_size": 1, "max_size": 8, "timeout": 10}
# A page does not wait for a replica that is gone: the primary can answer it.
HASTY = {"connect_timeout": 2, "tcp_user_timeout": 3000}
HASTY_POOL = {**POOL, "timeout": 2}


def descriptions(environment: Environment) -> dict[str, dict[str, Any]]:
    """The database, and the replica if there is one."""
    pooler = environment.database_pooler
    described = {"default": description(environment.database_url, pooler=pooler)}
    if environment.database_replica_url:
        replica = description(environment.database_replica_url, pooler=pooler)
        replica["OPTIONS"] = {**HASTY, **replica["OPTIONS"], "pool": dict(HASTY_POOL)}
        described["replica"] = replica
    return described


def description(database: Database, *, pooler: bool = False) -> dict[str, Any]:
    """`pooler`: each transaction may meet another connection of the server."""
    if database.kind == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": database.name,
            "CONN_MAX_AGE": SQLITE_MAX_AGE,
            "OPTIONS": dict(SQLITE_OPTIONS),
        }
    # A pooler takes no options.
    options = {} if pooler else {"options": NO_COMPILING}
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
        # Neither a cursor nor a prepared statement outlives a transaction there.
        "DISABLE_SERVER_SIDE_CURSORS": pooler,
        "OPTIONS": {
            **options,
            **database.options,
            "prepare_threshold": None,
            "pool": dict(POOL),
        },
    }
