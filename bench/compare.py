"""Two results: where the second one is slower, beside B, than the first.

Beside A where one of them has no B.

python -m bench.compare OLD.json NEW.json
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.results import Results, read

# A ratio that falls by more than this share has fallen.
MOST = 0.15


def slower_ratios(old: Results, new: Results) -> Iterator[str]:
    """A sentence for each ratio that fell, or that is no longer measured."""
    now = {(run.database, run.size): run for run in new.runs}
    for run in old.runs:
        for before in run.measured:
            place = f"{run.database}, {run.size:,} incidents, {before.name}"
            later = now.get((run.database, run.size))
            after = later.of(before.name) if later else None
            if later is None or after is None:
                yield f"{place}: no longer measured"
                continue
            was, became = run.of_b(before), later.of_b(after)
            if was is None or became is None:
                was, became = before.ratio, after.ratio
            if became < was * (1 - MOST):
                yield f"{place}: {was:.2f} became {became:.2f}"


def compare_results(names: Sequence[str]) -> tuple[int, str]:
    """The code to end with, and what to say."""
    if len(names) != 2:
        return 2, "Name two files: make bench-compare OLD=a.json NEW=b.json"
    old, new = (read(Path(name)) for name in names)
    said = list(slower_ratios(old, new))
    return int(bool(said)), "\n".join(said) or (
        f"Nothing fell from {old.commit} to {new.commit}."
    )


def main() -> None:
    code, said = compare_results(sys.argv[1:])
    print(said)
    sys.exit(code)


if __name__ == "__main__":
    main()
