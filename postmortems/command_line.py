"""`manage.py`: what is the matter with the database is one line, and no traceback."""

import gc
import sys
from collections.abc import Sequence

from django.apps import apps
from django.core.management import execute_from_command_line
from django.db import Error

from incidents.database.outage import Outage, outage_of
from postmortems import env, reach

# A start makes much that stays; to look for what can go after every 700 objects, as
# Python does by itself, takes a twelfth of the time of a command.
OBJECTS_BETWEEN = 100_000


def main(argv: Sequence[str]) -> None:
    gc.set_threshold(OBJECTS_BETWEEN, 50, 100)
    try:
        execute_from_command_line([*argv])
    except (Error, OSError) as error:
        if "--traceback" in argv or not (reason := reason_of(error)):
            raise
        sys.exit(reason)
    except KeyboardInterrupt:
        sys.exit("Stopped.")


def reason_of(error: Error | OSError) -> str:
    """What is the matter and what to do; nothing where the program itself is wrong."""
    if not apps.ready:
        return ""
    outage = outage_of(error)
    if outage is Outage.AWAY and (silent := reach.silence(env.load().database_url)):
        return silent
    if outage is not None:
        return f"{outage.value.capitalize()}: {error}"
    return what_lacks() if isinstance(error, Error) else ""


def what_lacks() -> str:
    from postmortems import health

    try:
        said = health.migrations()
    except Error:
        return ""
    return "" if said == health.OK else f"The database lacks migrations: {said}."
