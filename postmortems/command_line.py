"""`manage.py`: what is the matter with the database is one line, and no traceback."""

import gc
import os
import sys
from argparse import ArgumentParser
from collections.abc import Sequence

from django.apps import apps
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import Error

from incidents.database.outage import Outage, outage_of
from postmortems import env, reach

SECONDS_TO_CONNECT = 5
# A start makes much that stays; to look for what can go after every 700 objects, as
# Python does by itself, takes part of the time of each command.
OBJECTS_BETWEEN = 100_000


def main(argv: Sequence[str]) -> None:
    gc.set_threshold(OBJECTS_BETWEEN)
    choose_settings(argv)
    if "worker" not in argv or "--alive" in argv:
        connect_at_once()
    try:
        execute_from_command_line([*argv])
    except (Error, OSError) as error:
        if "--traceback" in argv or not (reason := reason_of(error)):
            raise
        sys.exit(reason)
    except KeyboardInterrupt:
        sys.exit("Stopped.")


def choose_settings(argv: Sequence[str]) -> None:
    """Take `--settings` as Django does, but before anything reads the settings."""
    parser = ArgumentParser(add_help=False, allow_abbrev=False)
    parser.add_argument("--settings")
    chosen = parser.parse_known_args(argv)[0].settings
    if chosen:
        os.environ["DJANGO_SETTINGS_MODULE"] = chosen


def connect_at_once() -> None:
    """Connect without a pool: it would wait for a database that is away."""
    for described in settings.DATABASES.values():
        if described["OPTIONS"].pop("pool", None):
            described["OPTIONS"].setdefault("connect_timeout", SECONDS_TO_CONNECT)


def reason_of(error: Error | OSError) -> str:
    """What is the matter and what to do; nothing where the program itself is wrong."""
    if not apps.ready:
        return ""
    outage, database = outage_of(error), env.load().database_url
    if outage is Outage.AWAY and (silent := reach.why_unreachable(database)):
        return silent
    if outage is not None:
        # An error of the system names its file, and one of SQLite does not.
        where = f" ({database.name})" if isinstance(error, Error) else ""
        return f"{outage.value.capitalize()}: {error}{where}"
    return what_lacks() if isinstance(error, Error) else ""


def what_lacks() -> str:
    from postmortems import health

    try:
        said = health.migrations()
    except Error:
        return ""
    return "" if said == health.OK else f"The database lacks migrations: {said}."
