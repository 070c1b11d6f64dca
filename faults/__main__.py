"""Breaks what can break, on both databases, and says whether the site held.

    python -m faults [--kills 100] [--seconds 300] [--databases sqlite] [--only killed]

Everything runs on this machine and is stopped at the end; ends with code 1 if
anything was lost.
"""

import argparse
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from random import Random, SystemRandom

from bench.results import commit, machine
from faults import deploying, outages, silent
from faults.clock import put_back
from faults.deploying import interrupted
from faults.killed import killed
from faults.load import load
from faults.results import NAMES, Result, table, write
from tools.processes import as_interrupt
from tools.served import Site
from tools.venv import HOME

RESTARTS = 5
INTERRUPTIONS = 12

Fault = Callable[[str], Result]


def main() -> None:
    # A stop takes down everything too that was started here.
    signal.signal(signal.SIGTERM, as_interrupt)
    options = asked()
    results = list(run(options))
    made = commit()
    target = options.out or HOME / f"faults-{made}.json"
    write(target, made, machine(), results)
    print(table(results))
    print(f"\nKept in {target}.")
    sys.exit(not all(result.held for result in results))


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=300, help="of the load")
    parser.add_argument("--databases", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--only", nargs="+", default=[], help="names of faults")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def faults(options: argparse.Namespace) -> Mapping[str, Fault]:
    chance = Random(options.seed)
    return {
        "killed": partial(killed, kills=options.kills, chance=chance),
        "restarted": partial(outages.restarted, times=RESTARTS),
        "full": outages.full,
        "read-only": outages.read_only,
        "twice": deploying.twice,
        "interrupted": partial(interrupted, times=INTERRUPTIONS, chance=chance),
        "hanging": silent.hanging,
        "clock": put_back,
        "load": partial(load, seconds=options.seconds, chance=chance),
    }


def run(options: argparse.Namespace) -> Iterator[Result]:
    collect_static()
    print(f"The moments are drawn with --seed {options.seed}.", flush=True)
    for name, fault in faults(options).items():
        if options.only and name not in options.only:
            continue
        for kind in options.databases:
            started = time.monotonic()
            result = attempt(name, fault, kind)
            print(f"{time.monotonic() - started:4.0f} s {result.row()}", flush=True)
            yield result


def collect_static() -> None:
    """Once for all: pages of a site in production name each file with its digest."""
    with tempfile.TemporaryDirectory(prefix="pm-faults-") as folder:
        site = Site("", Path(folder))
        site.manage("collectstatic", "--no-input", "--verbosity=0")


def attempt(name: str, fault: Fault, kind: str) -> Result:
    """What came of it; that it could not even be tried counts as a failure."""
    try:
        return fault(kind)
    except Exception as error:
        traceback.print_exc()
        return Result(name, kind, "not to the end", wrong=[str(error)[:500]])


if __name__ == "__main__":
    main()
