"""The tests that start what stands around a grown site: a pooler and a replica."""

import sys
import tempfile
from pathlib import Path

from faults.results import Result
from tools.served import environment, free_port
from tools.steps import suite

COMMAND = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-m", "fault")


def behind_others(kind: str) -> Result:
    """On SQLite there is nothing to stand around: they start a PostgreSQL each."""
    if kind == "sqlite":
        return Result("pooler and replica", kind, "not for SQLite")
    with tempfile.TemporaryDirectory(prefix="pm-faults-") as folder:
        environ = environment("", Path(folder), free_port())
        found = suite("pooler-and-replica", COMMAND, environ)
    return Result(
        "pooler and replica",
        kind,
        f"{found.passed + found.failed} tests",
        wrong=[found.said[-500:]] if found.failed else [],
        told="a replica held back, lost; more people than connections",
    )
