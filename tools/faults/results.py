"""What came of each fault: one table, and the same as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}
HEAD = "| fault | database | done | acknowledged | lost | half | errors | verdict |"
LINE = "|---|---|---|---:|---:|---:|---:|---|"


@dataclass(frozen=True, slots=True)
class Result:
    """`lost` and `half` must be nothing; `wrong` says in words what else is amiss."""

    fault: str
    database: str
    done: str
    acknowledged: int = 0
    lost: Sequence[str] = ()
    half: Sequence[str] = ()
    errors: int = 0
    wrong: Sequence[str] = ()
    figures: str = ""

    @property
    def held(self) -> bool:
        return not (self.lost or self.half or self.errors or self.wrong)

    def row(self) -> str:
        counts = self.acknowledged, len(self.lost), len(self.half), self.errors
        verdict = "held" if self.held else "FAILED"
        said = f"{verdict}: {self.figures}" if self.figures else verdict
        cells = [self.fault, NAMES[self.database], self.done]
        return "| " + " | ".join([*cells, *map(str, counts), said]) + " |"

    def complaints(self) -> Iterator[str]:
        """The first few of each sort: they tend to have one reason."""
        for what in ("lost", "half", "wrong"):
            for said in getattr(self, what)[:5]:
                yield f"{self.fault}, {NAMES[self.database]}: {what}: {said}"


def table(results: Sequence[Result]) -> str:
    rows = [HEAD, LINE, *(result.row() for result in results)]
    return "\n".join([*rows, *(said for one in results for said in one.complaints())])


def write(path: Path, commit: str, machine: str, results: Sequence[Result]) -> None:
    rows = [{**asdict(result), "held": result.held} for result in results]
    kept = {"commit": commit, "machine": machine, "results": rows}
    path.write_text(json.dumps(kept, indent=1) + "\n")
