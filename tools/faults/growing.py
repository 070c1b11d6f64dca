"""The tests that start what stands around a grown site: a pooler and a replica."""

import sys
import tempfile
from pathlib import Path

from tools.faults.results import Result
from tools.served import environment, free_port
from tools.steps import suite

PYTEST = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider")
COMMAND = (*PYTEST, "-m", "fault", "tests/faults")


def behind_pooler_and_replica(kind: str) -> Result:
    """Each of them starts a PostgreSQL of its own."""
    with tempfile.TemporaryDirectory(prefix="pm-faults-") as folder:
        environ = environment("", Path(folder), free_port())
        found = suite("pooler-and-replica", COMMAND, environ)
    return Result(
        "pooler and replica",
        kind,
        f"{found.passed + found.failed} tests",
        wrong=[found.output[-500:]] if found.failed else [],
        figures="a replica held back, lost; more people than connections",
    )
