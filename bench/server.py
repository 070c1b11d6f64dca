"""A production server on one core, and what the measured process uses of memory."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tools.served import Site, new_database

CORES = sorted(os.sched_getaffinity(0))

PRODUCTION = {
    "DEBUG": "0",
    "LOG_LEVEL": "INFO",
    "HTTPS": "0",
    "DJANGO_SETTINGS_MODULE": "bench.settings",
}


@contextmanager
def loaded_site(server: str, folder: Path, incidents: int) -> Iterator[Site]:
    """A site with so many reports; `server` is a PostgreSQL's address, or empty."""
    with new_database(server, folder) as database:
        site = Site(database, folder)
        site.environ = {**site.environ, **PRODUCTION}
        site.manage("migrate", "--no-input", "--verbosity=0")
        site.manage("collectstatic", "--no-input", "--verbosity=0")
        site.manage("seed_load", "--incidents", str(incidents))
        try:
            yield site
        finally:
            site.kill()


def start_on_first_core(site: Site) -> None:
    """The server has one core to itself; we stay on the others from then on."""
    if len(CORES) < 2:
        sys.exit("This needs two cores: one for the server, one to drive it.")
    os.sched_setaffinity(0, CORES[:1])
    site.start()
    os.sched_setaffinity(0, CORES[1:])


def resident_megabytes(site: Site) -> float:
    """What the one worker has in memory."""
    assert site.server is not None
    master = site.server.pid
    children = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    status = Path(f"/proc/{children[0]}/status").read_text()
    line = next(row for row in status.splitlines() if row.startswith("VmRSS:"))
    return int(line.split()[1]) / 1024
