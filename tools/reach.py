"""`python -m tools.reach`: whether the database answers, before anything needs it.

Run by the project's own Python, because it needs the driver.
"""

import sys

import psycopg
from psycopg.conninfo import make_conninfo

from postmortems import env
from postmortems.values import Database

SECONDS_TO_ANSWER = "5"


def main() -> None:
    refuse_silent_database(env.load().database_url)


def refuse_silent_database(database: Database) -> None:
    """Stops with the server's own reason in one line. A file needs no answer."""
    if database.kind == "sqlite":
        return
    try:
        psycopg.connect(address(database)).close()
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        sys.exit(f"DATABASE_URL: the database cannot be used: {reason}")


def address(database: Database) -> str:
    known = {
        "dbname": database.name,
        "user": database.user,
        "password": database.password,
        "host": database.host,
        "port": database.port,
        "connect_timeout": SECONDS_TO_ANSWER,
        **database.options,
    }
    return make_conninfo("", **{name: value for name, value in known.items() if value})


if __name__ == "__main__":
    main()
