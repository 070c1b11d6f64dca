"""Spreads: quartiles that were really there, and every number in one bar."""

from collections import Counter
from math import ceil

from hypothesis import given
from hypothesis import strategies as st

from incidents.charts.spread import NARROWEST, WIDTH, quartiles, spread
from incidents.insights.counting import DAY, step_of, stepped
from incidents.insights.lengths import DAYS, MINUTES

lengths = st.lists(st.integers(0, 400_000), min_size=1, max_size=80)


@given(lengths)
def test_quartiles_are_the_lengths_that_stand_there(lengths: list[int]) -> None:
    found = quartiles(Counter(lengths))
    ordered = sorted(lengths)
    assert found is not None
    assert (found.n, found.least, found.most) == (
        len(ordered),
        ordered[0],
        ordered[-1],
    )
    middle = (found.low, found.median, found.high)
    assert middle == tuple(
        ordered[ceil(len(ordered) * part / 4) - 1] for part in (1, 2, 3)
    )


@given(lengths)
def test_a_length_kept_coarsely_keeps_the_middle_in_the_middle(
    lengths: list[int],
) -> None:
    exact, kept = (
        quartiles(Counter(lengths)),
        quartiles(Counter(map(stepped, lengths))),
    )
    assert exact
    assert kept
    assert kept.median == stepped(exact.median)
    assert 0 <= exact.median - kept.median < step_of(kept.median) <= DAY


@given(lengths, st.sampled_from([MINUTES, DAYS]))
def test_every_length_is_in_the_bar_that_names_it(
    lengths: list[int], edges: tuple[int, ...]
) -> None:
    drawn = spread(Counter(map(stepped, lengths)), edges)
    assert drawn
    for bar in drawn.bars:
        last = bar.most if bar.most is not None else max(lengths)
        inside = [length for length in lengths if bar.least <= length <= last]
        assert len(inside) == bar.number
    assert sum(bar.number for bar in drawn.bars) == len(lengths)
    left = float(drawn.box_x)
    assert float(drawn.box_width) >= NARROWEST
    assert 0 <= left <= float(drawn.median_x) <= WIDTH
    # Each of the three was rounded to a hundredth.
    assert float(drawn.median_x) < left + float(drawn.box_width) + 0.02


def test_nothing_is_not_drawn() -> None:
    assert spread({}, MINUTES) is None
    assert quartiles({5: 0}) is None
