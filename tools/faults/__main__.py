"""Breaks what can break, on both databases, and says whether the site held.

    make faults FAULTS="--kills 100 --seconds 300 --databases sqlite --only killed"

Everything runs on this machine and is stopped at the end; ends with code 1 if
anything was lost.
"""

import argparse
import multiprocessing
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from random import Random, SystemRandom

from bench.results import commit, machine
from tools.faults import outages
from tools.faults.clock import put_clock_back
from tools.faults.deploying import deploy_twice, interrupt_migrations
from tools.faults.growing import behind_pooler_and_replica
from tools.faults.killed import kill_under_load
from tools.faults.load import load
from tools.faults.results import NAMES, Result, table, write
from tools.faults.silent import fall_silent_under_load
from tools.processes import as_interrupt
from tools.served import Site
from tools.venv import HOME

RESTARTS = 5
INTERRUPTIONS = 8
# On SQLite there is nothing to stand around.
ONLY_POSTGRESQL = {"behind"}

Fault = Callable[[str], Result]


def main() -> None:
    exit_on_stop()
    options, started = arguments(), time.monotonic()
    print(f"The moments are drawn with --seed {options.seed}.", flush=True)
    collect_static()
    results = list(all_results(options))
    made = commit()
    target = options.out or HOME / f"faults-{made}.json"
    write(target, made, machine(), results)
    print(table(results))
    minutes = (time.monotonic() - started) / 60
    print(f"\nAll of it took {minutes:.0f} minutes and is kept in {target}.")
    sys.exit(not all(result.held for result in results))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=300, help="of the load")
    parser.add_argument("--databases", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--only", nargs="+", default=[], help="names of faults")
    parser.add_argument("--seed", type=int, default=SystemRandom().randrange(10**6))
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


def unmeasured_faults(options: argparse.Namespace) -> Mapping[str, Fault]:
    """The faults that may run side by side on both databases: none measures time."""
    chance = Random(options.seed)
    return {
        "killed": partial(kill_under_load, kills=options.kills, chance=chance),
        "restarted": partial(outages.restart_database, times=RESTARTS),
        "full": outages.fill_disk,
        "read-only": outages.make_read_only,
        "twice": deploy_twice,
        "interrupted": partial(
            interrupt_migrations, times=INTERRUPTIONS, chance=chance
        ),
        "clock": put_clock_back,
    }


def measured_faults(options: argparse.Namespace) -> Mapping[str, Fault]:
    """The faults that measure time, and so run alone."""
    chance = Random(options.seed)
    return {
        "behind": behind_pooler_and_replica,
        "hanging": fall_silent_under_load,
        "load": partial(load, seconds=options.seconds, chance=chance),
    }


def all_results(options: argparse.Namespace) -> Iterator[Result]:
    together, alone = len(options.databases), 1
    for faults, at_once in (
        (unmeasured_faults(options), together),
        (measured_faults(options), alone),
    ):
        for name, fault in faults.items():
            if not options.only or name in options.only:
                kinds = [kind for kind in options.databases if suits(name, kind)]
                yield from on_databases(name, fault, kinds, at_once)


def suits(fault: str, kind: str) -> bool:
    return kind == "postgres" or fault not in ONLY_POSTGRESQL


def on_databases(
    name: str, fault: Fault, kinds: list[str], at_once: int
) -> Iterator[Result]:
    with ProcessPoolExecutor(max_workers=at_once, initializer=exit_on_stop) as pool:
        try:
            for result in pool.map(partial(attempt, name, fault), kinds):
                print(result.row(), flush=True)
                yield result
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in multiprocessing.active_children():
                child.terminate()
            raise


def exit_on_stop() -> None:
    """A stop takes down everything too that was started here."""
    signal.signal(signal.SIGTERM, as_interrupt)


def attempt(name: str, fault: Fault, kind: str) -> Result:
    """The result of a fault; one that could not be tried counts as failed."""
    try:
        return fault(kind)
    except Exception as error:
        traceback.print_exc()
        return Result(name, kind, "not to the end", wrong=[str(error)[:500]])


def collect_static() -> None:
    """Once for all: pages of a site in production name each file with its digest."""
    with tempfile.TemporaryDirectory(prefix="pm-faults-") as folder:
        site = Site("", Path(folder))
        site.manage("collectstatic", "--no-input", "--verbosity=0")


if __name__ == "__main__":
    main()
