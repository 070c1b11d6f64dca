"""What was measured: kept as JSON with its commit, printed as one table."""

import json
import os
import platform
import sqlite3
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from bench.actions import BASE, PLAIN
from bench.contract import Exported
from bench.measure import Measured
from tools.venv import HOME


@dataclass(frozen=True, slots=True)
class Run:
    """One database at one size."""

    database: str
    size: int
    open_items: int
    seconds_to_load: float
    measured: list[Measured]
    requests: int
    megabytes: float
    exported: Exported

    def of(self, name: str) -> Measured | None:
        return next((one for one in self.measured if one.name == name), None)

    def of_b(self, one: Measured) -> float | None:
        """Its rate beside B's, which a quicker A leaves as it is.

        None where an older result has no B.
        """
        plain = self.of(PLAIN)
        return one.ratio / plain.ratio if plain else None


@dataclass(frozen=True, slots=True)
class Results:
    commit: str
    machine: str
    runs: list[Run] = field(default_factory=list)

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=1) + "\n")


def read(path: Path) -> Results:
    """What `write` has kept."""
    kept: dict[str, Any] = json.loads(path.read_text())
    runs = [
        Run(**{**run, "measured": [Measured(**one) for one in run["measured"]]})
        for run in kept["runs"]
    ]
    return Results(kept["commit"], kept["machine"], runs)


def commit() -> str:
    """The commit of this tree, with a plus where it has been changed since."""
    asked = ["git", "describe", "--always", "--abbrev=12", "--dirty=+"]
    done = subprocess.run(asked, cwd=HOME, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def machine() -> str:
    model = platform.processor() or platform.machine()
    cores, python = os.cpu_count(), platform.python_version()
    sqlite = sqlite3.sqlite_version
    return f"{cores} cores ({model}), Python {python}, SQLite {sqlite}"


def table(results: Results) -> Iterator[str]:
    """A line an action and size; a page's growth is from the smallest size on."""
    yield f"{results.commit} on {results.machine}"
    for database in dict.fromkeys(run.database for run in results.runs):
        runs = [run for run in results.runs if run.database == database]
        yield from ["", database]
        yield (
            f"{'':<28}{'incidents':>10}{'of A':>7}{'spread':>13}{'of B':>7}{'goal':>6}"
            f"{'queries':>9}{'p50 ms':>8}{'p99 ms':>8}{'growth':>8}"
        )
        for one in runs[0].measured:
            yield from lines(one.name, runs)
        yield from whole_site(runs)


def lines(name: str, runs: Sequence[Run]) -> Iterator[str]:
    for run in runs:
        one = run.of(name)
        if one is None:
            continue
        of_b = run.of_b(one)
        beside = f"{of_b:.2f}" if of_b else ""
        goal = f"{one.goal:.2f}" if one.goal else ""
        spread = f"{one.low:.2f}–{one.high:.2f}"
        grown = growth(name, runs[0], run)
        growth_shown = f"{grown:.2f}" if grown and run is not runs[0] else ""
        yield (
            f"{name:<28}{run.size:>10,}{one.ratio:>7.2f}{spread:>13}{beside:>7}{goal:>6}"
            f"{one.queries:>9}{one.p50:>8.2f}{one.p99:>8.2f}{growth_shown:>8}"
        )


def growth(name: str, small: Run, large: Run) -> float | None:
    """How many times the time that it took at the smaller size, in units of A."""
    before, after = small.of(name), large.of(name)
    if name == BASE or before is None or after is None:
        return None
    return before.ratio / after.ratio


def whole_site(runs: Sequence[Run]) -> Iterator[str]:
    for run in runs:
        out = run.exported
        yield (
            f"{run.size:,} incidents, {run.open_items:,} open items: loaded in "
            f"{run.seconds_to_load:.0f} s; worker {run.megabytes:.0f} MB after "
            f"{run.requests:,} requests; backup {out['backup'] / out['raw']:.1f} × and "
            f"Markdown {out['markdown'] / out['raw']:.1f} × a raw read of "
            f"{out['raw']:.1f} s, memory + {out['raised']:.0f} MB"
        )
