"""How fast the site is beside a page that does nothing, and how that grows.

    python -m bench [--databases sqlite postgres] [--rounds 15] 1000 10000 100000
    python -m bench --all-open --only board -- 10000

PostgreSQL runs with its own defaults, so a save has reached the disk when it is
acknowledged; SQLite with the site's settings, which promise the same.
"""

import argparse
import json
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from bench.actions import Action, base, plain, reading, writing
from bench.client import Client
from bench.contract import Facts
from bench.measure import all_measured
from bench.results import Results, Run, commit, machine, table
from bench.server import loaded_site, resident_megabytes, start_on_first_core
from tools.machine import provide_postgresql
from tools.postgres import throw_away_server
from tools.processes import as_interrupt
from tools.served import Site
from tools.venv import HOME

NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
# Asked inside the site, each answers with one line of JSON.
FACTS = "from bench.facts import print_facts; print_facts()"
OPEN_ALL = "from bench.facts import open_all; open_all()"
EXPORT = "from bench.exporting import print_seconds; print_seconds()"


def main() -> None:
    # A stop takes the servers down too.
    signal.signal(signal.SIGTERM, as_interrupt)
    options = arguments()
    results = Results(commit(), machine())
    target = options.out or HOME / f"bench-{results.commit}.json"
    for kind in options.databases:
        with database_server(kind) as server:
            for size in sorted(options.sizes):
                results.runs.append(run(kind, server, size, options))
                results.write(target)
    print("\n".join(table(results)))
    print(f"\nKept in {target}.")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="+", metavar="INCIDENTS")
    parser.add_argument("--databases", nargs="+", choices=NAMES, default=list(NAMES))
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--requests", type=int, default=10_000)
    parser.add_argument(
        "--all-open",
        action="store_true",
        help="open every action item: 10,000 postmortems then have 50,000 open ones",
    )
    parser.add_argument("--only", nargs="+", metavar="ACTION", help="measure these")
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


@contextmanager
def database_server(kind: str) -> Iterator[str]:
    """A server's address; empty for SQLite, which needs none."""
    if kind == "sqlite":
        yield ""
        return
    with throw_away_server(provide_postgresql(), settings=()) as address:
        yield address


def run(kind: str, server: str, size: int, options: argparse.Namespace) -> Run:
    print(f"{NAMES[kind]}, {size:,} incidents…", flush=True)
    started = time.monotonic()
    with (
        tempfile.TemporaryDirectory(prefix="pm-bench-") as folder,
        loaded_site(server, Path(folder), size) as site,
    ):
        loaded = time.monotonic() - started
        if options.all_open:
            site.manage("shell", "--verbosity=0", stdin=OPEN_ALL)
        facts = json.loads(site.manage("shell", "--verbosity=0", stdin=FACTS))
        start_on_first_core(site)
        client = Client(site.port, facts["session"])
        actions = actions_named(client, facts, options.only)
        measured = all_measured(
            client, base(client), plain(client), actions, options.rounds
        )
        megabytes = memory_after(site, actions, options.requests)
        site.kill()
        exported = json.loads(site.manage("shell", "--verbosity=0", stdin=EXPORT))
    return Run(
        database=NAMES[kind],
        size=size,
        open_items=facts["open_items"],
        seconds_to_load=loaded,
        measured=measured,
        requests=options.requests,
        megabytes=megabytes,
        exported=exported,
    )


def actions_named(client: Client, facts: Facts, names: Sequence[str]) -> list[Action]:
    """The actions with these names; all of them without any."""
    known = (*reading(client, facts), *writing(client, facts))
    if not {action.name for action in known}.issuperset(names or ()):
        sys.exit(f"--only knows {'; '.join(action.name for action in known)}")
    return [action for action in known if not names or action.name in names]


def memory_after(site: Site, actions: Sequence[Action], requests: int) -> float:
    """What a new worker uses after so many requests, most of them to read."""
    site.kill()
    start_on_first_core(site)
    random = Random(requests)
    often = [1 if action.writes else 10 for action in actions]
    for action in random.choices(actions, often, k=requests):
        action.perform()
    return resident_megabytes(site)


if __name__ == "__main__":
    main()
