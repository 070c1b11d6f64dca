"""`python -m postmortems.reach`: whether the database answers, before it is needed."""

import sys

import psycopg
from psycopg.conninfo import make_conninfo

from postmortems import env
from postmortems.values import Database

SECONDS_TO_ANSWER = "5"


def main() -> None:
    if reason := why_unreachable(env.load().database_url):
        sys.exit(reason)


def why_unreachable(database: Database) -> str:
    """Why it cannot be used, in the server's own words and in one line; else nothing.

    A file needs no answer.
    """
    if database.kind == "sqlite":
        return ""
    try:
        psycopg.connect(address(database)).close()
    except psycopg.Error as error:
        reason = " ".join(str(error).split())
        return f"DATABASE_URL: the database cannot be used: {reason}"
    return ""


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
