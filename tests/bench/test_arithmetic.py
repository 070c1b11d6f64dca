"""What the bench reckons and says; how fast anything is, is never tested."""

from dataclasses import replace
from pathlib import Path

import pytest

from bench import compare
from bench.actions import PLAIN
from bench.contract import Exported
from bench.measure import Measured, ratios, share
from bench.results import Results, Run, growth, read, table

PAGE = Measured("page", 0.5, ratio=0.5, low=0.4, high=0.6, queries=3, p50=4, p99=9)
B = replace(PAGE, name=PLAIN, goal=None)
EXPORTED = Exported(raw=2, backup=4, markdown=6, raised=1)


def run(size: int, ratio: float = 0.5) -> Run:
    return Run(
        database="SQLite",
        size=size,
        open_items=1,
        seconds_to_load=3,
        measured=[replace(PAGE, ratio=ratio)],
        requests=10,
        megabytes=80,
        exported=EXPORTED,
    )


def results(*runs: Run) -> Results:
    return Results(commit="abc", machine="two cores", runs=list(runs))


def compared(tmp_path: Path, old: Results, new: Results) -> tuple[int, str]:
    names = []
    for name, kept in (("old", old), ("new", new)):
        kept.write(tmp_path / name)
        names.append(str(tmp_path / name))
    return compare.compare_results(names)


def test_each_burst_stands_beside_those_around_it() -> None:
    assert ratios([1, 3, 1], [4, 2]) == [0.5, 1.0]


@pytest.mark.parametrize(("part", "value"), [(0.5, 3), (0.99, 5), (0, 1)])
def test_a_share_of_the_times(part: float, value: int) -> None:
    assert share([5, 1, 4, 2, 3], part) == value


def test_growth_is_measured_in_units_of_the_base() -> None:
    assert growth("page", run(1), run(10, ratio=0.25)) == 2


def test_a_ratio_that_fell_too_far_is_named(tmp_path: Path) -> None:
    code, said = compared(tmp_path, results(run(10)), results(run(10, ratio=0.42)))
    assert (code, said) == (1, "SQLite, 10 incidents, page: 0.50 became 0.42")


def test_a_quicker_base_is_no_loss(tmp_path: Path) -> None:
    old, new = ((0.5, 1.0), (0.25, 0.4))
    kept = [
        results(
            replace(
                run(10), measured=[replace(PAGE, ratio=page), replace(B, ratio=plain)]
            )
        )
        for page, plain in (old, new)
    ]
    assert compared(tmp_path, *kept) == (0, "Nothing fell from abc to abc.")
    assert "0.62" in "".join(table(kept[1]))


def test_what_is_no_longer_measured_is_named(tmp_path: Path) -> None:
    code, said = compared(tmp_path, results(run(10), run(20)), results(run(10)))
    assert (code, said) == (1, "SQLite, 20 incidents, page: no longer measured")


@pytest.mark.parametrize("ratio", [0.43, 0.5, 0.9])
def test_a_small_loss_or_a_gain_passes(tmp_path: Path, ratio: float) -> None:
    code, said = compared(tmp_path, results(run(10)), results(run(10, ratio=ratio)))
    assert (code, said) == (0, "Nothing fell from abc to abc.")


def test_one_file_is_not_enough() -> None:
    assert compare.compare_results(["old"])[0] == 2


def test_results_come_back_as_they_were_kept(tmp_path: Path) -> None:
    kept = results(run(10), run(20))
    kept.write(tmp_path / "kept")
    assert read(tmp_path / "kept") == kept


def test_the_table_has_a_line_for_each_size_and_its_growth() -> None:
    lines = list(table(results(run(10), run(1000, ratio=0.25))))
    small, large = (line.split() for line in lines if line.startswith("page"))
    assert small == ["page", "10", "0.50", "0.40–0.60", "0.50", "3", "4.00", "9.00"]
    assert large == [
        "page",
        "1,000",
        "0.25",
        "0.40–0.60",
        "0.50",
        "3",
        "4.00",
        "9.00",
        "2.00",
    ]
